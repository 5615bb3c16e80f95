"""The JSON files fit their published schemas, and these are neither looser nor wider."""

from __future__ import annotations

import copy
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from macros.exports import tables
from macros.exports.formats import ROOT
from macros.exports.registry import FORMATS, SCHEMAS
from tests.exports.organ import URL, document, files_of, shared_files

LOCKED = Path(__file__).parents[1] / "fixtures" / "api-v1.txt"


def instances(name: str) -> Iterator[Any]:
    """The values of all files that have a schema."""
    for found in FORMATS:
        if found.model is SCHEMAS[name]:
            pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(ROOT + found.path))
            for path, text in (shared_files() | files_of("fr")).items():
                if re.fullmatch(pattern, path):
                    parts = text.splitlines() if path.endswith(".ndjson") else [text]
                    yield from map(json.loads, parts)


def closed(schema: Any) -> Any:
    """The same schema, which refuses keys that it does not describe."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(part) for key, part in schema.items()}
    return made | (
        {"additionalProperties": False} if isinstance(made.get("properties"), dict) else {}
    )


def described(value: Any, schema: Any, root: Any, path: tuple = ()) -> Iterator[tuple[tuple, Any]]:
    """Every object within a value that the schema describes key by key, by its path."""
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    for branch in schema.get("anyOf", ()):
        yield from described(value, branch, root, path)
    if isinstance(value, dict):
        if schema.get("required"):
            yield path, schema
        for key, inner in value.items():
            part = schema.get("properties", {}).get(key, schema.get("additionalProperties"))
            if isinstance(part, dict):
                yield from described(inner, part, root, (*path, key))
    if isinstance(value, list) and value:
        yield from described(value[0], schema.get("items", {}), root, (*path, 0))


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_valid_and_says_where_it_is(name: str) -> None:
    schema = document(f"schema/{name}")
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"{URL}api/v1/schema/{name}.json"
    assert "CC BY 4.0" in schema["$comment"] and "Data as of" in schema["$comment"]


@pytest.mark.parametrize("name", SCHEMAS)
def test_files_fit_their_schema_and_have_no_other_key(name: str) -> None:
    validator = Draft202012Validator(closed(document(f"schema/{name}")))
    found = list(instances(name))
    assert found
    for value in found:
        errors = [f"{e.json_path}: {e.message[:200]}" for e in validator.iter_errors(value)]
        assert not errors


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_missing_key_is_refused(name: str) -> None:
    schema, value = document(f"schema/{name}"), next(instances(name))
    validator = Draft202012Validator(schema)
    for path, part in described(value, schema, schema):
        for key in part["required"]:
            spoilt = copy.deepcopy(value)
            inner = spoilt
            for step in path:
                inner = inner[step]
            if inner.pop(key, None) is not None:
                assert not validator.is_valid(spoilt), (path, key)


def test_schemas_describe_records_in_the_words_of_the_model() -> None:
    text = shared_files()["api/v1/schema/timeline.json"]
    definitions = json.loads(text)["$defs"]
    place = definitions["EventListed"]["properties"]["place"]
    assert place["description"] == "Id of a place. What it stands for is under names.place."
    assert "null: not reported" in definitions["EventReport"]["properties"]["date"]["description"]
    assert not re.search(r"absent:|\.yml", text)


def test_what_was_published_under_v1_stays() -> None:
    """Every key, column and file is on a list; RENEW_GOLDEN=1 adds the new ones."""
    found = {format_.path for format_ in FORMATS}
    for name in SCHEMAS:
        schema = document(f"schema/{name}")
        parts = {f"{name}.json": schema} | schema.get("$defs", {})
        found |= {f"{part} {key}" for part in parts for key in parts[part].get("properties", ())}
    for table, columns in tables.TABLES.items():
        found |= {f"{table}.csv {column}" for column in columns}
    locked = set(LOCKED.read_text("utf-8").splitlines())
    if os.environ.get("RENEW_GOLDEN"):
        locked |= found
        LOCKED.write_text("".join(f"{key}\n" for key in sorted(locked)), "utf-8")
    assert sorted(locked - found) == [], "gone from what programs outside rely on"

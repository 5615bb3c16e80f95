"""The JSON files fit their schemas, and the schemas are neither looser nor wider than the files."""

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

from macros.exports import apischema
from macros.exports import datapackage as packages
from macros.exports.formats import KINDS, ROOT, SCHEMAS
from tests.published import ORGANS, URL, published

OF_ITS_OWN = ("schema", "openapi")  # other schemas describe these


def documents(organ: str) -> Iterator[tuple[str, str, Any]]:
    """Every JSON document of an organ: its path, the name of its schema and its value."""
    kinds = [
        (re.compile(r"(\w+/)?" + re.sub(r"\\{\w+\\}", "[^/.]+", re.escape(ROOT + k.path))), k)
        for k in KINDS
    ]
    for path, text in published(organ).items():
        if ROOT in path and path.endswith((".json", ".ndjson")):
            [kind] = [kind for pattern, kind in kinds if pattern.fullmatch(path)]
            if kind.key not in OF_ITS_OWN:
                assert kind.schema, path
                for part in text.splitlines() if path.endswith(".ndjson") else [text]:
                    yield path, kind.schema, json.loads(part)


def schema_of(name: str, organ: str = "own") -> dict[str, Any]:
    return json.loads(published(organ)[f"{ROOT}schema/{name}.json"])


def closed(schema: Any) -> Any:
    """The same schema, which refuses keys that it does not describe."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(part) for key, part in schema.items()}
    if schema.get("type") == "object" and "properties" in schema:
        made["additionalProperties"] = False
    return made


@pytest.mark.parametrize("organ", ORGANS)
@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_are_schemas_and_say_where_they_are(organ: str, name: str) -> None:
    schema = schema_of(name, organ)
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"{URL}api/v1/schema/{name}.json"
    assert "CC BY 4.0" in schema["$comment"] and "Data as of" in schema["$comment"]


@pytest.mark.parametrize("organ", ORGANS)
def test_every_json_file_fits_its_schema_and_has_no_key_that_it_does_not_describe(
    organ: str,
) -> None:
    own = {
        "foreignKeys",
        "path",
        "format",
        "trueValues",
        "falseValues",
        "constraints",
        "dialect",
    }  # of data packages
    seen = set()
    checkers = {name: Draft202012Validator(closed(schema_of(name, organ))) for name in SCHEMAS}
    for path, name, value in documents(organ):
        found = [
            f"{error.json_path}: {error.message[:200]}"
            for error in checkers[name].iter_errors(value)
            if not (
                name == "datapackage"
                and error.validator == "additionalProperties"
                and own & set(error.instance)
            )
        ]
        assert not found, (path, found[:3])
        seen.add(name)
    assert seen == set(SCHEMAS)


def places(
    value: Any, schema: Any, root: Any, path: tuple = ()
) -> Iterator[tuple[tuple, dict[str, Any]]]:
    """Every object within a value that the schema describes key by key."""
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema and "properties" not in schema:
        for branch in schema["anyOf"]:
            yield from places(value, branch, root, path)
    if isinstance(value, dict):
        if schema.get("properties"):
            yield path, schema
        for key, inner in value.items():
            part = schema.get("properties", {}).get(key, schema.get("additionalProperties"))
            if isinstance(part, dict):
                yield from places(inner, part, root, (*path, key))
    if isinstance(value, list) and value:
        yield from places(value[0], schema.get("items", {}), root, (*path, 0))


def inside(value: Any, path: tuple) -> Any:
    for step in path:
        value = value[step]
    return value


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_missing_key_and_a_wrong_type_fail(name: str) -> None:
    """Each key is taken out, and given a list within a list, which nothing is."""
    value = max(
        (value for _, found, value in documents("own") if found == name),
        key=lambda value: len(json.dumps(value)),
    )
    schema = schema_of(name)
    checker, tried = Draft202012Validator(schema), set()
    assert checker.is_valid(value)
    for path, part in places(value, schema, schema):
        keys = tuple(sorted(part["properties"]))
        if keys in tried:
            continue
        tried.add(keys)
        for key in part.get("required", ()):
            without, wrong = copy.deepcopy(value), copy.deepcopy(value)
            del inside(without, path)[key]
            assert not checker.is_valid(without), (path, key)
            if part["properties"][key]:
                inside(wrong, path)[key] = [[]]
                assert not checker.is_valid(wrong), (path, key)
    assert tried


def test_every_definition_describes_itself_in_the_words_of_the_model() -> None:
    event = apischema.definitions()["Event"]
    assert event["description"].startswith("A meeting, publication")
    assert (
        "null: not reported"
        in apischema.definitions()["EventReport"]["properties"]["date"]["description"]
    )
    place = apischema.definitions()["Event"]["properties"]["place"]
    assert place["description"] == "Id of a place. What it stands for is under names.place."
    assert not re.search(r"absent:|\.yml", json.dumps(dict(apischema.definitions())))


LOCKED = Path(__file__).parents[1] / "fixtures" / "api-v1.txt"


def keys(schema: Any, path: str) -> Iterator[str]:
    """Every key that a schema describes, by its way from the top."""
    for name, part in schema.get("properties", {}).items():
        yield f"{path} {name}"
        yield from keys(part, f"{path} {name}")
    for inner in (
        schema.get("items"),
        schema.get("additionalProperties"),
        *schema.get("anyOf", ()),
    ):
        if isinstance(inner, dict):
            yield from keys(inner, path)


def test_what_was_published_under_v1_stays() -> None:
    """Every key, column and file is on a list. RENEW_GOLDEN=1 adds the new ones; none is ever taken off."""
    found = {key for name, schema in apischema.definitions().items() for key in keys(schema, name)}
    found |= {
        f"{table}.csv {column}" for table, columns in packages.TABLES.items() for column in columns
    }
    found |= {kind.path for kind in KINDS}
    locked = set(LOCKED.read_text("utf-8").splitlines()) if LOCKED.exists() else set()
    if os.environ.get("RENEW_GOLDEN"):
        LOCKED.write_text("".join(f"{key}\n" for key in sorted(locked | found)), "utf-8")
        locked |= found
    assert sorted(locked - found) == [], "gone from what programs outside rely on"
    assert sorted(found - locked) == [], "not on the list yet"


@pytest.mark.parametrize("organ", ORGANS)
def test_the_index_points_to_what_describes_each_file(organ: str) -> None:
    index, files = json.loads(published(organ)["api/v1/index.json"]), published(organ)
    for address in (index["describedby"], index["openapi"], *index["guides"].values()):
        assert address.removeprefix(URL) in files
    for file in index["files"]:
        pointers = file["describedby"]
        for pointer in (
            pointers.values() if isinstance(pointers, dict) else [pointers] if pointers else []
        ):
            assert pointer.removeprefix(URL) in files, file["path"]
        assert bool(pointers) == (
            file["path"].endswith((".csv", "json"))
            and not re.search("schema/|openapi", file["path"])
        )

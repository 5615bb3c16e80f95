"""The OpenAPI document is valid and describes every file there is, and no other."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from macros.exports.formats import ROOT
from tests.published import ORGANS, URL, published


@pytest.fixture(scope="module", params=ORGANS)
def organ(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def document(organ: str) -> dict[str, Any]:
    return json.loads(published(organ)[f"{ROOT}openapi.json"])


def test_it_is_valid(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    validate(document, cls=OpenAPIV31SpecValidator)


def test_it_says_licence_date_and_server(document: dict[str, Any]) -> None:
    info = document["info"]
    assert info["license"]["name"] == "CC BY 4.0" and info["x-as-of"] and info["x-source"]
    assert document["servers"] == [{"url": URL.rstrip("/")}]


def test_every_file_has_its_path_and_every_path_a_file(
    organ: str, document: dict[str, Any]
) -> None:
    patterns = [
        re.compile(re.sub(r"\\{\w+\\}", "[^/.]+", re.escape(path.lstrip("/"))))
        for path in document["paths"]
    ]
    files = [path for path in published(organ) if ROOT in path]
    for file in files:
        assert sum(bool(pattern.fullmatch(file)) for pattern in patterns) == 1, file
    assert all(any(pattern.fullmatch(file) for file in files) for pattern in patterns)


def test_examples_are_there_and_parameters_are_declared(
    organ: str, document: dict[str, Any]
) -> None:
    for path, item in document["paths"].items():
        operation = item["get"]
        assert [p["name"] for p in operation["parameters"]] == sorted(
            re.findall(r"\{(\w+)\}", path), key=lambda name: name == "language"
        )
        [content] = operation["responses"]["200"]["content"].values()
        for example in content["examples"].values():
            assert example["externalValue"].removeprefix(URL) in published(organ)


def test_operations_have_names_of_their_own(document: dict[str, Any]) -> None:
    names = [item["get"]["operationId"] for item in document["paths"].values()]
    assert len(set(names)) == len(names)


def test_an_unknown_reference_is_noticed(document: dict[str, Any]) -> None:
    """The check can fail: the schemas of the paths are those of the components."""
    used = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(document)))
    assert used <= document["components"]["schemas"].keys()
    assert {
        f"{name}.json" for name in ("index", "resolution", "funding", "feed", "datapackage")
    } <= used

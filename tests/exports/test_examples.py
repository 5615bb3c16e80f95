"""The examples on the page of the data are pieces of the files that the site publishes."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cache
from typing import Any

import pytest

from macros.corpus.files import read_tree
from macros.corpus.loading import load
from macros.exports import examples
from macros.exports.formats import KINDS, ROOT
from macros.exports.records import sample
from macros.render.view import View
from tests.published import ORGANS, TODAY, URL, published

EDITIONS = [("own", "en", ""), ("own", "zh", "zh/"), ("second", "fr", "")]


@cache
def view(organ: str, language: str) -> View:
    return View(load(read_tree(ORGANS[organ], ("data",))[0]).corpora[language], TODAY)


@cache
def made(organ: str, language: str) -> dict[str, str]:
    return examples.examples(view(organ, language), KINDS)


def real(organ: str, language: str, folder: str, path: str) -> str:
    """The published file that an example was cut from."""
    [kind] = [kind for kind in KINDS if kind.path == path]
    found = ROOT + kind.example(sample(view(organ, language).corpus))
    return (
        published(organ)[folder * kind.per_language + found]
        .replace(URL, examples.SITE)
        .replace("\r\n", "\n")
    )


def part_of(example: Any, whole: Any) -> bool:
    """Whether a value was got from another by leaving out keys and entries."""
    if isinstance(example, dict):
        return isinstance(whole, dict) and all(
            key in whole and part_of(example[key], whole[key]) for key in example
        )
    if isinstance(example, list):
        return isinstance(whole, list) and all(
            any(part_of(one, other) for other in whole) for one in example
        )
    return example == whole


@pytest.mark.parametrize(("organ", "language", "folder"), EDITIONS)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.path)
def test_every_kind_of_file_has_an_example_cut_from_it(
    kind, organ: str, language: str, folder: str
) -> None:
    text, whole = made(organ, language)[kind.path], real(organ, language, folder, kind.path)
    assert 20 < len(text) < 2500
    if kind.path.endswith(".json"):
        example, document = json.loads(text), json.loads(whole)
        assert part_of(example, document)
    elif kind.path.endswith(".csv"):
        rows, table = (list(csv.reader(io.StringIO(found))) for found in (text, whole))
        assert len(rows) == 2 and rows[0] == table[0] and rows[1] in table
    elif kind.path.endswith(".ndjson"):
        assert text.endswith("…") and whole.startswith(text[:40])
    elif kind.path.endswith(".md"):
        lines = text.splitlines()
        assert lines[:-1] == whole.splitlines()[: len(lines) - 1]
    else:  # lines of a calendar are folded where the address makes them long
        assert text.replace("\n ", "") in whole.replace("\n ", "")


@pytest.mark.parametrize(("organ", "language", "folder"), EDITIONS)
def test_the_guide_has_an_example(organ: str, language: str, folder: str) -> None:
    lines = examples.guide(view(organ, language)).splitlines()
    whole = published(organ)[f"{folder}llms.txt"].replace(URL, examples.SITE)
    assert lines[-1] == "…" and whole.startswith("\n".join(lines[:-1]))


def test_the_check_of_examples_can_fail() -> None:
    assert part_of({"a": [1]}, {"a": [2, 1], "b": 3})
    assert (
        not part_of({"a": [3]}, {"a": [2, 1]})
        and not part_of({"c": 1}, {"a": 1})
        and not part_of({"a": {}}, {"a": 1})
    )


def test_an_example_costs_the_same_however_many_resolutions_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Only the resolution shown, and those that hold ways of funding, are gone through."""
    seen: list[str] = []
    whole = examples.datasets.files
    monkeypatch.setattr(
        examples.datasets,
        "files",
        lambda editions: seen.extend(editions.corpus.resolutions) or whole(editions),
    )
    examples.examples(view("own", "en"), KINDS)
    assert 0 < len(seen) <= 2


def test_what_is_short_stands_on_one_line() -> None:
    assert examples.pretty({"a": [1, {"b": None}]}) == '{"a": [1, {"b": null}]}'
    long = {"a": "x" * 80, "b": ["y" * 40, "z" * 40], "c": []}
    text = examples.pretty(long)
    assert (
        json.loads(text) == long
        and text.splitlines()[1] == f'  "a": "{"x" * 80}",'
        and re.search(r'^  "c": \[\]$', text, re.M)
    )

"""Records: their descriptions, and walking through them."""

from __future__ import annotations

import pytest

from macros.corpus.loading import KINDS
from macros.corpus.source import read
from macros.model.fields import Record, Ref, Source, TextKind, descriptions
from macros.model.resolution import Resolution, Update
from macros.model.traversal import (
    cited,
    inside,
    marked_fields,
    record_fields,
    records,
    texts,
    with_records,
)

FILE = b"""\
number: 4
title: Housing
title_basis: verified
updates:
  - {id: a, period: p, text: One., sources: [{document: A/1, paragraph: 3}]}
  - {id: b, period: p, text: Two., sources: [{document: A/1}, {document: A/2}]}
"""


@pytest.fixture
def resolution() -> Resolution:
    return Resolution.model_validate(read("data/resolutions/2-4.yml", FILE).value)


def test_all_records_inside_a_record_are_found_with_their_paths(resolution: Resolution) -> None:
    paths = {path: type(entry).__name__ for path, entry in records(resolution)}
    assert paths[()] == "Resolution"
    assert paths["updates", 1, "sources", 1] == "Source"
    kinds = [type(entry).__name__ for entry in inside(resolution)]
    assert kinds == ["Resolution", "Adoption", "Update", "Update"]
    assert [source.document for source in cited(resolution)] == ["A/1", "A/1", "A/2"]


def test_texts_have_the_ids_of_their_entries(resolution: Resolution) -> None:
    assert [key for key, _, _ in texts(resolution)] == ["title", "a.text", "b.text"]


def test_marked_fields() -> None:
    assert marked_fields(Resolution, Ref)["themes"] == Ref("theme")
    assert marked_fields(Resolution, Ref).keys().isdisjoint({"number", "title", "updates"})
    assert marked_fields(Update, TextKind) == {"text": TextKind(rich=True)}


def test_changed_records_take_the_places_of_others(resolution: Resolution) -> None:
    changed = with_records(
        resolution, lambda entry, name: None if getattr(entry, "id", "") == "a" else entry
    )
    assert [update.id for update in changed.updates] == ["b"]
    assert changed.updates[0] is resolution.updates[1] and len(resolution.updates) == 2
    assert with_records(resolution, lambda entry, name: entry) is resolution
    assert with_records(resolution, lambda entry, name: entry, {"title": "Homes"}).title == "Homes"


def test_every_field_is_described_once_in_its_docstring() -> None:
    kinds: list[type[Record]] = [*KINDS.values(), Resolution]
    for kind in kinds:
        kinds += [inner for inner in record_fields(kind).values() if inner not in kinds]
        properties = kind.model_json_schema()["properties"]
        for name in kind.model_fields:
            assert properties[name]["description"], (kind, name)
    assert descriptions(Source)["paragraph"] == "Paragraph of that document."
    assert "\n" not in descriptions(Resolution)["title_basis"]

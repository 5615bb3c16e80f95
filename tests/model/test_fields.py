"""Records: what is given up when they are made, copies with other values, ways through them."""

from __future__ import annotations

import gc

from macros.corpus.source import read
from macros.corpus.validation import validate
from macros.model.fields import Known, Source, cited, inside, spared
from macros.model.resolution import Resolution, Update

FILE = b"""\
number: 4
title: Housing
title_basis: verified
updates:
  - {id: a, period: p, text: One., sources: [{document: A/1, paragraph: 3}]}
  - {id: b, period: p, text: Two., sources: [{document: A/1, paragraph: 3}]}
  - {id: c, period: p, text: Three., sources: [{document: A/1}]}
"""


def made(known: Known | None = None) -> Resolution:
    record = validate(read("data/resolutions/2-4.yml", FILE), Resolution, known=known)
    assert isinstance(record, Resolution)
    return record


def test_of_the_same_sources_there_is_one() -> None:
    first, second, third = made().updates
    assert first.sources is second.sources
    assert [update.sources for update in (second, third)] == [
        (Source(document="A/1", paragraph="3"),), (Source(document="A/1"),),
    ]  # fmt: skip
    known: Known = {}
    one, other = made(known), made(known)
    assert (
        one.updates[0] is not other.updates[0]
        and one.updates[0].sources is other.updates[0].sources
    )
    assert one == other == made()


def test_a_record_is_the_same_without_what_is_given_up() -> None:
    values = {"id": "a", "period": "p", "text": "One.", "sources": ({"document": "A/1"},)}
    assert spared(Update.model_validate(values), {}) == Update.model_validate(values)
    assert not {field for record in inside(made()) for field in record.model_fields_set}


def test_a_changed_record_is_a_copy() -> None:
    record = made()
    changed = record.changed({"title": "Homes"})
    assert (changed.title, record.title) == ("Homes", "Housing")
    assert changed.changed({"title": "Housing"}) == record and changed.updates is record.updates
    assert record.changed({}) is record


def test_going_through_a_record_leaves_nothing_behind() -> None:
    record = made()
    gc.collect()
    gc.disable()
    try:
        assert [type(entry).__name__ for entry in inside(record)] == [
            "Resolution",
            "Adoption",
            "Update",
            "Update",
            "Update",
        ]
        assert [source.document for source in cited(record)] == ["A/1"] * 3
        assert gc.collect() == 0
    finally:
        gc.enable()

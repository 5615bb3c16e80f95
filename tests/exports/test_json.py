"""What the JSON files say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from macros import queries
from macros.exports.models import DateValue
from macros.exports.values import dump, number
from macros.model.dates import parse
from tests.exports.organ import URL, document, shared_files, views

SKIPPED = ("computed", "corrections", "names")


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """All objects within the statements of a file."""
    if isinstance(value, dict):
        yield value
        value = [inner for key, inner in value.items() if key not in SKIPPED]
    if isinstance(value, list):
        for inner in value:
            yield from objects(inner)


def test_every_file_says_licence_date_and_source() -> None:
    for name, text in shared_files().items():
        if "/schema/" not in name:
            for line in text.splitlines() if name.endswith(".ndjson") else [text]:
                found = json.loads(line)
                assert found["licence"] == "CC BY 4.0" and found["as_of"] and found["source"]


def test_summaries_files_and_lines_of_resolutions_agree() -> None:
    lines = map(json.loads, shared_files()["api/v1/resolutions.ndjson"].splitlines())
    for summary, line in zip(document("resolutions")["resolutions"], lines, strict=True):
        whole = document(f"resolutions/{summary['slug']}")
        assert whole == line
        assert whole["computed"]["status"] == summary["status"]
        for key in ("slug", "label", "title", "url"):
            assert whole[key] == summary[key]


def test_a_resolution_has_all_its_statements_and_names_what_they_refer_to() -> None:
    references = {"contributor": "organization", "status": "status", "document": "document"}
    for slug, record in views()["en"].corpus.resolutions.items():
        found = document(f"resolutions/{slug}")
        entries = [each for each in objects(found) if each.get("id")]
        ids = {each["id"] for each in entries if "sources" in each or "reports" in each}
        assert ids == {statement.id for statement in queries.statements(record)}
        for each in objects(found):
            for key, kind in references.items():
                if isinstance(each.get(key), str):
                    assert each[key] in found["names"][kind]


def test_texts_are_by_language_and_missing_translations_are_named() -> None:
    found = document("resolutions/1-1")
    assert found["title"] == {"en": "Clean shores", "fr": "Rives propres"}
    assert found["title_basis"] == {"en": "verified", "fr": "unofficial"}
    assert "en" in found["operative_paragraphs"][0]["gist"]
    assert "fr" not in found["operative_paragraphs"][0]["gist"]
    assert "op-2-a.gist" in found["translations"]["fr"]["missing"]


def test_what_is_not_reported_is_null() -> None:
    computed = document("resolutions/1-2")["computed"]
    assert computed["required"] is computed["gap"] is computed["gap_share"] is None


def test_gaps_are_computed() -> None:
    for resource in document("funding")["resources"]:
        if None not in (resource["required"], resource["mobilized"]):
            assert resource["gap"] == max(resource["required"] - resource["mobilized"], 0)


def test_the_timeline_is_in_the_order_of_dates() -> None:
    view = views()["en"]
    assert [(e["resolution"], e["id"], e["case"]) for e in document("timeline")["events"]] == [
        (found.slug, found.event.id, found.case)
        for found in queries.timeline(view.corpus, view.today)
    ]


def test_corrections_stand_in_their_own_file_and_with_their_resolution() -> None:
    [entry] = document("corrections")["corrections"]
    assert entry["url"]["fr"] == f"{URL}fr/corrections/#wrong-amount"
    assert document("resolutions/1-1")["corrections"] == [entry]
    assert document("resolutions/1-2")["corrections"] == []


def test_a_document_says_where_it_is_on_the_site() -> None:
    for entry in document("documents")["documents"]:
        assert entry["url"]["fr"] == f"{URL}fr/documents/#{entry['anchor']}"


def test_a_period_says_how_resolutions_stood_then() -> None:
    statuses = {
        period: document(f"periods/{period}")["resolutions"][0]["status"]
        for period in ("spring", "autumn")
    }
    assert statuses == {"spring": "in-preparation", "autumn": "implemented"}
    assert {"kind": "status", "before": "in-preparation", "after": "implemented"}.items() <= next(
        change for change in document("periods/autumn")["changes"] if change["kind"] == "status"
    ).items()


def test_numbers_have_no_noise() -> None:
    values = [Decimal("24000000.0"), Decimal("0.1"), Decimal("1E+6"), None]
    assert json.dumps([number(value) for value in values]) == "[24000000, 0.1, 1000000, null]"


def test_open_dates_stay_open() -> None:
    assert DateValue.of(parse("../2024-12")).model_dump(mode="json") == {
        "edtf": "../2024-12",
        "earliest": None,
        "latest": "2024-12-31",
    }


def test_json_has_a_line_for_each_entry() -> None:
    value = {"a": [{"b": "“中”\n"}, {"b": None}], "c": {}, "d": []}
    assert json.loads(dump(value)) == value
    assert len(dump(value).splitlines()) == 8

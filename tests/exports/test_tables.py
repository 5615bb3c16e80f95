"""Tables: CSV that other programs read, without formulas, and the data package about them."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from frictionless import system, validate

from macros import queries
from macros.exports import datapackage, tables
from macros.render.view import View
from tests.organ import BODY, SMALL, VOCABULARY

ROOT = "https://example.org/"
TABLES = {
    "resolutions": tables.resolutions,
    "statements": tables.statements,
    "funding": tables.funding,
    "timeline": tables.timeline,
}


@pytest.fixture
def view() -> View:
    return SMALL.view().at(ROOT)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def row_of(text: str, id_: str) -> dict[str, str]:
    return next(row for row in rows(text) if row["id"] == id_)


@pytest.mark.parametrize("name", TABLES)
def test_tables_follow_rfc_4180(view: View, name: str) -> None:
    text = TABLES[name](view)
    table = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert text.endswith("\r\n") and len({len(row) for row in table}) == 1
    assert tuple(table[0]) == tuple(tables.TABLES[name])


def test_a_resolution_has_its_status_funding_and_next_event(view: View) -> None:
    row = rows(tables.resolutions(view))[0]
    assert (row["resolution"], row["label"], row["status_name"]) == ("1-1", "1/1", "Implemented")
    assert (row["constrained_by_funding"], row["latest_period"]) == ("no", "autumn")
    amounts = [row[name] for name in ("required", "mobilized", "gap", "gap_share")]
    assert amounts == ["4000", "1000", "3000", "0.75"]
    assert (row["next_event"], row["outcomes_not_reported"]) == ("", "1")


def test_funding_has_resources_and_contributions(view: View) -> None:
    text = tables.funding(view)
    budget, gift = row_of(text, "budget"), row_of(text, "acme-gift")
    assert (budget["type"], budget["as_of"], budget["approximate"]) == ("resource", "2024-06", "")
    assert (gift["type"], gift["contributor_name"], gift["amount"], gift["approximate"]) == (
        "contribution", "Acme", "1200.5", "no",
    )  # fmt: skip


def test_the_timeline_has_the_days_of_a_date(view: View) -> None:
    row = row_of(tables.timeline(view), "shore-atlas")
    days = [row[name] for name in ("date", "earliest", "latest", "case")]
    assert days == ["../2024-12", "", "2024-12-31", "unreported"]


def test_every_statement_is_listed_with_its_sources_and_address(view: View) -> None:
    listed = rows(tables.statements(view))
    records = (view.corpus.statements, *view.corpus.resolutions.values())
    expected = [found.id for record in records for found in queries.statements(record)]
    assert [row["id"] for row in listed] == expected
    assert all(row["sources"] and row["url"].startswith(ROOT) for row in listed)
    assert listed[0]["url"] == f"{ROOT}periods/spring/#money-is-short"
    assert listed[0]["text"] == "Money is short."
    assert {row["type"] for row in listed} >= {"organ_statement", "operative_paragraph", "term"}


def test_a_text_that_is_not_translated_says_so() -> None:
    organ = SMALL.edit(BODY, "languages: [en]", "languages: [en, zh]")
    row = row_of(tables.statements(organ.view("zh").at(ROOT)), "money-came")
    assert row["translation"] == "missing"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝1"])
def test_formulas_are_defused(text: str) -> None:
    assert tables.cell(text) == f"'{text}"


def test_a_formula_in_the_data_is_defused() -> None:
    organ = SMALL.edit(VOCABULARY, "name: Implemented", 'name: "=cmd|calc"')
    assert rows(tables.resolutions(organ.view()))[0]["status_name"] == "'=cmd|calc"


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (False, "no"), (Decimal("0"), "0"), (Decimal("1E+6"), "1000000"),
     (Decimal(2) / 3, "0.666667"), (("2", "2 (a)"), "2; 2 (a)")],
)  # fmt: skip
def test_values_of_cells(value: object, text: str) -> None:
    assert tables.cell(value) == text


def errors(folder: Path, texts: dict[str, str], package: str) -> set[str]:
    """Return what Frictionless finds wrong with a package and its tables."""
    for name, text in {**{f"{name}.csv": text for name, text in texts.items()}}.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    (folder / "datapackage.json").write_text(package, encoding="utf-8")
    with system.use_context(trusted=True):
        report = validate(str(folder / "datapackage.json"))
    return {kind for [kind] in report.flatten(["type"])}


def test_frictionless_accepts_package_and_tables(view: View, tmp_path: Path) -> None:
    texts = {name: write(view) for name, write in TABLES.items()}
    assert errors(tmp_path, texts, datapackage.package(view, texts)) == set()


@pytest.mark.parametrize(
    ("name", "old", "new", "error"),
    [
        ("timeline", "\r\n1-1,", "\r\n1-9,", "foreign-key"),
        ("timeline", ",2024-10-01,2024-10-01,", ",2024-10-01,soon,", "type-error"),
        ("resolutions", "\r\n1-2,", "\r\n1-1,", "primary-key"),
        ("funding", ",1200.5,", ",-1,", "constraint-error"),
    ],
)
def test_frictionless_finds_what_does_not_fit(
    view: View, tmp_path: Path, name: str, old: str, new: str, error: str
) -> None:
    texts = {table: write(view) for table, write in TABLES.items()}
    package = json.loads(datapackage.package(view, texts))
    for resource in package["resources"]:
        del resource["hash"], resource["bytes"]
    assert old in texts[name]
    texts[name] = texts[name].replace(old, new, 1)
    assert error in errors(tmp_path, texts, json.dumps(package))


def test_columns_are_described_in_the_language_of_the_tables() -> None:
    organ = SMALL.edit(BODY, "languages: [en]", "languages: [en, zh]")

    def titles(language: str) -> dict[str, str]:
        view = organ.view(language).at(ROOT)
        package = json.loads(datapackage.package(view, dict.fromkeys(TABLES, "")))
        fields = [field for found in package["resources"] for field in found["schema"]["fields"]]
        assert all(field["description"] for field in fields)
        return {field["name"]: field["title"] for field in fields}

    english, chinese = titles("en"), titles("zh")
    assert english.keys() == chinese.keys()
    assert not [name for name in english if english[name] == chinese[name]]

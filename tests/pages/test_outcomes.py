"""What became of a milestone, and from when to when it slipped, wherever it is shown."""

from __future__ import annotations

import csv

import icalendar
import pytest

from macros.exports import calendars, markdown, tables
from macros.pages.registry import MACROS
from tests.organ import FIRST, SMALL, Organ

ROOT = "https://example.org/"
ATLAS = "        outcome: planned\n        date: ../2024-12\n        sources:\n          - {document: AL/REP/1, paragraph: 5}\n"


def with_report(fields: str) -> Organ:
    """The autumn report says something of the atlas that was planned by the end of 2024."""
    report = f"      - {{period: autumn, {fields}, sources: [{{document: AL/REP/2}}]}}\n"
    return SMALL.edit(FIRST, ATLAS, ATLAS + report)


CASES = [
    ("outcome: completed, date: 2025-02-03", "3 February 2025 (planned by the end of 2024)", "Published"),
    ("outcome: completed", "by the end of 2024", "Published"),
    ("outcome: postponed, date: 2027", "planned by the end of 2024; now 2027", "To be published"),
    ("outcome: planned, date: 2027", "planned by the end of 2024; now 2027", "To be published"),
    ("outcome: postponed", "date not reported (planned by the end of 2024)", "postponed"),
    ("outcome: cancelled, reason: No paper", "by the end of 2024", "Cancelled"),
    ("outcome: not-mentioned", "by the end of 2024", "No longer mentioned"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "when", "word"), CASES)
def test_dates_and_outcome_on_pages_and_in_markdown(fields: str, when: str, word: str) -> None:
    view = with_report(fields).view().at(ROOT)
    shown = f'{when}<span class="rt-event__case"> · {word}</span>'
    assert shown in MACROS["resolution_details"](view, "1-1", "timeline")
    assert shown in MACROS["timeline_index"](view)
    assert f"{when} · {word}: Atlas of the shores" in markdown.page(view, "1-1")


def test_the_reason_is_shown() -> None:
    view = with_report("outcome: cancelled, reason: No paper").view().at(ROOT)
    assert "No paper" in MACROS["resolution_details"](view, "1-1", "timeline")
    assert "No paper" in markdown.page(view, "1-1")
    assert "No paper" in calendars.timeline(view)


@pytest.mark.parametrize(
    ("outcome", "status"),
    [("completed", "CONFIRMED"), ("planned", "TENTATIVE"), ("cancelled", "CANCELLED")],
)
def test_calendars_carry_the_outcome(outcome: str, status: str) -> None:
    view = with_report(f"outcome: {outcome}, date: 2025-02-03").view().at(ROOT)
    calendar = icalendar.Calendar.from_ical(calendars.timeline(view))
    atlas = next(e for e in calendar.walk("VEVENT") if "Atlas" in e["SUMMARY"])
    assert (atlas["STATUS"], atlas["SEQUENCE"]) == (status, 1)
    assert "planned by the end of 2024" in atlas["DESCRIPTION"]


def test_the_table_of_milestones_has_both_dates() -> None:
    view = with_report("outcome: postponed, date: 2027, reason: No paper").view().at(ROOT)
    rows = csv.DictReader(tables.timeline(view).splitlines())
    atlas = next(row for row in rows if row["id"] == "shore-atlas")
    names = ("date", "planned_for", "outcome", "reason", "case")
    assert [atlas[name] for name in names] == [
        "2027",
        "../2024-12",
        "postponed",
        "No paper",
        "ahead",
    ]


def test_what_is_given_up_is_not_upcoming() -> None:
    view = with_report("outcome: cancelled, date: 2031").view()
    assert "Atlas of the shores" not in MACROS["resolution_summary"](view, "1-1")

"""Calendars: valid iCalendar with the same events and ids wherever the site is."""

from __future__ import annotations

from datetime import UTC, date, datetime

import icalendar
import pytest

from macros.exports import calendars
from macros.model.dates import parse
from tests.organ import BODY, FIRST, SMALL, Organ

ROOT = "https://example.org/"


def calendar_of(organ: Organ = SMALL, url: str = ROOT, language: str = "en") -> icalendar.Calendar:
    text = calendars.resolution_calendar(organ.view(language).at(url), "1-1")
    return icalendar.Calendar.from_ical(text)


def event_of(calendar: icalendar.Calendar, event: str) -> icalendar.Event:
    (found,) = (entry for entry in calendar.walk("VEVENT") if entry["UID"] == f"{event}@al")
    return found


def test_every_dated_event_is_in_the_calendar_of_all_once() -> None:
    calendar = icalendar.Calendar.from_ical(calendars.timeline(SMALL.view().at(ROOT)))
    assert [str(event["UID"]) for event in calendar.walk("VEVENT")] == [
        "1-1-shore-meeting@al",
        "1-1-shore-atlas@al",
        "1-2-fish-day@al",
    ]


def test_calendars_follow_rfc_5545() -> None:
    view = (
        SMALL.edit(BODY, "name: Lake tracker", f"name: {'长湖大会' * 30}, Assembly").view().at(ROOT)
    )
    text = calendars.timeline(view)
    assert text.startswith("BEGIN:VCALENDAR\r\n") and text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    calendar = icalendar.Calendar.from_ical(text)
    assert not [part.errors for part in calendar.walk() if part.errors]


def test_a_calendar_without_events_has_a_component() -> None:
    calendar = icalendar.Calendar.from_ical(
        calendars.calendar(SMALL.view().at(ROOT), "Gone", [], "api/v1/resolutions/1-9.ics")
    )
    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE"]


def test_a_calendar_says_its_address_date_and_licence() -> None:
    calendar = calendar_of()
    assert calendar["SOURCE"] == f"{ROOT}api/v1/resolutions/1-1.ics"
    for key in ("DESCRIPTION", "X-WR-CALDESC"):
        assert "Latest report: AL/REP/2" in calendar[key]
        assert "CC BY 4.0" in calendar[key]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-12-09", "2024-12-09", "2024-12-09"),
        ("2024-12-09/2024-12-11", "2024-12-09", "2024-12-11"),
        ("2024-36", "2024-10-01", "2024-12-31"),
        ("../2024-12", "2024-12-31", "2024-12-31"),
        ("2024-11/..", "2024-11-01", "2024-11-01"),
    ],
)
def test_days_of_an_entry(text: str, first: str, last: str) -> None:
    assert calendars.days(parse(text)) == (date.fromisoformat(first), date.fromisoformat(last))


def test_a_deadline_is_one_day_and_to_be_confirmed() -> None:
    event = event_of(calendar_of(), "1-1-shore-atlas")
    assert event.decoded("DTSTART") == date(2024, 12, 31)
    assert event.decoded("DTEND") == date(2025, 1, 1)
    assert event.decoded("DTSTAMP") == datetime(2025, 3, 1, tzinfo=UTC)
    assert event["SUMMARY"] == (
        "1/1 · Atlas of the shores (by the end of 2024, date to be confirmed)"
    )
    assert event["STATUS"] == "TENTATIVE"


def test_an_event_that_happened_on_a_day_is_confirmed() -> None:
    event = event_of(calendar_of(), "1-1-shore-meeting")
    assert event["SUMMARY"] == "1/1 · Meeting on shores"
    assert event["STATUS"] == "CONFIRMED"
    assert event["LOCATION"] == "Port, Lakeland"
    assert event["URL"] == f"{ROOT}resolutions/1-1/#shore-meeting"
    assert event["DESCRIPTION"].endswith("Source: AL/REP/2, para. 10")


def test_ids_depend_neither_on_the_address_nor_on_the_language() -> None:
    organ = SMALL.edit(BODY, "languages: [en]", "languages: [en, zh]")
    calendar = calendar_of(organ, "http://127.0.0.1:8000/zh/", "zh")
    summary = event_of(calendar, "1-1-shore-meeting")["SUMMARY"]
    assert summary.params["LANGUAGE"] == "en"  # not translated


def test_the_sequence_grows_with_reports_and_revisions() -> None:
    assert event_of(calendar_of(), "1-1-shore-meeting")["SEQUENCE"] == 1
    organ = SMALL.edit(FIRST, "- id: shore-meeting\n", "- id: shore-meeting\n    revision: 3\n")
    assert event_of(calendar_of(organ), "1-1-shore-meeting")["SEQUENCE"] == 4

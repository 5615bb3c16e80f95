"""Checks of dates: periods in order, what happened when it can have happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from macros.corpus.checks.faults import Checks, Fault
from macros.corpus.corpus import Corpus
from macros.corpus.problems import Problem
from macros.corpus.source import SourceFile
from macros.model.dates import PartialDate
from macros.model.events import Event, EventReport
from macros.model.fields import Path, Record
from macros.model.funding import Contribution
from macros.model.reference import Period, Periods
from macros.model.resolution import Correction, Partner, Resolution


def find_future_outcomes(
    records: Mapping[str, Record], sources: Mapping[str, SourceFile], today: date
) -> Iterator[Problem]:
    """Find milestones that are said to have been completed on a day to come.

    Args:
        records: The records by the stems of their files.
        sources: The files by name.
        today: The day of the build.
    """
    for stem, record in records.items():
        for path, report in _completed(record) if isinstance(record, Resolution) else ():
            if _begins_after(report.date, today):
                source = sources[f"data/{stem}.yml"]
                yield source.problem(path, "completed_in_future", date=str(report.date))


def _begins_after(when: PartialDate | None, day: date) -> bool:
    """Whether a date certainly lies after a day; one such as "by the end of 2024" does not."""
    return bool(when and when.start and not when.start.mark and when.earliest > day)


def _completed(record: Resolution) -> Iterator[tuple[Path, EventReport]]:
    """List the reports of completed milestones, each with the path of its date."""
    for place, event in enumerate(record.events):
        for index, report in enumerate(event.reports):
            if report.outcome == "completed":
                yield ("events", place, "reports", index, "date"), report


def _resolution(record: Resolution, corpus: Corpus) -> Iterator[Fault]:
    adopted, session = record.adoption.date, corpus.sessions.get(record.session or "")
    if not adopted:
        return
    meetings = session.meetings if session else ()
    if meetings and not any(
        day.earliest <= adopted.latest and adopted.earliest <= day.latest for day in meetings
    ):
        values = {"date": str(adopted), "meetings": ", ".join(map(str, meetings))}
        yield ("adoption", "date"), "adopted_outside_session", values
    for path, report in _completed(record):
        if report.date and report.date.end and report.date.latest < adopted.earliest:
            values = {"date": str(report.date), "adopted": str(adopted)}
            yield path, "completed_before_adoption", values


def _event(record: Event, corpus: Corpus) -> Iterator[Fault]:
    for index, report in enumerate(record.reports):
        period = corpus.periods.get(report.period)
        if report.outcome != "completed" or not period or period.as_of.given.mark:
            continue
        if _begins_after(report.date, period.as_of.latest):
            values = {"date": str(report.date), "as_of": str(period.as_of)}
            yield ("reports", index, "date"), "completed_after_report", values


def _in_order(record: Event | Contribution | Partner, corpus: Corpus) -> Iterator[Fault]:
    order = list(corpus.periods)
    places = [order.index(report.period) for report in record.reports if report.period in order]
    if places != sorted(set(places)):
        yield ("reports",), "reports_out_of_order", {"id": record.id}


def _periods(record: Periods, corpus: Corpus) -> Iterator[Fault]:
    reports: dict[str, str] = {}
    for index, period in enumerate(record.periods):
        at, before = ("periods", index), record.periods[index - 1] if index else period
        if period.last.latest < before.last.latest:
            values = {"id": period.id, "before": before.id, "last": str(before.last)}
            yield (*at, "last"), "periods_out_of_order", values
        other = reports.setdefault(period.report, period.id) if period.report else period.id
        if other != period.id:
            yield (*at, "report"), "report_twice", {"value": period.report, "other": other}


def _period(record: Period, corpus: Corpus) -> Iterator[Fault]:
    if record.last.latest < record.first.earliest:
        values = {"first": str(record.first), "last": str(record.last)}
        yield ("last",), "period_backwards", values
    if bool(record.report) == bool(record.compiled_from):
        yield (), "report_or_documents", {}


def _correction(record: Correction, corpus: Corpus) -> Iterator[Fault]:
    if record.published and record.date.latest < record.published.earliest:
        values = {"date": str(record.date), "published": str(record.published)}
        yield ("published",), "correction_backwards", values


CHECKS: Checks = {
    Resolution: _resolution,
    Event: _event,
    (Contribution, Event, Partner): _in_order,
    Periods: _periods,
    Period: _period,
    Correction: _correction,
}

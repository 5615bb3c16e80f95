"""Tables in one language: CSV (RFC 4180) in UTF-8, one header line, lines ended by CRLF.

The names of the columns are the same in every language. An empty cell is *not reported*; columns
that end in `_name` or `_text`, titles and texts are in the language of the table. No cell is a
formula to a spreadsheet. The views have the address of the language's root as base.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from macros import queries
from macros.corpus.corpus import Corpus
from macros.corpus.translations import LocalText
from macros.model import restricted_markdown
from macros.model.fields import Record
from macros.model.funding import Contribution, Resource, Term
from macros.model.resolution import (
    AnyStatement,
    Assessment,
    Event,
    OperativeParagraph,
    OrganStatement,
    Partner,
    Resolution,
    Update,
)
from macros.queries import Occurrence
from macros.render.citations import amounts
from macros.render.view import View

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""How a formula begins; a spreadsheet reads the wide signs like the others."""


@dataclass(frozen=True)
class _Row:
    """What one row is about: a resolution, or a statement of one or (without slug) of the organ."""

    view: View
    slug: str | None
    record: Record
    text: str | None

    @property
    def corpus(self) -> Corpus:
        """The corpus of the view."""
        return self.view.corpus

    def value(self, name: str) -> Any:
        """Return a field of the record or of its newest report."""
        return _value(self.record, name)

    def named(self, find_name: Callable[[str], str], name: str) -> str | None:
        """Return the name of what a field refers to."""
        return find_name(self.value(name)) if self.value(name) else None

    def word(self, vocabulary: str, name: str) -> str | None:
        """Return the word of the vocabulary that a field refers to."""
        return self.named(lambda key: self.view.name(vocabulary, key), name)

    @property
    def url(self) -> str:
        """Where a reader finds it; what is the organ's, on the page of its period or of funding."""
        anchor = getattr(self.record, "anchor", "")
        if self.slug:
            return self.view.resolution_url(self.slug, anchor)
        is_periodic = isinstance(self.record, OrganStatement)
        page = f"periods/{self.value('period')}/" if is_periodic else "funding/"
        return f"{self.view.url(page)}#{anchor}"


@dataclass(frozen=True)
class _ResolutionRow(_Row):
    slug: str
    record: Resolution

    @cached_property
    def occurrences(self) -> list[Occurrence]:
        return queries.timeline(self.corpus, self.view.today, [self.slug])

    @cached_property
    def assessment(self) -> Assessment | None:
        return queries.assessment(self.record, self.corpus)

    @cached_property
    def resource(self) -> Resource | None:
        return queries.newest_resource(self.record.resources)

    @cached_property
    def next_event(self) -> Event | None:
        ahead = (found.event for found in self.occurrences if found.case == "ahead" and found.date)
        return next(ahead, None)


@dataclass(frozen=True)
class _EventRow(_Row):
    record: Event
    occurrence: Occurrence


@dataclass(frozen=True)
class _StatementRow(_Row):
    record: AnyStatement
    details: tuple[object, object, object, str | None]


R = TypeVar("R", bound=_Row)
Column = tuple[str, Callable[[R], object]]
"""The name of a column, and the function that gives its value for a row."""


def _value(record: object, name: str) -> Any:
    return getattr(record, name, getattr(getattr(record, "latest", None), name, None))


def _fields(*names: str, of: str = "record") -> list[Column[_Row]]:
    """Return columns that show fields of something in the row under their own names."""
    return [(name, lambda row, name=name: _value(getattr(row, of), name)) for name in names]  # type: ignore[misc]


_START: list[Column[_Row]] = [
    ("resolution", lambda row: row.slug),
    ("label", lambda row: row.slug and row.corpus.label(row.slug)),
]
_SOURCES: Column[_Row] = (
    "sources",
    lambda row: [row.view.citation(source) for source in row.value("sources")],
)
_END: list[Column[_Row]] = [
    ("translation", lambda row: row.text.state if isinstance(row.text, LocalText) else None),
    ("url", lambda row: row.url),
]

RESOLUTIONS: tuple[Column[_ResolutionRow], ...] = (
    *_START,
    ("symbol", lambda row: getattr(row.record.symbol, "value", None)),
    ("symbol_basis", lambda row: getattr(row.record.symbol, "basis", None)),
    *_fields("title", "title_basis", "session"),
    ("session_name", lambda row: row.named(lambda key: row.corpus.sessions[key].name, "session")),
    ("adopted", lambda row: row.record.adoption.date),
    *_fields("status", of="assessment"),
    ("status_name", lambda row: getattr(row.view.status(row.assessment), "name", None)),
    *_fields("constrained_by_funding", of="assessment"),
    *_fields("required", "mobilized", "gap", "gap_share", "currency", of="resource"),
    ("next_event", lambda row: row.next_event and row.next_event.title),
    ("next_date", lambda row: row.next_event and row.next_event.date),
    ("next_date_text", lambda row: row.next_event and row.view.date(row.next_event.date)),
    ("outcomes_not_reported", lambda row: sum(o.case == "unreported" for o in row.occurrences)),
    ("latest_period", lambda row: next(iter(queries.reported_in(row.record, row.corpus)), None)),
    *_END,
)  # fmt: skip
FUNDING: tuple[Column[_Row], ...] = (
    *_START,
    *_fields("id"),
    ("type", lambda row: "resource" if isinstance(row.record, Resource) else "contribution"),
    *_fields("contributor"),
    ("contributor_name", lambda row: row.named(row.view.organization, "contributor")),
    *_fields("kind"),
    ("kind_name", lambda row: row.word("contribution_kinds", "kind")),
    *_fields("state"),
    ("state_name", lambda row: row.word("contribution_states", "state")),
    *_fields("purpose", "required", "mobilized", "gap", "gap_share", "amount"),
    ("approximate", lambda row: None if row.value("amount") is None else row.value("approximate")),
    *_fields("currency", "as_of", "period", "mechanism", "paragraphs", "note"),
    _SOURCES,
    *_END,
)
TIMELINE: tuple[Column[_EventRow], ...] = (
    *_START,
    *_fields("id", "date"),
    ("earliest", lambda row: (when := row.record.date) and when.start and when.earliest),
    ("latest", lambda row: (when := row.record.date) and when.end and when.latest),
    ("date_text", lambda row: row.record.date and row.view.date(row.record.date)),
    ("case", lambda row: row.occurrence.case),
    ("case_text", lambda row: row.view.case_word(row.occurrence)),
    *_fields("kind"),
    ("kind_name", lambda row: row.word("event_kinds", "kind")),
    *_fields("title", "place"),
    ("place_name", lambda row: row.named(row.view.place, "place")),
    *_fields("paragraphs", "period"),
    _SOURCES,
    *_END,
)
STATEMENTS: tuple[Column[_StatementRow], ...] = (
    *_START,
    *_fields("id"),
    ("type", lambda row: re.sub(r"\B(?=[A-Z])", "_", type(row.record).__name__).lower()),
    *_fields("period"),
    ("paragraphs", lambda row: row.value(_PARAGRAPHS.get(type(row.record), "paragraphs"))),
    ("about", lambda row: row.details[0]),
    ("value", lambda row: row.details[1]),
    ("value_name", lambda row: row.details[2]),
    ("text", lambda row: row.details[3]),
    _SOURCES,
    ("source_documents", lambda row: list(dict.fromkeys(s.document for s in row.value("sources")))),
    *_END,
)

_PARAGRAPHS: dict[type[Record], str] = {OperativeParagraph: "number", Assessment: "paragraph"}


def resolutions(view: View) -> str:
    """Write the table of resolutions, one row for each."""
    rows = (
        _ResolutionRow(view, slug, resolution, resolution.title)
        for slug, resolution in view.corpus.resolutions.items()
    )
    return write(RESOLUTIONS, rows)


def funding(view: View) -> str:
    """Write the table of funding: snapshots of resources (first the organ's) and contributions."""
    rows = [_Row(view, None, entry, entry.note) for entry in view.corpus.statements.resources]
    for slug, resolution in view.corpus.resolutions.items():
        rows += (_Row(view, slug, entry, entry.note) for entry in resolution.resources)
        rows += (_Row(view, slug, entry, entry.purpose) for entry in resolution.contributions)
    return write(FUNDING, rows)


def timeline(view: View) -> str:
    """Write the table of events in the order of their dates."""
    rows = (
        _EventRow(view, found.slug, found.event, found.event.title, found)
        for found in queries.timeline(view.corpus, view.today)
    )
    return write(TIMELINE, rows)


def statements(view: View) -> str:
    """Write the table of all statements, first the organ's, with their sources."""
    corpus = view.corpus
    rows = [_statement(view, None, found) for found in queries.statements(corpus.statements)]
    for slug, resolution in corpus.resolutions.items():
        rows += (_statement(view, slug, found) for found in queries.statements(resolution))
    return write(STATEMENTS, rows)


def write(columns: Iterable[Column[R]], rows: Iterable[R]) -> str:
    """Write a table."""
    names, functions = zip(*columns, strict=True)
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([cell(function(row)) for function in functions] for row in rows)
    return output.getvalue()


def cell(value: object) -> str:
    """Write a value: yes or no, plain numbers, EDTF dates, lists with `; `, formulas after `'`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):  # shares have six decimals at most
        return f"{round(value, 6).normalize():f}"
    text = "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _statement(view: View, slug: str | None, entry: AnyStatement) -> _StatementRow:
    """Make the row of a statement: with what it is about, its value, and the value's name."""
    about: object = getattr(entry, "about", None)
    value: object = None
    name: object = None
    match entry:
        case OperativeParagraph(gist=text, addressee=about):
            pass
        case Assessment(reason=text, status=status):
            value, name = status, view.name("statuses", status)
        case Event(title=text, kind=about, date=value):
            name = view.date(entry.date) if entry.date else None
        case Resource(note=text, as_of=value):
            name = amounts(view, entry)
        case Contribution(purpose=text, contributor=about, latest=report):
            value, name = report.state, [view.name("contribution_states", report.state)]
            if report.amount is not None:
                name.append(view.money(report.amount, report.currency, report.approximate))
        case Partner(role=text, organization=about):
            name = view.organization(entry.organization)
        case _:
            text = entry.text
    is_markdown = isinstance(entry, (Assessment, Update, Term, OrganStatement))
    plain = restricted_markdown.to_plain(text) if is_markdown and text else text
    return _StatementRow(view, slug, entry, text, (about, value, name, plain))

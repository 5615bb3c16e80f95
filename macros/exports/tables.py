"""Tables in one language: CSV (RFC 4180) in UTF-8, one header line, lines ended by CRLF.

The names of the columns are the same in every language. An empty cell is *not reported*; columns
that end in `_name` or `_text`, titles and texts are in the language of the table. No cell is a
formula to a spreadsheet. The views have the address of the language's root as base.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from macros import queries
from macros.corpus.corpus import Corpus
from macros.corpus.translations import LocalText
from macros.model import restricted_markdown
from macros.model.events import Event
from macros.model.fields import Record
from macros.model.funding import Contribution, Resource, Term
from macros.model.resolution import (
    AnyStatement,
    Assessment,
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

_COLUMNS = {
    "resolutions": "resolution label symbol symbol_basis title title_basis session session_name"
    " adopted status status_name assessed_in constrained_by_funding required mobilized gap"
    " gap_share currency next_event next_date next_date_text outcomes_not_reported latest_period"
    " translation url",
    "statements": "resolution label id type period paragraphs about value value_name text sources"
    " source_documents translation url",
    "funding": "resolution label id type contributor contributor_name kind kind_name state"
    " state_name purpose required mobilized gap gap_share amount approximate currency as_of period"
    " mechanism paragraphs note sources translation url",
    "timeline": "resolution label id date earliest latest date_text planned_for reason outcome case"
    " case_text kind kind_name title place place_name paragraphs period sources translation url",
}
TABLES: Mapping[str, list[str]] = {name: names.split() for name, names in _COLUMNS.items()}
"""The columns of each table."""

_FUNDING = {"constrained_by_funding", "required", "mobilized", "gap", "gap_share", "currency"}
"""Columns that the table of resolutions lacks where funding is not tracked."""

_Row = tuple[str | None, Record, str | None, Mapping[str, object]]
"""The resolution (none: the organ), the record, its text, and the columns that are no fields."""


def resolutions(view: View) -> str:
    """Write the table of resolutions, one row for each."""
    return _write(view, "resolutions", (_resolution(view, *row) for row in _all(view)))


def funding(view: View) -> str:
    """Write the table of funding: snapshots of resources (first the organ's) and contributions."""
    resource = {"type": "resource"}
    rows: list[_Row] = [(None, r, r.note, resource) for r in view.corpus.statements.resources]
    for slug, resolution in _all(view):
        rows += ((slug, entry, entry.note, resource) for entry in resolution.resources)
        rows += (_contribution(view, slug, entry) for entry in resolution.contributions)
    return _write(view, "funding", rows)


def timeline(view: View) -> str:
    """Write the table of events in the order of their dates."""
    occurrences = queries.timeline(view.corpus, view.today)
    return _write(view, "timeline", (_event(view, occurrence) for occurrence in occurrences))


def statements(view: View) -> str:
    """Write the table of all statements, first the organ's, with their sources."""
    rows = [_statement(view, None, e) for e in queries.statements(view.corpus.statements)]
    for slug, resolution in _all(view):
        rows += (_statement(view, slug, entry) for entry in queries.statements(resolution))
    return _write(view, "statements", rows)


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


def _all(view: View) -> Iterable[tuple[str, Resolution]]:
    return view.corpus.resolutions.items()


def columns(corpus: Corpus, table: str) -> list[str]:
    """List the columns of a table."""
    tracks_funding = corpus.body.tracks_funding
    return [name for name in TABLES[table] if tracks_funding or name not in _FUNDING]


def _write(view: View, table: str, rows: Iterable[_Row]) -> str:
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\r\n")
    names = columns(view.corpus, table)
    writer.writerow(names)
    for slug, record, text, computed in rows:
        values = {
            "resolution": slug,
            "label": slug and view.corpus.label(slug),
            "sources": [view.citation(source) for source in _field(record, "sources") or ()],
            "translation": text.state if isinstance(text, LocalText) else None,
            "url": _address(view, slug, record),
            **computed,
        }
        writer.writerow(cell(values[c] if c in values else _field(record, c)) for c in names)
    return output.getvalue()


def _field(record: object, name: str) -> Any:
    """Return a field of a record, or of its newest report."""
    return getattr(record, name, getattr(getattr(record, "latest", None), name, None))


def _address(view: View, slug: str | None, record: Record) -> str:
    """Where a reader finds it; what is the organ's, on the page of its period or of funding."""
    anchor = getattr(record, "anchor", "")
    if slug:
        return view.resolution_url(slug, anchor)
    page = f"periods/{record.period}/" if isinstance(record, OrganStatement) else "funding/"
    return f"{view.url(page)}#{anchor}"


def _resolution(view: View, slug: str, record: Resolution) -> _Row:
    corpus, occurrences = view.corpus, queries.timeline(view.corpus, view.today, [slug])
    assessment = queries.assessment(record, corpus)
    resource = queries.newest_resource(record.resources)
    ahead = (o.event for o in occurrences if o.case == "ahead" and o.date)
    following = next(ahead, None)
    names = ("required", "mobilized", "gap", "gap_share", "currency")
    return slug, record, record.title, {
        "symbol": getattr(record.symbol, "value", None),
        "symbol_basis": getattr(record.symbol, "basis", None),
        "session_name": record.session and corpus.sessions[record.session].name,
        "adopted": record.adoption.date,
        "status": assessment and assessment.status,
        "assessed_in": assessment and assessment.period,
        "status_name": getattr(view.status(assessment), "name", None),
        "constrained_by_funding": assessment and assessment.constrained_by_funding,
        **{name: getattr(resource, name, None) for name in names},
        "next_event": following and following.title,
        "next_date": following and following.date,
        "next_date_text": following and view.date(following.date),
        "outcomes_not_reported": sum(o.case == "unreported" for o in occurrences),
        "latest_period": next(iter(queries.reported_in(record, corpus)), None),
    }  # fmt: skip


def _contribution(view: View, slug: str, entry: Contribution) -> _Row:
    report, contributor = entry.latest, entry.contributor
    return slug, entry, entry.purpose, {
        "type": "contribution",
        "contributor_name": contributor and view.organization(contributor),
        "kind_name": view.name("contribution_kinds", entry.kind),
        "state_name": view.name("contribution_states", report.state),
        "approximate": None if report.amount is None else report.approximate,
    }  # fmt: skip


def _event(view: View, occurrence: Occurrence) -> _Row:
    event, when = occurrence.event, occurrence.event.date
    return occurrence.slug, event, event.title, {
        "earliest": when and when.start and when.earliest,
        "latest": when and when.end and when.latest,
        "date_text": when and view.date(when),
        "case": occurrence.case,
        "case_text": view.case_word(occurrence),
        "kind_name": view.name("event_kinds", event.kind),
        "place_name": event.place and view.place(event.place),
    }  # fmt: skip


def _statement(view: View, slug: str | None, entry: AnyStatement) -> _Row:
    """Make the row of a statement: with what it is about, its value, and the value's name."""
    about: object = getattr(entry, "about", None)
    value: object = None
    name: object = None
    paragraphs: object = _field(entry, "paragraphs")
    match entry:
        case OperativeParagraph(gist=text, addressee=about, number=paragraphs):
            pass
        case Assessment(reason=text, status=status, paragraph=paragraphs):
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
    return slug, entry, text, {
        "type": re.sub(r"\B(?=[A-Z])", "_", type(entry).__name__).lower(),
        "paragraphs": paragraphs,
        "about": about,
        "value": value,
        "value_name": name,
        "text": restricted_markdown.to_plain(text) if is_markdown and text else text,
        "source_documents": list(dict.fromkeys(source.document for source in entry.sources)),
    }  # fmt: skip

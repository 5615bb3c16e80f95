"""From a corpus to tables in one language: CSV as in RFC 4180, in UTF-8, one header line, lines ended by CRLF.

The names of the columns are the same in every language. An empty cell is *not reported*; columns that end in `_name`
or `_text`, titles and texts are in the language of the table. No cell is a formula to a spreadsheet.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from macros.corpus.translations import LocalText
from macros.exports.records import number, share
from macros.model.fields import Record, Source
from macros.model.funding import Contribution, Resource, Term
from macros.model.resolution import (
    AnyStatement,
    Assessment,
    Event,
    OperativeParagraph,
    OrganStatement,
    Partner,
    Update,
)
from macros.queries import queries
from macros.model import restricted_markdown as richtext
from macros.render.view import View

RESOLUTIONS = (
    "resolution", "label", "symbol", "symbol_basis", "title", "title_basis", "session", "session_name", "adopted",
    "status", "status_name", "constrained_by_funding", "required", "mobilized", "gap", "gap_share", "currency",
    "next_event", "next_date", "next_date_text", "outcomes_not_reported", "latest_period", "translation", "url",
)  # fmt: skip
FUNDING = (
    "resolution", "label", "id", "type", "contributor", "contributor_name", "kind", "kind_name", "state", "state_name",
    "purpose", "required", "mobilized", "gap", "gap_share", "amount", "approximate", "currency", "as_of", "period",
    "mechanism", "paragraphs", "note", "sources", "translation", "url",
)  # fmt: skip
TIMELINE = (
    "resolution", "label", "id", "date", "earliest", "latest", "date_text", "case", "case_text", "kind", "kind_name",
    "title", "place", "place_name", "paragraphs", "period", "sources", "translation", "url",
)  # fmt: skip
STATEMENTS = (
    "resolution", "label", "id", "type", "period", "paragraphs", "about", "value", "value_name", "text", "sources",
    "source_documents", "translation", "url",
)  # fmt: skip

_FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "＝",
    "＋",
    "－",
    "＠",
)  # a spreadsheet reads the wide ones like the others


def write(columns: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> str:
    """A table. In: the columns, and for each row its values by column; what a row lacks is empty."""
    return lines(columns, [dict(zip(columns, columns))]) + lines(columns, rows)


def lines(columns: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> str:
    """The same without the names of the columns."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(
        [cell(row.get(column)) for column in columns] for row in rows
    )
    return out.getvalue()


def cell(value: Any) -> str:
    """A value as the text of a cell: yes or no, plain numbers, dates in EDTF, lists with `; `, formulas after `'`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        value = number(value)
    elif isinstance(value, (list, tuple)):
        value = "; ".join(map(str, value))
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


# --- the tables: rows from a view whose base is the address of the language's root -----------------------


def resolutions(of_each: Iterable[str]) -> str:
    """One row for each resolution. In: the line of each."""
    return write(RESOLUTIONS, ()) + "".join(of_each)


def resolution(
    view: View, slug: str, occurrences: list[queries.Occurrence], reported: list[str]
) -> str:
    """The line of one. In: its events in the order of their dates; its periods, newest first."""
    return lines(RESOLUTIONS, [_resolution(view, slug, occurrences, reported)])


def _resolution(
    view: View, slug: str, occurrences: list[queries.Occurrence], reported: list[str]
) -> dict[str, Any]:
    corpus = view.corpus
    resolution = corpus.resolutions[slug]
    newest = queries.assessment(resolution, corpus)
    resource = queries.newest_resource(resolution.resources)
    ahead = next((found for found in occurrences if found.case == "ahead" and found.date), None)
    return {
        **_who(view, slug, resolution.title),
        "symbol": resolution.symbol and resolution.symbol.value,
        "symbol_basis": resolution.symbol and resolution.symbol.basis,
        "title": resolution.title,
        "title_basis": resolution.title_basis,
        "session": resolution.session,
        "session_name": resolution.session and corpus.sessions[resolution.session].name,
        "adopted": resolution.adoption.date,
        "status": newest and newest.status,
        "status_name": view.status(newest).name if newest else None,
        "constrained_by_funding": newest.constrained_by_funding if newest else None,
        **_amounts(resource),
        "next_event": ahead and ahead.event.title,
        "next_date": ahead and ahead.date,
        "next_date_text": ahead and view.date(ahead.date),
        "outcomes_not_reported": sum(found.case == "unreported" for found in occurrences),
        "latest_period": next(iter(reported), None),
        "url": view.resolution_url(slug),
    }


def funding(view: View, of_each: Iterable[str]) -> str:
    """One row for each snapshot of resources (of the organ, then of resolutions) and for each contribution.

    In: the lines of each resolution.
    """
    own = (_resource(view, None, resource) for resource in view.corpus.statements.resources)
    return write(FUNDING, own) + "".join(of_each)


def funding_of(view: View, slug: str) -> str:
    """The lines of one resolution in the table of funding."""
    record = view.corpus.resolutions[slug]
    resources = [_resource(view, slug, resource) for resource in record.resources]
    return lines(
        FUNDING, [*resources, *(_contribution(view, slug, entry) for entry in record.contributions)]
    )


def _resource(view: View, slug: str | None, resource: Resource) -> dict[str, Any]:
    return {
        **_who(view, slug, resource.note),
        "id": resource.id,
        "type": "resource",
        **_amounts(resource),
        "as_of": resource.as_of,
        "note": resource.note,
        "sources": citations(view, resource.sources),
        "url": _address(view, slug, resource),
    }


def _contribution(view: View, slug: str, contribution: Contribution) -> dict[str, Any]:
    report = contribution.latest
    return {
        **_who(view, slug, contribution.purpose),
        "id": contribution.id,
        "type": "contribution",
        "contributor": contribution.contributor,
        "contributor_name": contribution.contributor
        and view.organization(contribution.contributor),
        "kind": contribution.kind,
        "kind_name": view.name("contribution_kinds", contribution.kind),
        "state": report.state,
        "state_name": view.name("contribution_states", report.state),
        "purpose": contribution.purpose,
        "amount": report.amount,
        "approximate": report.approximate if report.amount is not None else None,
        "currency": report.currency,
        "period": report.period,
        "mechanism": contribution.mechanism,
        "paragraphs": contribution.paragraphs,
        "sources": citations(view, contribution.sources),
        "url": _address(view, slug, contribution),
    }


def timeline(of_each: Iterable[str]) -> str:
    """One row for each event. In: the line of each."""
    return write(TIMELINE, ()) + "".join(of_each)


def event(view: View, found: queries.Occurrence) -> str:
    """The line of one."""
    return lines(TIMELINE, [_event(view, found)])


def _event(view: View, found: queries.Occurrence) -> dict[str, Any]:
    event, when = found.event, found.date
    return {
        **_who(view, found.slug, event.title),
        "id": event.id,
        "date": when,
        "earliest": when.earliest if when and when.start else None,
        "latest": when.latest if when and when.end else None,
        "date_text": when and view.date(when),
        "case": found.case,
        "case_text": view.case_word(found),
        "kind": event.kind,
        "kind_name": view.name("event_kinds", event.kind),
        "title": event.title,
        "place": event.place,
        "place_name": event.place and view.place(event.place),
        "paragraphs": event.paragraphs,
        "period": event.latest.period,
        "sources": citations(view, event.sources),
        "url": _address(view, found.slug, event),
    }


def statements(view: View, of_each: Iterable[str]) -> str:
    """One row for each statement of the organ and of all resolutions (see `queries.statements`), with its sources.

    In: the lines of each resolution.
    """
    own = (
        _statement(view, None, statement)
        for statement in queries.statements(view.corpus.statements)
    )
    return write(STATEMENTS, own) + "".join(of_each)


def statements_of(view: View, slug: str) -> str:
    """The lines of one resolution in the table of statements."""
    found = queries.statements(view.corpus.resolutions[slug])
    return lines(STATEMENTS, (_statement(view, slug, statement) for statement in found))


def _statement(view: View, slug: str | None, statement: AnyStatement) -> dict[str, Any]:
    own, text = _OWN[type(statement)](view, statement)
    latest = getattr(statement, "latest", None)
    return {
        **_who(view, slug, text),
        "id": statement.id,
        "type": _TYPES[type(statement)],
        "period": getattr(latest or statement, "period", None),
        "paragraphs": getattr(statement, "paragraphs", None),
        **own,
        "text": richtext.to_plain(text) if isinstance(statement, _RICH) and text else text,
        "sources": citations(view, statement.sources),
        "source_documents": list(dict.fromkeys(source.document for source in statement.sources)),
        "url": _address(view, slug, statement),
    }


_RICH = (Assessment, Update, Term, OrganStatement)
_TYPES: Mapping[type[Record], str] = {
    OperativeParagraph: "operative_paragraph", Assessment: "assessment", Update: "update", Event: "event",
    Resource: "resource", Contribution: "contribution", Term: "term", Partner: "partner", OrganStatement: "organ_statement",
}  # fmt: skip


def _said(view: View, event: Event) -> tuple[dict[str, Any], str]:
    return {
        "about": event.kind,
        "value": event.date,
        "value_name": event.date and view.date(event.date),
    }, event.title


def _judged(view: View, entry: Assessment) -> tuple[dict[str, Any], str]:
    name = view.name("statuses", entry.status)
    return {"paragraphs": entry.paragraph, "value": entry.status, "value_name": name}, entry.reason


def _given(view: View, entry: Contribution) -> tuple[dict[str, Any], str]:
    words = [view.name("contribution_states", entry.latest.state)]
    if entry.latest.amount is not None:
        words.append(
            view.money(entry.latest.amount, entry.latest.currency, entry.latest.approximate)
        )
    return {
        "about": entry.contributor,
        "value": entry.latest.state,
        "value_name": words,
    }, entry.purpose


def _needed(view: View, entry: Resource) -> tuple[dict[str, Any], str | None]:
    words = [
        f"{view.t(f'funding.{name}')}{view.t('colon')}{view.money(getattr(entry, name), entry.currency)}"
        for name in ("required", "mobilized")
    ]
    return {"value": entry.as_of, "value_name": words}, entry.note


# What a statement is about, its value and the name of the value; then its text.
_OWN = {
    OperativeParagraph: lambda view, entry: (
        {"paragraphs": entry.number, "about": entry.addressee},
        entry.gist,
    ),
    Assessment: _judged,
    Update: lambda view, entry: ({"about": entry.about}, entry.text),
    Event: _said,
    Resource: _needed,
    Contribution: _given,
    Term: lambda view, entry: ({}, entry.text),
    Partner: lambda view, entry: (
        {"about": entry.organization, "value_name": view.organization(entry.organization)},
        entry.role,
    ),
    OrganStatement: lambda view, entry: ({"about": entry.about}, entry.text),
}


# --- what several tables share --------------------------------------------------------------------------


def _who(view: View, slug: str | None, text: str | None) -> dict[str, Any]:
    return {
        "resolution": slug,
        "label": view.corpus.label(slug) if slug else None,
        "translation": text.state if isinstance(text, LocalText) else None,
    }


def _amounts(resource: Resource | None) -> dict[str, Any]:
    if resource is None:
        return {}
    return {
        "required": resource.required,
        "mobilized": resource.mobilized,
        "gap": resource.gap,
        "gap_share": share(resource.gap_share),
        "currency": resource.currency,
    }


def _address(view: View, slug: str | None, entry: AnyStatement) -> str:
    """Where a reader finds a statement: on its resolution's page, or on the page of the period or of all funding."""
    if slug:
        return view.resolution_url(slug, entry.anchor)
    page = f"periods/{entry.period}/" if isinstance(entry, OrganStatement) else "funding/"
    return view.url(page) + f"#{entry.anchor}"


def citations(view: View, sources: Iterable[Source]) -> list[str]:
    """The sources of a statement as they are cited."""
    return [view.citation(source) for source in sources]

"""From what reporting periods changed to feeds, newest first: Atom (RFC 4287) and JSON Feed (version 1.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from macros.exports import records
from macros.exports.records import LICENCE, LICENCE_URL, dump, provenance
from macros.model.fields import Source
from macros.model.funding import Contribution
from macros.model.reference import Period
from macros.model.resolution import Event, Resolution
from macros.queries import queries
from macros.model import restricted_markdown as richtext
from macros.render.view import View

MOST = 500
"""A feed of all resolutions holds the whole newest period, and older ones while there are no more entries than this."""


@dataclass(frozen=True)
class Entry:
    """One entry: the resolution and the period it belongs to, its permanent id and address, and what it says."""

    slug: str
    period: str
    updated: str
    kind: str = ""
    id: str = ""
    url: str = ""
    title: str = ""
    summary: str = ""


class Written(NamedTuple):
    """An entry as it stands in both feeds."""

    period: str
    updated: str
    atom: str
    json: str


def entries(view: View, slug: str) -> Iterator[Entry]:
    """All changes of a resolution, newest period first.

    In: a view whose base is the address of the language's root. An entry's id is the permanent page of the resolution
    in that period, with what changed as fragment: it never changes. Its time is the date of the period's statements.
    """
    for period in reversed(view.corpus.periods.values()):
        updated = _time(min(period.as_of.latest, view.today))
        for change in queries.changes(view.corpus, period.id, [slug]):
            yield _entry(view, period, change, updated)


def written(view: View, entry: Entry) -> Written:
    """An entry in both forms."""
    return Written(
        entry.period, entry.updated, atom_entry(entry), records.written(json_item(view, entry))
    )


def newest(found: Iterable[Written]) -> list[Written]:
    """The entries that a feed of all resolutions holds; a period is taken whole or not at all.

    In: the entries of all, newest period first.
    """
    kept: list[Written] = []
    part: list[Written] = []
    for entry in found:
        if part and part[-1].period != entry.period:
            if kept and len(kept) + len(part) > MOST:
                return kept
            kept, part = kept + part, []
        part.append(entry)
    return kept if kept and len(kept) + len(part) > MOST else kept + part


def atom(view: View, title: str, found: Sequence[Written], address: str, page: str) -> str:
    """An Atom feed. In: its title, its entries, its own address and that of the page it belongs to."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(view.locale.html_lang)}>\n'
        f"<id>{escape(address)}</id>\n<title>{escape(title)}</title>\n"
        f"<subtitle>{escape(provenance(view))}</subtitle>\n<updated>{_updated(view, found)}</updated>\n"
        f'<link rel="self" type="application/atom+xml" href={quoteattr(address)}/>\n'
        f'<link rel="alternate" type="text/html" href={quoteattr(page)}/>\n'
        f'<link rel="license" href="{LICENCE_URL}"/>\n'
        f"<author><name>{escape(view.corpus.body.site_name)}</name></author>\n<rights>{LICENCE}</rights>\n"
        + "".join(entry.atom for entry in found)
        + "</feed>\n"
    )


def atom_entry(entry: Entry) -> str:
    """One entry of an Atom feed."""
    return (
        f"<entry>\n<id>{escape(entry.id)}</id>\n<title>{escape(entry.title)}</title>\n"
        f"<updated>{entry.updated}</updated>\n"
        f'<link rel="alternate" type="text/html" href={quoteattr(entry.url)}/>\n'
        f"<category term={quoteattr(entry.kind)}/>\n"
        f'<summary type="text">{escape(entry.summary)}</summary>\n</entry>\n'
    )


def json_feed(view: View, title: str, found: Sequence[Written], address: str, page: str) -> str:
    """The same as a JSON feed, with the same ids; licence and date, which the standard has no key for, in `_tracker`."""
    period = view.corpus.latest_period
    return dump({
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": page,
        "feed_url": address,
        "description": provenance(view),
        "language": view.locale.html_lang,
        "authors": [{"name": view.corpus.body.site_name}],
        "_tracker": {
            "about": view.url("data/"),
            "licence": LICENCE,
            "licence_url": LICENCE_URL,
            "as_of": str(period.as_of) if period else None,
            "source": period.report if period else None,
            "updated": _updated(view, found),
        },
        "items": [records.Written(entry.json) for entry in found],
    })  # fmt: skip


def json_item(view: View, entry: Entry) -> dict[str, Any]:
    """One item of a JSON feed."""
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_text": entry.summary,
        "date_published": entry.updated,
        "date_modified": entry.updated,
        "language": view.locale.html_lang,
        "tags": [entry.kind],
    }


def _updated(view: View, found: Sequence[Written]) -> str:
    return found[0].updated if found else _time(view.today)


def _entry(view: View, period: Period, change: queries.Change, updated: str) -> Entry:
    resolution = view.corpus.resolutions[change.slug]
    page = view.resolution_url(change.slug) + f"{period.id}/"
    text, sources = _told(view, resolution, period, change)
    lines = [f"{view.resolution_name(change.slug)}{view.t('colon')}{resolution.title}"]
    if text:
        lines.append(text)
    if sources:
        lines.append(
            view.t(
                "export.source",
                sources=view.t("source.separator").join(map(view.citation, sources)),
            )
        )
    return Entry(
        change.slug,
        period.id,
        updated,
        change.kind,
        id=page + "#" + change.kind + (f"-{change.entry}" if change.entry else ""),
        url=page + (f"#{change.entry}" if change.entry else ""),
        title=view.resolution_name(change.slug) + view.t("colon") + words(view, change),
        summary="\n".join(lines),
    )


def words(view: View, change: queries.Change) -> str:
    """A change in words, also what is reported for the first time."""
    if change.kind != "first":
        return view.change(change)
    status = view.name("statuses", change.after) if change.after else view.t("not_reported")
    return view.t("export.first", status=status)


def _told(
    view: View, resolution: Resolution, period: Period, change: queries.Change
) -> tuple[str, tuple[Source, ...]]:
    """What the report says of it, and where."""
    if change.entry:
        found: Event | Contribution = next(
            entry
            for entry in (*resolution.events, *resolution.contributions)
            if entry.id == change.entry
        )
        report = next(report for report in found.reports if report.period == period.id)
        return (found.title if isinstance(found, Event) else found.purpose), report.sources
    for entry in resolution.assessments:
        if entry.period == period.id and entry.paragraph is None:
            return richtext.to_plain(entry.reason), entry.sources
    return "", ()


def _time(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"

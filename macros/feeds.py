"""From what reporting periods changed to feeds: Atom (RFC 4287), newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from macros import queries, richtext
from macros.fields import Source
from macros.model import Event, Resolution
from macros.money import Contribution
from macros.records import LICENCE, LICENCE_URL
from macros.reference import Period
from macros.render import View

MOST = 500
"""A feed of all resolutions holds the whole newest period, and older ones while there are no more entries than this."""


@dataclass(frozen=True)
class Entry:
    """One entry: the resolution and the period it belongs to, and its XML."""

    slug: str
    period: str
    updated: str
    xml: str


def entries(view: View) -> Iterator[Entry]:
    """All changes of all periods, newest period first.

    In: a view whose base is the address of the language's root. An entry's id is the permanent page of the resolution
    in that period, with what changed as fragment: it never changes. Its time is the date of the period's statements.
    """
    for period in reversed(view.corpus.periods.values()):
        updated = _time(min(period.as_of.latest, view.today))
        for change in queries.changes(view.corpus, period.id):
            yield Entry(change.slug, period.id, updated, _entry(view, period, change, updated))


def newest(found: Iterable[Entry]) -> list[Entry]:
    """The entries that a feed of all resolutions holds; a period is taken whole or not at all."""
    kept: list[Entry] = []
    part: list[Entry] = []
    for entry in found:
        if part and part[-1].period != entry.period:
            if kept and len(kept) + len(part) > MOST:
                return kept
            kept, part = kept + part, []
        part.append(entry)
    return kept if kept and len(kept) + len(part) > MOST else kept + part


def feed(view: View, title: str, found: Iterable[Entry], address: str, page: str) -> str:
    """A feed. In: its title, its entries, its own address and that of the page it belongs to."""
    found = list(found)
    updated = found[0].updated if found else _time(view.today)
    body = view.corpus.body
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(view.locale.html_lang)}>\n'
        f"<id>{escape(address)}</id>\n<title>{escape(title)}</title>\n<updated>{updated}</updated>\n"
        f'<link rel="self" type="application/atom+xml" href={quoteattr(address)}/>\n'
        f'<link rel="alternate" type="text/html" href={quoteattr(page)}/>\n'
        f'<link rel="license" href="{LICENCE_URL}"/>\n'
        f"<author><name>{escape(body.site_name)}</name></author>\n<rights>{LICENCE}</rights>\n"
        + "".join(entry.xml for entry in found)
        + "</feed>\n"
    )


def _entry(view: View, period: Period, change: queries.Change, updated: str) -> str:
    resolution = view.corpus.resolutions[change.slug]
    page = view.resolution_url(change.slug) + f"{period.id}/"
    identity = page + "#" + change.kind + (f"-{change.entry}" if change.entry else "")
    title = view.resolution_name(change.slug) + view.t("colon") + words(view, change)
    text, sources = _told(view, resolution, period, change)
    lines = [f"{view.resolution_name(change.slug)}{view.t('colon')}{resolution.title}"]
    if text:
        lines.append(text)
    if sources:
        lines.append(view.t("export.source", sources=view.t("source.separator").join(map(view.citation, sources))))
    return (
        f"<entry>\n<id>{escape(identity)}</id>\n<title>{escape(title)}</title>\n<updated>{updated}</updated>\n"
        f'<link rel="alternate" type="text/html" href={quoteattr(page + (f"#{change.entry}" if change.entry else ""))}/>\n'
        f"<category term={quoteattr(change.kind)}/>\n"
        f'<summary type="text">{escape(chr(10).join(lines))}</summary>\n</entry>\n'
    )


def words(view: View, change: queries.Change) -> str:
    """A change in words, also what is reported for the first time."""
    if change.kind != "first":
        return view.change(change)
    status = view.name("statuses", change.after) if change.after else view.t("not_reported")
    return view.t("export.first", status=status)


def _told(view: View, resolution: Resolution, period: Period, change: queries.Change) -> tuple[str, tuple[Source, ...]]:
    """What the report says of it, and where."""
    if change.entry:
        found: Event | Contribution = next(
            entry for entry in (*resolution.events, *resolution.contributions) if entry.id == change.entry
        )
        report = next(report for report in found.reports if report.period == period.id)
        return (found.title if isinstance(found, Event) else found.purpose), report.sources
    for entry in resolution.assessments:
        if entry.period == period.id and entry.paragraph is None:
            return richtext.to_plain(entry.reason), entry.sources
    return "", ()


def _time(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"

"""From events to calendars: iCalendar (RFC 5545) with names of RFC 7986, all entries all-day.

An event known to a month or a quarter is an entry as long as that, and says so. A deadline (`../2024-12`) is one day,
its last; a beginning (`2024-11/..`) is one day, its first. While no source says that it happened, such an entry says
that its date is to be confirmed. Events without a date are left out.

An entry's UID is made from the data alone, not from the address of the site: a calendar that is moved to another host,
or read from a mirror, renews the entries that a reader has instead of doubling them. In every language it is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from macros.corpus.corpus import Corpus
from macros.corpus.translations import LocalText
from macros.exports.formats import ROOT
from macros.exports.values import provenance
from macros.i18n.locale import Locale
from macros.model.dates import PartialDate
from macros.queries import queries
from macros.queries.queries import Occurrence
from macros.render.view import View

_SPECIAL = re.compile(r"([\\;,])")


def entry(view: View, found: Occurrence) -> str:
    """One event as a component of a calendar; empty where it has no date.

    In: a view whose base is the address of the language's root. The day of the build is the stamp.
    """
    event, when = found.event, found.date
    if when is None:
        return ""
    first, last = span(when)
    label, words = view.corpus.label(found.slug), view.date(when)
    if not _exact(when) and found.case != "happened":
        words = view.t("export.to_be_confirmed", date=words)
    summary = f"{label}{view.t('separator')}{event.title}"
    if not _exact(when):
        summary = view.t("export.bracketed", text=summary, note=words)
    sources = view.t("source.separator").join(view.citation(source) for source in event.sources)
    description = "\n".join([
        f"{words}{view.t('separator')}{view.case_word(found)}",
        f"{view.resolution_name(found.slug)}{view.t('colon')}{view.corpus.resolutions[found.slug].title}",
        view.t("export.source", sources=sources),
    ])  # fmt: skip
    language = Locale.of(
        event.title.language if isinstance(event.title, LocalText) else view.corpus.language
    ).html_lang
    url = view.resolution_url(found.slug, event.anchor)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{uid(view.corpus, found.slug, event.id)}",
        f"DTSTAMP:{view.today:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{_day(first)}",
        *([f"DTEND;VALUE=DATE:{_day(last + timedelta(1))}"] if last < date.max else []),
        f"SUMMARY;LANGUAGE={language}:{_text(summary)}",
        f"DESCRIPTION;LANGUAGE={view.locale.html_lang}:{_text(description)}",
        *(
            [f"LOCATION;LANGUAGE={view.locale.html_lang}:{_text(view.place(event.place))}"]
            if event.place
            else []
        ),
        f"CATEGORIES;LANGUAGE={view.locale.html_lang}:{_text(view.name('event_kinds', event.kind))}",
        f"STATUS:{'CONFIRMED' if found.case == 'happened' else 'TENTATIVE'}",
        f"SEQUENCE:{event.sequence}",
        "TRANSP:TRANSPARENT",
        *([f"URL:{url}"] if "://" in url else []),
        "END:VEVENT",
    ]
    return "".join(map(fold, lines))


def uid(corpus: Corpus, slug: str, event: str) -> str:
    """The fixed id of an event's entry: `2-4-expert-meeting@a-res`, completed by how the organ's symbols begin."""
    pattern = re.sub(r"\{\w+\}", "", corpus.body.symbol_pattern or "")
    return f"{slug}-{event}@{'-'.join(re.findall(r'[a-z0-9]+', pattern.lower())) or 'resolutions'}"


def calendar(view: View, name: str, entries: Iterable[str], address: str) -> str:
    """A calendar. In: its name, its components as `entry` made them, and the address at which it is found."""
    language = view.locale.html_lang
    about = _text(provenance(view))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_text(view.corpus.body.site_name.replace('/', ' '))}//resolution tracker//{language.upper()}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME;LANGUAGE={language}:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        f"DESCRIPTION;LANGUAGE={language}:{about}",
        f"X-WR-CALDESC:{about}",
        *([f"SOURCE;VALUE=URI:{address}"] if "://" in address else []),
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
    ]
    body = "".join(entries) or _FILLER
    return "".join(map(fold, lines)) + body + fold("END:VCALENDAR")


_FILLER = "".join(f"{line}\r\n" for line in (
    "BEGIN:VTIMEZONE", "TZID:UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE",
))  # fmt: skip
"""What stands in a calendar without events: the standard wants a component in each."""


def span(when: PartialDate) -> tuple[date, date]:
    """The first and the last day of an entry: all days the date can mean, one day for an open interval."""
    if when.start is None:
        return when.latest, when.latest
    if when.end is None:
        return when.earliest, when.earliest
    return when.earliest, when.latest


def fold(line: str) -> str:
    """A content line, ended, and folded so that no line has more than 75 octets, without parting a character."""
    data = line.encode()
    if len(data) <= 75:
        return line + "\r\n"
    parts, start, room = [], 0, 75
    while len(data) - start > room:
        end = start + room
        while data[end] & 0xC0 == 0x80:
            end -= 1
        parts.append(data[start:end])
        start, room = end, 74
    parts.append(data[start:])
    return b"\r\n ".join(parts).decode() + "\r\n"


def _exact(when: PartialDate) -> bool:
    return all(
        point is not None and point.day and not point.mark for point in (when.start, when.end)
    )


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _text(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", str(text)).replace("\r\n", "\n").replace("\n", "\\n")


def resolution_calendar(view: View, slug: str) -> str:
    """Write the events of one resolution."""
    entries = (entry(view, one) for one in queries.timeline(view.corpus, view.today, [slug]))
    address = view.url(f"{ROOT}resolutions/{slug}.ics")
    return calendar(view, view.resolution_name(slug), entries, address)


def timeline(view: View) -> str:
    """Write all events."""
    name = f"{view.corpus.body.site_name}{view.t('separator')}{view.t('title.timeline')}"
    entries = (entry(view, one) for one in queries.timeline(view.corpus, view.today))
    return calendar(view, name, entries, view.url(f"{ROOT}timeline.ics"))

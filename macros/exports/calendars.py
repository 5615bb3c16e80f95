"""Calendars of events: iCalendar (RFC 5545) with the properties of RFC 7986, all entries all-day.

An event known to a month or a quarter is an entry as long as that, and says so. A deadline
(`../2024-12`) is one day, its last; a beginning (`2024-11/..`) is one day, its first. While no
source says that it happened, its date is to be confirmed. Events without a date are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

import icalendar

from macros import queries
from macros.corpus.corpus import Corpus
from macros.corpus.translations import LocalText
from macros.exports.formats import ROOT
from macros.exports.values import provenance
from macros.i18n.locale import Locale
from macros.model.dates import PartialDate
from macros.queries import Occurrence
from macros.render.citations import source_line
from macros.render.view import View


def timeline(view: View) -> str:
    """Write the calendar of all resolutions.

    Args:
        view: A view whose base is the address of the language's root, as in all exports.
    """
    name = f"{view.corpus.body.site_name}{view.t('separator')}{view.t('title.timeline')}"
    return calendar(view, name, queries.timeline(view.corpus, view.today), f"{ROOT}timeline.ics")


def resolution_calendar(view: View, slug: str) -> str:
    """Write the calendar of one resolution."""
    events = queries.timeline(view.corpus, view.today, [slug])
    path = f"{ROOT}resolutions/{slug}.ics"
    return calendar(view, view.resolution_name(slug), events, path)


def calendar(view: View, name: str, occurrences: Iterable[Occurrence], path: str) -> str:
    """Write a calendar.

    Args:
        view: The view of the language.
        name: What the calendar is called.
        occurrences: Its events.
        path: Where it is published, from the root of the language.
    """
    language = {"language": view.locale.html_lang}
    site = view.corpus.body.site_name.replace("/", " ")
    result = icalendar.Calendar()
    result.add("prodid", f"-//{site}//resolution tracker//{language['language'].upper()}")
    result.add("version", "2.0")
    result.add("calscale", "GREGORIAN")
    result.add("method", "PUBLISH")
    result.add("name", name, language)
    result.add("x-wr-calname", icalendar.vText(name))
    result.add("description", provenance(view), language)
    result.add("x-wr-caldesc", icalendar.vText(provenance(view)))
    if "://" in view.base:
        result.add("source", view.url(path), {"value": "URI"})
    result.add("refresh-interval", timedelta(days=1), {"value": "DURATION"})
    for occurrence in occurrences:
        if occurrence.date is not None:
            result.add_component(_event(view, occurrence, occurrence.date))
    if not result.subcomponents:  # the standard asks for at least one component
        result.add_component(icalendar.Timezone.from_tzid("UTC"))
    return str(result.to_ical(), "utf-8")


def event_uid(corpus: Corpus, slug: str, event: str) -> str:
    """Return the permanent id of an event: `2-4-expert-meeting@a-res`.

    It is made from the data alone: a calendar that moves to another host, or is read in another
    language, renews the entries that a reader has instead of doubling them.
    """
    pattern = re.sub(r"\{\w+\}", "", corpus.body.symbol_pattern or "")
    domain = "-".join(re.findall(r"[a-z0-9]+", pattern.lower()))
    return f"{slug}-{event}@{domain or 'resolutions'}"


_STATUSES = {"happened": "CONFIRMED", "cancelled": "CANCELLED"}


def days(when: PartialDate) -> tuple[date, date]:
    """Return the first and the last day of an entry: one day for an open interval."""
    if when.start is None:
        return when.latest, when.latest
    return when.earliest, when.earliest if when.end is None else when.latest


def _event(view: View, occurrence: Occurrence, when: PartialDate) -> icalendar.Event:
    event, slug = occurrence.event, occurrence.slug
    first, last = days(when)
    summary = _summary(view, occurrence, when)
    title = event.title.language if isinstance(event.title, LocalText) else view.corpus.language
    resolution = view.corpus.resolutions[slug].title
    description = [
        f"{view.when(event)}{view.t('separator')}{view.case_word(occurrence)}",
        *filter(None, [event.latest.reason]),
        f"{view.resolution_name(slug)}{view.t('colon')}{resolution}",
        source_line(view, event.sources),
    ]
    language = {"language": view.locale.html_lang}
    entry = icalendar.Event()
    entry.add("uid", event_uid(view.corpus, slug, event.id))
    entry.add("dtstamp", datetime.combine(view.today, time(), UTC))
    entry.add("dtstart", first)
    if last < date.max:
        entry.add("dtend", last + timedelta(days=1))
    entry.add("summary", summary, {"language": Locale.of(title).html_lang})
    entry.add("description", "\n".join(description), language)
    if event.place:
        entry.add("location", view.place(event.place), language)
    entry.add("categories", [view.name("event_kinds", event.kind)], language)
    entry.add("status", _STATUSES.get(occurrence.case, "TENTATIVE"))
    entry.add("sequence", event.sequence)
    entry.add("transp", "TRANSPARENT")
    if "://" in view.base:
        entry.add("url", view.resolution_url(slug, event.anchor))
    return entry


def _summary(view: View, occurrence: Occurrence, when: PartialDate) -> str:
    """Return what an entry is called, with its date in words if that is no day."""
    label, words = view.corpus.label(occurrence.slug), view.date(when)
    summary = f"{label}{view.t('separator')}{occurrence.event.title}"
    if all(point and point.day and not point.mark for point in (when.start, when.end)):
        return summary
    if occurrence.case != "happened":
        words = view.t("export.to_be_confirmed", date=words)
    return view.t("export.bracketed", text=summary, note=words)

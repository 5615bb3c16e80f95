"""The file of the timeline."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from macros.exports.converter import Converter, Views, header
from macros.exports.models import File, Listed, Names, Of, Output
from macros.model.resolution import Event
from macros.queries import queries


class TimelineFile(File):
    """All events in the order of their dates; those without a date come last."""

    cases_on: date
    events: list[Annotated[Output, Of(Event, Listed)]]
    names: Names


def timeline(views: Views) -> TimelineFile:
    """Export all events."""
    converter = Converter(views)
    corpus, today = converter.corpus, converter.first.today
    places = {
        (occurrence.slug, occurrence.event.id): place
        for place, occurrence in enumerate(queries.timeline(corpus, today))
    }
    entries = [(slug, e.id) for slug, r in corpus.resolutions.items() for e in r.events]
    ordered = sorted(
        zip(entries, converter.listed("events"), strict=True), key=lambda pair: places[pair[0]]
    )
    return TimelineFile(
        **header(corpus.latest_period),
        cases_on=today,
        events=[event for _, event in ordered],
        names=converter.names(),
    )

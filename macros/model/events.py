"""Events: meetings, publications, deadlines; and what each report said of them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from macros.model.dates import PartialDate
from macros.model.fields import (
    Date,
    Entry,
    Identified,
    ParagraphRef,
    PeriodRef,
    PlaceRef,
    Ref,
    Source,
    Sources,
    Text,
)

Outcome = Literal["planned", "completed", "postponed", "cancelled", "not-mentioned"]


class EventReport(Entry):
    """What one report said of an event."""

    is_part = True

    period: PeriodRef
    """Id of the reporting period."""
    outcome: Outcome
    """What the report says of it; not-mentioned: the report no longer speaks of it."""
    date: Date | None = None
    """When it is planned, was completed, or to when it was postponed; absent: not reported."""
    reason: Text | None = Field(None, examples=["The venue was closed.", "Funds were short."])
    """Why it was cancelled or postponed, where a source says so."""
    sources: Sources

    @property
    def text_key(self) -> str | None:
        """Its period: the ids of its texts are `<id of the event>.<period>.reason`."""
        return self.period


class Event(Identified):
    """A meeting, publication, deadline or other thing with a place in time."""

    kind: Annotated[str, Ref("event_kind")]
    """Id of an event kind in vocabulary.yml."""
    title: Text = Field(examples=["Expert group meeting", "Handbook on urban planning"])
    """What it is, without the date and the place."""
    place: PlaceRef | None = None
    """Id of a place in places.yml."""
    paragraphs: tuple[ParagraphRef, ...] = ()
    """Operative paragraphs it is about, as the resolution numbers them."""
    revision: Annotated[int, Field(ge=0)] = Field(0, examples=[1, 2])
    """How often its published title, place or date was put right, apart from new reports; raise it
    by one with such a correction, so that subscribed calendars take the change."""
    reports: Annotated[tuple[EventReport, ...], Field(min_length=1)]
    """What each report said of it, oldest first."""

    @property
    def latest(self) -> EventReport:
        """The newest report."""
        return self.reports[-1]

    @property
    def sequence(self) -> int:
        """How often what is published of it has changed: by further reports and by revisions."""
        return len(self.reports) - 1 + self.revision

    @property
    def outcome(self) -> Outcome:
        """What was last reported of it."""
        return self.latest.outcome

    @property
    def date(self) -> PartialDate | None:
        """The newest date known; an outcome without a date keeps the one known before."""
        for report in reversed(self.reports):
            if report.date or report.outcome in ("planned", "postponed"):
                return report.date
        return None

    @property
    def planned_for(self) -> PartialDate | None:
        """The date known before the present one, if the present one lies outside it."""
        dates = [report.date for report in self.reports if report.date]
        before = next((when for when in reversed(dates) if when != self.date), None)
        if before and self.date and self.outcome != "postponed":
            is_too_early = before.start is not None and self.date.latest < before.earliest
            is_too_late = before.end is not None and before.latest < self.date.earliest
            return before if is_too_early or is_too_late else None
        return before

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where that was taken from."""
        return self.latest.sources

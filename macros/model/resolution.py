"""The model of a resolution: immutable, strict records, described field by field.

Every record is made from one YAML mapping. An unknown key is an error. Terms follow the United Nations
Editorial Manual: operative paragraph, document symbol, reporting period. Dates are EDTF (see `dates`).
"""

from __future__ import annotations

import re
from typing import Annotated, Literal, Union

from pydantic import Field

from macros.model.dates import PartialDate
from macros.model.fields import (
    Basis,
    Date,
    DocumentRef,
    Entry,
    GoalRef,
    Id,
    Label,
    OrganizationRef,
    ParagraphNumber,
    ParagraphRef,
    PeriodRef,
    PlaceRef,
    Record,
    Ref,
    ResolutionRef,
    RichText,
    SessionRef,
    Source,
    Sources,
    Statement,
    Text,
    ThemeRef,
)
from macros.model.funding import Contribution, Mechanism, Resource, Term


def paragraph_anchor(number: str) -> str:
    """`2 (a)` → `op-2-a`: the anchor of an operative paragraph, from its number in the document."""
    return "op-" + "-".join(re.findall(r"[0-9a-z]+", number.lower()))


class OperativeParagraph(Entry):
    """An operative paragraph that a source mentions."""

    number: ParagraphNumber = Field(
        description="As the resolution numbers it.", examples=["2 (a)", "3 bis"]
    )
    gist: Text = Field(
        description="What it asks for, in one plain sentence of our own.",
        examples=[
            "Asks Member States to fund an advisory group.",
            "Requests a report on progress every year.",
        ],
    )
    addressee: Text | None = Field(
        None,
        description="Whom it addresses, where a source says so.",
        examples=["Member States", "The Executive Director"],
    )
    sources: Sources

    @property
    def id(self) -> str:
        """Its permanent anchor, `op-2-a`."""
        return paragraph_anchor(self.number)

    @property
    def anchor(self) -> str:
        """The same as `id`."""
        return self.id


class Assessment(Statement):
    """What state the resolution, or one of its paragraphs, is judged to be in, from what a report says."""

    period: PeriodRef = Field(
        description="Id of the reporting period.", examples=["eb-2024-2", "eb-2025-1"]
    )
    paragraph: ParagraphRef | None = Field(
        None,
        description="Operative paragraph it is about, as the resolution numbers it; absent: the whole resolution.",
    )
    status: Annotated[str, Ref("status")] = Field(
        description="Id of a status in vocabulary.yml.",
        examples=["under-implementation", "implemented"],
    )
    constrained_by_funding: bool | None = Field(
        None,
        description="Whether a source says that a lack of money holds it back; absent: not reported.",
    )
    reason: RichText = Field(
        description="Why it is judged so: what the source says, in our words.",
        examples=[
            "The guidelines are being drafted; their adoption is planned for the next session.",
            "The handbook was published and nothing else was asked for.",
        ],
    )


class Update(Statement):
    """A note of what was done, is planned, or was said about money in one reporting period."""

    period: PeriodRef = Field(
        description="Id of the reporting period.", examples=["eb-2024-2", "eb-2025-1"]
    )
    about: Literal["progress", "plan", "funding"] = Field(
        "progress",
        description="What it tells: what was done, what is planned, or how it is paid for.",
    )
    paragraphs: tuple[ParagraphRef, ...] = Field(
        (), description="Operative paragraphs it is about, as the resolution numbers them."
    )
    text: RichText = Field(
        description="The note, in our own words.",
        examples=[
            "Experts from 22 countries met and agreed on an outline.",
            "A first draft is planned for the end of the year.",
        ],
    )


class EventReport(Entry):
    """What one report said of an event."""

    period: PeriodRef = Field(description="Id of the reporting period.")
    said: Literal["happened", "planned"] = Field(
        description="Whether it was told as done or as still to come."
    )
    date: Date | None = Field(
        None, description="When, as the source says it; absent: not reported."
    )
    sources: Sources


class Event(Entry):
    """A meeting, publication, deadline or other thing with a place in time."""

    id: Id = Field(
        description="Permanent anchor: small letters, digits and hyphens; never changed."
    )
    kind: Annotated[str, Ref("event_kind")] = Field(
        description="Id of an event kind in vocabulary.yml.", examples=["meeting", "publication"]
    )
    title: Text = Field(
        description="What it is, without the date and the place.",
        examples=["Expert group meeting on biodiverse cities", "Handbook on urban planning"],
    )
    place: PlaceRef | None = Field(None, description="Id of a place in places.yml.")
    paragraphs: tuple[ParagraphRef, ...] = Field(
        (), description="Operative paragraphs it is about, as the resolution numbers them."
    )
    revision: Annotated[int, Field(ge=0)] = Field(
        0,
        description="How often its published title, place or date was put right, apart from new reports; raise it by "
        "one with such a correction, so that subscribed calendars take the change.",
        examples=[1, 2],
    )
    reports: Annotated[
        tuple[EventReport, ...],
        Field(min_length=1, description="What each report said of it, oldest first."),
    ]

    @property
    def latest(self) -> EventReport:
        """The newest report."""
        return self.reports[-1]

    @property
    def sequence(self) -> int:
        """How often what is published of it has changed: it grows with each further report and each revision."""
        return len(self.reports) - 1 + self.revision

    @property
    def said(self) -> str:
        """`happened` or `planned`, as last reported."""
        return self.latest.said

    @property
    def date(self) -> PartialDate | None:
        """When, as last reported."""
        return self.latest.date

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where that was taken from."""
        return self.latest.sources

    @property
    def anchor(self) -> str:
        """The same as `id`."""
        return self.id


class PartnerReport(Entry):
    """A report that names a partner."""

    period: PeriodRef = Field(description="Id of the reporting period.")
    sources: Sources


class Partner(Entry):
    """An organization that a source names as taking part."""

    organization: OrganizationRef = Field(description="Id in organizations.yml.")
    role: Text = Field(
        description="What it does, in a few words.",
        examples=["co-publisher of the report", "host of the meeting"],
    )
    reports: Annotated[
        tuple[PartnerReport, ...],
        Field(min_length=1, description="The reports that name it, oldest first."),
    ]

    @property
    def id(self) -> str:
        """Its permanent anchor, `partner-` and the organization's id."""
        return f"partner-{self.organization}"

    @property
    def anchor(self) -> str:
        """The same as `id`."""
        return self.id

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where it was last named."""
        return self.reports[-1].sources


class Relation(Entry):
    """A tie to another resolution."""

    kind: Annotated[str, Ref("relation_kind")] = Field(
        description="Id of a relation kind in vocabulary.yml.",
        examples=["follows-up", "supersedes"],
    )
    resolution: ResolutionRef = Field(
        description="Slug of the other resolution.", examples=["1-3", "2-4"]
    )
    sources: Sources


class Symbol(Record):
    """A document symbol and how surely it is known."""

    value: str = Field(
        min_length=1,
        max_length=80,
        description="The symbol, as printed on the document.",
        examples=["A/RES/76/133", "E/2024/L.4"],
    )
    basis: Literal["verified", "inferred"] = Field(
        description="Seen in a source, or made from the organ's pattern."
    )


class Adoption(Record):
    """How a resolution was adopted, where known."""

    date: Date | None = Field(None, description="Day of adoption; absent: not known.")
    manner: Text | None = Field(
        None, description="How it was adopted.", examples=["by consensus", "by a vote of 30 to 2"]
    )
    proposed_by: tuple[OrganizationRef, ...] = Field(
        (), description="Who proposed it: ids in organizations.yml."
    )
    basis: Literal["verified", "inferred"] = Field(
        "verified",
        description="Whether a source says so, or it is concluded from what sources say.",
    )


class Resolution(Entry):
    """One resolution: all facts, and its texts in the organ's working language. One file each."""

    number: Label = Field(description="Its number, without the session.", examples=[4, "217 A"])
    session: SessionRef | None = Field(
        None,
        description="Id of a session in sessions.yml; absent: adopted outside a session.",
        examples=[2, 3],
    )
    label: str | None = Field(
        None,
        description="Short name, where the organ's pattern does not give it.",
        examples=["217 A (III)", "S-10/2"],
    )
    symbol: Symbol | None = Field(
        None, description="Its document symbol and how surely that is known."
    )
    title: Text = Field(
        description="Title in the working language.",
        examples=["Adequate housing for all", "Clean water for all"],
    )
    title_basis: Basis = Field(
        description="How the title is known: verified (word for word), inferred (by rule), cited (as generally cited) "
        "or unofficial (our own).",
    )
    adoption: Adoption = Field(Adoption(), description="How it was adopted, where known.")
    themes: tuple[ThemeRef, ...] = Field((), description="Ids of themes in vocabulary.yml.")
    goals: tuple[GoalRef, ...] = Field((), description="Sustainable Development Goals.")
    responsible_unit: OrganizationRef | None = Field(
        None, description="Who answers for it: id of an organization; absent: not reported."
    )
    documents: tuple[DocumentRef, ...] = Field(
        (), description="Documents about it, beyond the sources of its statements."
    )
    operative_paragraphs: tuple[OperativeParagraph, ...] = Field(
        (), description="Its operative paragraphs that a source mentions, in their order."
    )
    assessments: tuple[Assessment, ...] = Field(
        (),
        description="What state it, or one of its paragraphs, is judged to be in: one for each reporting period.",
    )
    updates: tuple[Update, ...] = Field(
        (), description="Notes of what was done, is planned or was said about money."
    )
    events: tuple[Event, ...] = Field(
        (), description="Meetings, publications, deadlines and the like."
    )
    resources: tuple[Resource, ...] = Field(
        (),
        description="How much money was required and mobilized, in the order in which it was published.",
    )
    contributions: tuple[Contribution, ...] = Field(
        (), description="Money, or its reported absence."
    )
    mechanisms: tuple[Mechanism, ...] = Field(
        (), description="Ways of funding with a name and terms of their own."
    )
    partners: tuple[Partner, ...] = Field(
        (), description="Organizations that a source names as taking part."
    )
    relations: tuple[Relation, ...] = Field((), description="Ties to other resolutions.")
    former_addresses: tuple[str, ...] = Field(
        (),
        description="Addresses that must go on leading here.",
        examples=[["resolutions/biodiverse-cities"], ["resolutions/4", "old/housing"]],
    )

    def fill(self, pattern: str) -> str | None:
        """A pattern of the organ (`{session}/{number}`, `{symbol}`) filled in; `None` where a part is not known."""
        values = {
            "session": self.session,
            "number": self.number,
            "symbol": self.symbol and self.symbol.value,
        }
        needed = [name for name in values if "{" + name + "}" in pattern]
        if any(values[name] is None for name in needed):
            return None
        for name in needed:
            pattern = pattern.replace("{" + name + "}", values[name])
        return pattern


class OrganStatement(Statement):
    """A statement about the organ as a whole."""

    period: PeriodRef = Field(
        description="Id of the reporting period.", examples=["eb-2024-2", "eb-2025-1"]
    )
    about: Literal["progress", "plan", "funding"] = Field(
        "progress",
        description="What it tells: what was done, what is planned, or how it is paid for.",
    )
    text: RichText = Field(
        description="The statement, in our own words.",
        examples=[
            "A shortage of funds holds back most of the work.",
            "The next report is due in May.",
        ],
    )


class Correction(Entry):
    """A mistake in what was published, and what it was put right to."""

    id: Id = Field(
        description="Permanent anchor on the page of corrections: small letters, digits and hyphens; never changed.",
        examples=["amount-of-2025", "name-of-a-partner"],
    )
    date: Date = Field(description="Day on which it was put right.")
    published: Date | None = Field(
        None,
        description="Since when the mistake stood on the site; absent: not known.",
        examples=["2025-01-20", "2025-03"],
    )
    resolution: ResolutionRef | None = Field(
        None, description="Slug of the resolution; absent: the site as a whole."
    )
    text: Text = Field(
        description="What was wrong, and what it says now.",
        examples=[
            "The amount was given in the wrong currency; it is in euros.",
            "The date of the meeting was wrong; it was held on 4 June.",
        ],
    )
    sources: tuple[Source, ...] = Field(
        (), description="What shows that it was wrong, if a document does."
    )


class Statements(Record):
    """Statements about the organ as a whole."""

    statements: tuple[OrganStatement, ...] = Field(
        (), description="What sources say of the organ as a whole."
    )
    resources: tuple[Resource, ...] = Field(
        (),
        description="Money required and mobilized for all resolutions together, as it was published.",
    )
    corrections: tuple[Correction, ...] = Field(
        (), description="Mistakes in what was published, put right."
    )


AnyStatement = Union[
    OperativeParagraph,
    Assessment,
    Update,
    Event,
    Resource,
    Contribution,
    Term,
    Partner,
    OrganStatement,
]
"""What is counted, exported and cited: any entry with an id and a source."""

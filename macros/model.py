"""The model of a resolution: immutable, strict records, described field by field.

Every record is made from one YAML mapping. An unknown key is an error. Terms follow the United Nations
Editorial Manual: operative paragraph, document symbol, reporting period. Dates are EDTF (see `dates`).
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Literal, Union

from pydantic import Field

from macros.dates import PartialDate
from macros.fields import (
    Amount,
    Basis,
    Currency,
    Date,
    DocumentRef,
    Entry,
    EventRef,
    GoalRef,
    Id,
    Label,
    MechanismRef,
    OrganizationRef,
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


def paragraph_anchor(number: str) -> str:
    """`2 (a)` → `op-2-a`: the anchor of an operative paragraph, from its number in the document."""
    return "op-" + "-".join(re.findall(r"[0-9a-z]+", number.lower()))


class OperativeParagraph(Entry):
    """An operative paragraph that a source mentions."""

    number: Label = Field(description="As the resolution numbers it.", examples=["2", "2 (a)"])
    gist: Text = Field(description="What it asks for, in one plain sentence of our own.")
    addressee: Text | None = Field(None, description="Whom it addresses, where a source says so.")
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

    period: PeriodRef = Field(description="Id of the reporting period.", examples=["eb-2024-2"])
    paragraph: ParagraphRef | None = Field(None, description="Operative paragraph it is about; absent: the whole resolution.")
    status: Annotated[str, Ref("status")] = Field(description="Id of a status in vocabulary.yml.", examples=["under-implementation"])
    constrained_by_funding: bool | None = Field(
        None, description="Whether a source says that a lack of money holds it back; absent: not reported."
    )
    reason: RichText = Field(description="Why it is judged so: what the source says, in our words.")


class Update(Statement):
    """A note of what was done, is planned, or was said about money in one reporting period."""

    period: PeriodRef = Field(description="Id of the reporting period.", examples=["eb-2024-2"])
    about: Literal["progress", "plan", "funding"] = Field(
        "progress", description="What it tells: what was done, what is planned, or how it is paid for."
    )
    paragraphs: tuple[ParagraphRef, ...] = Field((), description="Operative paragraphs it is about.")
    text: RichText = Field(description="The note, in our own words; restricted Markdown.")


class EventReport(Entry):
    """What one report said of an event."""

    period: PeriodRef = Field(description="Id of the reporting period.")
    said: Literal["happened", "planned"] = Field(description="Whether it was told as done or as still to come.")
    date: Date | None = Field(None, description="When, as the source says it; absent: not reported.")
    sources: Sources


class Event(Entry):
    """A meeting, publication, deadline or other thing with a place in time."""

    id: Id = Field(description="Permanent anchor: small letters, digits and hyphens; never changed.")
    kind: Annotated[str, Ref("event_kind")] = Field(description="Id of an event kind in vocabulary.yml.", examples=["meeting"])
    title: Text = Field(description="What it is, without the date and the place.")
    place: PlaceRef | None = Field(None, description="Id of a place in places.yml.")
    paragraphs: tuple[ParagraphRef, ...] = Field((), description="Operative paragraphs it is about.")
    reports: Annotated[
        tuple[EventReport, ...], Field(min_length=1, description="What each report said of it, oldest first.")
    ]

    @property
    def latest(self) -> EventReport:
        """The newest report."""
        return self.reports[-1]

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


class Resource(Statement):
    """How much money was required and mobilized, as of a date. Never added up with contributions."""

    as_of: Date | None = Field(None, description="The date the figures hold for; absent: not known.")
    currency: Currency
    required: Amount | None = Field(None, description="In whole units of the currency; absent: not reported.")
    mobilized: Amount | None = Field(None, description="In whole units of the currency; absent: not reported.")
    note: Text | None = Field(None, description="What a reader must know to read the figures.")

    @property
    def gap(self) -> Decimal | None:
        """Required less mobilized (zero at the least); `None` where either is not reported."""
        if self.required is None or self.mobilized is None:
            return None
        return max(self.required - self.mobilized, Decimal(0))

    @property
    def gap_share(self) -> Decimal | None:
        """The gap as a share of what is required, 0 to 1; `None` where it cannot be computed."""
        return None if self.gap is None or not self.required else self.gap / self.required


class ContributionReport(Entry):
    """What one report said of a contribution."""

    period: PeriodRef = Field(description="Id of the reporting period.")
    state: Annotated[str, Ref("contribution_state")] = Field(description="Id of a contribution state in vocabulary.yml.", examples=["received"])
    amount: Amount | None = Field(None, description="In whole units of the currency; absent: not reported.")
    approximate: bool = Field(False, description="Whether the source gives the amount as approximate.")
    currency: Currency | None = Field(None, description="Needed with an amount.")
    sources: Sources


class Contribution(Entry):
    """Money, or its reported absence, from one contributor for one purpose."""

    id: Id = Field(description="Permanent anchor: small letters, digits and hyphens; never changed.")
    contributor: OrganizationRef | None = Field(None, description="Id of an organization; absent: not reported.")
    kind: Annotated[str, Ref("contribution_kind")] = Field(description="Id of a contribution kind in vocabulary.yml.", examples=["voluntary"])
    purpose: Text = Field(description="What it is for.")
    paragraphs: tuple[ParagraphRef, ...] = Field((), description="Operative paragraphs it is about.")
    mechanism: MechanismRef | None = Field(None, description="Id of the mechanism through which it comes.")
    reports: Annotated[
        tuple[ContributionReport, ...], Field(min_length=1, description="What each report said of it, oldest first.")
    ]

    @property
    def latest(self) -> ContributionReport:
        """The newest report."""
        return self.reports[-1]

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where the newest report was taken from."""
        return self.latest.sources

    @property
    def anchor(self) -> str:
        """The same as `id`."""
        return self.id


class Term(Statement):
    """One term of a mechanism: what set it up, how money gets in, what it pays for, who decides."""

    text: RichText = Field(description="The term, in our own words.")


class Mechanism(Entry):
    """A way of funding with its own name and terms."""

    id: Id = Field(description="Permanent anchor: small letters, digits and hyphens; never changed.")
    name: Text = Field(description="Its official name.")
    purpose: RichText = Field(description="What it is for, in one or two sentences.")
    terms: Annotated[tuple[Term, ...], Field(min_length=1)]
    documents: tuple[DocumentRef, ...] = Field((), description="Documents that set it up or govern it.")
    events: tuple[EventRef, ...] = Field((), description="Ids of events of this resolution that belong to it.")

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
    role: Text = Field(description="What it does, in a few words.")
    reports: Annotated[
        tuple[PartnerReport, ...], Field(min_length=1, description="The reports that name it, oldest first.")
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

    kind: Annotated[str, Ref("relation_kind")] = Field(description="Id of a relation kind in vocabulary.yml.", examples=["follows-up"])
    resolution: ResolutionRef = Field(description="Slug of the other resolution.", examples=["1-3"])
    sources: Sources


class Symbol(Record):
    """A document symbol and how surely it is known."""

    value: str = Field(min_length=1, max_length=80, examples=["HSP/HA.2/Res.4"])
    basis: Literal["verified", "inferred"] = Field(description="Seen in a source, or made from the organ's pattern.")


class Adoption(Record):
    """How a resolution was adopted, where known."""

    date: Date | None = None
    manner: Text | None = Field(None, description="For example: by consensus.")
    proposed_by: tuple[OrganizationRef, ...] = Field((), description="Ids of organizations.")
    basis: Literal["verified", "inferred"] = "verified"


class Resolution(Entry):
    """One resolution: all facts, and its texts in the organ's working language. One file each."""

    number: Label = Field(description="Its number, without the session.", examples=[4])
    session: SessionRef | None = Field(None, description="Id of a session in sessions.yml.", examples=[2])
    label: str | None = Field(None, description="Short name, where the organ's pattern does not give it.")
    symbol: Symbol | None = None
    title: Text = Field(description="Title in the working language.")
    title_basis: Basis = Field(description="verified (word for word), cited (as generally cited) or unofficial.")
    adoption: Adoption = Adoption()
    themes: tuple[ThemeRef, ...] = Field((), description="Ids of themes in vocabulary.yml.")
    goals: tuple[GoalRef, ...] = Field((), description="Sustainable Development Goals.")
    responsible_unit: OrganizationRef | None = Field(None, description="Id of an organization; absent: not reported.")
    documents: tuple[DocumentRef, ...] = Field((), description="Documents about it, beyond the sources of its statements.")
    operative_paragraphs: tuple[OperativeParagraph, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    updates: tuple[Update, ...] = ()
    events: tuple[Event, ...] = ()
    resources: tuple[Resource, ...] = Field((), description="In the order in which they were published.")
    contributions: tuple[Contribution, ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()
    partners: tuple[Partner, ...] = ()
    relations: tuple[Relation, ...] = ()
    former_addresses: tuple[str, ...] = Field((), description="Addresses that must go on leading here.")

    def fill(self, pattern: str) -> str | None:
        """A pattern of the organ (`{session}/{number}`, `{symbol}`) filled in; `None` where a part is not known."""
        values = {"session": self.session, "number": self.number, "symbol": self.symbol and self.symbol.value}
        needed = [name for name in values if "{" + name + "}" in pattern]
        if any(values[name] is None for name in needed):
            return None
        for name in needed:
            pattern = pattern.replace("{" + name + "}", values[name])
        return pattern


class OrganStatement(Statement):
    """A statement about the organ as a whole."""

    period: PeriodRef
    about: Literal["progress", "plan", "funding"] = "progress"
    text: RichText


class Correction(Entry):
    """A mistake in what was published, and what it was put right to."""

    id: Id = Field(description="Permanent anchor on the page of corrections: small letters, digits and hyphens; never changed.")
    date: Date = Field(description="Day on which it was put right.")
    published: Date | None = Field(
        None, description="Since when the mistake stood on the site; absent: not known.", examples=["2025-01-20"]
    )
    resolution: ResolutionRef | None = Field(None, description="Slug of the resolution; absent: the site as a whole.")
    text: Text = Field(description="What was wrong, and what it says now.")
    sources: tuple[Source, ...] = Field((), description="What shows that it was wrong, if a document does.")


class Statements(Record):
    """Statements about the organ as a whole."""

    statements: tuple[OrganStatement, ...] = ()
    resources: tuple[Resource, ...] = ()
    corrections: tuple[Correction, ...] = ()


AnyStatement = Union[OperativeParagraph, Assessment, Update, Event, Resource, Contribution, Term, Partner, OrganStatement]
"""What is counted, exported and cited: any entry with an id and a source."""

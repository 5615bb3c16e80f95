"""The model of a resolution: immutable, strict records, described field by field.

Every record is made from one YAML mapping. An unknown key is an error. Terms follow the United
Nations Editorial Manual: operative paragraph, document symbol, reporting period. Dates are EDTF
(see `dates`).
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field

from macros.model.events import Event
from macros.model.fields import (
    Anchored,
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


class OperativeParagraph(Anchored):
    """An operative paragraph that a source mentions."""

    number: ParagraphNumber = Field(examples=["2 (a)", "3 bis"])
    """As the resolution numbers it."""
    gist: Text = Field(examples=["Asks States to fund the group.", "Requests a report every year."])
    """What it asks for, in one plain sentence of our own."""
    addressee: Text | None = Field(None, examples=["Member States", "The Executive Director"])
    """Whom it addresses, where a source says so."""
    sources: Sources

    @property
    def id(self) -> str:
        """Its permanent anchor, `op-2-a`."""
        return paragraph_anchor(self.number)


class Assessment(Statement):
    """The status that the resolution, or one of its paragraphs, is judged to have in a period."""

    period: PeriodRef
    """Id of the reporting period."""
    paragraph: ParagraphRef | None = None
    """Operative paragraph it is about, as the resolution numbers it; absent: the whole
    resolution."""
    status: Annotated[str, Ref("status")]
    """Id of a status in vocabulary.yml."""
    constrained_by_funding: bool | None = None
    """Whether a source says that a lack of money holds it back; absent: not reported."""
    reason: RichText = Field(
        examples=["The guidelines are being drafted.", "The handbook was published."]
    )
    """Why it is judged so: what the source says, in our words."""


class Update(Statement):
    """A note of what was done, is planned, or was said about money in one reporting period."""

    period: PeriodRef
    """Id of the reporting period."""
    about: Literal["progress", "plan", "funding"] = "progress"
    """What it tells: what was done, what is planned, or how it is paid for."""
    paragraphs: tuple[ParagraphRef, ...] = ()
    """Operative paragraphs it is about, as the resolution numbers them."""
    text: RichText = Field(examples=["Experts agreed on an outline.", "A first draft is planned."])
    """The note, in our own words."""


class PartnerReport(Entry):
    """A report that names a partner."""

    period: PeriodRef
    """Id of the reporting period."""
    sources: Sources


class Partner(Anchored):
    """An organization that a source names as taking part."""

    organization: OrganizationRef
    """Id in organizations.yml."""
    role: Text = Field(examples=["co-publisher of the report", "host of the meeting"])
    """What it does, in a few words."""
    reports: Annotated[tuple[PartnerReport, ...], Field(min_length=1)]
    """The reports that name it, oldest first."""

    @property
    def id(self) -> str:
        """Its permanent anchor, `partner-` and the organization's id."""
        return f"partner-{self.organization}"

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where it was last named."""
        return self.reports[-1].sources


class Relation(Entry):
    """A tie to another resolution."""

    kind: Annotated[str, Ref("relation_kind")]
    """Id of a relation kind in vocabulary.yml."""
    resolution: ResolutionRef
    """Slug of the other resolution."""
    sources: Sources


Votes = Annotated[int, Field(ge=0, le=10**6, examples=[112, 3])]


class Symbol(Record):
    """A document symbol and how surely it is known."""

    value: str = Field(min_length=1, max_length=80, examples=["A/RES/76/133", "E/2024/L.4"])
    """The symbol, as printed on the document."""
    basis: Literal["verified", "inferred"]
    """Seen in a source, or made from the organ's pattern."""


class Vote(Record):
    """A recorded vote."""

    in_favour: Votes
    """Votes in favour."""
    against: Votes
    """Votes against."""
    abstaining: Votes | None = None
    """Abstentions; absent: not reported."""


class Adoption(Record):
    """How a resolution was adopted, where known."""

    date: Date | None = None
    """Day of adoption; absent: not known."""
    manner: Text | None = Field(None, examples=["by consensus", "by a vote of 30 to 2"])
    """How it was adopted."""
    vote: Vote | None = None
    """The recorded vote, where there was one."""
    proposed_by: tuple[OrganizationRef, ...] = ()
    """Who proposed it: ids in organizations.yml."""
    sponsors: tuple[OrganizationRef, ...] = ()
    """Who co-sponsored it: ids in organizations.yml."""
    basis: Literal["verified", "inferred"] = "verified"
    """Whether a source says so, or it is concluded from what sources say."""


class Resolution(Entry):
    """One resolution: all facts, and its texts in the organ's working language. One file each."""

    number: Label = Field(examples=[4, "217 A"])
    """Its number, without the session."""
    session: SessionRef | None = None
    """Id of a session in sessions.yml; absent: adopted outside a session."""
    label: str | None = Field(None, examples=["217 A (III)", "S-10/2"])
    """Short name, where the organ's pattern does not give it."""
    symbol: Symbol | None = None
    """Its document symbol and how surely that is known."""
    title: Text = Field(examples=["Adequate housing for all", "Clean water for all"])
    """Title in the working language."""
    title_basis: Basis
    """How the title is known: verified (word for word), inferred (by rule), cited (as generally
    cited) or unofficial (our own)."""
    adoption: Adoption = Adoption.model_validate({})
    """How it was adopted, where known."""
    themes: tuple[ThemeRef, ...] = ()
    """Ids of themes in vocabulary.yml."""
    goals: tuple[GoalRef, ...] = ()
    """Sustainable Development Goals."""
    responsible_unit: OrganizationRef | None = None
    """Who answers for it: id of an organization; absent: not reported."""
    documents: tuple[DocumentRef, ...] = ()
    """Documents about it, beyond the sources of its statements."""
    operative_paragraphs: tuple[OperativeParagraph, ...] = ()
    """Its operative paragraphs that a source mentions, in their order."""
    assessments: tuple[Assessment, ...] = ()
    """What state it, or one of its paragraphs, is judged to be in: one for each reporting
    period."""
    updates: tuple[Update, ...] = ()
    """Notes of what was done, is planned or was said about money."""
    events: tuple[Event, ...] = ()
    """Meetings, publications, deadlines and the like."""
    resources: tuple[Resource, ...] = ()
    """How much money was required and mobilized, in the order in which it was published."""
    contributions: tuple[Contribution, ...] = ()
    """Money, or its reported absence."""
    mechanisms: tuple[Mechanism, ...] = ()
    """Ways of funding with a name and terms of their own."""
    partners: tuple[Partner, ...] = ()
    """Organizations that a source names as taking part."""
    relations: tuple[Relation, ...] = ()
    """Ties to other resolutions."""
    former_addresses: tuple[str, ...] = Field(
        (), examples=[["resolutions/cities"], ["old/housing"]]
    )
    """Addresses that must go on leading here."""

    def fill(self, pattern: str) -> str | None:
        """Fill in a pattern such as `{session}/{number}`; `None` where a part is not known."""
        symbol = self.symbol.value if self.symbol else None
        values = {"session": self.session, "number": self.number, "symbol": symbol}
        for name, value in values.items():
            if f"{{{name}}}" in pattern:
                if value is None:
                    return None
                pattern = pattern.replace(f"{{{name}}}", value)
        return pattern


class OrganStatement(Statement):
    """A statement about the organ as a whole."""

    period: PeriodRef
    """Id of the reporting period."""
    about: Literal["progress", "plan", "funding"] = "progress"
    """What it tells: what was done, what is planned, or how it is paid for."""
    text: RichText = Field(
        examples=["Most of the work lacks funds.", "The next report is due in May."]
    )
    """The statement, in our own words."""


class Correction(Entry):
    """A mistake in what was published, and what it was put right to."""

    id: Id = Field(examples=["amount-of-2025", "name-of-a-partner"])
    """Permanent anchor on the page of corrections: small letters, digits and hyphens; never
    changed."""
    date: Date
    """Day on which it was put right."""
    published: Date | None = Field(None, examples=["2025-01-20", "2025-03"])
    """Since when the mistake stood on the site; absent: not known."""
    resolution: ResolutionRef | None = None
    """Slug of the resolution; absent: the site as a whole."""
    entry: str | None = Field(None, examples=["expert-meeting", "op-2-a"])
    """Id of the entry on the page of that resolution that was wrong."""
    text: Text = Field(examples=["The amount is in euros.", "The meeting was on 4 June."])
    """What was wrong, and what it says now."""
    sources: tuple[Source, ...] = ()
    """What shows that it was wrong, if a document does."""


class Statements(Record):
    """Statements about the organ as a whole."""

    statements: tuple[OrganStatement, ...] = ()
    """What sources say of the organ as a whole."""
    resources: tuple[Resource, ...] = ()
    """Money required and mobilized for all resolutions together, as it was published."""
    corrections: tuple[Correction, ...] = ()
    """Mistakes in what was published, put right."""


Note = Update | Term | OrganStatement
"""What consists of a text with its sources."""
AnyStatement = Assessment | Resource | Note | OperativeParagraph | Event | Contribution | Partner
"""What is counted, exported and cited: any entry with an id and a source."""

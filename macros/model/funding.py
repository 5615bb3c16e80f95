"""Funding of a resolution: what is required, who contributes, and funding mechanisms."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import ConfigDict, Field

from macros.model.fields import (
    Amount,
    Currency,
    Date,
    DocumentRef,
    Entry,
    EventRef,
    Identified,
    MechanismRef,
    OrganizationRef,
    ParagraphRef,
    PeriodRef,
    Ref,
    RichText,
    Source,
    Sources,
    Statement,
    Text,
)


class Resource(Statement):
    """How much was required and mobilized, as of a date; never added to contributions."""

    period: PeriodRef
    """Id of the reporting period in which the figures became known."""
    as_of: Date | None = None
    """The date the figures hold for; absent: not known."""
    currency: Currency
    required: Amount | None = None
    """How much is needed, in whole units of the currency; absent: not reported."""
    mobilized: Amount | None = None
    """How much has been found, in whole units of the currency; absent: not reported."""
    note: Text | None = Field(None, examples=["Seen on an unknown day.", "Cash only."])
    """What a reader must know to read the figures."""

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

    model_config = ConfigDict(json_schema_extra={"dependentRequired": {"amount": ["currency"]}})

    period: PeriodRef
    """Id of the reporting period."""
    state: Annotated[str, Ref("contribution_state")]
    """Id of a contribution state in vocabulary.yml."""
    amount: Amount | None = None
    """In whole units of the currency, without separators; absent: not reported."""
    approximate: bool = False
    """Whether the source gives the amount as approximate."""
    currency: Currency | None = None
    """ISO 4217 code of the currency, three capital letters; needed with an amount."""
    sources: Sources


class Contribution(Identified):
    """Money, or its reported absence, from one contributor for one purpose."""

    contributor: OrganizationRef | None = None
    """Id of an organization; absent: not reported."""
    kind: Annotated[str, Ref("contribution_kind")]
    """Id of a contribution kind in vocabulary.yml."""
    purpose: Text = Field(examples=["Training of city officials", "Translation of the handbook"])
    """What it is for."""
    paragraphs: tuple[ParagraphRef, ...] = ()
    """Operative paragraphs it is about, as the resolution numbers them."""
    mechanism: MechanismRef | None = None
    """Id of the mechanism through which it comes."""
    reports: Annotated[tuple[ContributionReport, ...], Field(min_length=1)]
    """What each report said of it, oldest first."""

    @property
    def latest(self) -> ContributionReport:
        """The newest report."""
        return self.reports[-1]

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where the newest report was taken from."""
        return self.latest.sources


class Term(Statement):
    """One term of a mechanism: what set it up, how money gets in, what it pays for, who decides."""

    text: RichText = Field(examples=["Donors may pass on money left.", "The secretariat decides."])
    """The term, in our own words."""


class Mechanism(Identified):
    """A way of funding with its own name and terms."""

    name: Text = Field(examples=["Common Fund", "Window for small cities"])
    """Its official name."""
    purpose: RichText = Field(
        examples=["Helps where money is short.", "Pays for travel of experts."]
    )
    """What it is for, in one or two sentences."""
    terms: Annotated[tuple[Term, ...], Field(min_length=1)]
    """What set it up, how money gets in, what it pays for: one entry each."""
    documents: tuple[DocumentRef, ...] = ()
    """Documents that set it up or govern it."""
    events: tuple[EventRef, ...] = ()
    """Ids of events of this resolution that belong to it."""

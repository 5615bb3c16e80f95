"""The file of funding: of the organ, by resolution, and contributions added up."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from macros.exports.converter import Converter, Views, header, plain
from macros.exports.models import Amount, Count, File, Listed, Names, Of, Output
from macros.model.fields import CURRENCY
from macros.model.funding import Contribution, Mechanism, Resource
from macros.queries import queries


class ResolutionsByConstraint(Output):
    """Slugs of resolutions, by whether a lack of money is reported to hold them back."""

    yes: list[str]
    no: list[str]
    not_reported: list[str]


class ContributionTotal(Output):
    """The sum of the contributions of one state, kind and currency."""

    state: str
    kind: str
    currency: str = Field(pattern=CURRENCY)
    total: Amount
    approximate: bool
    contributions: Count


class FundingFile(File):
    """Funding: sums required and mobilized, contributions, ways of funding."""

    constrained_by_funding: ResolutionsByConstraint
    organ: list[Annotated[Output, Of(Resource)]] = Field(
        description="Of all resolutions together, as published."
    )
    resources: list[Annotated[Output, Of(Resource, Listed)]]
    contributions: list[Annotated[Output, Of(Contribution, Listed)]]
    contribution_totals: list[ContributionTotal] = Field(
        description="Never added up across states, kinds or currencies."
    )
    contributions_without_amount: Count
    mechanisms: list[Annotated[Output, Of(Mechanism, Listed)]]
    names: Names


def funding(views: Views) -> FundingFile:
    """Export what is required, mobilized and contributed."""
    converter = Converter(views)
    corpus = converter.corpus
    records = corpus.resolutions.values()
    totals, without_amount = queries.sums(c for record in records for c in record.contributions)
    constrained = queries.constrained(corpus)
    return FundingFile(
        **header(corpus.latest_period),
        constrained_by_funding=ResolutionsByConstraint(
            yes=constrained[True], no=constrained[False], not_reported=constrained[None]
        ),
        organ=converter.records(lambda corpus: corpus.statements.resources),
        resources=converter.listed("resources"),
        contributions=converter.listed("contributions"),
        contribution_totals=[
            ContributionTotal(
                state=state,
                kind=kind,
                currency=currency,
                total=plain(total),
                approximate=is_approximate,
                contributions=count,
            )
            for state, kind, currency, total, is_approximate, count in totals
        ],
        contributions_without_amount=without_amount,
        mechanisms=converter.listed("mechanisms"),
        names=converter.names(),
    )

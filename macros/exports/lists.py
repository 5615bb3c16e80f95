"""Files that list all funding, events, documents, partners, places or corrections."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from macros import queries
from macros.exports import resolutions
from macros.exports.converter import Converter, Views, plain
from macros.exports.models import Amount, Count, File, Listed, Names, Of, Output, Urls
from macros.model.events import Event
from macros.model.fields import CURRENCY
from macros.model.funding import Contribution, Mechanism, Resource
from macros.model.reference import Document, Organization, Place


class ConstrainedResolutions(Output):
    """Slugs of resolutions, by whether a lack of money holds them back."""

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

    constrained_by_funding: ConstrainedResolutions
    organ: list[Annotated[Output, Of(Resource)]] = Field(description="Of all resolutions together.")
    resources: list[Annotated[Output, Of(Resource, Listed)]]
    contributions: list[Annotated[Output, Of(Contribution, Listed)]]
    contribution_totals: list[ContributionTotal] = Field(
        description="Never added up across states, kinds or currencies."
    )
    contributions_without_amount: Count
    mechanisms: list[Annotated[Output, Of(Mechanism, Listed)]]
    names: Names


class TimelineFile(File):
    """All events in the order of their dates; those without a date come last."""

    cases_on: date
    events: list[Annotated[Output, Of(Event, Listed)]]
    names: Names


class ListedDocument(Output):
    """What the list of documents says of each."""

    key: str = Field(description="What sources name it by.")
    anchor: str
    url: Urls = Field(description="Where it is on this site.")
    full_text: Urls | None = Field(description="Where the official text is found.")
    cited_by: dict[str, Count] = Field(description="How often each resolution cites it, by slug.")


class DocumentsFile(File):
    """All documents cited, with the resolutions that cite them."""

    documents: list[Annotated[Output, Of(Document, ListedDocument)]]
    names: Names


class PartnerIn(Output):
    """Where an organization takes part."""

    partner_in: list[str] = Field(description="Slugs of resolutions.")
    entries: list[str] = Field(description="`slug#anchor` of each.")


class PlaceOf(Output):
    """What takes place somewhere."""

    events: list[str] = Field(description="`slug#anchor` of each.")


class PartnersFile(File):
    """All organizations and places, with their resolutions."""

    organizations: list[Annotated[Output, Of(Organization, PartnerIn)]]
    places: list[Annotated[Output, Of(Place, PlaceOf)]]
    names: Names


class CorrectionsFile(File):
    """Mistakes in what was published, and how they were put right, newest first."""

    corrections: resolutions.Corrections
    names: Names


def funding(views: Views) -> Output:
    """Export what is required, mobilized and contributed."""
    converter = Converter(views)
    corpus = converter.corpus
    records = corpus.resolutions.values()
    totals, without_amount = queries.sums(c for record in records for c in record.contributions)
    constrained = queries.constrained(corpus)
    organ = converter.versions(lambda corpus: corpus.statements.resources)
    return converter.file(
        FundingFile,
        constrained_by_funding=ConstrainedResolutions(
            yes=constrained[True], no=constrained[False], not_reported=constrained[None]
        ),
        organ=[converter.record(versions) for versions in organ],
        resources=converter.listed("resources"),
        contributions=converter.listed("contributions"),
        contribution_totals=[
            ContributionTotal(**dict(zip(ContributionTotal.model_fields, plain(row), strict=True)))
            for row in totals
        ],
        contributions_without_amount=without_amount,
        mechanisms=converter.listed("mechanisms"),
    )


def timeline(views: Views) -> Output:
    """Export all events."""
    converter = Converter(views)
    corpus, today = converter.corpus, converter.first.today
    keys = [(slug, e.id) for slug, record in corpus.resolutions.items() for e in record.events]
    events = dict(zip(keys, converter.listed("events"), strict=True))
    ordered = [events[each.slug, each.event.id] for each in queries.timeline(corpus, today)]
    return converter.file(TimelineFile, cases_on=today, events=ordered)


def documents(views: Views) -> Output:
    """Export all documents."""
    converter = Converter(views)
    corpus = converter.corpus
    citations = queries.citations(corpus)
    entries = []
    for key, versions in converter.by_key("documents"):
        anchor = corpus.documents[key].anchor
        urls = converter.urls(f"{corpus.list_page('documents', key)}#{anchor}")
        others = {"key": key, "anchor": anchor, "url": urls, "cited_by": citations[key]}
        full_text = converter.official_url(key)
        entries.append(converter.record(versions, ListedDocument, full_text=full_text, **others))
    return converter.file(DocumentsFile, documents=entries)


def partners(views: Views) -> Output:
    """Export all organizations and places."""
    converter = Converter(views)
    corpus = converter.corpus
    roles, events = queries.partners(corpus), queries.places(corpus)
    organizations = [
        converter.record(
            versions,
            PartnerIn,
            partner_in=list(dict.fromkeys(slug for slug, _ in entries)),
            entries=[f"{slug}#{partner.anchor}" for slug, partner in entries],
        )
        for key, versions in converter.by_key("organizations")
        for entries in [roles.get(key, ())]
    ]
    places = [
        converter.record(versions, PlaceOf, events=[f"{slug}#{e.anchor}" for slug, e in entries])
        for key, versions in converter.by_key("places")
        for entries in [events.get(key, ())]
    ]
    return converter.file(PartnersFile, organizations=organizations, places=places)


def corrections(views: Views) -> Output:
    """Export all corrections."""
    converter = Converter(views)
    return converter.file(CorrectionsFile, corrections=resolutions.corrections(converter))

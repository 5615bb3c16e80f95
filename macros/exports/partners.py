"""The file of partners and places."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from macros.exports.converter import Converter, Views, header
from macros.exports.models import File, Names, Of, Output
from macros.model.reference import Organization, Place
from macros.queries import queries


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


def partners(views: Views) -> PartnersFile:
    """Export all organizations and places."""
    converter = Converter(views)
    corpus = converter.corpus
    found, events = queries.partners(corpus), queries.places(corpus)

    def versions(name: str, key: str) -> dict[str, Organization | Place]:
        return {language: getattr(v.corpus, name)[key] for language, v in views.items()}

    return PartnersFile(
        **header(corpus.latest_period),
        organizations=[
            converter.record(
                versions("organizations", key),
                PartnerIn,
                partner_in=list(dict.fromkeys(slug for slug, _ in found.get(key, ()))),
                entries=[f"{slug}#{partner.anchor}" for slug, partner in found.get(key, ())],
            )
            for key in corpus.organizations
        ],
        places=[
            converter.record(
                versions("places", key),
                PlaceOf,
                events=[f"{slug}#{event.anchor}" for slug, event in events.get(key, ())],
            )
            for key in corpus.places
        ],
        names=converter.names(),
    )

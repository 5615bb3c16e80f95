"""An organ's data as one immutable value per language: the only thing that pages and exports are made from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Iterator, Mapping

from macros.fields import Record, Source, inside
from macros.model import Resolution, Statements
from macros.money import Contribution, Mechanism
from macros.reference import Body, Document, Organization, Period, Place, Session, Vocabulary
from macros.retired import Retired


@dataclass(frozen=True)
class Corpus:
    """Everything an organ's data says, with its texts in one language.

    Mappings are by id (resolutions by slug, documents by symbol or id) and keep their order: resolutions by
    session and number, periods and sessions as written.
    """

    language: str
    body: Body
    vocabulary: Vocabulary
    statements: Statements
    sessions: Mapping[str, Session]
    periods: Mapping[str, Period]
    documents: Mapping[str, Document]
    organizations: Mapping[str, Organization]
    places: Mapping[str, Place]
    resolutions: Mapping[str, Resolution]
    retired: Retired = Retired()

    @cached_property
    def words(self) -> Mapping[str, Mapping[Any, Any]]:
        """The vocabulary by list and id: `words["statuses"]["implemented"]`."""
        lists = {name: getattr(self.vocabulary, name) for name in type(self.vocabulary).model_fields}
        return {name: {entry.id: entry for entry in entries} for name, entries in lists.items()}

    @cached_property
    def latest_period(self) -> Period | None:
        """The newest reporting period."""
        return next(reversed(self.periods.values()), None)

    @cached_property
    def index(self) -> Index:
        """What belongs together, looked up once."""
        return Index.of(self.resolutions)

    @cached_property
    def stood(self) -> dict[str, Corpus]:
        """The corpus as it stood after some periods, so far as anybody asked (see `queries.as_of`)."""
        return {}

    def label(self, slug: str) -> str:
        """The short name of a resolution, such as `2/4`."""
        resolution = self.resolutions[slug]
        return resolution.label or resolution.fill(self.body.label_pattern) or slug

    def mechanisms(self) -> Iterator[tuple[str, Mechanism]]:
        """All mechanisms, each with the slug of its resolution."""
        for slug, resolution in self.resolutions.items():
            for mechanism in resolution.mechanisms:
                yield slug, mechanism


Trait = tuple[str, str]


@dataclass(frozen=True)
class Index:
    """Which resolutions share what, so that no page has to look at all the others.

    A trait is a theme, partner or document of a resolution: `("themes", "housing")`.
    """

    position: Mapping[str, int]
    of_session: Mapping[str | None, list[str]]
    place_in_session: Mapping[str, int]
    relations_to: Mapping[str, list[tuple[str, str]]]
    traits: Mapping[str, set[Trait]]
    with_trait: Mapping[Trait, list[str]]
    through: Mapping[str, list[tuple[str, Contribution]]]
    """The contributions that come through each mechanism."""

    @staticmethod
    def of(resolutions: Mapping[str, Resolution]) -> Index:
        """Go once through all resolutions."""
        sessions, relations, with_trait, through = (defaultdict(list) for _ in range(4))
        place: dict[str, int] = {}
        traits: dict[str, set[Trait]] = {}
        for slug, resolution in resolutions.items():
            place[slug] = len(sessions[resolution.session])
            sessions[resolution.session].append(slug)
            for relation in resolution.relations:
                relations[relation.resolution].append((slug, relation.kind))
            for contribution in resolution.contributions:
                if contribution.mechanism:
                    through[contribution.mechanism].append((slug, contribution))
            documents = {source.document for source in cited(resolution)} | set(resolution.documents)
            traits[slug] = (
                {("themes", theme) for theme in resolution.themes}
                | {("partners", partner.organization) for partner in resolution.partners}
                | {("documents", document) for document in documents}
            )
            for trait in traits[slug]:
                with_trait[trait].append(slug)
        position = {slug: place for place, slug in enumerate(resolutions)}
        return Index(position, dict(sessions), place, dict(relations), traits, dict(with_trait), dict(through))


def cited(record: Record) -> Iterator[Source]:
    """All citations inside a record."""
    return (entry for entry in inside(record) if isinstance(entry, Source))

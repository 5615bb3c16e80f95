"""An organ's data as one immutable value per language: the only thing that pages and exports are made from."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property, wraps
from typing import Any, Callable, Mapping, TypeVar

from macros.model.fields import cited
from macros.model.funding import Mechanism
from macros.model.reference import Body, Document, Organization, Period, Place, Session, Vocabulary
from macros.model.resolution import Resolution, Statements
from macros.model.retirements import Retired

A_PAGE = {"organizations": 400, "places": 400, "documents": 150}
"""Entries on a page of the lists of organizations, of places and of documents."""


@dataclass(frozen=True, eq=False)
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
    shared: dict[object, Any] = field(default_factory=dict, repr=False, compare=False)
    """What has been made of the corpus or of any that was made from it: all have the same."""
    translated: tuple[Corpus, object, object] | None = field(
        default=None, repr=False, compare=False
    )
    """Of which corpus this is the translation, and with which resolutions and periods; with others it is so no more."""

    @cached_property
    def kept(self) -> dict[object, Any]:
        """What has been made of this corpus (see `once`)."""
        return {}

    @cached_property
    def words(self) -> Mapping[str, Mapping[Any, Any]]:
        """The vocabulary by list and id: `words["statuses"]["implemented"]`."""
        lists = {
            name: getattr(self.vocabulary, name) for name in type(self.vocabulary).model_fields
        }
        return {name: {entry.id: entry for entry in entries} for name, entries in lists.items()}

    @cached_property
    def latest_period(self) -> Period | None:
        """The newest reporting period."""
        return next(reversed(self.periods.values()), None)

    @property
    def facts(self) -> Corpus:
        """A corpus with the same facts, whatever its texts: that of which this is the translation, else itself.

        What has no texts is worked out of it once for all languages.
        """
        base, resolutions, periods = self.translated or (self, None, None)
        return base if resolutions is self.resolutions and periods is self.periods else self

    @cached_property
    def position(self) -> Mapping[str, int]:
        """The place of each resolution among all."""
        return {slug: place for place, slug in enumerate(self.resolutions)}

    @cached_property
    def order(self) -> Order:
        """Where each resolution stands in its session, looked up once."""
        return Order.of(self.resolutions) if self.facts is self else self.facts.order

    @cached_property
    def index(self) -> Index:
        """What belongs together, looked up once."""
        return Index.of(self.resolutions) if self.facts is self else self.facts.index

    @cached_property
    def kin(self) -> dict[str, Any]:
        """What is related to each resolution, as far as that was worked out (see `relatives.related`)."""
        return {}

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {}

    def label(self, slug: str) -> str:
        """The short name of a resolution, such as `2/4`."""
        if (known := self._labels.get(slug)) is None:
            resolution = self.resolutions[slug]
            known = self._labels[slug] = (
                resolution.label or resolution.fill(self.body.label_pattern) or slug
            )
        return known

    def of_all(self, kind: str, make: Callable[[Corpus, str], dict[str, Any]]) -> dict[str, Any]:
        """What a function makes of all documents, organizations or places, once for all corpora that have the same."""
        records = getattr(self, kind)
        of, made = self.shared.get((make, kind, self.language), (None, {}))
        if of is not records:
            made = make(self, kind)
            self.shared[make, kind, self.language] = (records, made)
        return made

    def place(self, kind: str, key: str) -> int:
        """The place of a document, an organization or a place in the list of its kind: `place("documents", "A/74/8")`."""
        return self.of_all(kind, _places)[key]

    def list_page(self, kind: str, key: str) -> str:
        """The address of the page on which an organization, a place or a document is listed: one and the same for ever."""
        top = "documents/" if kind == "documents" else "partners/"
        number = self.place(kind, key) // A_PAGE[kind] + 1
        return top if number == 1 else f"{top}page-{number}/"

    @cached_property
    def mechanisms(self) -> Mapping[str, tuple[str, Mechanism]]:
        """All mechanisms by their ids, each with the slug of its resolution."""
        return {
            way.id: (slug, way)
            for slug, resolution in self.resolutions.items()
            for way in resolution.mechanisms
        }


def _places(corpus: Corpus, kind: str) -> dict[str, int]:
    return {known: place for place, known in enumerate(getattr(corpus, kind))}


F = TypeVar("F", bound=Callable[..., Any])


def once(function: F) -> F:
    """Keep what a pure function gives for as long as its corpus lives.

    In: a function of a corpus, or of a view of one, of which only the corpus and the day count; what else it takes are plain
    values. Nobody changes what it gives.
    """

    @wraps(function)
    def kept(subject: Any, *values: Any, **named: Any) -> Any:
        corpus = getattr(subject, "corpus", subject)
        key = function, getattr(subject, "today", None), values, *named.items()
        if key not in corpus.kept:
            corpus.kept[key] = function(subject, *values, **named)
        return corpus.kept[key]

    return kept  # type: ignore[return-value]


@dataclass(frozen=True)
class Order:
    """The resolutions of each session, and the place of each among them."""

    of_session: Mapping[str | None, list[str]]
    place_in_session: Mapping[str, int]

    @staticmethod
    def of(resolutions: Mapping[str, Resolution]) -> Order:
        """Go once through all resolutions."""
        sessions: dict[str | None, list[str]] = defaultdict(list)
        place: dict[str, int] = {}
        for slug, resolution in resolutions.items():
            place[slug] = len(sessions[resolution.session])
            sessions[resolution.session].append(slug)
        return Order(dict(sessions), place)


def once_for_all(function: F) -> F:
    """The same for what has no texts: worked out of the facts, once for all languages."""
    of_facts = once(function)

    @wraps(function)
    def kept(subject: Any, *values: Any, **named: Any) -> Any:
        corpus = getattr(subject, "corpus", subject)
        if corpus.facts is not corpus:
            subject = corpus.facts if subject is corpus else replace(subject, corpus=corpus.facts)
        return of_facts(subject, *values, **named)

    return kept  # type: ignore[return-value]


Trait = tuple[str, str]


@dataclass(frozen=True)
class Index:
    """Which resolutions share what, so that no page has to look at all the others.

    A trait is a theme, partner or document of a resolution: `("themes", "housing")`.
    """

    relations_to: Mapping[str, list[tuple[str, str]]]
    traits: Mapping[str, set[int]]
    """Those of each resolution, as places in `with_trait`: numbers are found in a set faster than pairs of words."""
    with_trait: list[tuple[Trait, list[str]]]
    citations: Mapping[str, Mapping[str, int]]
    """How often each resolution cites each document; those that it lists without citing them, never."""
    through: Mapping[str, list[tuple[str, int]]]
    """The contributions that come through each mechanism, by resolution and place among its contributions."""

    @staticmethod
    def of(resolutions: Mapping[str, Resolution]) -> Index:
        """Go once through all resolutions."""
        relations, through = defaultdict(list), defaultdict(list)
        traits: dict[str, set[int]] = {}
        numbers: dict[Trait, int] = {}
        with_trait: list[tuple[Trait, list[str]]] = []
        citations: dict[str, Mapping[str, int]] = {}
        for slug, resolution in resolutions.items():
            for relation in resolution.relations:
                relations[relation.resolution].append((slug, relation.kind))
            for number, contribution in enumerate(resolution.contributions):
                if contribution.mechanism:
                    through[contribution.mechanism].append((slug, number))
            count = Counter(source.document for source in cited(resolution))
            citations[slug] = {**dict.fromkeys(resolution.documents, 0), **count}
            found = (
                {("themes", theme) for theme in resolution.themes}
                | {("partners", partner.organization) for partner in resolution.partners}
                | {("documents", document) for document in citations[slug]}
            )
            for trait in found - numbers.keys():
                numbers[trait] = len(with_trait)
                with_trait.append((trait, []))
            traits[slug] = {numbers[trait] for trait in found}
            for number in traits[slug]:
                with_trait[number][1].append(slug)
        return Index(dict(relations), traits, with_trait, citations, dict(through))

"""From records in all languages to output models, with the names of everything they refer to."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from macros import queries
from macros.corpus.corpus import Corpus
from macros.corpus.translations import LocalText
from macros.exports.models import (
    COMPUTED,
    INTERNAL,
    DateValue,
    Judged,
    Listed,
    Name,
    Output,
    entry_model,
    exported_fields,
)
from macros.exports.values import LICENCE, LICENCE_URL, absolute, number
from macros.model.dates import PartialDate
from macros.model.events import Event
from macros.model.fields import Record, Ref, TextKind
from macros.model.reference import Period
from macros.model.resolution import Assessment
from macros.model.traversal import marked_fields
from macros.render.view import View

T = TypeVar("T")
Views = Mapping[str, View]
"""A view in each language, the default language first; `base` is the address of its root."""


class Converter:
    """Converts records in all languages, and collects what they refer to."""

    def __init__(self, views: Views) -> None:
        """Start with nothing referred to."""
        self.views = views
        self.first = next(iter(views.values()))
        self.corpus = self.first.corpus
        self._references: set[tuple[str, Hashable]] = set()

    def refer(self, kind: str, *keys: Hashable) -> None:
        """Add ids of one kind to what is named."""
        self._references.update((kind, key) for key in keys if key is not None)

    def urls(self, path: str) -> dict[str, str]:
        """Give the address of a page in every language, from its path in the language."""
        return {language: view.url(path) for language, view in self.views.items()}

    def each(self, get: Callable[[Corpus], T]) -> dict[str, T]:
        """Give something of the corpus in every language."""
        return {language: get(view.corpus) for language, view in self.views.items()}

    def official_urls(self, find: Callable[[View], str | None]) -> dict[str, str] | None:
        """Give the addresses of an official text, by the reader's language."""
        return {key: url for key, view in self.views.items() if (url := find(view))} or None

    def official_url(self, document: str) -> dict[str, str] | None:
        """Give the addresses of a document, by the reader's language."""
        return self.official_urls(lambda view: view.official_url(document))

    def by_key(self, field: str) -> Iterator[tuple[str, dict[str, Record]]]:
        """Iterate over the entries of a list of the corpus, each in all languages."""
        holders = self.each(lambda corpus: getattr(corpus, field))
        for key in holders[self.corpus.language]:
            yield key, {language: holder[key] for language, holder in holders.items()}

    def versions(self, get: Callable[[Corpus], Iterable[Record]]) -> Iterator[dict[str, Record]]:
        """Iterate over records, each in all languages."""
        return _aligned(self.each(get))

    def record(
        self, versions: Mapping[str, Record], before: type[Output] = Output, **others: Any
    ) -> Output:
        """Convert a record and all inside it.

        Args:
            versions: The record in each language.
            before: The model whose keys stand before those of the record.
            others: The values of these keys.
        """
        kind = type(next(iter(versions.values())))
        return entry_model(before, kind)(**others, **self.fields(versions))

    def fields(self, versions: Mapping[str, Record]) -> dict[str, Any]:
        """Convert the fields of a record."""
        record = next(iter(versions.values()))
        values: dict[str, Any] = {}
        for name, sort, reference in _plan(type(record)):
            value = getattr(record, name)
            of_each = {key: getattr(version, name) for key, version in versions.items()}
            if sort == "basis":
                titles = {key: vars(version)["title"] for key, version in versions.items()}
                values[name] = {k: of_each[k] for k in of_each if not is_missing(titles[k])}
            elif sort != "value":
                values[name] = self.text(of_each, is_rich=sort == "rich")
            elif isinstance(value, Record):
                values[name] = self.record(of_each)
            elif isinstance(value, tuple) and value and isinstance(value[0], Record):
                values[name] = [self.record(inner) for inner in _aligned(of_each)]
            else:
                values[name] = plain(value)
                if reference and reference not in INTERNAL:
                    self.refer(reference, *(value if isinstance(value, tuple) else (value,)))
        for name in COMPUTED.get(type(record), ()):
            values[name] = plain(getattr(record, name, None))
        if isinstance(record, Event):
            values["case"] = queries.case(record, self.first.today)
        return values

    def listed(self, field: str) -> list[Output]:
        """Convert the entries of one field of all resolutions, each with where it is from."""
        return [
            self.record(versions, Listed, resolution=slug, label=self.corpus.label(slug), url=url)
            for slug in self.corpus.resolutions
            for versions in self.versions(lambda c, s=slug: getattr(c.resolutions[s], field))  # type: ignore[misc]
            for url in [self.urls(f"resolutions/{slug}/#{versions[self.corpus.language].text_key}")]
        ]

    def text(
        self, versions: Mapping[str, str | None], *, is_rich: bool = False
    ) -> dict[str, str] | None:
        """Give a text in the languages that have it; `None` where there is no such text."""
        return {
            key: absolute(text, self.views[key].base) if is_rich else str(text)
            for key, text in versions.items()
            if text is not None and not is_missing(text)
        } or None

    def texts(self, get: Callable[[Corpus], str | None]) -> Any:
        """Give a text of the corpus in the languages that have it."""
        return self.text(self.each(get))

    def names(self) -> dict[str, dict[str, Name]]:
        """Give the names of everything that was referred to, by kind and id."""
        places = [key for kind, key in self._references if kind == "place"]
        self.refer("place", *(self.corpus.places[str(key)].country for key in places))
        names: dict[str, dict[str, Name]] = {}
        for kind, key in sorted(self._references, key=lambda pair: (pair[0], str(pair[1]))):
            names.setdefault(kind, {})[str(key)] = self._name(kind, key)
        return names

    def _name(self, kind: str, key: Any) -> Name:
        corpus = self.corpus
        if kind == "document":
            title = self.texts(lambda corpus: corpus.documents[key].title)
            return {"title": title, "url": self.official_url(key)}
        if kind == "resolution":
            title, url = self.title(key), self.urls(f"resolutions/{key}/")
            return {"label": corpus.label(key), "title": title, "url": url}
        if kind == "mechanism":
            return {"name": self.texts(lambda corpus: corpus.mechanisms[key][1].name)}
        plural = "statuses" if kind == "status" else f"{kind}s"
        if plural in corpus.words:
            return {"name": self.texts(lambda corpus: corpus.words[plural][key].name)}
        name: Name = {"name": self.texts(lambda corpus: getattr(corpus, plural)[key].name)}
        return name | {"country": corpus.places[key].country} if kind == "place" else name

    def title(self, slug: str) -> Any:
        """Give the title of a resolution."""
        return self.texts(lambda corpus: corpus.resolutions[slug].title)

    def file(self, model: type[Output], period: Period | None = None, /, **values: Any) -> Output:
        """Make a file: licence and date (see `File`), its values, and names if its model has them.

        Args:
            model: The output model of the file.
            period: What its date is of, by default the newest.
            values: What else it holds.
        """
        period = period or self.corpus.latest_period
        names = {"as_of": "as_of", "as_of_basis": "as_of_basis", "source": "report"}
        values |= {"licence": LICENCE, "licence_url": LICENCE_URL}
        found = {key: getattr(period, name, None) for key, name in names.items()}
        values |= {key: value and str(value) for key, value in found.items()}
        if "names" in model.model_fields:
            values["names"] = self.names()
        return model(**values)


def _aligned(lists: Mapping[str, Iterable[Record]]) -> Iterator[dict[str, Record]]:
    for row in zip(*lists.values(), strict=True):
        yield dict(zip(lists, row, strict=True))


def judged(assessment: Assessment | None) -> dict[str, Any]:
    """Give what an assessment says (see `Judged`)."""
    names = {name: name for name in Judged.model_fields} | {"assessed_in": "period"}
    return {name: getattr(assessment, field, None) for name, field in names.items()}


def is_missing(text: object) -> bool:
    """Say whether a text lacks its translation."""
    return isinstance(text, LocalText) and text.state == "missing"


def plain(value: Any) -> Any:
    """Convert any value of a record that is neither text nor a record."""
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, PartialDate):
        return DateValue.of(value)
    if isinstance(value, tuple):
        return [plain(entry) for entry in value]
    return str(value) if isinstance(value, str) else value


@cache
def _plan(kind: type[Record]) -> tuple[tuple[str, str, str | None], ...]:
    """List the exported fields: name, sort of value, and kind of what it refers to."""
    sorts = {"title_basis": "basis"} | {
        name: "rich" if mark.rich else "text"
        for name, mark in marked_fields(kind, TextKind).items()
    }
    references = {name: mark.kind for name, mark in marked_fields(kind, Ref).items()}
    return tuple(
        (name, sorts.get(name, "value"), references.get(name)) for name in exported_fields(kind)
    )

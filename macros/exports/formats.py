"""What a data export is: where its files lie, of what type they are, and what writes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from macros.corpus.corpus import Corpus
from macros.exports.models import Output
from macros.exports.values import dump
from macros.i18n.messages import Catalogue

ROOT = "api/v1/"
"""Where the files lie, below the root of the site or, if they have one language, of that."""

_MEDIA_TYPES: Mapping[str, tuple[str, str]] = {
    "schema/": ("application/schema+json", "data"),
    "datapackage.json": ("application/vnd.datapackage+json", "tables"),
    ".json": ("application/json", "data"),
    ".ndjson": ("application/x-ndjson", "data"),
    ".csv": ("text/csv", "tables"),
    ".ics": ("text/calendar", "calendars"),
    ".atom": ("application/atom+xml", "feeds"),
    ".md": ("text/markdown", "texts"),
    ".bib": ("application/x-bibtex", "citations"),
}
"""Media type and group of files, by what is in their paths; the first that fits counts."""
GROUPS = frozenset(group for _, group in _MEDIA_TYPES.values())
"""The groups in which exports are listed."""


@dataclass(frozen=True)
class Format:
    """A data export: one file or, with `{slug}`, `{id}` or `{name}` in its path, one for each.

    Attributes:
        path: Below `ROOT`; `{slug}` is a resolution, `{id}` a period, `{name}` a schema.
        write: Makes a file from the view of its language, or from the views in all languages, and
            from what stands in the path: a text, or an output model to be written as JSON.
        key: Key of its description among the messages; without it, `write` describes it.
        model: Output model of the file, which is published as its schema.
    """

    path: str
    write: Callable[..., str | Output]
    key: str | None = None
    model: type[Output] | None = None

    @property
    def media_type(self) -> str:
        """Media type of the files."""
        return self._kind[0]

    @property
    def group(self) -> str:
        """The group in which it is listed."""
        return self._kind[1]

    @property
    def _kind(self) -> tuple[str, str]:
        return next(kind for part, kind in _MEDIA_TYPES.items() if part in self.path)

    @property
    def per_language(self) -> bool:
        """Whether there is one in each language: data in JSON holds all languages at once."""
        return self.group != "data"

    @property
    def is_single(self) -> bool:
        """Whether there is one for each resolution."""
        return "{slug}" in self.path

    def text(self, *subject: object) -> str:
        """Write a file."""
        content = self.write(*subject)
        return content if isinstance(content, str) else dump(content.model_dump(mode="json"))

    def describe(self, language: str) -> str:
        """Say what the files hold."""
        if self.key:
            return Catalogue.of(language).t(f"export.file.{self.key}")
        return (self.write.__doc__ or self.path).strip().partition("\n")[0]

    def sample(self, corpus: Corpus) -> str | None:
        """Give the path of one of its files, if there is one, with much to see in it."""
        rich = (
            slug
            for slug, record in corpus.resolutions.items()
            if record.updates and record.contributions and any(e.date for e in record.events)
        )
        slug = next(rich, next(iter(corpus.resolutions), None))
        period = corpus.latest_period
        if (not slug and self.is_single) or (not period and "{id}" in self.path):
            return None
        return self.path.format(slug=slug, id=period and period.id, name="resolution")

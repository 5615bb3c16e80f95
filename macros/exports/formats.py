"""What a data export is: where its files lie, of what type they are, and what writes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from macros.corpus.corpus import Corpus
from macros.exports.models import Output
from macros.exports.values import dump
from macros.i18n.messages import Catalogue

ROOT = "api/v1/"
"""Where the files lie: below the root of the site or, if they have one language, of the language."""

JSON, NDJSON, SCHEMA = "application/json", "application/x-ndjson", "application/schema+json"
CSV, DATA_PACKAGE = "text/csv", "application/vnd.datapackage+json"
CALENDAR, ATOM = "text/calendar", "application/atom+xml"
MARKDOWN, BIBTEX = "text/markdown", "application/x-bibtex"

GROUPS: Mapping[str, tuple[str, ...]] = {
    "calendars": (CALENDAR,),
    "feeds": (ATOM,),
    "tables": (CSV, DATA_PACKAGE),
    "texts": (MARKDOWN,),
    "citations": (BIBTEX,),
    "data": (JSON, NDJSON, SCHEMA),
}
"""The groups in which exports are listed, with their media types."""


@dataclass(frozen=True)
class Format:
    """A data export: one file or, with `{slug}`, `{id}` or `{name}` in its path, one for each.

    Attributes:
        path: Below `ROOT`; `{slug}` stands for a resolution, `{id}` for a period, `{name}` for a schema.
        media_type: Media type of the files.
        write: Makes a file from the view of its language, or of the views in all languages, and from
            what stands in the path: a text, or an output model to be written as JSON.
        key: Key of its description among the messages; without it, the docstring of `write` is shown.
        model: Output model of the file, which is published as its schema.
    """

    path: str
    media_type: str
    write: Callable[..., str | Output]
    key: str | None = None
    model: type[Output] | None = None

    @property
    def per_language(self) -> bool:
        """Whether there is one in each language: JSON files hold all languages at once."""
        return self.media_type not in GROUPS["data"]

    @property
    def is_single(self) -> bool:
        """Whether there is one for each resolution."""
        return "{slug}" in self.path

    @property
    def group(self) -> str:
        """The group in which it is listed."""
        return next((name for name, types in GROUPS.items() if self.media_type in types), "data")

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

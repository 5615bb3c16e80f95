"""What a data export is: where its files lie, of what type they are, and what writes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from macros.corpus.corpus import Corpus
from macros.exports.models import Output
from macros.i18n.messages import Catalogue

ROOT = "api/v1/"
"""Where the files lie: below the root of the site or, if they have one language, of the language."""

JSON, CSV = "application/json", "text/csv"
CALENDAR, ATOM, MARKDOWN = "text/calendar", "application/atom+xml", "text/markdown"
NDJSON, SCHEMA = "application/x-ndjson", "application/schema+json"
DATA_PACKAGE, BIBTEX = "application/vnd.datapackage+json", "application/x-bibtex"

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
        write: Makes a file from the view (or from the views in all languages), and from what
            stands in the path: a text, or an output model to be written as JSON.
        key: Key of its description among the messages; without it, the docstring of `write` is shown.
        per_language: Whether there is one in each language.
        model: Output model of the file, if it has a schema.
    """

    path: str
    media_type: str
    write: Callable[..., str | Output]
    key: str | None = None
    per_language: bool = False
    model: type[Output] | None = None

    @property
    def group(self) -> str:
        """The group in which it is listed."""
        return next((name for name, types in GROUPS.items() if self.media_type in types), "data")

    def describe(self, language: str) -> str:
        """Say what the files hold."""
        if self.key:
            return Catalogue.of(language).t(f"export.file.{self.key}")
        return (self.write.__doc__ or self.path).strip().partition("\n")[0]

    def sample(self, corpus: Corpus) -> str | None:
        """Give the path of one of its files; `None` where there is none."""
        values = _samples(corpus)
        needed = [name for name in values if f"{{{name}}}" in self.path]
        return self.path.format_map(values) if all(values[name] for name in needed) else None


def _samples(corpus: Corpus) -> dict[str, str]:
    """Choose what stands in sample paths: a resolution on which much is reported, the newest period."""
    rich = (
        slug
        for slug, record in corpus.resolutions.items()
        if record.updates and record.contributions and any(event.date for event in record.events)
    )
    period = corpus.latest_period
    return {
        "slug": next(rich, next(iter(corpus.resolutions), "")),
        "id": period.id if period else "",
        "name": "resolution",
    }

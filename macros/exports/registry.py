"""All data exports, and their files.

Addresses are permanent: `v1` keeps every file, key and column. To add an
export, write a module that makes its files, and add a line to `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from macros.corpus.corpus import Corpus
from macros.exports import (
    bibtex,
    calendars,
    datapackage,
    embeds,
    feeds,
    index,
    lists,
    markdown,
    periods,
    resolutions,
    schemas,
    tables,
)
from macros.exports.converter import Views
from macros.exports.formats import ROOT, Format
from macros.exports.index import DataPackageFile, IndexFile
from macros.exports.models import Output
from macros.exports.resolutions import ResolutionFile, ResolutionsFile
from macros.render.view import View

Files = Iterator[tuple[str, str]]
"""Paths from the root of the site or of a language, and texts."""


def _index(views: Views) -> Output:
    return index.index(views, formats(next(iter(views.values())).corpus))


def _schema(views: Views, name: str) -> str:
    return schemas.schema(SCHEMAS[name], next(iter(views.values())))


FORMATS = (
    Format("index.json", _index, "index", IndexFile),
    Format("resolutions.json", resolutions.summaries, "resolutions_json", ResolutionsFile),
    Format("resolutions/{slug}.json", resolutions.single, "resolution_json", ResolutionFile),
    Format("resolutions.ndjson", resolutions.lines, "resolutions_ndjson", ResolutionFile),
    Format("funding.json", lists.funding, "funding", lists.FundingFile),
    Format("timeline.json", lists.timeline, "timeline", lists.TimelineFile),
    Format("documents.json", lists.documents, "documents", lists.DocumentsFile),
    Format("partners.json", lists.partners, "partners", lists.PartnersFile),
    Format("periods/{id}.json", periods.period, "period", periods.PeriodFile),
    Format("corrections.json", lists.corrections, "corrections", lists.CorrectionsFile),
    Format("schema/{name}.json", _schema, "schema"),
    Format("resolutions.csv", tables.resolutions, "resolutions_csv"),
    Format("statements.csv", tables.statements, "statements_csv"),
    Format("funding.csv", tables.funding, "funding"),
    Format("timeline.csv", tables.timeline, "timeline"),
    Format("datapackage.json", datapackage.package, "datapackage", DataPackageFile),
    Format("timeline.ics", calendars.timeline, "timeline_ics"),
    Format("resolutions/{slug}.ics", calendars.resolution_calendar, "resolution_ics"),
    Format("changes.atom", feeds.changes, "changes_atom"),
    Format("resolutions/{slug}.atom", feeds.resolution_feed, "resolution_atom"),
    Format("resolutions/{slug}.md", markdown.page, "resolution_md"),
    Format("resolutions/{slug}.bib", bibtex.bibliography, "resolution_bib"),
)
"""Every data export."""

SCHEMAS = {schemas.name(each.model): each.model for each in FORMATS if each.model}
"""The output models that are published as schemas, by name."""


def formats(corpus: Corpus) -> list[Format]:
    """List the data exports of an organ: those of funding only if it tracks that."""
    tracks_funding = corpus.body.tracks_funding
    return [export for export in FORMATS if tracks_funding or export.key != "funding"]


def paths(
    export: Format, corpus: Corpus, slugs: Iterable[str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """List the paths of an export's files, each with what stands in it: a slug, an id, a name."""
    keys = {"{slug}": slugs, "{id}": corpus.periods, "{name}": SCHEMAS}
    mark = next((mark for mark in keys if mark in export.path), None)
    if mark is None:
        yield ROOT + export.path, ()
        return
    for key in keys[mark]:
        yield ROOT + export.path.replace(mark, key), (key,)


def language_files(view: View, slug: str | None = None) -> Files:
    """Export the files of one resolution in one language and its card, or else all other files.

    Args:
        view: A view whose base is the address of the language's root.
        slug: The resolution.
    """
    yield from _files(view, view.corpus, slug, per_language=True)
    if slug:
        yield f"embed/{slug}/index.html", embeds.card(view, slug)


def site_files(views: Views, slug: str | None = None) -> Files:
    """Export the files of one resolution in all languages at once, or else all other such files.

    Args:
        views: A view in each language, the default language first.
        slug: The resolution.
    """
    return _files(views, next(iter(views.values())).corpus, slug, per_language=False)


def _files(subject: View | Views, corpus: Corpus, slug: str | None, *, per_language: bool) -> Files:
    tables: dict[str, str] = {}
    for export in formats(corpus):
        if export.per_language == per_language and export.is_single == bool(slug):
            for path, keys in paths(export, corpus, [slug] if slug else ()):
                is_package = export.model is DataPackageFile  # it describes the tables before it
                text = export.text(subject, *([tables] if is_package else keys))
                if export.group == "tables":
                    tables[Path(path).stem] = text
                yield path, text

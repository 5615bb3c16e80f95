"""All data exports, and their files.

Addresses are permanent: `v1` keeps every file, key and column. To add an
export, write a module that makes its files, and add a line to `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
    return index.index(views, FORMATS)


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

SCHEMAS = {schemas.name(found.model): found.model for found in FORMATS if found.model}
"""The output models that are published as schemas, by name."""


def language_files(view: View) -> Files:
    """Export all files of one language but those of single resolutions.

    Args:
        view: A view whose base is the address of the language's root.
    """
    texts: dict[str, str] = {}
    for found in FORMATS:
        if found.per_language and not found.is_single:
            is_package = found.path == "datapackage.json"  # it describes the tables before it
            text = found.text(view, texts) if is_package else found.text(view)
            if found.path.removesuffix(".csv") in tables.TABLES:
                texts[found.path.removesuffix(".csv")] = text
            yield ROOT + found.path, text


def resolution_files(view: View, slug: str) -> Files:
    """Export the files of one resolution in one language, and its card to embed."""
    yield from _of_resolution(view, slug, (found for found in FORMATS if found.per_language))
    yield f"embed/{slug}/index.html", embeds.card(view, slug)


def site_resolution_files(views: Views, slug: str) -> Files:
    """Export the files of one resolution in all languages at once.

    Args:
        views: A view in each language, the default language first.
        slug: The resolution.
    """
    return _of_resolution(views, slug, (found for found in FORMATS if not found.per_language))


def site_files(views: Views) -> Files:
    """Export all files of all languages at once but those of single resolutions."""
    keys = {"{id}": next(iter(views.values())).corpus.periods, "{name}": SCHEMAS}
    for found in FORMATS:
        if not found.per_language and not found.is_single:
            for mark in (mark for mark in keys if mark in found.path):
                for key in keys[mark]:
                    yield ROOT + found.path.replace(mark, key), found.text(views, key)
            if "{" not in found.path:
                yield ROOT + found.path, found.text(views)


def _of_resolution(subject: View | Views, slug: str, formats: Iterable[Format]) -> Files:
    for found in formats:
        if found.is_single:
            yield ROOT + found.path.format(slug=slug), found.text(subject, slug)

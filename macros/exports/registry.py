"""All data exports, and their files. Addresses are permanent: `v1` keeps every file, key and column.

To add an export, write a module that makes its files, and add a line to `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from macros.exports import (
    bibtex,
    calendars,
    corrections,
    datapackage,
    documents,
    embeds,
    feeds,
    funding,
    markdown,
    partners,
    periods,
    resolutions,
    schemas,
    tables,
    timeline,
)
from macros.exports import index as indexes
from macros.exports.converter import Views
from macros.exports.datapackage_model import DataPackageFile
from macros.exports.formats import (
    ATOM,
    BIBTEX,
    CALENDAR,
    CSV,
    DATA_PACKAGE,
    JSON,
    MARKDOWN,
    NDJSON,
    ROOT,
    SCHEMA,
    Format,
)
from macros.exports.models import Output
from macros.exports.values import dump
from macros.render.view import View

Files = Iterator[tuple[str, str]]
"""Paths from the root of the site or of a language, and texts."""


def index(views: Views) -> Output:
    """Export the list of all kinds of files."""
    return indexes.index(views, FORMATS)


def schema(views: Views, name: str) -> str:
    """Export one of the JSON Schemas."""
    return schemas.schema(SCHEMAS[name], next(iter(views.values())))


FORMATS: tuple[Format, ...] = (
    Format("index.json", JSON, index, "index", model=indexes.IndexFile),
    Format("resolutions.json", JSON, resolutions.resolutions, "resolutions_json", model=resolutions.ResolutionsFile),
    Format("resolutions/{slug}.json", JSON, resolutions.resolution, "resolution_json", model=resolutions.ResolutionFile),
    Format("resolutions.ndjson", NDJSON, resolutions.lines, "resolutions_ndjson", model=resolutions.ResolutionFile),
    Format("funding.json", JSON, funding.funding, "funding", model=funding.FundingFile),
    Format("timeline.json", JSON, timeline.timeline, "timeline", model=timeline.TimelineFile),
    Format("documents.json", JSON, documents.documents, "documents", model=documents.DocumentsFile),
    Format("partners.json", JSON, partners.partners, "partners", model=partners.PartnersFile),
    Format("periods/{id}.json", JSON, periods.period, "period", model=periods.PeriodFile),
    Format("corrections.json", JSON, corrections.corrections, "corrections", model=corrections.CorrectionsFile),
    Format("schema/{name}.json", SCHEMA, schema, "schema"),
    Format("resolutions.csv", CSV, tables.resolutions, "resolutions_csv", per_language=True),
    Format("statements.csv", CSV, tables.statements, "statements_csv", per_language=True),
    Format("funding.csv", CSV, tables.funding, "funding", per_language=True),
    Format("timeline.csv", CSV, tables.timeline, "timeline", per_language=True),
    Format("datapackage.json", DATA_PACKAGE, datapackage.package, "datapackage", per_language=True, model=DataPackageFile),
    Format("timeline.ics", CALENDAR, calendars.timeline, "timeline_ics", per_language=True),
    Format("resolutions/{slug}.ics", CALENDAR, calendars.resolution_calendar, "resolution_ics", per_language=True),
    Format("changes.atom", ATOM, feeds.changes, "changes_atom", per_language=True),
    Format("resolutions/{slug}.atom", ATOM, feeds.resolution_feed, "resolution_atom", per_language=True),
    Format("resolutions/{slug}.md", MARKDOWN, markdown.page, "resolution_md", per_language=True),
    Format("resolutions/{slug}.bib", BIBTEX, bibtex.bibliography, "resolution_bib", per_language=True),
)  # fmt: skip
"""Every data export."""

SCHEMAS: Mapping[str, type[Output]] = {
    schemas.name(found.model): found.model for found in FORMATS if found.model
}
"""The output models that are published as schemas, by name."""


def language_files(view: View) -> Files:
    """Export all files of one language but those of single resolutions.

    Args:
        view: A view whose base is the address of the language's root.
    """
    texts: dict[str, str] = {}
    for found in FORMATS:
        if found.per_language and "{slug}" not in found.path:
            # the data package describes the tables, which stand before it
            content = (
                found.write(view, {name: texts[f"{name}.csv"] for name in datapackage.TABLES})
                if found.media_type == DATA_PACKAGE
                else found.write(view)
            )
            texts[found.path] = _text(content)
    yield from ((ROOT + path, text) for path, text in texts.items())


def resolution_files(view: View, slug: str) -> Files:
    """Export the files of one resolution in one language, and its card to embed."""
    for found in FORMATS:
        if found.per_language and "{slug}" in found.path:
            yield ROOT + found.path.format(slug=slug), _text(found.write(view, slug))
    yield f"embed/{slug}/index.html", embeds.card(view, slug)


def site_resolution_files(views: Views, slug: str) -> Files:
    """Export the files of one resolution in all languages at once.

    Args:
        views: A view in each language, the default language first.
        slug: The resolution.
    """
    for found in FORMATS:
        if not found.per_language and "{slug}" in found.path:
            yield ROOT + found.path.format(slug=slug), _text(found.write(views, slug))


def site_files(views: Views) -> Files:
    """Export all files of all languages at once but those of single resolutions."""
    periods = next(iter(views.values())).corpus.periods
    for found in FORMATS:
        if found.per_language or "{slug}" in found.path:
            continue
        if "{id}" in found.path:
            made = ((found.path.format(id=key), found.write(views, key)) for key in periods)
        elif "{name}" in found.path:
            made = ((found.path.format(name=name), found.write(views, name)) for name in SCHEMAS)
        else:
            made = iter([(found.path, found.write(views))])
        yield from ((ROOT + path, _text(content)) for path, content in made)


def _text(content: str | Output) -> str:
    return content if isinstance(content, str) else dump(content.model_dump(mode="json"))

"""The index of all exported files, and the shape of the data package that describes the tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from pydantic import Field

from macros.exports import schemas
from macros.exports.converter import Converter, Views
from macros.exports.formats import ROOT, Format
from macros.exports.models import Edtf, File, Output, Texts, Url, Urls


class IndexedFile(Output):
    """A kind of file."""

    path: str = Field(
        description="From the root of the site, or of a language; "
        "{slug}, {id} and {name} stand for one of many."
    )
    url: str | dict[str, str] = Field(description="By language, if it has one.")
    media_type: str = Field(pattern="^[a-z]+/[a-z0-9.+-]+$")
    description: Texts
    describedby: Url | Urls | None = Field(
        description="The schema it fits, or the data package that describes it."
    )


class IndexFile(File):
    """The list of all files, with licence and date."""

    name: Texts
    version: Literal[1]
    organ: Texts
    description: Texts
    home: Urls
    languages: list[str] = Field(min_length=1, description="The first is at the root of the site.")
    built_on: date
    resolutions: list[str]
    periods: list[str]
    describedby: Url
    files: list[IndexedFile] = Field(min_length=1)


class DataPackageFile(Output):
    """The tables of one language as a tabular data package (see specs.frictionlessdata.io)."""

    profile: Literal["tabular-data-package"]
    name: str
    title: str
    description: str
    homepage: Url
    version: str
    created: str
    as_of: Edtf | None
    licenses: list[dict[str, str]]
    sources: list[dict[str, str]]
    resources: list[dict[str, Any]]


def index(views: Views, formats: Iterable[Format]) -> Output:
    """Export the list of all kinds of files."""
    converter = Converter(views)
    corpus, first = converter.corpus, converter.first
    return converter.file(
        IndexFile,
        name=converter.texts(lambda corpus: corpus.body.site_name),
        version=1,
        organ=converter.texts(lambda corpus: corpus.body.name),
        description=converter.texts(lambda corpus: corpus.body.description),
        home=converter.urls(""),
        languages=list(views),
        built_on=first.today,
        resolutions=list(corpus.resolutions),
        periods=list(corpus.periods),
        describedby=schemas.address(IndexFile, first),
        files=[_indexed(converter, export) for export in formats],
    )


def _indexed(converter: Converter, export: Format) -> IndexedFile:
    first, path = converter.first, ROOT + export.path
    describedby: str | dict[str, str] | None = None
    if export.model:
        describedby = schemas.address(export.model, first)
    elif export.media_type == "text/csv":
        describedby = converter.urls(f"{ROOT}datapackage.json")
    return IndexedFile(
        path=path,
        url=converter.urls(path) if export.per_language else first.url(path),
        media_type=export.media_type,
        description={language: export.describe(language) for language in converter.views},
        describedby=describedby,
    )

"""The output model of the data package, from which its schema is made."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from macros.exports.models import Count, Edtf, Output, Url


class Column(Output):
    """A column of a table."""

    name: str
    title: str
    description: str
    type: str


class TableSchema(Output):
    """The columns of a table."""

    fields: list[Column]
    missingValues: list[str]
    primaryKey: list[str]


class TableResource(Output):
    """A table."""

    name: str
    path: str
    profile: str
    title: str
    description: str
    format: str
    mediatype: str
    encoding: str
    bytes: Count
    hash: str = Field(pattern="^sha256:[0-9a-f]{64}$")
    table_schema: TableSchema = Field(alias="schema")


class Licence(Output):
    """A licence."""

    name: str
    path: Url
    title: str


class DocumentSource(Output):
    """A document that the data comes from."""

    title: str


class DataPackageFile(Output):
    """The tables of one language as a data package (Frictionless)."""

    profile: Literal["tabular-data-package"]
    name: str
    title: str
    description: str
    homepage: Url
    version: str
    created: Annotated[str, Field(json_schema_extra={"format": "date-time"})]
    as_of: Edtf | None
    licenses: list[Licence]
    sources: list[DocumentSource]
    resources: list[TableResource]

"""The data package (Frictionless, tabular) of the tables of one language."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from macros.exports.tables import TABLES, columns
from macros.exports.values import LICENCE, LICENCE_URL, dump, provenance
from macros.render.view import View

_KEYS = {"resolutions": ["resolution"], "timeline": ["resolution", "id"]}
"""Primary keys; tables with rows of the organ as a whole have the address as theirs."""

_YES: Mapping[str, Any] = {"type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]}
_AMOUNT: Mapping[str, Any] = {"type": "number", "constraints": {"minimum": 0}}
_TYPES: Mapping[str, Mapping[str, Any]] = {
    "required": _AMOUNT, "mobilized": _AMOUNT, "gap": _AMOUNT, "amount": _AMOUNT,
    "gap_share": {"type": "number", "constraints": {"minimum": 0, "maximum": 1}},
    "constrained_by_funding": _YES, "approximate": _YES,
    "earliest": {"type": "date"}, "latest": {"type": "date"},
    "outcomes_not_reported": {"type": "integer", "constraints": {"minimum": 0}},
    "url": {"type": "string", "format": "uri", "constraints": {"required": True, "unique": True}},
    "translation": {"type": "string", "constraints": {"enum": ["missing", "outdated"]}},
}  # fmt: skip
"""Columns that are not plain text. Dates in EDTF (months, quarters, intervals) are text."""


_DIALECT = {
    "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True,
    "header": True,
}  # fmt: skip


def package(view: View, tables: Mapping[str, str]) -> str:
    """Write `datapackage.json`.

    Args:
        view: A view whose base is the address of the language's root, as in all exports.
        tables: The texts of `TABLES` by name.
    """
    body, period = view.corpus.body, view.corpus.latest_period
    sources = [
        {"title": view.document_name(key), "path": view.official_url(key)}
        for key in (period.documents if period else ())
    ]
    return dump({
        "profile": "tabular-data-package",
        "name": f"resolutions-{view.corpus.language.lower()}",
        "title": body.site_name,
        "description": f"{body.description}\n{provenance(view)}",
        "homepage": view.url("data/"),
        "version": f"1.0.0+{period.id}" if period else "1.0.0",
        "created": f"{view.today.isoformat()}T00:00:00Z",
        "as_of": str(period.as_of) if period else None,
        "licenses": [{"name": "CC-BY-4.0", "path": LICENCE_URL, "title": LICENCE}],
        "sources": [{key: v for key, v in source.items() if v} for source in sources],
        "resources": [_resource(view, name, tables[name]) for name in TABLES if name in tables],
    })  # fmt: skip


def _resource(view: View, name: str, text: str) -> dict[str, Any]:
    data, key = text.encode(), name if name in ("funding", "timeline") else f"{name}_csv"
    to_resolutions = {"resource": "resolutions", "fields": ["resolution"]}
    foreign_keys = [{"fields": ["resolution"], "reference": to_resolutions}]
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "title": view.t(f"export.file.{key}"),
        "description": view.t("table.conventions"),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": _DIALECT,
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": {
            "fields": [_field(view, column) for column in columns(view.corpus, name)],
            "missingValues": [""],
            "primaryKey": _KEYS.get(name, ["url"]),
            **({} if name == "resolutions" else {"foreignKeys": foreign_keys}),
        },
    }  # fmt: skip


def _field(view: View, column: str) -> dict[str, Any]:
    title, _, description = view.t(f"table.{column}").partition(" | ")
    column_type = _TYPES.get(column, {"type": "string"})
    return {"name": column, "title": title, "description": description, **column_type}

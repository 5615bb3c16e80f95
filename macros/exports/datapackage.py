"""The tables of one language as a data package (Frictionless, tabular): what each file and each column is."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from macros.exports import tables
from macros.exports.values import LICENCE, LICENCE_URL, dump, provenance
from macros.render.view import View

TABLES: Mapping[str, tuple[str, ...]] = {
    "resolutions": tables.RESOLUTIONS, "statements": tables.STATEMENTS, "funding": tables.FUNDING,
    "timeline": tables.TIMELINE,
}  # fmt: skip
"""The columns of each table."""

_KEYS = {"resolutions": ["resolution"], "timeline": ["resolution", "id"]}
"""What no two rows share; in other tables, which have rows of the organ as a whole, it is the address."""

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
"""The columns that are not merely text. Dates are EDTF, which has months, quarters and spans: they are text."""


def package(view: View, texts: Mapping[str, str]) -> str:
    """The text of `datapackage.json`.

    In: a view whose base is the address of the language's root; the texts of the tables by name.
    """
    body, period = view.corpus.body, view.corpus.latest_period
    licence = {"name": "CC-BY-4.0", "path": LICENCE_URL, "title": LICENCE}
    source = (
        {"title": view.document_name(period.report), "path": view.official_url(period.report)}
        if period
        else {}
    )
    return dump({
        "profile": "tabular-data-package",
        "name": f"resolutions-{view.corpus.language.lower()}",
        "title": body.site_name,
        "description": f"{body.description}\n{provenance(view)}",
        "homepage": view.url("data/"),
        "version": f"1.0.0+{period.id}" if period else "1.0.0",
        "created": f"{view.today.isoformat()}T00:00:00Z",
        "as_of": str(period.as_of) if period else None,
        "licenses": [licence],
        "sources": [{key: value for key, value in source.items() if value}] if source else [],
        "resources": [_resource(view, name, text) for name, text in texts.items()],
    })  # fmt: skip


def _resource(view: View, name: str, text: str) -> dict[str, Any]:
    data, path = text.encode(), f"{name}.csv"
    words = view.t(f"export.file.{name if name in ('funding', 'timeline') else f'{name}_csv'}")
    reference = {
        "fields": ["resolution"],
        "reference": {"resource": "resolutions", "fields": ["resolution"]},
    }
    return {
        "name": name,
        "path": path,
        "profile": "tabular-data-resource",
        "title": words,
        "description": view.t("table.conventions"),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
        },
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": {
            "fields": [_field(view, column) for column in TABLES[name]],
            "missingValues": [""],
            "primaryKey": _KEYS.get(name, ["url"]),
            **({} if name == "resolutions" else {"foreignKeys": [reference]}),
        },
    }


def _field(view: View, column: str) -> dict[str, Any]:
    title, _, words = view.t(f"table.{column}").partition(" | ")
    return {
        "name": column,
        "title": title,
        "description": words,
        **_TYPES.get(column, {"type": "string"}),
    }

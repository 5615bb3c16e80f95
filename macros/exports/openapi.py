"""The files for machines as an OpenAPI 3.1 document: addresses, parameters, media types, schemas, examples, licence."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from macros.authoring.schemas import DIALECT
from macros.exports import apischema
from macros.exports.formats import KINDS, ROOT, SCHEMAS, Kind
from macros.exports.records import LICENCE, LICENCE_URL, provenance, sample
from macros.render.view import View

_NAMES = {"slug": "resolution", "id": "period", "name": "schema"}


def document(view: View) -> str:
    """In: the view in the default language, whose base is the address of the site's root. Out: the text of the file."""
    body, period = view.corpus.body, view.corpus.latest_period
    made = {
        "openapi": "3.1.0",
        "jsonSchemaDialect": DIALECT,
        "info": {
            "title": body.site_name,
            "description": f"{body.description}\n\n{provenance(view)}",
            "version": "1",
            "license": {"name": LICENCE, "url": LICENCE_URL},
            "x-as-of": str(period.as_of) if period else None,
            "x-source": period.report if period else None,
        },
        "externalDocs": {"url": view.url("data/"), "description": view.t("title.data")},
        "servers": [{"url": view.base.rstrip("/")}],
        "paths": dict(_paths(view)),
        "components": {"schemas": dict(apischema.definitions())},
    }
    return (
        json.dumps(made, ensure_ascii=False, indent=1).replace(
            '"#/$defs/', '"#/components/schemas/'
        )
        + "\n"
    )


def _paths(view: View) -> Iterator[tuple[str, Any]]:
    values, others = sample(view.corpus), view.corpus.body.languages[1:]
    for kind in KINDS:
        yield f"/{ROOT}{kind.path}", _item(view, kind, values, view.url(ROOT))
        if kind.per_language and others:
            yield (
                f"/{{language}}/{ROOT}{kind.path}",
                _item(view, kind, values, view.url(f"{others[0]}/{ROOT}"), others),
            )


def _item(
    view: View, kind: Kind, values: Mapping[str, str], root: str, languages: tuple[str, ...] = ()
) -> Any:
    """One address. In: an example of what stands for `{…}`; where the example lies; the languages to choose from."""
    words = view.t(f"export.file.{kind.key}")
    is_json = kind.path.endswith(".json")
    described = {"$ref": f"#/$defs/{kind.schema}.json"} if kind.schema and is_json else None
    content: dict[str, Any] = {"schema": described or {"type": "object" if is_json else "string"}}
    if path := kind.example(values):
        content["examples"] = {"example": {"summary": path, "externalValue": root + path}}
    parameters = [
        {"name": name, "in": "path", "required": True, "description": view.t(f"api.parameter.{word}"),
         "schema": {"type": "string", **({"enum": [*SCHEMAS]} if name == "name" else {})},
         **({"example": values[name]} if values[name] else {})}
        for name, word in _NAMES.items() if f"{{{name}}}" in kind.path
    ]  # fmt: skip
    if languages:
        parameters.append({
            "name": "language", "in": "path", "required": True, "description": view.t("api.parameter.language"),
            "schema": {"type": "string", "enum": [*languages]}, "example": languages[0],
        })  # fmt: skip
    name = kind.path.replace("/", "_").replace("{", "").replace("}", "")
    return {
        "get": {
            "operationId": f"{name}_in_language" if languages else name,
            "summary": words,
            "tags": [kind.media_type],
            "parameters": parameters,
            "responses": {
                "200": {"description": words, "content": {kind.media_type: content}},
                "404": {"description": view.t("api.missing")},
            },
        }
    }

"""The published JSON Schemas (2020-12) of the JSON files, made from their output models.

Every key that a file has is described and required; a file may gain keys within `v1`.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from macros.exports.formats import ROOT
from macros.exports.models import Output
from macros.exports.values import LICENCE, LICENCE_URL
from macros.render.view import View


def name(model: type[Output]) -> str:
    """Give the name of a file's schema: `TimelineFile` has `timeline`."""
    return model.__name__.removesuffix("File").lower()


def address(model: type[Output], view: View) -> str:
    """Give the address of a schema, which is also its id."""
    return view.url(f"{ROOT}schema/{name(model)}.json")


def schema(model: type[Output], view: View) -> str:
    """Write the schema of one kind of file.

    Args:
        model: The output model of the file.
        view: The view in the default language.
    """
    period = view.corpus.latest_period
    as_of = f" Data as of {period.as_of}." if period else ""
    document: dict[str, Any] = {
        "$schema": GenerateJsonSchema.schema_dialect,
        "$id": address(model, view),
        "$comment": f"Licence: {LICENCE} {LICENCE_URL}.{as_of}",
        **model.model_json_schema(mode="serialization"),
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"

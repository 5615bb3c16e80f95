"""JSON Schemas of the data files for editors, made from the model and from an organ's data.

Where a field names an entry elsewhere, the schema lists the ids that the organ has, with their
names. It is stricter than the check in two things: a field that is not known is left out rather
than empty, and the number of a session stands without quotation marks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

from macros.authoring.new_entries import bare, names_of_entries
from macros.corpus import KINDS as DATA_FILES
from macros.corpus import Corpus
from macros.model import Record, Ref, Resolution, TextKind, dates, fields
from macros.model.reference import Translation
from macros.model.traversal import marked_fields, record_fields

FOLDER = "schema"
"""Where the schemas of a project lie, from its folder."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"

RECORDS: Mapping[str, type[Record]] = MappingProxyType({**DATA_FILES, "resolution": Resolution})
"""The kinds of data files that hold one record, and which."""

KINDS = (*sorted(RECORDS), "translations")
"""All kinds of data files."""

Schema = dict[str, Any]

_NOTICE = "Made by `tracker schema` from the model and the data; edits are lost."

_ERROR_MESSAGES = {
    fields.ID: "Small letters, digits and hyphens, such as a-few-words.",
    fields.NO_SPACE: "The text begins with a space; remove it.",
    fields.PARAGRAPH: "The number as the resolution writes it: 2, 2 (a) or 3 bis.",
    fields.CURRENCY: "The ISO 4217 code of the currency, three capital letters, such as USD.",
    fields.LANGUAGE: "The tag of a language, such as en, zh or pt-BR.",
    fields.LINK: "An address that begins with https:// and has no spaces.",
    fields.CONTACT: "An address that begins with mailto: or https:// and has no spaces.",
    dates.PATTERN: f"A date in one of these forms: {dates.FORMS}.",
}
"""What to write instead of a text that does not have the form it should have."""

_RICH = "Restricted Markdown: *emphasis*, **strong**, lists, links to https: and mailto: addresses."
_DATE = f"A date in EDTF: {dates.FORMS}."

_TYPES = {"goal": "integer", "paragraph": ["string", "integer"], "session": ["string", "integer"]}
_PATTERNS = {"event": fields.ID, "mechanism": fields.ID, "paragraph": fields.PARAGRAPH}
"""The forms of references to what one file holds: its schema cannot know which there are."""


def kind_of(name: str) -> str:
    """Find the kind of a data file, such as `resolution`, by its name."""
    path = PurePosixPath(name)
    folders = {"resolutions": "resolution", "translations": "translations"}
    return folders.get(path.parts[1], path.stem)


def modeline(name: str) -> str:
    """Write the first line of a data file, a comment by which an editor finds its schema."""
    return f"# yaml-language-server: $schema={'../' * name.count('/')}{FOLDER}/{kind_of(name)}.json"


def files(corpus: Corpus) -> dict[str, str]:
    """Write the files of all schemas: texts by name, such as `schema/resolution.json`."""
    return {f"{FOLDER}/{kind}.json": text(schema(kind, corpus)) for kind in KINDS}


def text(schema: Schema) -> str:
    """Write a schema: indented, with a line break at its end."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def schema(kind: str, corpus: Corpus) -> Schema:
    """Make the schema of one of `KINDS` from the data in the working language."""
    record = RECORDS.get(kind, Translation)
    root, ids = record.model_json_schema(), names_of_entries(corpus)
    definitions: dict[str, Schema] = root.pop("$defs", {})
    for inner in {*_records_within(record)} - {record}:
        _describe(definitions[inner.__name__], inner)
    _describe(root, record)
    if kind == "translations":
        definitions, root = {record.__name__: root}, _translations(record)
    used = re.findall(r'"#/\$defs/(\w+)"', json.dumps([root, definitions]))
    for name in {*used} - definitions.keys():
        definitions[name] = _reference(name, ids.get(name, {}))
    definitions = dict(sorted(definitions.items()))
    return {"$schema": DIALECT, "$comment": _NOTICE, **root, "$defs": definitions}


def _translations(entry: type[Record]) -> Schema:
    """Make the schema of a file of translations: entries by the id of their text."""
    kinds = {kind for record in RECORDS.values() for kind in _records_within(record)}
    names = sorted({name for kind in kinds for name in marked_fields(kind, TextKind)})
    key = rf"^(\S+\.)?({'|'.join(names)})$"
    return {
        "title": "Translations",
        "description": "Texts of one data file in another language: <entry's id>.<field>, "
        "or <field> at the top.",
        "type": "object",
        "patternProperties": {key: {"$ref": f"#/$defs/{entry.__name__}"}},
        "additionalProperties": False,
    }


def _describe(made: Schema, record: type[Record]) -> None:
    """Complete what pydantic made of a record with everything an editor shows of its fields."""
    references, texts = marked_fields(record, Ref), marked_fields(record, TextKind)
    for name, field in made["properties"].items():
        part = _without_null(field)
        leaf = part.get("items", part)
        pattern = leaf.get("pattern", "")
        notes = [part.get("description", "")]
        notes += [_RICH] if name in texts and texts[name].rich else []
        notes += [_DATE] if pattern == dates.PATTERN else []
        if pattern in _ERROR_MESSAGES:
            leaf["patternErrorMessage"] = _ERROR_MESSAGES[pattern]
        if name in references:
            part = _referring(part, references[name].kind)
        made["properties"][name] = {**part, "description": " ".join(notes).strip()}


def _without_null(field: Schema) -> Schema:
    """Change a field that may be null: what is not known is left out."""
    branches = [branch for branch in field.pop("anyOf", ()) if branch != {"type": "null"}]
    part = {**(branches[0] if branches else {}), **field}
    if part.get("default") in (None, [], {}) or isinstance(part["default"], dict):
        part.pop("default", None)
    return part


def _referring(part: Schema, kind: str) -> Schema:
    """Change a field that names an entry: its form is that of the kind of entry."""
    reference = {"$ref": f"#/$defs/{kind}"}
    if "items" in part:
        return {**part, "items": reference}
    own = {key: part[key] for key in ("title", "default", "description") if key in part}
    return own | reference


def _reference(kind: str, known: Mapping[str, str]) -> Schema:
    """Make the form of a reference: an id that the organ has; any, where it has none."""
    if known:
        keys = [bare(key) if kind in _TYPES else key for key in known]
        return {"enum": keys, "enumDescriptions": [*known.values()]}
    form = {"type": _TYPES.get(kind, "string")}
    if pattern := _PATTERNS.get(kind):
        form |= {"pattern": pattern, "patternErrorMessage": _ERROR_MESSAGES[pattern]}
    return form


def _records_within(record: type[Record]) -> Iterator[type[Record]]:
    """List a class of records and those of the records inside it."""
    yield record
    for inner in record_fields(record).values():
        yield from _records_within(inner)

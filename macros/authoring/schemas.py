"""JSON Schemas of the data files, made from the model and from an organ's data, for editors.

An editor that reads them completes keys and values, explains the field under the pointer and marks what does not
fit while it is typed. Where a field names an entry elsewhere, the schema lists the ids that the organ has, with
their names. The check knows more (ids used twice, the order of reports); the schema is stricter in two small things:
a field that is not known is left out rather than empty, and the number of a session stands without quotation marks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, get_args

from macros.corpus import loading
from macros.corpus.corpus import Corpus
from macros.model import dates, fields
from macros.model import resolution as model
from macros.model.fields import Record, Ref, TextKind, marked_fields
from macros.model.reference import Translation

FOLDER = "schema"
"""Where the schemas of a project lie, from its folder."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"

RECORDS: Mapping[str, type[Record]] = MappingProxyType(
    {**loading.KINDS, "resolution": model.Resolution}
)
"""The kinds of data files that hold one record, and which."""

KINDS = (*sorted(RECORDS), "translations")
"""All kinds of data files."""

Schema = dict[str, Any]
Named = Mapping[Any, str]

_NOTICE = "Made by `tracker schema` from the model and the data; edits are lost."

_MENDS = {
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

_REFERENCES = {
    "document": "Symbol (or id) of a document in documents.yml.",
    "event": "Id of an event in the same file.",
    "paragraph": "An operative paragraph in the same file, by its number.",
    "mechanism": "Id of a mechanism in the file of a resolution.",
    "resolution": "Slug of a resolution: the name of its file, without .yml.",
    **{
        kind: f"Id of an entry in {kind}s.yml."
        for kind in ("organization", "period", "place", "session")
    },
}
"""What a reference of a kind is; those not named here are words of the vocabulary."""

_TYPES = {"goal": "integer", "paragraph": ["string", "integer"], "session": ["string", "integer"]}
_PATTERNS = {"event": fields.ID, "mechanism": fields.ID, "paragraph": fields.PARAGRAPH}
"""The forms of references to what one file holds: its schema cannot know which there are."""


def kind_of(name: str) -> str | None:
    """The kind of a data file.

    In: its name, such as `data/resolutions/2-4.yml`. Out: a kind, such as `resolution`; `None` for other files.
    """
    stem = name.removeprefix("data/").removesuffix(".yml")
    if f"data/{stem}.yml" != name:
        return None
    if stem.startswith(("translations/", "resolutions/")):
        return "translations" if stem.startswith("translations/") else "resolution"
    return stem if stem in RECORDS else None


def modeline(name: str) -> str:
    """The first line of a data file, by which an editor finds its schema.

    In: the name of the file, such as `data/body.yml`. Out: a comment without a line break.
    """
    return f"# yaml-language-server: $schema={'../' * name.count('/')}{FOLDER}/{kind_of(name)}.json"


def files(corpus: Corpus) -> dict[str, str]:
    """The files of all schemas: texts by name, such as `schema/resolution.json`."""
    return {f"{FOLDER}/{kind}.json": text(schema(kind, corpus)) for kind in KINDS}


def text(schema: Schema) -> str:
    """A schema as it is written: indented, with a line break at its end."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def schema(kind: str, corpus: Corpus) -> Schema:
    """The schema of one kind of data file.

    In: one of `KINDS`, and the organ's data in its working language. Out: JSON Schema 2020-12 as plain values.
    """
    record = RECORDS.get(kind, Translation)
    made = record.model_json_schema()
    known = _known(corpus)
    classes = {found.__name__: found for found in records_within(record)}
    definitions = {
        name: _described(found, classes[name], known)
        for name, found in made.pop("$defs", {}).items()
    }
    root = _described(made, record, known)
    if kind == "translations":
        definitions[record.__name__] = root
        root = _translations(record)
    used = {found for _, found in references([root, *definitions.values()])}
    definitions |= {
        name: _reference(name, known.get(name, {})) for name in used - definitions.keys()
    }
    root = {
        "$schema": DIALECT,
        "$comment": _NOTICE,
        **root,
        "$defs": dict(sorted(definitions.items())),
    }
    for found in (root, *definitions.values()):
        for part in found.get("properties", {}).values():
            part["examples"] = _examples(part, definitions)
    return root


def _translations(entry: type[Record]) -> Schema:
    """The schema of a file of translations: entries by the id of their text, which ends with the name of its field."""
    kinds = {found for record in RECORDS.values() for found in records_within(record)}
    names = sorted({name for kind in kinds for name in marked_fields(kind, TextKind)})
    return {
        "title": "Translations",
        "description": "Texts of one data file in another language: <entry's id>.<field>, or <field> at the top.",
        "type": "object",
        "patternProperties": {
            rf"^(\S+\.)?({'|'.join(names)})$": {"$ref": f"#/$defs/{entry.__name__}"}
        },
        "additionalProperties": False,
    }


# --- the parts of a schema --------------------------------------------------------------


def _described(made: Schema, record: type[Record], known: Mapping[str, Named]) -> Schema:
    """What pydantic made of a record, with everything an editor shows of its fields."""
    references = marked_fields(record, Ref)
    texts = marked_fields(record, TextKind)
    properties = {}
    for name, field in made["properties"].items():
        part = without_null(field)
        leaf = part.get("items", part)
        description = part.get("description", "")
        if name in texts and texts[name].rich:
            description = f"{description} {_RICH}"
        if leaf.get("pattern") == dates.PATTERN:
            description = f"{description} {_DATE}"
        if mend := _MENDS.get(leaf.get("pattern", "")):
            leaf["patternErrorMessage"] = mend
        if name in references:
            examples = part.get("examples") or leaf.get("examples", [])
            part = _referring(
                part,
                references[name].kind,
                [e for e in examples if _fits(e, known, references[name])],
            )
        properties[name] = {**part, "title": title(name), "description": description}
    return {**made, "title": title(record.__name__), "properties": properties}


def without_null(field: Schema) -> Schema:
    """A field that may be left out: what is not known is left out, not written as null."""
    branches = [branch for branch in field.get("anyOf", ()) if branch != {"type": "null"}]
    outer = {key: value for key, value in field.items() if key != "anyOf"}
    found = {**branches[0], **outer} if branches else outer
    if found.get("default") in (None, [], {}) or isinstance(found["default"], dict):
        found.pop("default", None)
    return found


def _referring(part: Schema, kind: str, examples: list[Any]) -> Schema:
    """A field that names an entry: its form is that of the kind of entry."""
    reference = {"$ref": f"#/$defs/{kind}"}
    if "items" in part:
        return {**part, "items": reference}
    kept = {key: value for key, value in part.items() if key in ("default", "description")}
    return {**kept, **reference, **({"examples": examples} if examples else {})}


def _fits(example: Any, known: Mapping[str, Named], reference: Ref) -> bool:
    return example in (known.get(reference.kind) or [example])


def _reference(kind: str, known: Named) -> Schema:
    """The form of a reference: one of the ids that the organ has, with its name; any, where it has none yet."""
    description = _REFERENCES.get(kind, f"Id of an entry of {_plural(kind)} in vocabulary.yml.")
    if known:
        return {"description": description, "enum": [*known], "enumDescriptions": [*known.values()]}
    if pattern := _PATTERNS.get(kind):
        form = {
            "type": _TYPES.get(kind, "string"),
            "pattern": pattern,
            "patternErrorMessage": _MENDS[pattern],
        }
        return {"description": description, **form}
    return {"description": description, "type": _TYPES.get(kind, "string")}


def _examples(part: Schema, definitions: Mapping[str, Schema]) -> list[Any]:
    """Values that fit. Where a field is free there are two, for of a single one editors take it to be the usual one."""
    if found := part.get("examples"):
        return found
    return [True, False] if part.get("type") == "boolean" else [_example(part, definitions)]


def _example(part: Schema, definitions: Mapping[str, Schema]) -> Any:
    """A value that fits: of a record, the fields it cannot do without; all, where that is fewer than two."""
    if found := part.get("examples") or part.get("enum"):
        return found[0]
    if "const" in part:
        return part["const"]
    if reference := part.get("$ref"):
        return _example(definitions[reference.rpartition("/")[2]], definitions)
    if "items" in part:
        return [_example(part["items"], definitions)]
    if "properties" in part:
        needed = {*part.get("required", ()), *part.get("oneOf", [{}])[0].get("required", ())}
        names = [name for name in part["properties"] if name in needed or len(needed) < 2]
        names.sort(key=lambda name: name == "sources")
        return {name: _example(part["properties"][name], definitions) for name in names}
    return part.get("type") == "boolean" or "an-entry"


def title(name: str) -> str:
    """`as_of_basis`, `EventReport` → `As of basis`, `Event report`."""
    return re.sub(r"_|(?<=[a-z])(?=[A-Z])", " ", name).capitalize()


# --- what there is ----------------------------------------------------------------------


def _known(corpus: Corpus) -> dict[str, Named]:
    """What fields may refer to: by kind of entry, its ids with what they stand for."""
    words = {name: entries.values() for name, entries in corpus.words.items()}
    return {
        **{
            _singular(name): {entry.id: _meaning(entry) for entry in entries}
            for name, entries in words.items()
        },
        "document": {key: entry.title for key, entry in corpus.documents.items()},
        "organization": {key: entry.name for key, entry in corpus.organizations.items()},
        "period": {key: entry.name for key, entry in corpus.periods.items()},
        "place": {key: entry.name for key, entry in corpus.places.items()},
        "resolution": {
            slug: f"{corpus.label(slug)} {entry.title}"
            for slug, entry in corpus.resolutions.items()
        },
        "session": {_bare(key): entry.name for key, entry in corpus.sessions.items()},
    }


def _singular(name: str) -> str:
    return "status" if name == "statuses" else name.removesuffix("s")


def _plural(kind: str) -> str:
    return "statuses" if kind == "status" else f"{kind}s"


def _meaning(word: Any) -> str:
    definition = getattr(word, "definition", None)
    return f"{word.name}: {definition}" if definition else word.name


def _bare(label: str) -> str | int:
    """A label as it is written in YAML without quotation marks."""
    return int(label) if re.fullmatch(r"0|[1-9]\d*", label) else label


def records_within(record: type[Record]) -> Iterator[type[Record]]:
    """A class of records and those of the records inside it."""

    def find(annotation: Any) -> Iterator[type[Record]]:
        if isinstance(annotation, type) and issubclass(annotation, Record):
            yield from records_within(annotation)
        for part in get_args(annotation):
            yield from find(part)

    yield record
    for field in record.model_fields.values():
        yield from find(field.annotation)


def references(value: Any) -> Iterator[tuple[Schema, str]]:
    """All places in a schema that refer to a definition, with its name."""
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value, value["$ref"].rpartition("/")[2]
        for part in value.values():
            yield from references(part)
    elif isinstance(value, list):
        for part in value:
            yield from references(part)

"""JSON Schemas (2020-12) of the JSON files under `api/v1/`: the records as the model describes them, and what each file
puts around them (see `datasets`).

Every key that a file has is described and required; a file may gain keys within `v1`, so others are not refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from macros.authoring.schemas import DIALECT, Schema, text
from macros.authoring.schemas import _records_within as records_within
from macros.authoring.schemas import _title as title
from macros.corpus.corpus import Corpus
from macros.exports.formats import KINDS, ROOT, SCHEMAS
from macros.exports.records import LICENCE, LICENCE_URL, OWN, fields_of
from macros.i18n.messages import ORIGINAL, Catalogue
from macros.model import dates, fields, reference
from macros.model import funding as money
from macros.model import resolution as model
from macros.model.fields import Record
from macros.queries import queries

_RECORDS = (model.Resolution, model.OrganStatement, model.Correction, reference.Period)
_DATA_FILE = re.compile(r" in \w+\.yml")
_KEPT = ("type", "enum", "const", "pattern", "minLength", "minimum", "maximum", "minItems", "$ref")


def files(corpus: Corpus, url: str) -> Iterator[tuple[str, str]]:
    """All schemas, as path and text. In: the corpus in the default language; the address of the site's root."""
    for name in SCHEMAS:
        yield f"{ROOT}schema/{name}.json", text(schema(name, corpus, url))


def address(name: str, url: str) -> str:
    """Where a schema is, which is also its id."""
    return f"{url}{ROOT}schema/{name}.json"


def schema(name: str, corpus: Corpus, url: str) -> Schema:
    """The schema of one kind of file, with all it refers to."""
    period = corpus.latest_period
    as_of = f" Data as of {period.as_of}." if period else ""
    known, used, root = definitions(), {}, definitions()[f"{name}.json"]
    open_ones = [root]
    while open_ones:
        for _, found in references(open_ones.pop()):
            if found not in used:
                used[found] = known[found]
                open_ones.append(known[found])
    return {
        "$schema": DIALECT,
        "$id": address(name, url),
        "$comment": f"Licence: {LICENCE} {LICENCE_URL}.{as_of}",
        **root,
        "$defs": dict(sorted(used.items())),
    }


@cache
def definitions() -> Mapping[str, Schema]:
    """All schemas by name: values, records by the names of their classes, and files by theirs (`funding.json`)."""
    classes = dict.fromkeys(found for record in _RECORDS for found in records_within(record))
    records = {kind.__name__: _record(kind) for kind in classes if kind is not model.Resolution}
    placed = {f"{kind.__name__}InAll": _record(kind, _PLACE) for kind in (model.Event, *_MONEY)}
    placed["CorrectionInAll"] = _record(model.Correction, {"url": _PLACE["url"]})
    keys = {kind.schema: kind.key for kind in reversed(KINDS)}
    said = {name: Catalogue.of(ORIGINAL).t(f"export.file.{keys[name]}") for name in SCHEMAS}
    whole = {
        f"{name}.json": {"title": title(name), "description": f"{said[name]}.", **_FILES[name]()}
        for name in SCHEMAS
    }
    return MappingProxyType({**_VALUES, **records, **placed, **whole})


# --- parts of a schema ------------------------------------------------------------------------------------


def _ref(name: str, description: str = "") -> Schema:
    return {"$ref": f"#/$defs/{name}", **({"description": description} if description else {})}


def _string(description: str = "", **more: Any) -> Schema:
    return {"type": "string", **({"description": description} if description else {}), **more}


def _list(items: Schema, description: str = "") -> Schema:
    return {
        "type": "array",
        "items": items,
        **({"description": description} if description else {}),
    }


def _object(properties: Mapping[str, Schema], description: str = "", **more: Any) -> Schema:
    """An object that has all these keys."""
    said = {"description": description} if description else {}
    return {
        "type": "object",
        **said,
        "properties": dict(properties),
        "required": [*properties],
        **more,
    }


def _map(values: Schema, description: str = "", **more: Any) -> Schema:
    said = {"description": description} if description else {}
    return {"type": "object", "additionalProperties": values, **said, **more}


def _or_null(inner: Schema, description: str = "") -> Schema:
    inner = dict(inner)
    said = description or inner.pop("description", "")
    return {"anyOf": [inner, {"type": "null"}], **({"description": said} if said else {})}


_INTEGER: Schema = {"type": "integer", "minimum": 0}
_AMOUNT: Schema = {"type": "number", "minimum": 0}
_SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
_STRINGS = _list(_string())
_DAY = _string(pattern=r"^\d{4}-\d{2}-\d{2}$", format="date")
_LINK = _string(format="uri", minLength=1)
_PERIOD = _string("Id of a reporting period.")
_NAMES = _ref("names")
_CONSTRAINED: Schema = {
    "type": ["boolean", "null"],
    "description": "Whether a source says that a lack of money holds it back; null: not reported.",
}
_STATUS = _or_null(_string(), "Id of a status; null: not reported.")

_VALUES: Mapping[str, Schema] = {
    "text": _map(
        _string(minLength=1),
        "A text in each language that has it, by the tag of the language.",
        minProperties=1,
        propertyNames={"pattern": fields.LANGUAGE},
    ),
    "basis": _map(
        {"enum": ["verified", "inferred", "cited", "unofficial"]}, "How the title is known, in each language."
    ),
    "addresses": _map(_LINK, "An address for each language, by its tag.", minProperties=1),
    "date": _object(
        {
            "edtf": _string("As the source meant it, in EDTF (ISO 8601-2).", pattern=dates.PATTERN),
            "earliest": _or_null(_DAY, "The first day it can mean; null: open."),
            "latest": _or_null(_DAY, "The last day it can mean; null: open."),
        },
        "A date, which may be a month, a quarter or a span with an open end.",
    ),
    "name": {
        "type": "object",
        "description": "What an id stands for.",
        "properties": {
            "name": _ref("text"), "title": _ref("text"), "label": _string(), "country": _or_null(_string()),
            "url": _or_null(_ref("addresses")),
        },
        "anyOf": [{"required": ["name"]}, {"required": ["title", "url"]}],
    },
    "names": _map(_map(_ref("name")), "What the ids in this file stand for, by kind of thing and id."),
}  # fmt: skip

_HEADER: Mapping[str, Schema] = {
    "licence": _string("Short name of the licence."),
    "licence_url": _LINK,
    "as_of": _or_null(
        _string(pattern=dates.PATTERN), "The date that the statements hold for, in EDTF."
    ),
    "as_of_basis": {
        "enum": ["verified", "inferred", None],
        "description": "Whether the report gives that date.",
    },
    "source": _or_null(_string(), "Symbol or id of the report."),
}
_WHO: Mapping[str, Schema] = {
    "resolution": _string("Slug of the resolution."),
    "label": _string("Its short name."),
}
_PLACE: Mapping[str, Schema] = {**_WHO, "url": _ref("addresses", "Where it is on this site.")}
_MONEY = (money.Resource, money.Contribution, money.Mechanism)


# --- records ----------------------------------------------------------------------------------------------


def _record(kind: type[Record], before: Mapping[str, Schema] = MappingProxyType({})) -> Schema:
    """A record as `records.Editions.record` gives it. In: its class, and the keys that stand before its own."""
    return _object(
        {**before, **_properties(kind)}, (kind.__doc__ or "").strip(), title=title(kind.__name__)
    )


def _properties(kind: type[Record]) -> dict[str, Schema]:
    made, found = kind.model_json_schema()["properties"], {}
    own = fields_of(kind)
    if "id" not in own and hasattr(kind, "id"):
        found["id"] = _string(kind.id.__doc__, pattern=fields.ID)
    found |= {name: _field(made[name], sort, referred) for name, (sort, referred) in own.items()}
    if kind is model.Event:
        found |= {
            "said": {**_properties(model.EventReport)["said"], "description": "As last reported."},
            "date": _or_null(_ref("date"), "As last reported; null: not reported."),
            "case": {
                "enum": [*queries.CASES],
                "description": "What is known of it on the day the file was made.",
            },
        }
    if kind is money.Resource:
        found["gap"] = _or_null(_AMOUNT, "Required less mobilized; null: cannot be computed.")
        found["gap_share"] = _or_null(_SHARE, "The gap as a share of what is required.")
    return found


def _field(part: Schema, sort: str, referred: str | None) -> Schema:
    """A field of a record as it is in the files: texts in all languages, null for what is not reported."""
    optional = {"type": "null"} in part.get("anyOf", ())
    part = without_null(part)
    description = _DATA_FILE.sub("", part.get("description", "")).replace("absent:", "null:")
    if referred and referred not in OWN:
        description += f" What it stands for is under names.{referred}."
    if sort == "rich":
        description += " Restricted Markdown; links are absolute."
    inner = (
        _ref("text")
        if sort in ("text", "rich")
        else _ref("basis")
        if sort == "basis"
        else _value(part)
    )
    if optional:
        return _or_null(inner, description)
    return {**inner, **({"description": description} if description else {})}


def _value(part: Schema) -> Schema:
    if part.get("pattern") == dates.PATTERN:
        return _ref("date")
    found = {key: part[key] for key in _KEPT if key in part}
    if found.get("type") == ["string", "integer"]:  # in the data it may be written bare
        found["type"] = "string"
    return {**found, "items": _value(part["items"])} if "items" in part else found


# --- files ------------------------------------------------------------------------------------------------


def _whole(**properties: Schema) -> Schema:
    return _object({**_HEADER, **properties})


def _index() -> Schema:
    file = _object({
        "path": _string("From the root of the site, or of a language; {slug}, {id} and {name} stand for one of many."),
        "url": {
            "anyOf": [_string(minLength=1), _map(_string(minLength=1))], "description": "By language, if it has one.",
        },
        "media_type": _string(pattern="^[a-z]+/[a-z0-9.+-]+$"),
        "description": _ref("text"),
        "describedby": {
            "anyOf": [_LINK, _ref("addresses"), {"type": "null"}],
            "description": "The schema it fits, or the data package that describes it.",
        },
    })  # fmt: skip
    return _whole(
        name=_ref("text"), version={"const": 1}, organ=_ref("text"), description=_ref("text"), home=_ref("addresses"),
        languages={**_STRINGS, "minItems": 1, "description": "The first is at the root of the site."},
        built_on=_DAY, resolutions=_STRINGS, periods=_STRINGS, describedby=_LINK, openapi=_LINK,
        guides=_ref("addresses", "A guide to the site for programs that read texts (llms.txt)."),
        files={**_list(file), "minItems": 1},
    )  # fmt: skip


def _resolutions() -> Schema:
    summary = _object({
        "slug": _string(), "label": _string(), "symbol": _or_null(_string()),
        "symbol_basis": {"enum": ["verified", "inferred", None]}, "title": _ref("text"),
        "session": _or_null(_string()), "status": _STATUS, "constrained_by_funding": _CONSTRAINED,
        "latest_period": _or_null(_PERIOD, "The newest period in which anything was said of it."),
        "url": _ref("addresses"), "data": _LINK,
    })  # fmt: skip
    return _whole(resolutions=_list(summary))


def _resolution() -> Schema:
    computed = {
        "cases_on": _DAY, "latest_period": _or_null(_PERIOD), "reported_in": _list(_PERIOD), "status": _STATUS,
        "assessment": _or_null(_string(), "Id of the newest assessment."), "constrained_by_funding": _CONSTRAINED,
        "paragraph_status": _map(_string(), "Status of operative paragraphs by number."),
        "events": _object(dict.fromkeys(queries.CASES, _INTEGER), "How many events are in each case."),
        "next_event": _or_null(_object({"id": _string(), "date": _ref("date")})),
        "resource": _or_null(_string(), "Id of the figures published last."), "currency": _or_null(_string()),
        **dict.fromkeys(("required", "mobilized", "gap"), _or_null(_AMOUNT)),
        "gap_share": _or_null(_SHARE), "statements": _INTEGER,
    }  # fmt: skip
    own = {name: part for name, part in _properties(model.Resolution).items() if name != "label"}
    return _object({
        **_HEADER, "slug": _string(pattern=fields.ID), "label": _string("Its short name."), "url": _ref("addresses"),
        "full_text": _or_null(_ref("addresses"), "Where the official text is found."), **own,
        "computed": _object(computed, "What follows from the rest on the day the file was made."),
        "relations_from_others": _list(_object({"resolution": _string(), "kind": _string()})),
        "corrections": _list(_ref("CorrectionInAll")),
        "translations": _map(_object({"missing": _STRINGS, "outdated": _STRINGS}), "Ids of texts, by language."),
        "names": _NAMES,
    })  # fmt: skip


def _funding() -> Schema:
    total = _object({
        "state": _string(), "kind": _string(), "currency": _string(pattern=fields.CURRENCY), "total": _AMOUNT,
        "approximate": {"type": "boolean"}, "contributions": _INTEGER,
    })  # fmt: skip
    return _whole(
        constrained_by_funding=_object(dict.fromkeys(("yes", "no", "not_reported"), _STRINGS), "Slugs of resolutions."),
        organ=_list(_ref("Resource"), "Of all resolutions together, as published."),
        resources=_list(_ref("ResourceInAll")), contributions=_list(_ref("ContributionInAll")),
        contribution_totals=_list(total, "Never added up across states, kinds or currencies."),
        contributions_without_amount=_INTEGER, mechanisms=_list(_ref("MechanismInAll")), names=_NAMES,
    )  # fmt: skip


def _documents() -> Schema:
    before = {"key": _string("What sources name it by."), "anchor": _string(pattern=fields.ID)}
    properties = before | _properties(reference.Document) | {
        "url": _ref("addresses", "Where it is on this site."),
        "full_text": _or_null(_ref("addresses"), "Where the official text is found."),
        "cited_by": _map(_INTEGER, "How often each resolution cites it, by slug."),
    }  # fmt: skip
    return _whole(documents=_list(_object(properties)), names=_NAMES)


def _partners() -> Schema:
    entries = _list(_string(), "`slug#anchor` of each.")
    partner = _properties(reference.Organization) | {"partner_in": _STRINGS, "entries": entries}
    place = _properties(reference.Place) | {"events": entries}
    return _whole(organizations=_list(_object(partner)), places=_list(_object(place)), names=_NAMES)


def _period() -> Schema:
    told = {
        **_WHO,
        "status": _STATUS,
        "constrained_by_funding": _CONSTRAINED,
        "url": _ref("addresses"),
    }
    change = _object({
        "resolution": _string(), "entry": _or_null(_string(), "Id of what changed; null: the resolution as a whole."),
        "kind": {"enum": ["first", "status", "constraint", "contribution", "date"]}, "before": {}, "after": {},
    })  # fmt: skip
    return _whole(
        url=_ref("addresses"), full_text=_or_null(_ref("addresses")), period=_ref("Period"),
        statements=_list(_ref("OrganStatement")), resolutions=_list(_object(told)), changes=_list(change), names=_NAMES,
    )  # fmt: skip


def _feed() -> Schema:
    instant = _string(pattern=r"^\d{4}-\d{2}-\d{2}T00:00:00Z$", format="date-time")
    item = _object({
        "id": _LINK, "url": _LINK, "title": _string(), "content_text": _string(), "date_published": instant,
        "date_modified": instant, "language": _string(), "tags": _STRINGS,
    })  # fmt: skip
    own = _object(
        {
            "about": _LINK,
            **{k: v for k, v in _HEADER.items() if k != "as_of_basis"},
            "updated": instant,
        }
    )
    return _object({
        "version": {"const": "https://jsonfeed.org/version/1.1"}, "title": _string(), "home_page_url": _LINK,
        "feed_url": _LINK, "description": _string(), "language": _string(),
        "authors": _list(_object({"name": _string()})), "_tracker": own, "items": _list(item),
    })  # fmt: skip


def _datapackage() -> Schema:
    licence = _object({"name": _string(), "path": _LINK, "title": _string()})
    field = _object(
        {"name": _string(), "title": _string(), "description": _string(), "type": _string()}
    )
    table = _object({"fields": _list(field), "missingValues": _STRINGS, "primaryKey": _STRINGS})
    words = ("name", "path", "profile", "title", "description", "format", "mediatype", "encoding")
    resource = _object({
        **dict.fromkeys(words, _string()),
        "bytes": _INTEGER, "hash": _string(pattern="^sha256:[0-9a-f]{64}$"), "schema": table,
    })  # fmt: skip
    return _object({
        "profile": {"const": "tabular-data-package"}, "name": _string(), "title": _string(), "description": _string(),
        "homepage": _LINK, "version": _string(), "created": _string(format="date-time"),
        "as_of": _or_null(_string(pattern=dates.PATTERN)), "licenses": _list(licence),
        "sources": _list(_object({"title": _string()})), "resources": _list(resource),
    })  # fmt: skip


def _citations() -> Schema:
    header = {name: value for name, value in _HEADER.items() if name != "as_of_basis"}
    one = _object({"id": _string(), "anchor": _string(), "url": _LINK, "text": _string()})
    return _object({**header, "language": _string(), "citations": _list(one)})


def _csl() -> Schema:
    """Records of the Citation Style Language (CSL-JSON); what is not known is left out."""
    moment = _object({"date-parts": _list({**_list({"type": "integer"}), "minItems": 1})})
    known = {
        **dict.fromkeys(("id", "type", "title", "language"), _string(minLength=1)),
        "URL": _LINK,
        "accessed": moment,
    }
    record = _object(known)
    record["properties"] |= {
        "author": _list(_object({"literal": _string()})), "issued": {"type": "object"},
        **dict.fromkeys(("container-title", "number", "note"), _string(minLength=1)),
    }  # fmt: skip
    return _list(record)


_FILES = {
    "index": _index, "resolutions": _resolutions, "resolution": _resolution, "funding": _funding,
    "timeline": lambda: _whole(cases_on=_DAY, events=_list(_ref("EventInAll")), names=_NAMES),
    "documents": _documents, "partners": _partners, "period": _period,
    "corrections": lambda: _whole(corrections=_list(_ref("CorrectionInAll")), names=_NAMES),
    "datapackage": _datapackage, "feed": _feed, "citations": _citations, "csl": _csl,
}  # fmt: skip


def without_null(field: Schema) -> Schema:
    """A field that may be left out: what is not known is left out, not written as null."""
    branches = [branch for branch in field.get("anyOf", ()) if branch != {"type": "null"}]
    outer = {key: value for key, value in field.items() if key != "anyOf"}
    found = {**branches[0], **outer} if branches else outer
    if found.get("default") in (None, [], {}) or isinstance(found["default"], dict):
        found.pop("default", None)
    return found


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

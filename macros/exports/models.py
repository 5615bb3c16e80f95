"""Output models: each is at once the shape of a JSON file (or of a part) and its published schema.

The output model of a record is derived from its class: the same fields, but texts by language,
dates with the days they span, and null for what is not reported. Every key is always there.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, reduce
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import BaseMetadata
from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, create_model
from pydantic_core import CoreSchema
from typing_extensions import TypeAliasType, TypedDict

from macros import queries
from macros.model import dates, fields
from macros.model.dates import PartialDate
from macros.model.events import Event, Outcome
from macros.model.fields import Record, Ref, TextKind, descriptions
from macros.model.funding import Resource
from macros.model.reference import Document
from macros.model.resolution import Resolution
from macros.model.traversal import marked_fields


class Output(BaseModel):
    """A JSON object that has all keys of its model."""

    model_config = ConfigDict(frozen=True, defer_build=True)


# --- values ---------------------------------------------------------------------------------------

Language = Annotated[str, Field(pattern=fields.LANGUAGE)]
Url = Annotated[str, Field(min_length=1, json_schema_extra={"format": "uri"})]
Amount = Annotated[int | float, Field(ge=0)]
Share = Annotated[int | float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]
Edtf = Annotated[str, Field(pattern=dates.PATTERN)]
Known = Literal["verified", "inferred"]
Texts = TypeAliasType("Texts", Annotated[dict[Language, str], Field(min_length=1)])
"""A text in each language that has it."""
Urls = TypeAliasType("Urls", Annotated[dict[Language, Url], Field(min_length=1)])
"""An address for each language."""


class DateValue(Output):
    """A date, which may be a month, a quarter or a span with an open end."""

    edtf: Edtf = Field(description="As the source meant it, in EDTF (ISO 8601-2).")
    earliest: date | None = Field(description="The first day it can mean; null: open.")
    latest: date | None = Field(description="The last day it can mean; null: open.")

    @classmethod
    def of(cls, when: PartialDate) -> DateValue:
        """Convert a partial date."""
        return cls(
            edtf=str(when),
            earliest=when.earliest if when.start else None,
            latest=when.latest if when.end else None,
        )


class Name(TypedDict, total=False):
    """What an id stands for; places have a country, documents and resolutions an address."""

    name: Texts
    country: str | None
    label: str
    title: Texts
    url: Urls | None


Names = Annotated[
    dict[str, dict[str, Name]],
    Field(description="What the ids in this file stand for, by kind of thing and id."),
]


class File(Output):
    """A JSON file: licence, and the date and the report that its statements hold for."""

    licence: str = Field(description="Short name of the licence.")
    licence_url: Url
    as_of: Edtf | None = Field(description="The date that the statements hold for, in EDTF.")
    as_of_basis: Known | None = Field(description="Whether the report gives that date.")
    source: str | None = Field(description="Symbol or id of the report.")


class Located(Output):
    """Something that has a place on the site."""

    url: Urls = Field(description="Where it is on this site.")


class Judged(Output):
    """What the newest assessment says."""

    status: str | None = Field(description="Id of a status; null: not reported.")
    constrained_by_funding: bool | None = Field(
        description="Whether a source says that a lack of money holds it back; null: not reported."
    )
    assessed_in: str | None = Field(
        description="Id of the reporting period of the assessment; if there are later ones, their"
        " reports do not speak of the status. Null: not reported."
    )


class Listed(Output):
    """An entry of a resolution in a list of all resolutions."""

    resolution: str = Field(description="Slug of the resolution.")
    label: str = Field(description="Its short name.")
    url: Urls = Field(description="Where it is on this site.")


# --- output models of records ---------------------------------------------------------------------

_OMITTED = {(Resolution, "label"), (Document, "url")}
"""Fields of records in whose place the files say something else."""
COMPUTED: Mapping[type[Record], Mapping[str, tuple[Any, str]]] = {
    Event: {
        "outcome": (Outcome, "As last reported."),
        "date": (DateValue | None, "The newest date known; null: not reported."),
        "planned_for": (DateValue | None, "The date before that, if it has not come to be."),
        "case": (queries.Case, "What is known of it on the day the file was made."),
    },
    Resource: {
        "gap": (Amount | None, "Required less mobilized; null: cannot be computed."),
        "gap_share": (Share | None, "The gap as a share of what is required."),
    },
}
"""What an output model adds to the fields of its record, with type and description."""

_DATA_FILE = re.compile(r" in \w+\.yml")
INTERNAL = frozenset(("event", "paragraph"))
"""Kinds of references within one record: these are not among the names."""


@dataclass(frozen=True)
class Of:
    """Marks a value as the output model of a record class, after the keys of another model."""

    record: type[Record]
    before: type[Output] = Output

    def __get_pydantic_core_schema__(self, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Validate and describe the value as the derived model."""
        return handler.generate_schema(entry_model(self.before, self.record))


@cache
def exported_fields(kind: type[Record]) -> tuple[str, ...]:
    """List the fields of a record class that are exported."""
    names = (name for name in kind.model_fields if name != "held")
    own = tuple(name for name in names if (kind, name) not in _OMITTED)
    return ("id", *own) if hasattr(kind, "id") and "id" not in kind.model_fields else own


@cache
def entry_model(before: type[Output], kind: type[Record]) -> type[Output]:
    """Derive the output model of a record class, with the keys of another model before its own."""
    own = output_model(kind)
    return own if before is Output else combined(f"{kind.__name__}{before.__name__}", before, own)


@cache
def output_model(kind: type[Record]) -> type[Output]:
    """Derive the output model of a record class."""
    keys: dict[str, Any] = {}
    for name in exported_fields(kind):
        if field := kind.model_fields.get(name):
            annotation = _output_type(field.annotation, field.metadata)
            if name == "title_basis":
                annotation = dict.__class_getitem__((Language, annotation))
            keys[name] = (annotation, Field(description=_description(kind, name)))
        else:
            keys[name] = (str, Field(description=getattr(kind, name).__doc__))
    for name, (annotation, description) in COMPUTED.get(kind, {}).items():
        keys[name] = (annotation, Field(description=description))
    return create_model(kind.__name__, __base__=Output, __doc__=kind.__doc__, **keys)


def combined(name: str, *bases: type[Output]) -> type[Output]:
    """Make a model that has the keys of several in their order, described as the first."""
    return create_model(name, __base__=tuple(reversed(bases)), __doc__=bases[0].__doc__)


def _description(kind: type[Record], name: str) -> str:
    description = _DATA_FILE.sub("", descriptions(kind).get(name, ""))
    description = description.replace("absent:", "null:")
    reference = marked_fields(kind, Ref).get(name)
    if reference and reference.kind not in INTERNAL:
        description += f" What it stands for is under names.{reference.kind}."
    text = marked_fields(kind, TextKind).get(name)
    suffix = " Restricted Markdown; links are absolute." if text and text.rich else ""
    return description + suffix


def _output_type(annotation: Any, marks: Sequence[Any]) -> Any:
    """Translate the annotation of a record's field, with the marks and constraints put on it."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _output_type(parts[0], [*parts[1:], *marks])
    if origin in (Union, UnionType):
        return reduce(operator.or_, (_output_type(part, ()) for part in parts))
    if any(isinstance(mark, TextKind) for mark in marks):
        return Texts
    if annotation is PartialDate:
        return DateValue
    if annotation is Decimal:
        return Amount
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return output_model(annotation)
    base = list.__class_getitem__(_output_type(parts[0], ())) if origin is tuple else annotation
    plain = [m for mark in marks for m in getattr(mark, "metadata", [mark])]
    constraints = [mark for mark in plain if isinstance(mark, BaseMetadata)]
    return reduce(lambda annotation, mark: Annotated[annotation, mark], constraints, base)

"""What all records share: kinds of fields, references, sources, and ways through a record.

A field that holds text for readers is a `Text` or a `RichText`; one that names an entry elsewhere carries a
`Ref`. Both marks are read by the checks, the translations and the schema.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, ClassVar, Iterator, Literal, Mapping, TypeVar, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, WithJsonSchema

from macros.model import dates
from macros.model.dates import PartialDate

ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
NO_SPACE = r"^\S"
CURRENCY = r"^[A-Z]{3}$"
LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z]{2,4})?$"
LINK = r"^https://[^\s\"'<>]+$"
CONTACT = r"^(mailto:|https://)[^\s\"'<>]+$"
PARAGRAPH = r"^\d+[a-z]*( (bis|ter|quater))?( \([a-z0-9]+\))*$"
"""An operative paragraph as documents number it: `2`, `2 (a)`, `3 bis`."""


@dataclass(frozen=True)
class TextKind:
    """Marks a field as text for readers: `rich` texts are restricted Markdown, others are plain."""

    rich: bool


@dataclass(frozen=True)
class Ref:
    """Marks a field that names an entry elsewhere in the data; `kind` says of what sort."""

    kind: str


def _label(value: Any) -> Any:
    """Numbers and sessions may be written bare (`number: 4`); they are labels, not quantities."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _amount(value: Any) -> Any:
    return (
        Decimal(str(value))
        if isinstance(value, (int, float)) and not isinstance(value, bool)
        else value
    )


def _date(value: Any) -> PartialDate:
    value = _label(value)  # a bare year is read as a number
    if not isinstance(value, str):
        raise ValueError("a date is expected")
    return dates.parse(value)


DRAFT = "draft"


class HoldError(ValueError):
    """What stands where something is held from publication is neither `draft` nor a day."""


def hold(value: Any) -> PartialDate | str:
    """What `held` says: `draft`, or the day of publication. Raises `HoldError`."""
    try:
        found = value if value == DRAFT else _date(value)
    except ValueError:
        found = None
    if found is None or isinstance(found, PartialDate) and not found.is_day:
        raise HoldError
    return found


Id = Annotated[
    str, Field(pattern=ID, max_length=80, examples=["expert-meeting", "guidelines-adopted"])
]
Label = Annotated[
    str,
    BeforeValidator(_label),
    Field(min_length=1, max_length=40),
    WithJsonSchema({"type": ["string", "integer"], "minLength": 1, "maxLength": 40}),
]
ParagraphNumber = Annotated[
    Label,
    WithJsonSchema(
        {"type": ["string", "integer"], "pattern": PARAGRAPH, "examples": ["2 (a)", "3 bis"]}
    ),
]
LabelId = Annotated[
    str,
    BeforeValidator(_label),
    Field(pattern=ID, max_length=40),
    WithJsonSchema({"type": ["string", "integer"], "pattern": ID, "maxLength": 40}),
]
"""A label that is part of an address, such as the id of a session."""
Text = Annotated[str, TextKind(rich=False), Field(min_length=1, pattern=NO_SPACE)]
RichText = Annotated[str, TextKind(rich=True), Field(min_length=1, pattern=NO_SPACE)]
Amount = Annotated[
    Decimal,
    BeforeValidator(_amount),
    Field(ge=0, le=Decimal(10) ** 15, allow_inf_nan=False),
    WithJsonSchema(
        {"type": "number", "minimum": 0, "maximum": 10**15, "examples": [24000000, 150000]}
    ),
]
Date = Annotated[
    PartialDate,
    PlainValidator(_date),
    WithJsonSchema({
        "type": ["string", "integer"],
        "pattern": dates.PATTERN,
        "minimum": dates.FIRST_YEAR,
        "maximum": dates.LAST_YEAR,
        "examples": ["2024-12-09", "2024-36"],
    }),
]  # fmt: skip
Currency = Annotated[
    str,
    Field(
        pattern=CURRENCY,
        description="ISO 4217 code of the currency, three capital letters.",
        examples=["USD", "EUR"],
    ),
]
Held = Annotated[
    PartialDate | str | None,
    PlainValidator(hold),
    WithJsonSchema({"type": "string", "pattern": rf"^({DRAFT}|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})$"}),
]
DocumentRef = Annotated[str, Ref("document"), Field(examples=["A/74/8", "A/76/639"])]
EventRef = Annotated[str, Ref("event"), Field(examples=["expert-meeting", "handbook-launch"])]
GoalRef = Annotated[int, Ref("goal"), Field(ge=1, le=17, examples=[11, 13])]
MechanismRef = Annotated[
    str, Ref("mechanism"), Field(examples=["common-fund", "small-cities-window"])
]
OrganizationRef = Annotated[
    str, Ref("organization"), Field(examples=["world-bank", "government-kenya"])
]
ParagraphRef = Annotated[ParagraphNumber, Ref("paragraph")]
PeriodRef = Annotated[str, Ref("period"), Field(examples=["eb-2024-2", "eb-2025-1"])]
PlaceRef = Annotated[str, Ref("place"), Field(examples=["nairobi", "kenya"])]
ResolutionRef = Annotated[str, Ref("resolution"), Field(examples=["1-3", "2-4"])]
SessionRef = Annotated[Label, Ref("session"), Field(examples=[2, 3])]
ThemeRef = Annotated[str, Ref("theme"), Field(examples=["housing", "climate"])]
Basis = Literal["verified", "inferred", "cited", "unofficial"]


R = TypeVar("R", bound="Record")
_set = object.__setattr__
_NOT_KEPT: frozenset[str] = frozenset()
"""In the place of the set in which pydantic keeps, for every record, which fields were given: nobody asks for that."""


class Record(BaseModel):
    """Base of all records: frozen, strict, no unknown keys."""

    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", arbitrary_types_allowed=True
    )

    names_lists: ClassVar[bool] = False
    """Whether the ids of its entries' texts begin with the name of their list (`statuses.implemented.name`)."""

    @property
    def text_key(self) -> str | None:
        """The first half of the ids of this record's texts; `None` where it is the whole file."""
        return self.id if has(type(self), "id") else None

    def changed(self: R, values: Mapping[str, Any]) -> R:
        """A copy with other values in some fields, which are not checked again; the record itself if there are none."""
        if not values:
            return self
        copy = object.__new__(type(self))
        _set(copy, "__dict__", {**self.__dict__, **values})
        _set(copy, "__pydantic_extra__", None)
        _set(copy, "__pydantic_private__", None)
        _set(copy, "__pydantic_fields_set__", _NOT_KEPT)
        return copy


class Entry(Record):
    """A record that can be kept from publication."""

    held: Held = Field(
        None,
        description="draft, or the day from which it is published; until then it shows in previews of drafts only.",
        examples=[DRAFT, "2025-06-01"],
    )


class Source(Record):
    """Where a statement was taken from."""

    document: DocumentRef = Field(
        description="Symbol (or id) of a document in documents.yml.",
        examples=["A/74/8", "A/76/639"],
    )
    paragraph: Label | None = Field(
        None, description="Paragraph of that document.", examples=[31, "12 (b)"]
    )


Sources = Annotated[
    tuple[Source, ...],
    Field(min_length=1, description="Where this was taken from; one source at least."),
]


class Statement(Entry):
    """Anything that is said with a source. Its id is its permanent anchor and is never changed."""

    id: Id = Field(
        description="Permanent anchor on the page: small letters, digits and hyphens; never changed."
    )
    sources: Sources

    @property
    def anchor(self) -> str:
        """The fragment by which a reader reaches it on the page of its resolution."""
        return self.id


# --- ways through a record ------------------------------------------------------------


@cache
def marked_fields(kind: type[Record], mark: type) -> dict[str, Any]:
    """The fields of a record class whose annotation carries a mark (`TextKind` or `Ref`), with the mark."""

    def find(annotation: Any) -> Any:
        for part in get_args(annotation):
            if isinstance(part, mark):
                return part
            if found := find(part):
                return found
        return None

    found = {}
    for name, field in kind.model_fields.items():
        direct = [m for m in field.metadata if isinstance(m, mark)]
        if value := (direct[0] if direct else find(field.annotation)):
            found[name] = value
    return found


def record_in(annotation: Any) -> type[Record] | None:
    """The record class within an annotation, such as that of `tuple[Source, ...]`."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    return next((found for part in get_args(annotation) if (found := record_in(part))), None)


def records(
    record: Record, path: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], Record]]:
    """A record and all records inside it, each with its path from the top (`("updates", 0, "sources", 1)`)."""
    yield path, record
    for name in holders(type(record)):
        value = getattr(record, name)
        if isinstance(value, Record):
            yield from records(value, (*path, name))
        elif isinstance(value, tuple):
            for index, entry in enumerate(value):
                if isinstance(entry, Record):
                    yield from records(entry, (*path, name, index))


def inside(record: Record) -> list[Record]:
    """A record and all records inside it, in the same order, but for the sources (see `cited`): there are more of them
    than of anything else, and few ask for them."""
    found: list[Record] = []
    _collect(
        record, found
    )  # a function within this one would keep itself, and all it found, from being forgotten
    return found


def _collect(record: Record, found: list[Record]) -> None:
    found.append(record)
    values = record.__dict__
    for name in _of_entries(type(record)):
        value = values[name]
        for inner in value if isinstance(value, tuple) else (value,):
            if inner is not None:
                _collect(inner, found)


def cited(record: Record) -> Iterator[Source]:
    """All citations inside a record."""
    return (source for entry in inside(record) for source in entry.__dict__.get("sources", ()))


Known = dict[Any, Any]
"""Sources, and tuples of sources, by what they say."""


def spared(record: R, known: Known) -> R:
    """A record that was just made, and is nobody else's yet, with what takes most of its memory given up.

    That is what pydantic knows of it besides its fields; and of the same sources there is one in all records. In: those
    that are there already; new ones are put in.
    """
    for entry in inside(record):
        _set(entry, "__pydantic_fields_set__", _NOT_KEPT)
        if cited := entry.__dict__.get("sources"):
            said = tuple((source.document, source.paragraph) for source in cited)
            if said not in known:
                known[said] = tuple(map(known.setdefault, said, cited))
            entry.__dict__["sources"] = known[said]
    return record


@cache
def has(kind: type[Record], name: str) -> bool:
    """Whether records of a class have a field or a property; asking a record itself is slow where it has not."""
    return name in kind.model_fields or hasattr(kind, name)


@cache
def holders(kind: type[Record]) -> tuple[str, ...]:
    """The fields of a record class that can hold records."""
    return tuple(name for name, field in kind.model_fields.items() if record_in(field.annotation))


@cache
def _of_entries(kind: type[Record]) -> tuple[str, ...]:
    """The same but for sources."""
    return tuple(
        name
        for name in holders(kind)
        if record_in(kind.model_fields[name].annotation) is not Source
    )


def texts(record: Record, prefix: str = "") -> Iterator[tuple[str, Record, str]]:
    """All texts of a record and of the records inside it.

    Out: `(id of the text, record that holds it, name of its field)`; the id is `title` at the top of a
    file, `<entry's id>.<field>` below it.
    """
    key = record.text_key
    base = f"{prefix}{key}." if key is not None else prefix
    for name in marked_fields(type(record), TextKind):
        if getattr(record, name) is not None:
            yield base + name, record, name
    for name in holders(type(record)):
        value = getattr(record, name)
        if isinstance(value, tuple):
            inner = f"{name}." if record.names_lists else ""
            for entry in value:
                if isinstance(entry, Record):
                    yield from texts(entry, inner)
        elif isinstance(value, Record):
            yield from texts(value, base)

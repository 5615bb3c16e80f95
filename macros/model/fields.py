"""What all records share: kinds of fields, references, sources, and ways through a record.

A field that holds text for readers is a `Text` or a `RichText`; one that names an entry elsewhere
carries a `Ref`. Both marks are read by the checks, the translations and the schema.
"""

from __future__ import annotations

import ast
import inspect
import sys
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    PlainValidator,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from macros.errors import TrackerError
from macros.model import dates
from macros.model.dates import PartialDate

Path = tuple[str | int, ...]
"""Where a value stands in a file: keys and places in lists, from the top."""

ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
NO_SPACE = r"^\S"
CURRENCY = r"^[A-Z]{3}$"
LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z]{2,4})?$"
HOST = r"https://[A-Za-z0-9.-]+(:[0-9]+)?"
"""The beginning of a link; other letters may look alike, and what stands before @ like a host."""
LINK = rf"^{HOST}([/?#][^\s\"'<>]*)?$"
CONTACT = rf"^(mailto:[^\s\"'<>]+|{HOST}([/?#][^\s\"'<>]*)?)$"
MAX_TEXT = 10_000
"""The most characters of one text."""
PARAGRAPH = r"^[1-9]\d*[a-z]*( (bis|ter|quater))?( \(?[a-z0-9]+\))*$"
"""An operative paragraph as documents number it: `2`, `2 (a)`, `3 bis`, in French `5 a) ii)`."""


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
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return Decimal(str(value)) if is_number else value


def _date(value: Any) -> PartialDate:
    value = _label(value)  # a bare year is read as a number
    if not isinstance(value, str):
        raise ValueError("a date is expected")
    return dates.parse(value)


DRAFT = "draft"


class HoldError(TrackerError, ValueError):
    """What stands where something is held from publication is neither `draft` nor a day."""


def hold(value: Any) -> PartialDate | str:
    """What `held` says: `draft`, or the day of publication.

    Raises:
        HoldError: It says neither.
    """
    if value == DRAFT:
        return DRAFT
    try:
        day = _date(value)
    except ValueError:
        raise HoldError from None
    if not day.is_day:
        raise HoldError
    return day


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
        {"type": ["string", "integer"], "pattern": PARAGRAPH, "examples": ["2 (a)", "5 a) ii)"]}
    ),
]
LabelId = Annotated[
    str,
    BeforeValidator(_label),
    Field(pattern=ID, max_length=40),
    WithJsonSchema({"type": ["string", "integer"], "pattern": ID, "maxLength": 40}),
]
"""A label that is part of an address, such as the id of a session."""
Text = Annotated[
    str, TextKind(rich=False), Field(min_length=1, max_length=MAX_TEXT, pattern=NO_SPACE)
]
RichText = Annotated[
    str, TextKind(rich=True), Field(min_length=1, max_length=MAX_TEXT, pattern=NO_SPACE)
]
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
DocumentRef = Annotated[str, Ref("document")]
EventRef = Annotated[str, Ref("event")]
GoalRef = Annotated[int, Ref("goal"), Field(ge=1, le=17)]
MechanismRef = Annotated[str, Ref("mechanism")]
OrganizationRef = Annotated[str, Ref("organization")]
ParagraphRef = Annotated[ParagraphNumber, Ref("paragraph")]
PeriodRef = Annotated[str, Ref("period")]
PlaceRef = Annotated[str, Ref("place")]
ResolutionRef = Annotated[str, Ref("resolution")]
SessionRef = Annotated[Label, Ref("session")]
ThemeRef = Annotated[str, Ref("theme")]
Basis = Literal["verified", "inferred", "cited", "unofficial"]


class Record(BaseModel):
    """Base of all records: frozen, strict, no unknown keys."""

    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", arbitrary_types_allowed=True
    )

    names_lists: ClassVar[bool] = False
    """Whether the ids of its entries' texts begin with the name of their list
    (`statuses.implemented.name`)."""

    is_part: ClassVar[bool] = False
    """Whether the ids of its texts begin with the id of the entry that it belongs to."""

    @property
    def text_key(self) -> str | None:
        """The first half of the ids of this record's texts; `None` where it is the whole file."""
        return getattr(self, "id", None)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Add the descriptions of the fields."""
        result = handler(schema)
        properties = handler.resolve_ref_schema(result).get("properties", {})
        for name, text in descriptions(cls).items():
            properties[name].setdefault("description", text)
        return result


class Entry(Record):
    """A record that can be embargoed."""

    held: Held = Field(None, examples=[DRAFT, "2025-06-01"])
    """draft, or the day from which it is published; until then it shows in previews of drafts
    only."""


class Source(Record):
    """Where a statement was taken from."""

    document: DocumentRef
    """Symbol (or id) of a document in documents.yml."""
    paragraph: Label | None = Field(None, examples=[31, "12 (b)"])
    """Paragraph of that document."""


Sources = Annotated[
    tuple[Source, ...],
    Field(min_length=1, description="Where this was taken from; one source at least."),
]


class Anchored(Entry):
    """An entry that readers can link to."""

    @property
    def anchor(self) -> str:
        """The fragment by which a reader reaches it on the page of its resolution: its id."""
        return self.text_key or ""


class Identified(Anchored):
    """An entry with an id of its own."""

    id: Id
    """Permanent anchor on the page: small letters, digits and hyphens; never changed."""


class Statement(Identified):
    """Anything that is said with a source."""

    sources: Sources


# --- descriptions of fields ----------------------------------------------------------


@cache
def descriptions(kind: type[Record]) -> dict[str, str]:
    """What each field of a record class holds: the docstring below it."""
    described: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        if issubclass(base, Record):
            described |= _docstrings(base.__module__)[base.__name__]
    return {name: described[name] for name in kind.model_fields if name in described}


@cache
def _docstrings(module: str) -> dict[str, dict[str, str]]:
    """The docstrings of fields by class (pydantic's own extraction is slow, and done at import)."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {
        node.name: {
            field.target.id: " ".join(str(text.value.value).split())
            for field, text in pairwise(node.body)
            if isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(text, ast.Expr)
            and isinstance(text.value, ast.Constant)
        }
        for node in tree.body
        if isinstance(node, ast.ClassDef)
    }

"""The model of an organ's resolutions: immutable, strict records, described field by field.

Every record is made from one YAML mapping. An unknown key is an error. Whatever a reader reads is a
`Text` or a `RichText`; its translations are kept in files of their own, by id (see `corpus`).

Terms follow the United Nations Editorial Manual: operative paragraph, document symbol, reporting
period. Dates are EDTF (see `dates`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Iterator, Literal, Union, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, WithJsonSchema

from macros import dates
from macros.dates import PartialDate

FORMAT = 1
"""The version of the data format that this code reads (`format` in `body.yml`)."""

ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"


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
    return Decimal(str(value)) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def _date(value: Any) -> PartialDate:
    value = _label(value)  # a bare year is read as a number
    if not isinstance(value, str):
        raise ValueError("a date is expected")
    return dates.parse(value)


Id = Annotated[str, Field(pattern=ID, max_length=80)]
Label = Annotated[
    str, BeforeValidator(_label), Field(min_length=1, max_length=40), WithJsonSchema({"type": ["string", "integer"]})
]
Text = Annotated[str, TextKind(rich=False), Field(min_length=1, pattern=r"^\S")]
RichText = Annotated[str, TextKind(rich=True), Field(min_length=1, pattern=r"^\S")]
Amount = Annotated[
    Decimal,
    BeforeValidator(_amount),
    Field(ge=0, le=Decimal(10) ** 15, allow_inf_nan=False),
    WithJsonSchema({"type": "number", "minimum": 0}),
]
Date = Annotated[
    PartialDate,
    PlainValidator(_date),
    WithJsonSchema({"type": ["string", "integer"], "description": f"A date in EDTF: {dates.FORMS}."}),
]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="ISO 4217 code of the currency.")]
DocumentRef = Annotated[str, Ref("document")]
EventRef = Annotated[str, Ref("event")]
GoalRef = Annotated[int, Ref("goal"), Field(ge=1, le=17)]
MechanismRef = Annotated[str, Ref("mechanism")]
OrganizationRef = Annotated[str, Ref("organization")]
ParagraphRef = Annotated[Label, Ref("paragraph")]
PeriodRef = Annotated[str, Ref("period")]
PlaceRef = Annotated[str, Ref("place")]
ResolutionRef = Annotated[str, Ref("resolution")]
SessionRef = Annotated[Label, Ref("session")]
ThemeRef = Annotated[str, Ref("theme")]
Basis = Literal["verified", "inferred", "cited", "unofficial"]


class Record(BaseModel):
    """Base of all records: frozen, strict, no unknown keys."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", arbitrary_types_allowed=True)

    @property
    def text_key(self) -> str | None:
        """The first half of the ids of this record's texts; `None` where it is the whole file."""
        return getattr(self, "id", None)


class Source(Record):
    """Where a statement was taken from."""

    document: DocumentRef = Field(description="Symbol (or id) of a document in documents.yml.", examples=["HSP/EB.2024/20"])
    paragraph: Label | None = Field(None, description="Paragraph of that document.", examples=[31])


Sources = Annotated[
    tuple[Source, ...], Field(min_length=1, description="Where this was taken from; one source at least.")
]


class Statement(Record):
    """Anything that is said with a source. Its id is its permanent anchor and is never changed."""

    id: Id = Field(description="Permanent anchor on the page: small letters, digits and hyphens; never changed.")
    sources: Sources

    @property
    def anchor(self) -> str:
        """The fragment by which a reader reaches it on the page of its resolution."""
        return self.id


# --- one resolution -------------------------------------------------------------------------------


def paragraph_anchor(number: str) -> str:
    """`2 (a)` → `op-2-a`: the anchor of an operative paragraph, from its number in the document."""
    return "op-" + "-".join(re.findall(r"[0-9a-z]+", number.lower()))


class OperativeParagraph(Record):
    """An operative paragraph that a source mentions."""

    number: Label = Field(description="As the resolution numbers it.", examples=["2", "2 (a)"])
    gist: Text = Field(description="What it asks for, in one plain sentence of our own.")
    addressee: Text | None = Field(None, description="Whom it addresses, where a source says so.")
    sources: Sources

    @property
    def id(self) -> str:
        """Its permanent anchor, `op-2-a`."""
        return paragraph_anchor(self.number)

    @property
    def anchor(self) -> str:
        """The same as `id`."""
        return self.id


class Assessment(Statement):
    """What state the resolution, or one of its paragraphs, is judged to be in, from what a report says."""

    period: PeriodRef = Field(description="Id of the reporting period.", examples=["eb-2024-2"])
    paragraph: ParagraphRef | None = Field(None, description="Operative paragraph it is about; absent: the whole resolution.")
    status: Annotated[str, Ref("status")] = Field(description="Id of a status in vocabulary.yml.", examples=["under-implementation"])
    constrained_by_funding: bool | None = Field(
        None, description="Whether a source says that a lack of money holds it back; absent: not reported."
    )
    reason: RichText = Field(description="Why it is judged so: what the source says, in our words.")


class Update(Statement):
    """A note of what was done, is planned, or was said about money in one reporting period."""

    period: PeriodRef = Field(description="Id of the reporting period.", examples=["eb-2024-2"])
    about: Literal["progress", "plan", "funding"] = Field(
        "progress", description="What it tells: what was done, what is planned, or how it is paid for."
    )
    paragraphs: tuple[ParagraphRef, ...] = Field((), description="Operative paragraphs it is about.")
    text: RichText = Field(description="The note, in our own words; restricted Markdown.")


class EventReport(Record):
    """What one report said of an event."""

    period: PeriodRef = Field(description="Id of the reporting period.")
    said: Literal["happened", "planned"] = Field(description="Whether it was told as done or as still to come.")
    date: Date | None = Field(None, description="When, as the source says it; absent: not reported.")
    sources: Sources


class Event(Record):
    """A meeting, publication, deadline or other thing with a place in time."""

    id: Id = Field(description="Permanent anchor: small letters, digits and hyphens; never changed.")
    kind: Annotated[str, Ref("event_kind")] = Field(description="Id of an event kind in vocabulary.yml.", examples=["meeting"])
    title: Text = Field(description="What it is, without the date and the place.")
    place: PlaceRef | None = Field(None, description="Id of a place in places.yml.")
    paragraphs: tuple[ParagraphRef, ...] = Field((), description="Operative paragraphs it is about.")
    reports: Annotated[
        tuple[EventReport, ...], Field(min_length=1, description="What each report said of it, oldest first.")
    ]

    @property
    def latest(self) -> EventReport:
        """The newest report."""
        return self.reports[-1]

    @property
    def said(self) -> str:
        """`happened` or `planned`, as last reported."""
        return self.latest.said

    @property
    def date(self) -> PartialDate | None:
        """When, as last reported."""
        return self.latest.date

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where that was taken from."""
        return self.latest.sources

    @property
    def anchor(self) -> str:
        """The same as `id`."""
        return self.id


class Resource(Statement):
    """How much money was required and mobilized, as of a date. Never added up with contributions."""

    as_of: Date | None = Field(None, description="The date the figures hold for; absent: not known.")
    currency: Currency
    required: Amount | None = Field(None, description="In whole units of the currency; absent: not reported.")
    mobilized: Amount | None = Field(None, description="In whole units of the currency; absent: not reported.")
    note: Text | None = Field(None, description="What a reader must know to read the figures.")

    @property
    def gap(self) -> Decimal | None:
        """Required less mobilized (zero at the least); `None` where either is not reported."""
        if self.required is None or self.mobilized is None:
            return None
        return max(self.required - self.mobilized, Decimal(0))

    @property
    def gap_share(self) -> Decimal | None:
        """The gap as a share of what is required, 0 to 1; `None` where it cannot be computed."""
        return None if self.gap is None or not self.required else self.gap / self.required


class ContributionReport(Record):
    """What one report said of a contribution."""

    period: PeriodRef = Field(description="Id of the reporting period.")
    state: Annotated[str, Ref("contribution_state")] = Field(description="Id of a contribution state in vocabulary.yml.", examples=["received"])
    amount: Amount | None = Field(None, description="In whole units of the currency; absent: not reported.")
    approximate: bool = Field(False, description="Whether the source gives the amount as approximate.")
    currency: Currency | None = Field(None, description="Needed with an amount.")
    sources: Sources


class Contribution(Record):
    """Money, or its reported absence, from one contributor for one purpose."""

    id: Id = Field(description="Permanent anchor: small letters, digits and hyphens; never changed.")
    contributor: OrganizationRef | None = Field(None, description="Id of an organization; absent: not reported.")
    kind: Annotated[str, Ref("contribution_kind")] = Field(description="Id of a contribution kind in vocabulary.yml.", examples=["voluntary"])
    purpose: Text = Field(description="What it is for.")
    paragraphs: tuple[ParagraphRef, ...] = Field((), description="Operative paragraphs it is about.")
    mechanism: MechanismRef | None = Field(None, description="Id of the mechanism through which it comes.")
    reports: Annotated[
        tuple[ContributionReport, ...], Field(min_length=1, description="What each report said of it, oldest first.")
    ]

    @property
    def latest(self) -> ContributionReport:
        """The newest report."""
        return self.reports[-1]

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where the newest report was taken from."""
        return self.latest.sources

    @property
    def anchor(self) -> str:
        """The same as `id`."""
        return self.id


class Term(Statement):
    """One term of a mechanism: what set it up, how money gets in, what it pays for, who decides."""

    text: RichText = Field(description="The term, in our own words.")


class Mechanism(Record):
    """A way of funding with its own name and terms."""

    id: Id = Field(description="Permanent anchor: small letters, digits and hyphens; never changed.")
    name: Text = Field(description="Its official name.")
    purpose: RichText = Field(description="What it is for, in one or two sentences.")
    terms: Annotated[tuple[Term, ...], Field(min_length=1)]
    documents: tuple[DocumentRef, ...] = Field((), description="Documents that set it up or govern it.")
    events: tuple[EventRef, ...] = Field((), description="Ids of events of this resolution that belong to it.")

    @property
    def anchor(self) -> str:
        """The same as `id`."""
        return self.id


class Partner(Record):
    """An organization that a source names as taking part."""

    organization: OrganizationRef = Field(description="Id in organizations.yml.")
    period: PeriodRef = Field(description="Id of the reporting period.")
    role: Text = Field(description="What it does, in a few words.")
    sources: Sources

    @property
    def id(self) -> str:
        """Its permanent anchor, `partner-` and the organization's id."""
        return f"partner-{self.organization}"

    @property
    def anchor(self) -> str:
        """The same as `id`."""
        return self.id


class Relation(Record):
    """A tie to another resolution."""

    kind: Annotated[str, Ref("relation_kind")] = Field(description="Id of a relation kind in vocabulary.yml.", examples=["follows-up"])
    resolution: ResolutionRef = Field(description="Slug of the other resolution.", examples=["1-3"])
    sources: Sources


class Symbol(Record):
    """A document symbol and how surely it is known."""

    value: str = Field(min_length=1, max_length=80, examples=["HSP/HA.2/Res.4"])
    basis: Literal["verified", "inferred"] = Field(description="Seen in a source, or made from the organ's pattern.")


class Adoption(Record):
    """How a resolution was adopted, where known."""

    date: Date | None = None
    manner: Text | None = Field(None, description="For example: by consensus.")
    proposed_by: tuple[OrganizationRef, ...] = Field((), description="Ids of organizations.")
    basis: Literal["verified", "inferred"] = "verified"


class Resolution(Record):
    """One resolution: all facts, and its texts in the organ's working language. One file each."""

    number: Label = Field(description="Its number, without the session.", examples=[4])
    session: SessionRef | None = Field(None, description="Id of a session in sessions.yml.", examples=[2])
    label: str | None = Field(None, description="Short name, where the organ's pattern does not give it.")
    symbol: Symbol | None = None
    title: Text = Field(description="Title in the working language.")
    title_basis: Basis = Field(description="verified (word for word), cited (as generally cited) or unofficial.")
    adoption: Adoption = Adoption()
    themes: tuple[ThemeRef, ...] = Field((), description="Ids of themes in vocabulary.yml.")
    goals: tuple[GoalRef, ...] = Field((), description="Sustainable Development Goals.")
    responsible_unit: OrganizationRef | None = Field(None, description="Id of an organization; absent: not reported.")
    documents: tuple[DocumentRef, ...] = Field((), description="Documents about it, beyond the sources of its statements.")
    operative_paragraphs: tuple[OperativeParagraph, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    updates: tuple[Update, ...] = ()
    events: tuple[Event, ...] = ()
    resources: tuple[Resource, ...] = Field((), description="In the order in which they were published.")
    contributions: tuple[Contribution, ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()
    partners: tuple[Partner, ...] = ()
    relations: tuple[Relation, ...] = ()
    former_addresses: tuple[str, ...] = Field((), description="Addresses that must go on leading here.")

    def fill(self, pattern: str) -> str | None:
        """A pattern of the organ (`{session}/{number}`, `{symbol}`) filled in; `None` where a part is not known."""
        values = {"session": self.session, "number": self.number, "symbol": self.symbol and self.symbol.value}
        needed = [name for name in values if "{" + name + "}" in pattern]
        if any(values[name] is None for name in needed):
            return None
        for name in needed:
            pattern = pattern.replace("{" + name + "}", values[name])
        return pattern


# --- what resolutions refer to ----------------------------------------------------------------------


class Session(Record):
    """A session of the organ."""

    id: Label
    name: Text
    place: PlaceRef | None = Field(None, description="Id of a place.")
    meetings: tuple[Date, ...] = Field((), description="Its dates; more than one where it was resumed.")
    expected: Date | None = Field(None, description="When it is expected, if it has not met yet.")
    note: Text | None = None
    documents: tuple[DocumentRef, ...] = Field((), description="Its report and other documents.")


class Period(Record):
    """A reporting period, covered by one report."""

    id: Id = Field(description="The organ's own label for it, part of permanent addresses.", examples=["eb-2024-2"])
    name: Text
    first: Date = Field(description="First day covered.")
    last: Date = Field(description="Last day covered.")
    report: DocumentRef = Field(description="Symbol of the report.")
    as_of: Date = Field(description="The date the report's statements hold for.")
    as_of_basis: Literal["verified", "inferred"]
    note: Text | None = Field(None, description="How the dates are known.")


class Document(Record):
    """A document that is cited."""

    symbol: str | None = Field(None, description="Document symbol; absent for documents without one.")
    id: Id | None = Field(None, description="Only for documents without a symbol.")
    kind: Annotated[str, Ref("document_kind")] = Field(description="Id of a document kind in vocabulary.yml.")
    title: Text
    title_basis: Basis = "unofficial"
    date: Date | None = None
    paragraphs: Annotated[int, Field(ge=1)] | None = Field(None, description="Number of paragraphs, where known.")
    url: Annotated[str, Field(pattern=r"^https://[^\s\"'<>]+$")] | None = Field(
        None, description="Address, where the organ's pattern does not give it."
    )
    contained_in: DocumentRef | None = Field(None, description="Document that holds its text.")
    note: Text | None = None

    @property
    def key(self) -> str:
        """What the data refers to it by: its symbol, else its id."""
        return self.symbol or self.id or ""

    @property
    def anchor(self) -> str:
        """Its permanent anchor on the page of documents."""
        return self.id or re.sub(r"[^a-z0-9]+", "-", self.key.lower()).strip("-")

    @property
    def text_key(self) -> str | None:
        """Its symbol or id."""
        return self.key


class Organization(Record):
    """A partner, contributor or author."""

    id: Id
    name: Text
    short: Text | None = Field(None, description="Abbreviation or short name.")
    kind: Annotated[str, Ref("organization_kind")] = Field(description="Id of an organization kind in vocabulary.yml.")
    country: PlaceRef | None = Field(None, description="Id of a place.")


class Place(Record):
    """A city, country or region, named in the organ's official terms."""

    id: Id
    name: Text
    kind: Literal["city", "country", "region"]
    country: PlaceRef | None = Field(None, description="Id of the country a city lies in.")


class Named(Record):
    """A word of the vocabulary."""

    id: Id
    name: Text


class Status(Named):
    """A state of implementation."""

    definition: Text = Field(description="What it means, for readers.")
    tone: Literal["idle", "preparing", "active", "standing", "done", "past"] = Field(
        description="Colour and shape it is drawn in."
    )


class EventKind(Named):
    """A kind of event, with the words for its two cases."""

    happened: Text = Field(description="For example: Held.")
    planned: Text = Field(description="For example: To be held.")


class ContributionState(Named):
    """A state of a contribution."""

    definition: Text
    counts: bool = Field(description="Whether amounts in this state are money that was given or set aside.")


class Goal(Record):
    """A Sustainable Development Goal."""

    id: Annotated[int, Field(ge=1, le=17)]
    name: Text


class Sessions(Record):
    """The file of sessions, in order."""

    sessions: tuple[Session, ...]


class Periods(Record):
    """The file of reporting periods, oldest first."""

    periods: tuple[Period, ...]


class Documents(Record):
    """The file of documents."""

    documents: tuple[Document, ...]


class Organizations(Record):
    """The file of organizations."""

    organizations: tuple[Organization, ...]


class Places(Record):
    """The file of places."""

    places: tuple[Place, ...]


class Vocabulary(Record):
    """The organ's own words. Entries keep their order: statuses from the least to the most advanced."""

    statuses: tuple[Status, ...]
    themes: tuple[Named, ...] = ()
    goals: tuple[Goal, ...] = ()
    event_kinds: tuple[EventKind, ...] = ()
    contribution_kinds: tuple[Named, ...] = ()
    contribution_states: tuple[ContributionState, ...] = ()
    organization_kinds: tuple[Named, ...] = ()
    document_kinds: tuple[Named, ...] = ()
    relation_kinds: tuple[Named, ...] = ()


class OrganStatement(Statement):
    """A statement about the organ as a whole."""

    period: PeriodRef
    about: Literal["progress", "plan", "funding"] = "progress"
    text: RichText


class Correction(Record):
    """A mistake in what was published, and what it was put right to."""

    id: Id
    date: Date = Field(description="Day on which it was put right.")
    resolution: ResolutionRef | None = Field(None, description="Slug of the resolution; absent: the site as a whole.")
    text: Text = Field(description="What was wrong since when, and what it says now.")


class Statements(Record):
    """Statements about the organ as a whole."""

    statements: tuple[OrganStatement, ...] = ()
    resources: tuple[Resource, ...] = ()
    corrections: tuple[Correction, ...] = ()


class DocumentLinks(Record):
    """Where official texts are found, for symbols that begin with one of `prefixes`."""

    prefixes: Annotated[tuple[str, ...], Field(min_length=1)]
    address: Annotated[str, Field(pattern=r"^https://[^\s\"'<>]+$")] = Field(
        description="With {symbol} and, where it has languages, {lang}."
    )
    languages: tuple[str, ...] = Field((), description="Languages the address knows, the first for all others.")


class Body(Record):
    """The organ and how its tracker works."""

    format: Literal[1] = Field(description="Version of the data format.")
    site_name: Text = Field(description="Title of the site.")
    description: Text = Field(description="One sentence for search engines and the home page.")
    name: Text = Field(description="Name of the organ.")
    short_name: Text
    secretariat: Text = Field(description="Who implements and reports.")
    languages: Annotated[tuple[Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z]{2,4})?$")], ...], Field(min_length=1)]
    currency: Currency
    reporting_interval_months: Annotated[int, Field(ge=1, le=120)]
    label_pattern: str = Field("{session}/{number}", description="Short name of a resolution.")
    symbol_pattern: str | None = Field(None, examples=["HSP/HA.{session}/Res.{number}"])
    alias_patterns: tuple[str, ...] = Field((), description="Further addresses, from {session}, {number}, {symbol}.")
    document_links: tuple[DocumentLinks, ...] = ()
    contact: Annotated[str, Field(pattern=r"^(mailto:|https://)[^\s\"'<>]+$")] | None = Field(
        None, description="Address for readers: mailto: or https:."
    )
    notes: Text | None = Field(None, description="Standing note for every page, for example on place names.")


class Translation(Record):
    """One text in another language, beside the original it was made from."""

    original: str = Field(description="The text in the working language that was translated.")
    text: str = Field(min_length=1, description="The translation.")
    basis: Basis | None = Field(None, description="For titles: verified, cited or unofficial.")


# --- texts of any record ------------------------------------------------------------------------------


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


def records(record: Record, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Record]]:
    """A record and all records inside it, each with its path from the top (`("updates", 0, "sources", 1)`)."""
    yield path, record
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, Record):
            yield from records(value, (*path, name))
        elif isinstance(value, tuple):
            for index, entry in enumerate(value):
                if isinstance(entry, Record):
                    yield from records(entry, (*path, name, index))


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
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, tuple):
            inner = f"{name}." if isinstance(record, Vocabulary) else ""
            for entry in value:
                if isinstance(entry, Record):
                    yield from texts(entry, inner)
        elif isinstance(value, Record):
            yield from texts(value, base)


AnyStatement = Union[OperativeParagraph, Assessment, Update, Event, Resource, Contribution, Term, Partner, OrganStatement]
"""What is counted, exported and cited: any entry with an id and a source."""

"""The questions of `tracker new`, made from the model: what each field of an entry may hold."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import replace

import click

from macros.authoring import new_entries
from macros.authoring.answers import is_rich, list_choices, list_names, read_value
from macros.authoring.entry_kinds import KINDS, EntryKind, is_list, option_name, ordered_fields
from macros.authoring.new_entries import NewEntry, bare
from macros.authoring.prompts import Choices, Prompter, Reader
from macros.corpus import hint, shorten
from macros.i18n.messages import Catalogue
from macros.model import Record, Ref, Resolution, Source
from macros.model.events import EventReport
from macros.model.fields import ID
from macros.model.funding import ContributionReport
from macros.model.reference import Document, Period, Place
from macros.model.resolution import Adoption, Correction, paragraph_anchor
from macros.model.traversal import marked_fields, record_fields
from macros.queries.lookup import find_resolution

Fields = dict[str, object]

_MADE_ON_THE_WAY = ("document", "organization", "place")

NEVER_ASKED = {
    "documents", "former_addresses", "held", "label", "label_pattern", "responsible_unit",
    "revision", "symbol_pattern",
}  # fmt: skip
"""Fields that are options only."""

_CONDITIONS: Mapping[tuple[type[Record], str], Callable[[Fields], bool]] = {
    (EventReport, "reason"): lambda entry: entry["outcome"] in ("postponed", "cancelled"),
    (ContributionReport, "approximate"): lambda entry: entry["amount"] is not None,
    (ContributionReport, "currency"): lambda entry: entry["amount"] is not None,
    (Period, "compiled_from"): lambda entry: not entry["report"],
    (Place, "country"): lambda entry: entry["kind"] != "country",
}
"""Fields that have a value only with certain other answers."""

_ALIKE = 0.9


def ask(prompter: Prompter, subject: str | None, today: str) -> None:
    """Ask for everything a new entry needs, and add it to the data.

    Args:
        prompter: Takes the answers; its kind is one of `KINDS`.
        subject: What the command names: a resolution, or the subject of the kind.
        today: The day of a correction.

    Raises:
        click.ClickException: The subject does not fit, answers are needed and may not be asked for,
            or the entry would not pass the check.
    """
    kind, subject, preset = KINDS[prompter.kind], (subject or "").strip(), {}
    corpus = prompter.files.corpus
    prompter.defaults = {"currency": corpus.body.currency, "title_basis": "unofficial"}
    if corpus.latest_period:
        prompter.defaults["period"] = corpus.latest_period.id
    if kind.record is Resolution:
        prompter.files.add(_resolution(prompter, subject))
        return
    if kind.subject:
        name = "id" if kind.record is Document and re.match(ID, subject) else kind.subject
        preset[name] = _identity_reader(prompter, kind, name)(subject)
    elif subject:
        prompter.slug = _find(prompter, subject)
    if kind.record is Correction:
        preset["resolution"] = prompter.slug
        prompter.defaults["date"] = today
    prompter.files.add(_entry(prompter, kind, preset))


def _resolution(prompter: Prompter, label: str) -> NewEntry:
    corpus = prompter.files.corpus
    name = new_entries.parse_name(label, corpus.body.label_pattern)
    file = new_entries.resolution_file(name.slug)
    if name.slug in corpus.resolutions or label in map(corpus.label, corpus.resolutions):
        raise click.UsageError(prompter.t("new.resolution_exists", label=label, file=file))
    if name.session is None:
        session = _answer(prompter, Resolution, "session", {})
        name = replace(name, session=None if session is None else str(session))
    else:
        session = _reader(prompter, Resolution, "session")(name.session)
    inferred = new_entries.inferred_symbol(corpus, name)
    symbol = prompter.ask("symbol", str, default=inferred, optional=True) or inferred
    known_as = "inferred" if symbol == inferred else "verified"
    adopted = prompter.ask("adopted", _reader(prompter, Adoption, "date"), optional=True)
    preset = {
        "number": bare(name.number),
        "session": session,
        "label": name.label,
        "symbol": symbol and {"value": symbol, "basis": known_as},
        "adoption": adopted and {"date": adopted, "basis": "verified"},
    }
    entry = _answers(prompter, Resolution, preset)
    prompter.stop_if_missing()
    shown = name.label or corpus.body.label_pattern.format(
        session=name.session, number=name.number, symbol=symbol
    )
    return NewEntry(file, entry, comment=f"Resolution {shown} – {entry['title']}")


def _entry(prompter: Prompter, kind: EntryKind, preset: Mapping[str, object]) -> NewEntry:
    """Ask for an entry of any other kind, or for what a later report says of one."""
    known = kind.entries(prompter.files.corpus, prompter.slug)
    names = {_anchor(entry): str(getattr(entry, kind.words[-1])) for entry in known if kind.words}
    if again := _asked_again(prompter, kind, names):
        reports: object = [_answers(prompter, record_fields(kind.record)["reports"], {})]
    else:
        entry = _answers(prompter, kind.record, preset)
        again, reports = _same(prompter, kind, entry, names), entry.get("reports")
    prompter.stop_if_missing()
    file = kind.file(prompter.slug)
    if again and isinstance(reports, list):
        path = (kind.list, list(names).index(again), "reports")
        return NewEntry(file, reports[0], path, anchor=again)
    if "id" in entry and not entry["id"] and not entry.get("symbol"):
        read = _identity_reader(prompter, kind, "id")
        entry["id"] = prompter.ask("key", read, default=_proposed_id(prompter, kind, entry))
    anchor = _anchor(kind.record.model_construct(None, **entry))
    return NewEntry(file, entry, (kind.list,), anchor=anchor)


def _asked_again(prompter: Prompter, kind: EntryKind, names: Choices) -> str:
    """Ask which entry a later report speaks of; empty for a new one."""
    may_ask = names and prompter.interactive
    if not kind.has_reports or not (may_ask or "again" in prompter.given):
        return ""

    def read(text: str) -> str:
        if text not in names:
            raise prompter.error("no_such_entry", value=text, **hint(text, names))
        return text

    return str(prompter.ask("again", read, optional=True, choices=names) or "")


def _same(prompter: Prompter, kind: EntryKind, entry: Fields, names: Choices) -> str:
    """Ask before the same is added again.

    Returns:
        The id of the entry to which its report is to be added; empty if it is another.
    """
    text = str(entry.get(kind.words[-1]) or "") if kind.words else ""
    folded = {name.casefold(): key for key, name in names.items()}
    alike = difflib.get_close_matches(text.casefold(), folded, n=1, cutoff=_ALIKE)
    if not alike or "key" in prompter.given:
        return ""
    key = folded[alike[0]]
    form = "again" if kind.has_reports else "other"
    sentence = prompter.t("new.same", id=key, text=shorten(names[key]))
    if not prompter.interactive:
        raise click.UsageError(f"{sentence} {prompter.t(f'new.same.{form}', id=key)}")
    click.echo(sentence)
    if kind.has_reports and click.confirm(prompter.t("new.same.add_report"), default=True):
        return key
    click.confirm(prompter.t("new.same.add"), default=False, abort=True)
    return ""


def _answers(prompter: Prompter, record: type[Record], preset: Mapping[str, object]) -> Fields:
    """Ask for the fields of a record; its id, which is asked for at the end, is left open."""
    entry: Fields = {}
    inner = record_fields(record)
    for name in ordered_fields(record):
        if name in preset:
            entry[name] = preset[name]
        elif inner.get(name) is Source:
            entry[name] = _sources(prompter, record, entry.get("period"))
        elif name == "reports":
            entry[name] = [new_entries.filled(_answers(prompter, inner[name], {}))]
        elif name == "id":
            entry[name] = None
        elif name not in inner:
            entry[name] = _answer(prompter, record, name, entry)
    return entry


def _answer(prompter: Prompter, record: type[Record], name: str, entry: Fields) -> object:
    """Ask for a field, if it may have a value given the answers so far."""
    option, field = option_name(record, name), record.model_fields[name]
    choices, mark = list_choices(prompter, record, name), marked_fields(record, Ref).get(name)
    is_possible = _CONDITIONS.get((record, name))
    has_no_choice = mark and not choices and mark.kind not in _MADE_ON_THE_WAY
    if option not in prompter.given and (
        name in NEVER_ASKED
        or (is_possible and not is_possible(entry))
        or (has_no_choice and not field.is_required())
    ):
        return None
    default = field.default if isinstance(field.default, str) else None
    return prompter.ask(
        option,
        _reader(prompter, record, name),
        default=default,
        optional=not field.is_required() and not default,
        many=is_list(record, name),
        choices=None if mark and mark.kind in _MADE_ON_THE_WAY else choices,
    )


def _sources(prompter: Prompter, record: type[Record], period: object) -> list[Fields]:
    """Ask for a document, by default the report of a period, and paragraphs of it."""
    periods = prompter.files.corpus.periods
    default = next(iter(periods[str(period)].documents), None) if period else None
    optional = not record.model_fields["sources"].is_required()
    read = _reader(prompter, Source, "document")
    key = prompter.ask("document", read, default=default, optional=optional)
    if key is None:
        return []
    last = prompter.files.corpus.documents[str(key)].paragraphs

    def paragraph(text: str) -> object:
        number = re.match(r"\d+", text)
        if last and not (number and 1 <= int(number[0]) <= last):
            raise prompter.error("no_such_paragraph", value=text, document=key, last=last)
        return bare(text)

    chosen = prompter.ask("paragraph", paragraph, optional=optional or not last, many=True)
    paragraphs = chosen if isinstance(chosen, list) else []
    return [{"document": key, "paragraph": number} for number in paragraphs] or [{"document": key}]


# --- answers --------------------------------------------------------------------------------------


def _reader(prompter: Prompter, record: type[Record], name: str) -> Reader:
    """Make what reads and checks an answer for a field."""
    mark = marked_fields(record, Ref).get(name)

    def read(text: str) -> object:
        if not (is_rich(record, name) and re.search(r"\n\n|\n\s*[-*0-9]", text)):
            text = " ".join(text.split())
        return read_value(prompter, record, name, _key(prompter, mark.kind, text) if mark else text)

    return read


def _identity_reader(prompter: Prompter, kind: EntryKind, name: str) -> Reader:
    """Make what reads an id, a symbol or a name that no other entry may have."""
    taken = kind.taken(prompter.files.corpus, prompter.slug)

    def read(text: str) -> object:
        value = _reader(prompter, kind.record, name)(text)
        if str(value) in taken:
            raise click.UsageError(prompter.t("new.id_taken", id=value))
        return value

    return read


def _proposed_id(prompter: Prompter, kind: EntryKind, entry: Fields) -> str:
    """Make an id of the telling words of an entry, without the names of the organ."""
    corpus = prompter.files.corpus
    words = next((str(entry[name]) for name in kind.words if entry.get(name)), "")
    for phrase in [*re.split(r"[()]", corpus.body.secretariat), corpus.body.short_name]:
        words = words.replace(phrase.strip() or "()", " ")
    paragraph = entry.get("paragraph")
    parts = (prompter.kind, entry.get("period"), paragraph and paragraph_anchor(str(paragraph)))
    stop_words = new_entries.latin_words(Catalogue.of(corpus.language).t("new.stop_words"))
    taken = kind.taken(corpus, prompter.slug)
    return new_entries.new_id(words, taken, "-".join(str(p) for p in parts if p), stop_words)


def _key(prompter: Prompter, kind: str, text: str) -> str:
    """Find an entry by its id or its name; a missing one may be made on the way."""
    names, word = list_names(prompter, kind), text.casefold()
    matches = [
        key
        for key, name in names.items()
        if word in (key.casefold(), name.casefold(), name.partition(": ")[0].casefold())
    ]
    if text in names or len(matches) == 1:
        return text if text in names else matches[0]
    close = hint(text, [*names, *names.values()])
    error = prompter.error(f"unknown_{kind}", value=text, **close)
    if kind not in _MADE_ON_THE_WAY or not prompter.interactive:
        raise error
    click.echo(error.message)
    is_new = kind == "document" or "guess" not in close  # symbols are all alike
    if not click.confirm(prompter.t("new.make"), default=is_new):
        raise click.UsageError(prompter.t("new.again"))
    child = Prompter(prompter.files, {}, True, kind, defaults={**prompter.defaults})
    preset: Fields = {}
    if kind == "document":
        preset["id" if re.match(ID, text) else "symbol"] = text
    else:
        child.defaults["name"] = text
    entry = _entry(child, KINDS[kind], preset)
    prompter.files.add(entry)
    key = str(entry.fields.get("symbol") or entry.id)
    click.echo(prompter.t("new.made", id=key))
    return key


def _anchor(entry: Record) -> str:
    return str(getattr(entry, "anchor", None) or getattr(entry, "id", ""))


def _find(prompter: Prompter, name: str) -> str:
    corpus = prompter.files.corpus
    if slug := find_resolution(corpus, name):
        return slug
    known = [corpus.label(slug) for slug in corpus.resolutions]
    raise prompter.error("unknown_resolution", value=name, **hint(name, known))

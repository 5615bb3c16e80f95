"""What a new resolution, period, update, event or correction is in the data: answers in, changed files out. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as day
from datetime import timedelta
from typing import Any

from macros.authoring.yaml_editor import add_entry, new_file, readable_id
from macros.corpus.checks import RESERVED
from macros.corpus.corpus import Corpus
from macros.model import reference
from macros.model import resolution as model
from macros.model.fields import Record, records
from macros.model.reference import Period
from macros.model.resolution import Resolution

Entry = dict[str, Any]
DOCUMENTS, PERIODS, STATEMENTS = (
    f"data/{stem}.yml" for stem in ("documents", "periods", "statements")
)


@dataclass(frozen=True)
class Addition:
    """A new entry and where it goes. `path` leads to its list in the file; it is empty for a new file."""

    file: str
    entry: Entry
    path: tuple[str | int, ...] = ()
    comment: str = ""
    anchor: str = ""
    """Its id on its page, if that is not the `id` of the entry."""

    @property
    def id(self) -> str:
        """Its permanent address on its page; empty for a resolution, which is a page."""
        return self.anchor or str(self.entry.get("id", ""))


def apply(files: Mapping[str, bytes], additions: Sequence[Addition]) -> dict[str, bytes]:
    """The files that additions change, with their new contents. Raises `AuthoringError` (see `authoring`)."""
    changed: dict[str, bytes] = {}
    for addition in additions:
        if addition.path:
            before = changed.get(addition.file, files.get(addition.file, b"")).decode()
            text = add_entry(before, addition.path, addition.entry, _order(addition.file))
        else:
            text = new_file(addition.comment, addition.entry)
        changed[addition.file] = text.encode()
    return changed


def _order(file: str) -> tuple[str, ...]:
    kinds: dict[str, type[Record]] = {
        DOCUMENTS: reference.Documents, PERIODS: reference.Periods, STATEMENTS: model.Statements,
    }  # fmt: skip
    return tuple(kinds.get(file, Resolution).model_fields)


def resolution_file(slug: str) -> str:
    """Where a resolution lies."""
    return f"data/resolutions/{slug}.yml"


# --- names ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Name:
    """A resolution's name taken apart. `label` is given only where the organ's pattern does not make it."""

    slug: str
    number: str
    session: str | None = None
    label: str | None = None


def name_of(written: str, label_pattern: str) -> Name:
    """What a resolution is called, from its label (`2/11`) or its slug (`2-11`) by the organ's pattern for labels."""
    slug = slug_of(written)
    pattern = slug_of(label_pattern, "{}") if written == slug else label_pattern
    if (
        pattern.count("{number}") == 1
        and pattern.count("{session}") <= 1
        and "{symbol}" not in pattern
    ):
        parts = re.split(r"(\{session\}|\{number\})", pattern)
        fields = {"{session}": "(?P<session>.+?)", "{number}": "(?P<number>.+)"}
        if found := re.fullmatch(
            "".join(fields.get(part, re.escape(part)) for part in parts), written
        ):
            values = found.groupdict()
            return Name(slug, values["number"], values.get("session"))
    return Name(slug, written, None, written)


def slug_of(label: str, kept: str = "") -> str:
    """`2/11` → `2-11`: small letters, digits and hyphens only, and what else is to be kept."""
    return re.sub(rf"[^a-z0-9{re.escape(kept)}]+", "-", label.lower()).strip("-")


def ids_in(record: Record) -> set[str]:
    """All ids of entries in a file."""
    return {
        str(found)
        for _, entry in records(record)
        if (found := getattr(entry, "id", None)) is not None
    }


def new_id(words: str, taken: set[str], kind: str) -> str:
    """A readable id that is free and not one of those that the site makes by itself."""
    found = readable_id(words, taken, kind)
    return readable_id(f"{kind} {words}", taken, kind) if RESERVED.match(found) else found


def bare(label: str) -> int | str:
    """A label as the files have it: a number without quotation marks where it is one."""
    return (
        int(label) if label.isascii() and label.isdecimal() and str(int(label)) == label else label
    )


def _filled(entry: Entry) -> Entry:
    """Without what was not answered; empty texts and lists are no answers."""
    return {key: value for key, value in entry.items() if value not in (None, "", (), [])}


# --- entries --------------------------------------------------------------------------------------------


def sources(document: str, paragraphs: Sequence[str]) -> list[Entry]:
    """Citations: one for each paragraph, or the document alone."""
    cited = [{"document": document, "paragraph": bare(paragraph)} for paragraph in paragraphs]
    return cited or [{"document": document}]


def inferred_symbol(corpus: Corpus, name: Name) -> str | None:
    """The symbol that the organ's pattern gives a resolution."""
    if not corpus.body.symbol_pattern:
        return None
    draft = Resolution(
        number=name.number, session=name.session, title="–", title_basis="unofficial"
    )
    return draft.fill(corpus.body.symbol_pattern)


def resolution(
    corpus: Corpus, name: Name, *, title: str, title_basis: str, symbol: str | None = None, adopted: str | None = None,
    themes: Sequence[str] = (), goals: Sequence[str] = (),
) -> Addition:  # fmt: skip
    """A new file for a resolution. A `symbol` was seen in a source; without one it follows the organ's pattern."""
    inferred = inferred_symbol(corpus, name)
    known, basis = (symbol, "verified") if symbol else (inferred, "inferred")
    entry = _filled({
        "number": bare(name.number),
        "session": name.session and bare(name.session),
        "label": name.label,
        "symbol": known and {"value": known, "basis": basis},
        "title": title,
        "title_basis": title_basis,
        "adoption": adopted and {"date": bare(adopted), "basis": "verified"},
        "themes": list(themes),
        "goals": [int(goal) for goal in goals],
    })  # fmt: skip
    label = name.label or corpus.body.label_pattern.format(
        session=name.session, number=name.number, symbol=known
    )
    return Addition(resolution_file(name.slug), entry, comment=f"Resolution {label} – {title}")


def document(
    key: str, *, kind: str, title: str, title_basis: str, paragraphs: int | None = None
) -> Addition:
    """A document; what looks like an id is one, anything else is a symbol."""
    named = {"id" if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) else "symbol": key}
    entry = {
        **named,
        "kind": kind,
        "title": title,
        "title_basis": title_basis,
        "paragraphs": paragraphs,
    }
    return Addition(DOCUMENTS, _filled(entry), ("documents",))


def period(
    key: str,
    *,
    name: str,
    first: str,
    last: str,
    report: str,
    as_of: str,
    as_of_basis: str,
    note: str | None = None,
) -> Addition:
    """A reporting period."""
    entry = {
        "id": key, "name": name, "first": bare(first), "last": bare(last), "report": report,
        "as_of": bare(as_of), "as_of_basis": as_of_basis, "note": note,
    }  # fmt: skip
    return Addition(PERIODS, _filled(entry), ("periods",))


def update(
    slug: str,
    key: str,
    *,
    period: str,
    about: str,
    text: str,
    cited: list[Entry],
    operative: Sequence[str] = (),
) -> Addition:
    """A progress note of a resolution."""
    entry = {
        "id": key, "period": period, "about": about, "paragraphs": list(operative), "text": text, "sources": cited,
    }  # fmt: skip
    return Addition(resolution_file(slug), _filled(entry), ("updates",))


def event(
    slug: str, key: str, *, kind: str, title: str, report: Entry, place: str | None = None,
    operative: Sequence[str] = (),
) -> Addition:  # fmt: skip
    """An event of a resolution with the first report of it."""
    entry = {
        "id": key, "kind": kind, "title": title, "place": place, "paragraphs": list(operative), "reports": [report],
    }  # fmt: skip
    return Addition(resolution_file(slug), _filled(entry), ("events",))


def event_report(*, period: str, said: str, date: str | None, cited: list[Entry]) -> Entry:
    """What one report says of an event."""
    return _filled({"period": period, "said": said, "date": date and bare(date), "sources": cited})


def further_report(slug: str, index: int, key: str, report: Entry) -> Addition:
    """What a later report says of an event that is in the data, given by its place in the list and its id."""
    return Addition(resolution_file(slug), report, ("events", index, "reports"), anchor=key)


def correction(
    key: str,
    *,
    date: str,
    published: str,
    text: str,
    resolution: str | None = None,
    cited: Sequence[Entry] = (),
) -> Addition:
    """What was wrong in what was published, and what it says now."""
    entry = {
        "id": key, "date": bare(date), "published": bare(published), "resolution": resolution, "text": text,
        "sources": list(cited),
    }  # fmt: skip
    return Addition(STATEMENTS, _filled(entry), ("corrections",))


def next_period(corpus: Corpus) -> tuple[str, str] | None:
    """The first and last day of the period that follows the newest by the organ's interval, where its end is known."""
    newest: Period | None = corpus.latest_period
    if newest is None or newest.last.end is None:
        return None
    first = newest.last.latest + timedelta(days=1)
    years, month = divmod(first.month - 1 + corpus.body.reporting_interval_months, 12)
    last = day(first.year + years, month + 1, 1) - timedelta(days=1)
    return first.isoformat(), last.isoformat()

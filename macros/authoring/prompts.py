"""The questions of `tracker new`: from options and answers to additions.

Every answer is held against the data when it is given, in the words of the check. What only the whole can tell is left
to the check of the result.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date as day
from typing import Any, get_args

import click

from macros.authoring import new_entries as additions
from macros.authoring.new_entries import Addition, Entry
from macros.corpus.corpus import Corpus
from macros.corpus.problems import Problem, hint
from macros.model import dates, fields
from macros.model.resolution import Update
from macros.pages.macros import MacroError, find_resolution
from macros.model import restricted_markdown as richtext

Read = Callable[[str], Any]

TITLE_BASES = ("verified", "cited", "unofficial")
DATE_BASES = ("verified", "inferred")
SAID = ("happened", "planned")
ABOUT = get_args(Update.model_fields["about"].annotation)


class Refused(ValueError):
    """An answer that does not fit; the text says why and what to write instead."""


class Missing(Exception):
    """Options that are needed where nothing may be asked."""

    def __init__(self, options: Sequence[str]) -> None:
        super().__init__(", ".join(options))
        self.options = options


@dataclass
class Asker:
    """Takes answers from options, else asks for them, else notes that they are missing."""

    t: Callable[..., str]
    given: Mapping[str, Any]
    interactive: bool
    missing: list[str] = field(default_factory=list)

    def one(
        self, name: str, read: Read, *, default: str | None = None, optional: bool = False,
        choices: Mapping[str, str] | None = None, question: str | None = None,
    ) -> Any:  # fmt: skip
        """One answer. `choices`, ids with their names, are shown before it is asked for; `question`: its key."""
        if name in self.given:
            return self._option(name, read, self.given[name])
        if not self.interactive:
            if default is None and not optional:
                self.missing.append(option_of(name))
            return default
        self._show(choices)

        def answer(text: str) -> Any:
            if text.strip():
                return self._read(read, text)
            if optional:
                return None
            raise click.UsageError(self.t("new.needed"))

        words = self.t(f"new.ask.{question or name}") + (
            f" {self.t('new.optional')}" if optional else ""
        )
        return click.prompt(
            words, default=default or "", show_default=bool(default), value_proc=answer
        )

    def many(
        self,
        name: str,
        read: Read,
        *,
        optional: bool = True,
        choices: Mapping[str, str] | None = None,
    ) -> tuple[Any, ...]:
        """Several answers, each an option of its own or divided by commas."""
        if name in self.given:
            return tuple(self._option(name, read, value) for value in self.given[name])

        def several(text: str) -> tuple[Any, ...]:
            return tuple(read(part.strip()) for part in re.split(r"[,，、]", text) if part.strip())

        return self.one(name, several, optional=optional, choices=choices) or ()

    def stop_if_missing(self) -> None:
        """Raises `Missing` with all that was needed so far."""
        if self.missing:
            raise Missing(self.missing)

    def _option(self, name: str, read: Read, value: str) -> Any:
        try:
            return self._read(read, value)
        except click.UsageError as error:
            raise click.BadParameter(error.message, param_hint=option_of(name)) from error

    def _read(self, read: Read, text: str) -> Any:
        try:
            return read(text.strip())
        except Refused as error:
            raise click.UsageError(str(error)) from error

    def _show(self, choices: Mapping[str, str] | None) -> None:
        for key, name in (choices or {}).items():
            click.echo(f"  {key}  {name}" if name else f"  {key}")

    # --- ways to read an answer -------------------------------------------------------------------------

    def refusal(self, code: str, **values: Any) -> Refused:
        """An answer that does not fit, in the words of the check."""
        return Refused(Problem("", 1, 1, code, values).sentence(self.t))

    def plain(self, text: str) -> str:
        """Text of one line."""
        return " ".join(text.split())

    def rich(self, text: str) -> str:
        """Restricted Markdown."""
        for code, passage in richtext.faults(text):
            raise self.refusal(code, passage=passage)
        return text if "\n\n" in text or re.search(r"\n\s*[-*0-9]", text) else self.plain(text)

    def date(self, text: str) -> str:
        """A date in EDTF."""
        try:
            return str(dates.parse(text))
        except dates.DateError as error:
            raise self.refusal(
                "date", name=self.t("new.date"), date_code=error.code, value=error.text
            ) from error

    def key(self, taken: Iterable[str]) -> Read:
        """An id that is not taken."""

        def read(text: str) -> str:
            if not re.match(fields.ID, text):
                raise Refused(self.t("new.id_form", value=text))
            if text in taken:
                raise Refused(self.t("new.id_taken", id=text))
            return text

        return read

    def choice(self, names: Mapping[str, str], code: str) -> Read:
        """One of the entries that the data has, by its id or its name; `code` is what the check says otherwise."""

        def read(text: str) -> str:
            if text in names:
                return text
            word = text.casefold()
            found = [
                key for key, name in names.items() if word in (key.casefold(), name.casefold())
            ]
            if len(found) == 1:
                return found[0]
            raise self.refusal(f"unknown_{code}", value=text, **hint(text, names))

        return read

    def literal(self, name: str, options: Sequence[str]) -> Read:
        """One of some fixed words."""

        def read(text: str) -> str:
            if text not in options:
                raise self.refusal("not_an_option", name=name, value=text, **hint(text, options))
            return text

        return read

    def count(self, text: str) -> int:
        """A whole number above zero."""
        if not text.isascii() or not text.isdecimal() or not int(text):
            raise self.refusal(
                "number_expected", name=self.t("new.ask.report_paragraphs"), value=text
            )
        return int(text)


def option_of(name: str) -> str:
    """`title_basis` → `--title-basis`."""
    return "--id" if name == "key" else "--" + name.replace("_", "-")


# --- what each is asked ---------------------------------------------------------------------------------


def ask(kind: str, asker: Asker, corpus: Corpus, subject: str | None, today: day) -> list[Addition]:
    """The additions that come of all answers.

    In: `resolution`, `period`, `update`, `event` or `correction`; the subject that the command names.
    Raises `Refused` if the subject does not fit, `Missing` where answers are needed.
    """
    if kind == "correction":
        found = [_correction(asker, corpus, subject and _slug(asker, corpus, subject), today)]
    elif kind in ("resolution", "period"):
        found = (_resolution if kind == "resolution" else _period)(
            asker, corpus, str(subject).strip()
        )
    else:
        found = [
            (_update if kind == "update" else _event)(
                asker, corpus, _slug(asker, corpus, str(subject))
            )
        ]
    return found


def _slug(asker: Asker, corpus: Corpus, name: str) -> str:
    try:
        return find_resolution(corpus, name)
    except MacroError as error:
        known = [corpus.label(slug) for slug in corpus.resolutions]
        raise asker.refusal(error.code, value=name, **hint(name, known)) from error


def _names(entries: Mapping[Any, Any], field: str = "name") -> dict[str, str]:
    return {str(key): getattr(entry, field) for key, entry in entries.items()}


def _resolution(asker: Asker, corpus: Corpus, label: str) -> list[Addition]:
    name = additions.name_of(label, corpus.body.label_pattern)
    if name.slug in corpus.resolutions or label in map(corpus.label, corpus.resolutions):
        raise Refused(
            asker.t("new.resolution_exists", label=label, file=additions.resolution_file(name.slug))
        )
    sessions = _names(corpus.sessions)
    if name.session is None:
        session = asker.one(
            "session", asker.choice(sessions, "session"), optional=True, choices=sessions
        )
        name = replace(name, session=session)
    elif name.session not in sessions:
        raise asker.refusal("unknown_session", value=name.session, **hint(name.session, sessions))
    title = asker.one("title", asker.plain)
    title_basis = asker.one("title_basis", asker.literal("title_basis", TITLE_BASES), default="unofficial",
                            choices=dict.fromkeys(TITLE_BASES, ""))  # fmt: skip
    inferred = additions.inferred_symbol(corpus, name)
    symbol = asker.one("symbol", asker.plain, default=inferred, optional=True)
    adopted = asker.one("adopted", asker.date, optional=True)
    themes, goals = _names(corpus.words["themes"]), _names(corpus.words["goals"])
    own_themes = (
        asker.many("theme", asker.choice(themes, "theme"), choices=themes) if themes else ()
    )
    own_goals = asker.many("goal", asker.choice(goals, "goal"), choices=goals) if goals else ()
    asker.stop_if_missing()
    return [
        additions.resolution(
            corpus, name, title=title, title_basis=title_basis, symbol=None if symbol == inferred else symbol,
            adopted=adopted, themes=own_themes, goals=own_goals,
        )
    ]  # fmt: skip


def _period(asker: Asker, corpus: Corpus, key: str) -> list[Addition]:
    asker.key(corpus.periods)(key)
    following = additions.next_period(corpus) if asker.interactive else None
    first_default, last_default = following or (None, None)
    name = asker.one("name", asker.plain)
    first = asker.one("first", asker.date, default=first_default)
    last = asker.one("last", asker.date, default=last_default)
    newest = corpus.latest_period
    if first and newest and dates.parse(first).earliest < newest.first.earliest:
        raise Refused(asker.t("new.period_earlier", newest=newest.id))
    report = asker.one("report", asker.plain)
    found = []
    if report and report not in corpus.documents:
        if asker.interactive:
            click.echo(asker.t("new.unknown_report", report=report))
        kinds = _names(corpus.words["document_kinds"])
        kind = asker.one("report_kind", asker.choice(kinds, "document_kind"), choices=kinds,
                         default="report" if "report" in kinds else None)  # fmt: skip
        title = asker.one("report_title", asker.plain)
        basis = asker.one("report_title_basis", asker.literal("title_basis", TITLE_BASES), default="unofficial",
                          choices=dict.fromkeys(TITLE_BASES, ""))  # fmt: skip
        paragraphs = asker.one("report_paragraphs", asker.count, optional=True)
        if kind and title:
            found.append(
                additions.document(
                    report, kind=kind, title=title, title_basis=basis, paragraphs=paragraphs
                )
            )
    as_of = asker.one("as_of", asker.date)
    known_as = asker.literal("as_of_basis", DATE_BASES)
    as_of_basis = asker.one("as_of_basis", known_as, choices=dict.fromkeys(DATE_BASES, ""))
    note = asker.one("note", asker.plain, optional=True)
    asker.stop_if_missing()
    return [
        *found,
        additions.period(
            key,
            name=name,
            first=first,
            last=last,
            report=report,
            as_of=as_of,
            as_of_basis=as_of_basis,
            note=note,
        ),
    ]


def _update(asker: Asker, corpus: Corpus, slug: str) -> Addition:
    period = _period_of(asker, corpus)
    about = asker.one(
        "about", asker.literal("about", ABOUT), default=ABOUT[0], choices=dict.fromkeys(ABOUT, "")
    )
    operative = _operative(asker, corpus, slug)
    text = asker.one("text", asker.rich)
    cited = _cited(asker, corpus, period)
    key = _key(asker, additions.ids_in(corpus.resolutions[slug]), text, "update")
    return additions.update(
        slug, key, period=period, about=about, text=text, cited=cited, operative=operative
    )


def _event(asker: Asker, corpus: Corpus, slug: str) -> Addition:
    resolution = corpus.resolutions[slug]
    if "again" in asker.given:
        titles = {event.id: event.title for event in resolution.events}
        again = asker.one("again", asker.choice(titles, "event"))
        report = _event_report(asker, corpus)
        asker.stop_if_missing()
        return additions.further_report(slug, list(titles).index(again), again, report)
    kinds, places = _names(corpus.words["event_kinds"]), _names(corpus.places)
    kind = asker.one("kind", asker.choice(kinds, "event_kind"), choices=kinds)
    title = asker.one("title", asker.plain)
    shown = {key: _place(corpus, key) for key in places}
    place = (
        asker.one("place", asker.choice(places, "place"), optional=True, choices=shown)
        if places
        else None
    )
    operative = _operative(asker, corpus, slug)
    report = _event_report(asker, corpus)
    key = _key(asker, additions.ids_in(resolution), title, "event")
    return additions.event(
        slug, key, kind=kind, title=title, place=place, operative=operative, report=report
    )


def _event_report(asker: Asker, corpus: Corpus) -> Entry:
    period = _period_of(asker, corpus)
    said = asker.one("said", asker.literal("said", SAID), choices=dict.fromkeys(SAID, ""))
    date = asker.one("date", asker.date, optional=True)
    return additions.event_report(
        period=period, said=said, date=date, cited=_cited(asker, corpus, period)
    )


def _correction(asker: Asker, corpus: Corpus, slug: str | None, today: day) -> Addition:
    text = asker.one("text", asker.plain, question="correction_text")
    published = asker.one("published", asker.date)
    corrected = asker.one("date", asker.date, default=today.isoformat(), question="correction_date")
    documents = _names(corpus.documents, "title")
    document = asker.one("document", asker.choice(documents, "document"), optional=True)
    cited = (
        additions.sources(document, _paragraphs(asker, corpus, document, optional=True))
        if document
        else []
    )
    key = _key(asker, additions.ids_in(corpus.statements), text, "correction")
    return additions.correction(
        key, date=corrected, published=published, text=text, resolution=slug, cited=cited
    )


# --- questions that several share -----------------------------------------------------------------------


def _period_of(asker: Asker, corpus: Corpus) -> str:
    periods = _names(corpus.periods)
    newest = corpus.latest_period
    return asker.one(
        "period", asker.choice(periods, "period"), default=newest and newest.id, choices=periods
    )


def _operative(asker: Asker, corpus: Corpus, slug: str) -> tuple[str, ...]:
    known = {
        paragraph.number: paragraph.gist
        for paragraph in corpus.resolutions[slug].operative_paragraphs
    }
    if not known and "operative" not in asker.given:
        return ()
    return asker.many("operative", asker.choice(known, "paragraph"), choices=known)


def _cited(asker: Asker, corpus: Corpus, period: str | None) -> list[Entry]:
    documents = _names(corpus.documents, "title")
    report = corpus.periods[period].report if period else None
    document = asker.one("document", asker.choice(documents, "document"), default=report)
    known = bool(document and corpus.documents[document].paragraphs)
    return (
        additions.sources(document, _paragraphs(asker, corpus, document, optional=not known))
        if document
        else []
    )


def _paragraphs(
    asker: Asker, corpus: Corpus, document: str | None, *, optional: bool
) -> tuple[str, ...]:
    last = corpus.documents[document].paragraphs if document else None

    def read(text: str) -> str:
        number = re.match(r"\d+", text)
        if last and not (number and 1 <= int(number[0]) <= last):
            raise asker.refusal("no_such_paragraph", value=text, document=document, last=last)
        return text

    return asker.many("paragraph", read, optional=optional)


def _key(asker: Asker, taken: set[str], words: str | None, kind: str) -> str:
    """The id, offered from the words; all other answers are there, or their lack is told now."""
    if not asker.interactive:
        asker.stop_if_missing()
    return asker.one("key", asker.key(taken), default=additions.new_id(words or "", taken, kind))


def _place(corpus: Corpus, key: str) -> str:
    place = corpus.places[key]
    country = corpus.places.get(place.country or "")
    return f"{place.name}, {country.name}" if country else place.name

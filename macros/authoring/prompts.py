"""The questions of `tracker new`: from options and answers to new entries.

Every answer is checked when it is given, in the words of `tracker check`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, get_args

import click

from macros.authoring import new_entries
from macros.authoring.new_entries import NewEntry, bare
from macros.corpus.corpus import Corpus
from macros.corpus.problems import Problem, hint
from macros.model import dates, fields
from macros.model.reference import Document
from macros.model.resolution import Update
from macros.queries.lookup import LookupFailed, find_resolution
from macros.render import restricted_markdown

Reader = Callable[[str], str]
Choices = Mapping[str, str]
Fields = dict[str, object]

TITLE_BASES = dict.fromkeys(("verified", "cited", "unofficial"), "")
DATE_BASES = dict.fromkeys(("verified", "inferred"), "")
SAID = dict.fromkeys(("happened", "planned"), "")
ABOUT = dict.fromkeys(get_args(Update.model_fields["about"].annotation), "")


@dataclass
class Prompter:
    """Takes answers from options, else asks for them, else notes that they are missing."""

    corpus: Corpus
    t: Callable[..., str]
    given: Mapping[str, str | tuple[str, ...]]
    interactive: bool
    missing: list[str] = field(default_factory=list)

    def ask(
        self,
        name: str,
        read: Reader | None = None,
        *,
        default: str | None = None,
        optional: bool = False,
        choices: Choices | None = None,
        code: str = "not_an_option",
        question: str = "",
    ) -> str | None:
        """Take one answer.

        Args:
            name: The option, which is also the question unless `question` names another.
            read: Checks an answer and gives it in its usual form.
            default: What is offered, or taken where nothing is asked.
            optional: Whether there may be no answer.
            choices: Words or ids with their names, shown before the question. Without `read`, the
                answer must be one of them.
            code: The problem with an answer that is none of them.
            question: The question, if it is not that of the option.
        """
        reader = read or (self.one_of(choices, code, name) if choices else _one_line)
        if name in self.given:
            try:
                return reader(str(self.given[name]).strip())
            except click.UsageError as error:
                raise click.BadParameter(error.message, param_hint=_option(name)) from error
        if not self.interactive:
            if default is None and not optional:
                self.missing.append(_option(name))
            return default
        for key, meaning in (choices or {}).items():
            click.echo(f"  {key}  {meaning}".rstrip())

        def value(text: str) -> str:
            if not text.strip() and not optional:
                raise click.UsageError(self.t("new.needed"))
            return text.strip() and reader(text.strip())

        words = self.t(f"new.ask.{question or name}")
        words += f" {self.t('new.optional')}" if optional else ""
        answer = click.prompt(words, default or "", show_default=bool(default), value_proc=value)
        return answer or None

    def ask_many(
        self, name: str, read: Reader, *, optional: bool = True, choices: Choices | None = None
    ) -> list[str]:
        """Take several answers, each an option of its own or divided by commas."""
        commas = "\n" if name in self.given else "[,，、]"
        if name in self.given:
            self.given = {**self.given, name: "\n".join(self.given[name])}

        def read_all(text: str) -> str:
            return "\n".join(read(part.strip()) for part in re.split(commas, text) if part.strip())

        answer = self.ask(name, read_all, optional=optional, choices=choices)
        return answer.split("\n") if answer else []

    def stop_if_missing(self) -> None:
        """Name all that was needed so far."""
        if self.missing:
            options = self.t("list.comma").join(self.missing)
            raise click.UsageError(self.t("new.missing", options=options))

    # --- checks of answers -----------------------------------------------------------------------

    def error(self, code: str, **values: object) -> click.UsageError:
        """Make the error of an answer, in the words of the check."""
        return click.UsageError(Problem("", 1, 1, code, values).sentence(self.t))

    def rich(self, text: str) -> str:
        """Check restricted Markdown."""
        for code, passage in restricted_markdown.faults(text):
            raise self.error(code, passage=passage)
        return text if re.search(r"\n\n|\n\s*[-*0-9]", text) else _one_line(text)

    def date(self, text: str) -> str:
        """Check a date in EDTF."""
        try:
            return str(dates.parse(text))
        except dates.DateError as error:
            values = {"date_code": error.code, "value": error.text}
            raise self.error("date", name=self.t("new.date"), **values) from error

    def free_id(self, taken: Iterable[str]) -> Reader:
        """Check an id, which must not be taken."""

        def read(text: str) -> str:
            if not re.match(fields.ID, text):
                raise click.UsageError(self.t("new.id_form", value=text))
            if text in taken:
                raise click.UsageError(self.t("new.id_taken", id=text))
            return text

        return read

    def one_of(self, names: Choices, code: str, field: str = "") -> Reader:
        """Check that an answer is one of some words or entries, given by its id or its name."""

        def read(text: str) -> str:
            word = text.casefold()
            found = [k for k, name in names.items() if word in (k.casefold(), name.casefold())]
            if text in names or len(found) == 1:
                return text if text in names else found[0]
            raise self.error(code, name=field, value=text, **hint(text, names))

        return read

    # --- questions that several kinds share ------------------------------------------------------

    def ask_words(self, kind: str) -> list[str]:
        """Ask for words of the vocabulary, if it has such words."""
        words = _names(self.corpus.words[f"{kind}s"])
        read = self.one_of(words, f"unknown_{kind}")
        return self.ask_many(kind, read, choices=words) if words else []

    def ask_period(self) -> str | None:
        """Ask for a reporting period."""
        newest = self.corpus.latest_period
        names, default = _names(self.corpus.periods), newest.id if newest else None
        return self.ask("period", default=default, choices=names, code="unknown_period")

    def ask_operative(self, slug: str) -> list[str]:
        """Ask for operative paragraphs of a resolution that has some."""
        paragraphs = self.corpus.resolutions[slug].operative_paragraphs
        known = {paragraph.number: paragraph.gist for paragraph in paragraphs}
        if not known and "operative" not in self.given:
            return []
        return self.ask_many("operative", self.one_of(known, "unknown_paragraph"), choices=known)

    def ask_sources(self, period: str | None, *, optional: bool = False) -> list[Fields]:
        """Ask for a document, by default the report of a period, and paragraphs of it."""
        documents = self.corpus.documents
        default = self.corpus.periods[period].report if period else None
        read = self.one_of(_names(documents, "title"), "unknown_document")
        key = self.ask("document", read, default=default, optional=optional)
        if key is None:
            return []
        document: Document = documents[key]

        def paragraph(text: str) -> str:
            number, last = re.match(r"\d+", text), document.paragraphs
            if last and not (number and 1 <= int(number[0]) <= last):
                raise self.error("no_such_paragraph", value=text, document=key, last=last)
            return text

        paragraphs = self.ask_many(
            "paragraph", paragraph, optional=optional or not document.paragraphs
        )
        return [{"document": key, "paragraph": bare(p)} for p in paragraphs] or [{"document": key}]

    def ask_id(self, taken: set[str], words: str | None, kind: str) -> str | None:
        """Ask for the id, offered from the words, once all other answers are there."""
        if not self.interactive:
            self.stop_if_missing()
        default = new_entries.new_id(words or "", taken, kind)
        return self.ask("key", self.free_id(taken), default=default)


def ask(kind: str, prompter: Prompter, subject: str | None, today: date) -> list[NewEntry]:
    """Ask for everything a new entry needs.

    Args:
        kind: `resolution`, `period`, `update`, `event` or `correction`.
        subject: What the command names: a resolution, or the id of a period.

    Raises:
        click.UsageError: The subject does not fit, or answers are needed and may not be asked for.
    """
    if kind == "resolution":
        return [_resolution(prompter, str(subject).strip())]
    if kind == "period":
        return _period(prompter, str(subject).strip())
    slug = _find(prompter, subject) if subject else None
    if kind == "correction":
        return [_correction(prompter, slug, today)]
    return [(_update if kind == "update" else _event)(prompter, str(slug))]


def _resolution(prompter: Prompter, label: str) -> NewEntry:
    corpus = prompter.corpus
    name = new_entries.parse_name(label, corpus.body.label_pattern)
    file = new_entries.resolution_file(name.slug)
    if name.slug in corpus.resolutions or label in map(corpus.label, corpus.resolutions):
        raise click.UsageError(prompter.t("new.resolution_exists", label=label, file=file))
    sessions = _names(corpus.sessions)
    if name.session is None:
        session = prompter.ask("session", optional=True, choices=sessions, code="unknown_session")
        name = replace(name, session=session)
    elif name.session not in sessions:
        raise prompter.error("unknown_session", value=name.session, **hint(name.session, sessions))
    title = prompter.ask("title")
    title_basis = prompter.ask("title_basis", default="unofficial", choices=TITLE_BASES)
    inferred = new_entries.inferred_symbol(corpus, name)
    symbol = prompter.ask("symbol", default=inferred, optional=True) or inferred
    adopted = prompter.ask("adopted", prompter.date, optional=True)
    known_as = "inferred" if symbol == inferred else "verified"
    entry = {
        "number": bare(name.number),
        "session": bare(name.session),
        "label": name.label,
        "symbol": symbol and {"value": symbol, "basis": known_as},
        "title": title,
        "title_basis": title_basis,
        "adoption": adopted and {"date": bare(adopted), "basis": "verified"},
        "themes": prompter.ask_words("theme"),
        "goals": [int(goal) for goal in prompter.ask_words("goal")],
    }
    prompter.stop_if_missing()
    shown = name.label or corpus.body.label_pattern.format(
        session=name.session, number=name.number, symbol=symbol
    )
    return NewEntry(file, entry, comment=f"Resolution {shown} – {title}")


def _period(prompter: Prompter, key: str) -> list[NewEntry]:
    corpus = prompter.corpus
    prompter.free_id(corpus.periods)(key)
    days = new_entries.next_period(corpus) if prompter.interactive else (None, None)
    name = prompter.ask("name")
    first = prompter.ask("first", prompter.date, default=days[0])
    last = prompter.ask("last", prompter.date, default=days[1])
    newest = corpus.latest_period
    if first and newest and dates.parse(first).earliest < newest.first.earliest:
        raise click.UsageError(prompter.t("new.period_earlier", newest=newest.id))
    report = prompter.ask("report")
    entries = []
    if report and report not in corpus.documents:
        entries.append(_document(prompter, report))
    entry = {
        "id": key,
        "name": name,
        "first": bare(first),
        "last": bare(last),
        "report": report,
        "as_of": bare(prompter.ask("as_of", prompter.date)),
        "as_of_basis": prompter.ask("as_of_basis", choices=DATE_BASES),
        "note": prompter.ask("note", optional=True),
    }
    prompter.stop_if_missing()
    return [*entries, NewEntry(new_entries.PERIODS, entry, ("periods",))]


def _document(prompter: Prompter, report: str) -> NewEntry:
    if prompter.interactive:
        click.echo(prompter.t("new.unknown_report", report=report))
    kinds = _names(prompter.corpus.words["document_kinds"])
    usual = "report" if "report" in kinds else None
    entry = {
        "id" if re.match(fields.ID, report) else "symbol": report,
        "kind": prompter.ask(
            "report_kind", default=usual, choices=kinds, code="unknown_document_kind"
        ),
        "title": prompter.ask("report_title"),
        "title_basis": prompter.ask(
            "report_title_basis", default="unofficial", choices=TITLE_BASES
        ),
        "paragraphs": bare(prompter.ask("report_paragraphs", optional=True)),
    }
    return NewEntry(new_entries.DOCUMENTS, entry, ("documents",))


def _update(prompter: Prompter, slug: str) -> NewEntry:
    entry: Fields = {
        "id": None,
        "period": (period := prompter.ask_period()),
        "about": prompter.ask("about", default=next(iter(ABOUT)), choices=ABOUT),
        "paragraphs": prompter.ask_operative(slug),
        "text": (text := prompter.ask("text", prompter.rich)),
        "sources": prompter.ask_sources(period),
    }
    taken = new_entries.ids_in(prompter.corpus.resolutions[slug])
    entry["id"] = prompter.ask_id(taken, text, "update")
    return NewEntry(new_entries.resolution_file(slug), entry, ("updates",))


def _event(prompter: Prompter, slug: str) -> NewEntry:
    corpus, file = prompter.corpus, new_entries.resolution_file(slug)
    resolution = corpus.resolutions[slug]
    if "again" in prompter.given:
        titles = _names({event.id: event for event in resolution.events}, "title")
        again = str(prompter.ask("again", choices=titles, code="unknown_event"))
        report = _event_report(prompter)
        prompter.stop_if_missing()
        index = list(titles).index(again)
        return NewEntry(file, report, ("events", index, "reports"), anchor=again)
    kinds, places = _names(corpus.words["event_kinds"]), _names(corpus.places)
    entry: Fields = {
        "id": None,
        "kind": prompter.ask("kind", choices=kinds, code="unknown_event_kind"),
        "title": (title := prompter.ask("title")),
        "place": places
        and prompter.ask("place", optional=True, choices=places, code="unknown_place"),
        "paragraphs": prompter.ask_operative(slug),
        "reports": [_event_report(prompter)],
    }
    entry["id"] = prompter.ask_id(new_entries.ids_in(resolution), title, "event")
    return NewEntry(file, entry, ("events",))


def _event_report(prompter: Prompter) -> Fields:
    report = {
        "period": (period := prompter.ask_period()),
        "said": prompter.ask("said", choices=SAID),
        "date": bare(prompter.ask("date", prompter.date, optional=True)),
        "sources": prompter.ask_sources(period),
    }
    return {key: value for key, value in report.items() if value}


def _correction(prompter: Prompter, slug: str | None, today: date) -> NewEntry:
    text = prompter.ask("text", question="correction_text")
    published = prompter.ask("published", prompter.date)
    today_text = today.isoformat()
    corrected = prompter.ask("date", prompter.date, default=today_text, question="correction_date")
    sources = prompter.ask_sources(None, optional=True)
    taken = new_entries.ids_in(prompter.corpus.statements)
    entry = {
        "id": prompter.ask_id(taken, text, "correction"),
        "date": bare(corrected),
        "published": bare(published),
        "resolution": slug,
        "text": text,
        "sources": sources,
    }
    return NewEntry(new_entries.STATEMENTS, entry, ("corrections",))


def _find(prompter: Prompter, name: str) -> str:
    try:
        return find_resolution(prompter.corpus, name)
    except LookupFailed as error:
        known = [prompter.corpus.label(slug) for slug in prompter.corpus.resolutions]
        raise prompter.error(error.code, value=name, **hint(name, known)) from error


def _names(entries: Mapping[Any, Any], attribute: str = "name") -> dict[str, str]:
    return {str(key): str(getattr(entry, attribute)) for key, entry in entries.items()}


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _option(name: str) -> str:
    return "--id" if name == "key" else "--" + name.replace("_", "-")

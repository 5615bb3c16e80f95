"""Prompts: answers are taken from options or asked for, and checked as `tracker check` does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import click

from macros.authoring import new_entries
from macros.authoring.new_entries import bare
from macros.corpus import Corpus, Problem, Translate, hint
from macros.model import dates, fields, restricted_markdown
from macros.model.reference import Document

Reader = Callable[[str], str]
Choices = Mapping[str, str]
Given = Mapping[str, str | tuple[str, ...]]
"""The options of a command, by name."""
Fields = dict[str, object]


@dataclass
class Prompter:
    """Takes answers from options, else asks for them, else notes that they are missing."""

    corpus: Corpus
    t: Translate
    given: Given
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
            matches = [k for k, name in names.items() if word in (k.casefold(), name.casefold())]
            if text in names or len(matches) == 1:
                return text if text in names else matches[0]
            raise self.error(code, name=field, value=text, **hint(text, names))

        return read

    # --- questions that several kinds share ------------------------------------------------------

    def ask_words(self, kind: str) -> list[str]:
        """Ask for words of the vocabulary, if it has such words."""
        words = names_of(self.corpus.words[f"{kind}s"])
        read = self.one_of(words, f"unknown_{kind}")
        return self.ask_many(kind, read, choices=words) if words else []

    def ask_period(self) -> str | None:
        """Ask for a reporting period."""
        newest = self.corpus.latest_period
        names, default = names_of(self.corpus.periods), newest.id if newest else None
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
        read = self.one_of(names_of(documents, "title"), "unknown_document")
        key = self.ask("document", read, default=default, optional=optional)
        if key is None:
            return []
        document: Document = documents[key]

        def paragraph(text: str) -> str:
            number, last = re.match(r"\d+", text), document.paragraphs
            if last and not (number and 1 <= int(number[0]) <= last):
                raise self.error("no_such_paragraph", value=text, document=key, last=last)
            return text

        optional = optional or not document.paragraphs
        paragraphs = self.ask_many("paragraph", paragraph, optional=optional)
        return [{"document": key, "paragraph": bare(p)} for p in paragraphs] or [{"document": key}]

    def ask_id(self, taken: set[str], words: str | None, kind: str) -> str | None:
        """Ask for the id, offered from the words, once all other answers are there."""
        if not self.interactive:
            self.stop_if_missing()
        default = new_entries.new_id(words or "", taken, kind)
        return self.ask("key", self.free_id(taken), default=default)


def names_of(entries: Mapping[Any, Any], attribute: str = "name") -> dict[str, str]:
    """List entries as choices: ids with their names."""
    return {str(key): str(getattr(entry, attribute)) for key, entry in entries.items()}


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _option(name: str) -> str:
    return "--id" if name == "key" else "--" + name.replace("_", "-")

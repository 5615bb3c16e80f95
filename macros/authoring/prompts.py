"""Prompts: answers are taken from options or asked for, and checked as `tracker check` does."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import click

from macros.authoring.new_entries import DataFiles
from macros.corpus import Problem

Reader = Callable[[str], object]
"""Checks an answer and gives the value for the data."""
Choices = Mapping[str, str]
Given = Mapping[str, str | tuple[str, ...]]
"""The options of a command, by name."""

_MOST_CHOICES = 25
_DIVIDERS = "[,，、]"


@dataclass
class Prompter:
    """Takes answers from options, else asks for them, else notes that they are missing.

    Attributes:
        files: The data, with entries that were made on the way.
        given: The options, by name.
        interactive: Whether questions may be asked.
        kind: The kind of entry, for questions that it words in its own way.
        slug: The resolution that the entry belongs to.
        defaults: What is offered as an answer, by name of the option.
        missing: The options that were needed.
    """

    files: DataFiles
    given: Given
    interactive: bool
    kind: str
    slug: str | None = None
    defaults: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def t(self, key: str, /, **values: object) -> str:
        """Word a message."""
        return self.files.t(key, **values)

    def ask(
        self,
        name: str,
        read: Reader,
        *,
        default: str | None = None,
        optional: bool = False,
        many: bool = False,
        choices: Choices | None = None,
    ) -> object:
        """Take one answer.

        Args:
            name: The option, which is also the question.
            read: Checks an answer.
            default: What is offered, or taken where nothing is asked.
            optional: Whether there may be no answer.
            many: Whether there may be several, each an option of its own or divided by commas; the
                answer is then a list.
            choices: Words or ids with their names, shown before the question.
        """
        default = self.defaults.get(name, default)

        def value(text: str | tuple[str, ...]) -> object:
            if isinstance(text, str):
                text = tuple(re.split(_DIVIDERS, text)) if many else (text,)
            values = [read(part.strip()) for part in text if part.strip()]
            if not values and not optional:
                raise click.UsageError(self.t("new.needed"))
            return values if many else next(iter(values), None)

        if name in self.given:
            try:
                return value(self.given[name])
            except click.UsageError as error:
                raise click.BadParameter(error.message, param_hint=option_text(name)) from error
        if not self.interactive:
            if default is None and not optional:
                self.missing.append(option_text(name))
            return value(default) if default is not None else [] if many else None
        if choices and len(choices) <= _MOST_CHOICES:
            for key, meaning in choices.items():
                click.echo(f"  {key}  {meaning}".rstrip())
        words = self._words("new.ask", name)
        words += f" {self.t('new.several')}" if many else ""
        words += f" {self._words('new.empty', name)}" if optional else ""
        return click.prompt(words, default or "", show_default=bool(default), value_proc=value)

    def _words(self, what: str, name: str) -> str:
        """Word a question, or what an empty answer means, for the kind of entry or for all."""
        for key in (f"{what}.{self.kind}.{name}", f"{what}.{name}"):
            with suppress(KeyError):
                return self.t(key)
        return self.t(what)

    def stop_if_missing(self) -> None:
        """Name all that was needed so far."""
        if self.missing:
            options = self.t("list.comma").join(self.missing)
            raise click.UsageError(self.t("new.missing", options=options))

    def error(self, code: str, **values: object) -> click.UsageError:
        """Make the error of an answer, in the words of the check."""
        return click.UsageError(Problem("", 1, 1, code, values).sentence(self.files.t))


def option_text(name: str) -> str:
    """Write an option as it is given on the command line."""
    return "--id" if name == "key" else "--" + name.replace("_", "-")

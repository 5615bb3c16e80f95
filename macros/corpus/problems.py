"""Problems found in what people write: where, what is wrong, what to write instead.

A problem carries a code and values; its sentence is made from the interface catalogue
(`problem.<code>`), so that the same problem can be named in every language.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["error", "notice"]
Translate = Callable[..., str]
"""Gives the string of a key with its fields filled in, as `Catalogue.t` does."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem in one file.

    `line` and `column` count from 1. `code` names the sentence in the catalogue, `values` fill it.
    An `error` stops a build; a `notice` (a missing or outdated translation) does not.
    """

    file: str
    line: int
    column: int
    code: str
    values: dict[str, Any] = field(default_factory=dict, hash=False)
    severity: Severity = "error"

    @property
    def place(self) -> tuple[str, int, int]:
        """Sort key: file, line, column."""
        return (self.file, self.line, self.column)

    def sentence(self, t: Translate) -> str:
        """What is wrong and what to write instead, in the language of `t`."""
        values = dict(self.values)
        if "found" in values:
            values["found"] = t(f"problem.kind.{values['found']}")
        if values.get("name") == "file":
            values["name"] = t("problem.kind.file")
        if "macro" in values:
            values["example"] = t(f"macro.{values.pop('macro')}.call")
        if "date_code" in values:
            values["reason"] = t(f"problem.date.{values.pop('date_code')}", value=values["value"])
        if guess := values.pop("guess", None):
            values["hint"] = t("problem.did_you_mean", guess=guess)
        elif options := values.pop("options", None):
            values["hint"] = t("problem.one_of", options=t("list.comma").join(options))
        return t(f"problem.{self.code}", **values)

    def line_of_text(self, t: Translate) -> str:
        """`file:line:column: what is wrong; what to write instead`."""
        return f"{self.file}:{self.line}:{self.column}: {self.sentence(t)}"

    def values_for_programs(self, t: Translate) -> dict[str, Any]:
        """The problem as plain values: place, code, and the sentence in the language of `t`."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "code": self.code,
            "message": self.sentence(t),
        }

    def annotation(self, t: Translate, level: str) -> str:
        """The problem as a workflow command of GitHub, shown at the line of the file."""
        place = ",".join(
            f"{name}={_escaped(str(value), ':,')}"
            for name, value in (("file", self.file), ("line", self.line), ("col", self.column))
        )
        return f"::{level} {place}::{_escaped(self.sentence(t))}"


def _escaped(text: str, also: str = "") -> str:
    """Text for a workflow command, with line ends, per cent signs and separators encoded."""
    return "".join(f"%{ord(c):02X}" if c in "%\r\n" + also else c for c in text)


def shorten(text: str, most: int = 60) -> str:
    """Cut a text for a sentence."""
    return text if len(text) <= most else text[: most - 1] + "…"


def hint(word: str, known: Iterable[str], most: int = 12) -> dict[str, Any]:
    """Values for a problem with an unknown word: the nearest known word, else all of them."""
    known = list(known)
    folded = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    if near:
        return {"guess": folded[near[0]]}
    shown = known[:most] + (["…"] if len(known) > most else [])
    return {"options": shown or ["–"]}

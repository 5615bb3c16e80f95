"""Differences in words: Markdown fit for a comment on a pull request, and JSON. Pure.

Whatever comes from the data or from names of files is escaped: nobody may have checked it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from macros.corpus import Corpus, Problem, Translate, shorten
from macros.diff.differences import Dead, Differences
from macros.diff.records import JUDGED, TOPICS, Change, Money, Term
from macros.i18n.locale import Locale
from macros.model.dates import parse

LIMIT = 60_000
"""The most characters of a report; a comment on GitHub may have 65,536."""
EXCERPT = 100
"""The most characters of a text that are shown."""

_SUMMARY = (
    *(
        "status",
        "outcome",
        "date",
        "state",
        "kind",
        "amount",
        "contributor",
        "required",
        "mobilized",
    ),
)
_SPECIAL = re.compile(r"([\\`*_\[\]<>&#|~$!])")


def write_markdown(lines: Iterable[str], t: Translate) -> str:
    """Write a report with its title; one too long for a comment ends early and says so."""
    text = "\n".join((f"## {t('diff.title')}", *lines)).strip()
    if len(text) > LIMIT:
        note = t("diff.shortened", command=code("tracker diff --format json"))
        text = text[:LIMIT].rpartition("\n")[0] + f"\n\n{note}"
    return text


def list_problems(heading: str, problems: Iterable[Problem], t: Translate) -> Iterator[str]:
    """List the problems of a version below a sentence that says what they prevent."""
    lines = [
        f"{code(':'.join(map(str, problem.place)))} {escape(problem.sentence(t), most=1000)}"
        for problem in problems
    ]
    yield from ("", heading, "", *(f"- {line}" for line in lines))


@dataclass(frozen=True)
class Report:
    """Writes in one language of two versions of the data, in that language or the nearest."""

    locale: Locale
    before: Corpus
    after: Corpus

    @property
    def t(self) -> Translate:
        """The sentences of the catalogue."""
        return self.locale.catalogue.t

    def list_differences(self, differences: Differences) -> Iterator[str]:
        """List all sections that have something in them."""
        if addresses := [*map(self._address, differences.dead)]:
            warning = self.t("diff.dead", count=len(addresses))
            lines = [
                f"**{warning}** {self.t('diff.dead.advice')}",
                "",
                *(f"- {address}" for address in addresses),
            ]
            yield from ("", "> [!CAUTION]", *(f"> {line}".rstrip() for line in lines))
        for topic in TOPICS:
            changes = [change for change in differences.changes if change.topic == topic]
            entries = groupby(changes, lambda change: (change.file, change.entry, change.title))
            if lines := [self._entry(list(group)) for _, group in entries]:
                number = self.locale.number(len(lines))
                heading = self.t("diff.heading", title=self.t(f"diff.{topic}"), number=number)
                yield from ("", f"### {heading}", "", *(f"- {line}" for line in lines))
        if not differences:
            yield from ("", self.t("diff.nothing"))

    def _address(self, dead: Dead) -> str:
        """`/resolutions/2-4/#op-2` and its languages."""
        address = code(f"/{dead.path}" + (f"#{dead.anchor}" if dead.anchor else ""))
        languages = self.t("list.comma").join(dead.languages)
        return f"{address} ({languages})" if languages else address

    def _entry(self, changes: Sequence[Change]) -> str:
        """`**2/4** `events.expert-meeting` Expert meeting: `date` before → after`."""
        first = changes[0]
        slug = first.file.removeprefix("data/resolutions/").removesuffix(".yml")
        name, entry = code(first.file), first.entry and code(first.entry)
        for corpus in (self.before, self.after):
            if slug in corpus.resolutions:
                name = f"**{escape(corpus.label(slug))}**"
        subject = " ".join(filter(None, (name, entry, escape(first.title))))
        return subject + self.t("colon") + self.t("list.separator").join(map(self._change, changes))

    def _change(self, change: Change) -> str:
        before, after = change.before, change.after
        if change.field is None:
            return self._whole(before, after)
        if isinstance(before, str) and isinstance(after, str):
            before, after = find_passages(before, after)
        name = "" if change.topic in JUDGED.values() else f"{code(change.field)} "
        return f"{name}{self._value(before)} → {self._value(after)}"

    def _whole(self, before: object, after: object) -> str:
        """Say what became of an entry or a file, and what it says in short."""
        kind = "added" if before is None else "removed" if after is None else "changed"
        text, values = self.t(f"diff.{kind}"), after or before
        known = values if isinstance(values, dict) else {}
        notes = [self._value(known[name]) for name in _SUMMARY if known.get(name) is not None]
        note = self.t("separator").join(notes)
        return self.t("export.bracketed", text=text, note=note) if note else text

    def _value(self, value: object) -> str:
        """Write a value in words."""
        if value is None or value == ():
            return self.t("not_reported")
        if isinstance(value, tuple):
            return self.t("list.comma").join(map(self._value, value))
        if isinstance(value, bool):
            return self.t("change.yes" if value else "change.no")
        if isinstance(value, int):
            return self.locale.number(value)
        if isinstance(value, Money):
            return self.locale.money(value.amount, value.currency, value.approximate)
        return escape(self._term(value) if isinstance(value, Term) else str(value))

    def _term(self, term: Term) -> str:
        """Write a date, or the name of an entry from the version that has it."""
        if term.kind == "date":
            return self.locale.date(parse(term.id))
        if term.kind == "outcome":
            return self.t(f"change.outcome.{term.id}")
        if term.kind == "text":
            return self.t(f"diff.translation.{term.id}")
        plural = "statuses" if term.kind == "status" else f"{term.kind}s"
        for corpus in (self.after, self.before):
            entries = corpus.words.get(plural) or getattr(corpus, plural, {})
            if name := getattr(entries.get(term.id), "name", None):
                return str(name)
        return term.id


def escape(text: str, most: int = EXCERPT) -> str:
    """Show a text literally in Markdown, in one line and cut short; nobody is notified by it."""
    text = shorten(" ".join(text.split()), most)
    return _SPECIAL.sub(r"\\\1", text).replace("@", "@\u200b").replace("://", ":\u200b//")


def code(text: str) -> str:
    """Show a name as code."""
    return "`" + " ".join(text.replace("`", "'").split()) + "`"


def find_passages(old: str, new: str) -> tuple[str, str]:
    """Find the passages in which two texts differ, with a few words before them."""
    pairs = enumerate(zip(old, new, strict=False))
    same = next((i for i, (one, other) in pairs if one != other), min(len(old), len(new)))
    return (old, new) if same <= 30 else ("…" + old[same - 30 :], "…" + new[same - 30 :])

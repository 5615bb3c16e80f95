"""Differences in words: Markdown fit for a comment on a pull request, and JSON. Pure.

Whatever comes from the data or from names of files is escaped: what is compared may not have been checked by anyone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any, TypeVar

from macros.corpus.corpus import Corpus
from macros.corpus.problems import Problem
from macros.diff.changed import (
    Dead,
    Detail,
    Differences,
    EventChange,
    Figures,
    Judgement,
    Money,
    PageChange,
    TextChange,
)
from macros.diff.entries import excerpt, excerpts
from macros.exports.values import number
from macros.i18n.locale import Locale
from macros.model.dates import parse

LIMIT = 60_000
"""The most characters of a report; a comment on GitHub may have 65,536."""
MOST = 60
"""The most entries of one list that are shown."""

T = TypeVar("T")
_SPECIAL = re.compile(r"([\\`*_\[\]<>&#|~$!])")


def markdown(
    told: Differences,
    before: Corpus,
    after: Corpus,
    language: str,
    revision: str,
    found: Sequence[Problem] = (),
) -> str:
    """What readers will see change.

    In: the differences, both versions in the language of the report or the nearest there is, that language, what the
    second version was compared with, and the problems of its pages.
    """
    writer = _Writer(before, after, Locale.of(language))
    t = writer.t
    lines = [f"## {t('diff.title')}", "", t("diff.compared", revision=code(revision)), ""]
    if found:
        lines += [t("diff.problems.pages", count=len(found)), "", *_listed(found, t), ""]
    if not told:
        lines.append(t("diff.nothing"))
    lines += writer.report(told)
    return shortened(lines, t)


def problems(found: Sequence[Problem], language: str, heading: str) -> str:
    """Why a version cannot be compared. In: its problems, and the sentence that stands above them."""
    t = Locale.of(language).catalogue.t
    return shortened([f"## {t('diff.title')}", "", heading, "", *_listed(found, t)], t)


def _listed(found: Sequence[Problem], t: Callable[..., str]) -> Iterator[str]:
    for problem in found[:MOST]:
        yield f"- {code(f'{problem.file}:{problem.line}:{problem.column}')} {escape(problem.sentence(t))}"
    if len(found) > MOST:
        yield f"- {t('diff.more', count=len(found) - MOST)}"


def shortened(lines: Iterable[str], t: Callable[..., str]) -> str:
    """Lines as one text of `LIMIT` characters at most; what was cut off is said."""
    kept, length = [], 0
    note = t("diff.shortened", command=code("tracker diff --format json"))
    for line in lines:
        length += len(line) + 1
        if length + len(note) + 2 > LIMIT:
            kept += ["", note]
            break
        kept.append(line)
    return "\n".join(kept).rstrip() + "\n"


def plain(value: Any) -> Any:
    """Differences as JSON has them: amounts as numbers, records as mappings."""
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, tuple):
        return [plain(entry) for entry in value]
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return value


def escape(text: str) -> str:
    """A text as Markdown shows it literally, in one line; nobody is notified by it."""
    return (
        _SPECIAL.sub(r"\\\1", " ".join(text.split()))
        .replace("@", "@\u200b")
        .replace("://", ":\u200b//")
    )


def code(text: str) -> str:
    """A name as code."""
    return "`" + " ".join(text.replace("`", "'").split()) + "`"


@dataclass(frozen=True)
class _Writer:
    before: Corpus
    after: Corpus
    locale: Locale

    @property
    def t(self) -> Callable[..., str]:
        return self.locale.catalogue.t

    def report(self, told: Differences) -> Iterator[str]:
        """All sections that have something in them."""
        yield from self.dead(told.dead)
        for name in ("resolutions_added", "resolutions_removed"):
            yield from self.section(
                name, getattr(told, name), lambda it: f"**{escape(it.label)}** {escape(it.title)}"
            )
        yield from self.judgements("statuses", told.statuses)
        yield from self.judgements("constraints", told.constraints)
        yield from self.events(told.events)
        yield from self.totals(told)
        yield from self.section("contributions", told.contributions, lambda it: self.entry(
            it.slug, it.id, it.purpose, self.money(it.before), self.money(it.after)))  # fmt: skip
        yield from self.section("resources", told.resources, lambda it: self.entry(
            it.slug, it.id, "", self.figures(it.before), self.figures(it.after)))  # fmt: skip
        for name in ("statements_added", "statements_removed"):
            yield from self.section(name, getattr(told, name), lambda it: self.t(
                "diff.statement", name=self.name(it.slug), kind=self.t(f"diff.kind.{it.type}"), id=code(f"#{it.id}"),
                text=escape(it.excerpt)))  # fmt: skip
        yield from self.texts(told.texts)
        for language, count in told.untranslated:
            yield self.t("diff.untranslated", language=Locale.of(language).name, count=count)
            yield ""
        yield from self.section("pages", told.pages, self.page)
        yield from self.section("details", told.details, self.detail)
        if told.other:
            yield self.t("diff.other")

    # --- sections --------------------------------------------------------------------------------------

    def section(self, name: str, entries: Sequence[T], line: Callable[[T], str]) -> Iterator[str]:
        """A heading with a list below it; nothing without entries."""
        if entries:
            yield f"### {self.t('diff.heading', title=self.t(f'diff.{name}'), number=self.locale.number(len(entries)))}"
            yield ""
            yield from self.listed(entries, line)
            yield ""

    def listed(self, entries: Sequence[T], line: Callable[[T], str]) -> Iterator[str]:
        """A list, no longer than it can be read."""
        yield from (f"- {line(entry)}" for entry in entries[:MOST])
        if len(entries) > MOST:
            yield f"- {self.t('diff.more', count=len(entries) - MOST)}"

    def dead(self, found: Sequence[Dead]) -> Iterator[str]:
        """The warning that stands first."""
        if found:
            yield "> [!CAUTION]"
            yield f"> **{self.t('diff.dead', count=len(found))}** {self.t('diff.dead.advice')}"
            yield ">"
            yield from (f"> {line}" for line in self.listed(found, self.address))
            yield ""

    def address(self, it: Dead) -> str:
        """`/resolutions/2-4/#op-2` and its languages."""
        address = code(f"/{it.path}" + (f"#{it.anchor}" if it.anchor else ""))
        return f"{address} ({self.t('list.comma').join(it.languages)})" if it.languages else address

    def judgements(self, name: str, found: Sequence[Judgement]) -> Iterator[str]:
        """A table of states, or of what money holds back."""
        rows = [[self.name(it.slug, it.paragraph), self.value(it.before, self.before), self.value(it.after, self.after)]
                for it in found]  # fmt: skip
        yield from self.table(name, ("resolution", "before", "after"), rows)

    def totals(self, told: Differences) -> Iterator[str]:
        """The sums that differ, and how many contributions have no amount."""
        rows = []
        for it in told.totals:
            sign = "+" if it.difference > 0 else "−"
            amounts = [
                self.locale.money(amount, it.currency)
                for amount in (it.before, it.after, abs(it.difference))
            ]
            names = [
                self.word("contribution_states", it.state),
                self.word("contribution_kinds", it.kind),
            ]
            rows.append([*map(escape, names), *amounts[:2], sign + amounts[2]])
        yield from self.table("totals", ("state", "kind", "before", "after", "difference"), rows)
        if told.without_amount:
            before, after = map(self.locale.number, told.without_amount)
            yield self.t("diff.without_amount", before=before, after=after)
            yield ""

    def table(
        self, name: str, columns: Sequence[str], rows: Sequence[Sequence[str]]
    ) -> Iterator[str]:
        """A heading with a table below it; nothing without rows."""
        if rows:
            yield f"### {self.t('diff.heading', title=self.t(f'diff.{name}'), number=self.locale.number(len(rows)))}"
            yield ""
            yield "| " + " | ".join(self.t(f"diff.column.{column}") for column in columns) + " |"
            yield "|" + " --- |" * len(columns)
            yield from ("| " + " | ".join(row) + " |" for row in rows[:MOST])
            if len(rows) > MOST:
                yield ""
                yield self.t("diff.more", count=len(rows) - MOST)
            yield ""

    def events(self, found: Sequence[EventChange]) -> Iterator[str]:
        """Events by what became of them."""
        for kind in ("happened", "moved", "planned", "added", "removed"):
            yield from self.section(f"events.{kind}", [it for it in found if it.kind == kind], lambda it: self.entry(
                it.slug, it.id, it.title, self.said(it.said_before, it.date_before),
                self.said(it.said_after, it.date_after)))  # fmt: skip

    def texts(self, found: Sequence[TextChange]) -> Iterator[str]:
        """Texts by file."""
        groups = [
            (file, list(group)) for file, group in groupby(found, lambda it: (it.file, it.language))
        ]
        shown = 0
        if found:
            yield f"### {self.t('diff.heading', title=self.t('diff.texts'), number=self.locale.number(len(found)))}"
            yield ""
        for (file, language), group in groups:
            yield f"- {code(file)} ({language}): {self.locale.number(len(group))}"
            for it in group[: max(0, MOST - shown)]:
                yield f"  - {code(it.id)} {self.text(it)}"
            shown += len(group)
        if shown > MOST:
            yield f"- {self.t('diff.more', count=shown - MOST)}"
        if found:
            yield ""

    # --- entries and words -----------------------------------------------------------------------------

    def entry(
        self, slug: str | None, anchor: str, title: str, before: str | None, after: str | None
    ) -> str:
        """`2/4 Expert meeting (#expert-meeting): before → after`, or what there is of it."""
        what = " → ".join(value for value in (before, after) if value is not None)
        name = " ".join(filter(None, (self.name(slug), escape(excerpt(title)))))
        return self.t("diff.entry", name=name, id=code(f"#{anchor}"), text=what)

    def name(self, slug: str | None, paragraph: str | None = None) -> str:
        """`**2/4**`, `**2/4**, para. 2`, or the organ."""
        if slug is None:
            return f"**{self.t('diff.organ')}**"
        corpus = self.after if slug in self.after.resolutions else self.before
        label = f"**{escape(corpus.label(slug))}**"
        short = paragraph and self.t("list.comma") + escape(
            self.t("paragraph.short", number=paragraph)
        )
        return label + (short or "")

    def value(self, value: str | bool | None, corpus: Corpus) -> str:
        """A status, yes or no, or *not reported*."""
        if value is None:
            return self.t("not_reported")
        if isinstance(value, bool):
            return self.t("change.yes" if value else "change.no")
        return escape(corpus.words["statuses"][value].name)

    def word(self, kind: str, key: str) -> str:
        """The name of a word of the vocabulary, from the version that has it."""
        return next(
            corpus.words[kind][key].name
            for corpus in (self.after, self.before)
            if key in corpus.words[kind]
        )

    def said(self, said: str | None, when: str | None) -> str | None:
        """`9 December 2024, happened`; nothing where the event is not there."""
        if said is None:
            return None
        moment = self.locale.date(parse(when)) if when else self.t("date_not_reported")
        return self.t("separator").join((moment, self.t(f"change.said.{said}")))

    def money(self, it: Money | None) -> str | None:
        """`received, voluntary contribution, USD 1,000, from …`."""
        if it is None:
            return None
        parts = [
            escape(self.word("contribution_states", it.state)),
            escape(self.word("contribution_kinds", it.kind)),
        ]
        parts.append(self.amount(it.amount, it.currency, it.approximate))
        if it.contributor:
            organizations = {**self.before.organizations, **self.after.organizations}
            parts.append(escape(organizations[it.contributor].name))
        return self.t("separator").join(parts)

    def amount(
        self, amount: Decimal | None, currency: str | None, approximate: bool = False
    ) -> str:
        """An amount or *not reported*."""
        known = amount is not None and currency is not None
        return self.locale.money(amount, currency, approximate) if known else self.t("not_reported")

    def figures(self, it: Figures | None) -> str | None:
        """Required, mobilized and what lacks, with the date."""
        if it is None:
            return None
        amounts = {
            name: self.amount(getattr(it, name), it.currency)
            for name in ("required", "mobilized", "gap")
        }
        text = self.t("diff.figures", **amounts)
        return (
            self.t("export.bracketed", text=text, note=self.locale.date(parse(it.as_of)))
            if it.as_of
            else text
        )

    def text(self, it: TextChange) -> str:
        """What a text said and says, in the passage where it differs, and how its translation stands."""
        parts = []
        if it.before != it.after:
            passages = (
                excerpts(it.before, it.after)
                if it.before and it.after
                else (it.before or "–", it.after or "–")
            )
            parts.append(
                " → ".join(
                    self.t("diff.quoted", text=escape(excerpt(passage))) for passage in passages
                )
            )
        if it.state_before != it.state_after:
            parts.append(self.t(f"diff.translation.{it.state_after or 'current'}"))
        return self.t("list.separator").join(parts)

    def page(self, it: PageChange) -> str:
        """A file, and how many of its lines."""
        text = self.t(f"diff.page.{it.kind}", file=code(it.file))
        if it.lines_added is None:
            return text
        return text + self.t("diff.lines", added=it.lines_added, removed=it.lines_removed)

    def detail(self, it: Detail) -> str:
        """A key of an entry in a file, or a whole entry."""
        if it.key is None:
            key, value = (
                ("diff.removed", it.before) if it.after is None else ("diff.added", it.after)
            )
            return f"{code(it.file)} {code(it.entry)}{self.t('colon')}{self.t(key, text=escape(value or ''))}"
        values = " → ".join(
            "–" if value is None else escape(excerpt(value)) for value in (it.before, it.after)
        )
        return f"{code(it.file)} {code('.'.join(filter(None, (it.entry, it.key))))}{self.t('colon')}{values}"

"""Two versions of an organ's data and pages → what readers will see change. Pure.

The facts are those of the working language; texts are compared in every language. What no list tells in terms of the
field (a status, an amount, a date) is told as a `Detail`: file, entry, key, before, after.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from macros import queries
from macros.corpus.corpus import Corpus
from macros.corpus.loading import load
from macros.corpus.problems import Problem
from macros.diff import entries
from macros.diff.changed import (
    ContributionChange,
    Dead,
    Differences,
    EventChange,
    Figures,
    Judgement,
    Money,
    Named,
    PageChange,
    ResourceChange,
    TextChange,
    Total,
)
from macros.model.funding import Contribution, Resource
from macros.model.resolution import Assessment, Event, Resolution
from macros.pages.handwritten import review
from macros.render.view import View
from macros.site import addresses


@dataclass(frozen=True)
class Snapshot:
    """One version: its corpora (none if the data has errors), the errors of the data, its pages and other files.

    `pages` are the hand-written ones by name (`docs/en/about.md`), `assets` anything by name
    that differs when the contents do.
    """

    corpora: Mapping[str, Corpus]
    problems: tuple[Problem, ...]
    pages: Mapping[str, str]
    assets: Mapping[str, str]
    today: date

    @staticmethod
    def of(files: Mapping[str, bytes], assets: Mapping[str, str], today: date) -> Snapshot:
        """Load it. In: what `revisions.Tree` holds, and the day on which the site is built."""
        loaded = load(files)
        shown = review(files, loaded.corpora, today)
        pages = {
            name: raw.decode("utf-8", "replace").replace("\r\n", "\n")
            for name, raw in files.items()
            if name.endswith(".md") and name not in shown.held and _language(name) in loaded.corpora
        }
        assets = {
            name: value for name, value in assets.items() if _language(name) in loaded.corpora
        }
        errors = (
            *loaded.errors,
            *(problem for problem in shown.problems if problem.severity == "error"),
        )
        return Snapshot(shown.public, errors, pages, assets, today)

    @property
    def corpus(self) -> Corpus:
        """The data in its working language."""
        return next(iter(self.corpora.values()))

    def published(self) -> addresses.Published:
        """The addresses that it answers to, those of pictures among them."""
        views = {language: View(corpus, self.today) for language, corpus in self.corpora.items()}
        known = addresses.published(views, addresses.written(self.pages))
        first = self.corpus.language
        assets = {
            language: {
                name.split("/", 2)[2]: frozenset()
                for name in self.assets
                if _language(name) in (first, language)
            }
            for language in self.corpora
        }
        return replace(
            known,
            by_language={key: {**assets[key], **found} for key, found in known.by_language.items()},
        )

    def in_language(self, language: str) -> Corpus:
        """The data in a language, or in the working language where it does not have that one."""
        return self.corpora.get(language, self.corpus)


def compare(before: Snapshot, after: Snapshot, language: str) -> Differences:
    """What readers of `after` see otherwise than readers of `before`.

    In: two versions without errors in their data; the language of titles and excerpts, if the organ has it.
    """
    told = Differences(
        dead=tuple(_dead(before, after)),
        resolutions_added=_missing(after.in_language(language), before.corpus),
        resolutions_removed=_missing(before.in_language(language), after.corpus),
        statuses=tuple(_judgements(before.corpus, after.corpus, "status")),
        constraints=tuple(_judgements(before.corpus, after.corpus, "constrained_by_funding")),
        events=tuple(_events(before.in_language(language), after.in_language(language))),
        contributions=tuple(
            _contributions(before.in_language(language), after.in_language(language))
        ),
        resources=tuple(_resources(before.corpus, after.corpus)),
        **_totals(before.corpus, after.corpus),
        statements_added=tuple(entries.statements(after.in_language(language), before.corpus)),
        statements_removed=tuple(entries.statements(before.in_language(language), after.corpus)),
        texts=tuple(_texts(before, after)),
        untranslated=tuple(_untranslated(before, after)),
        pages=tuple(_pages(before, after)),
        details=tuple(
            entries.details(before.corpus, after.corpus, _told(before.corpus, after.corpus))
        ),
    )
    return told if told or _same(before.corpora, after.corpora) else Differences(other=True)


# --- addresses ------------------------------------------------------------------------------------------


def _dead(before: Snapshot, after: Snapshot) -> Iterator[Dead]:
    old, new = before.published(), after.published()
    retired = after.corpus.retired
    gone: dict[tuple[str, str | None], list[str]] = {}
    for language, paths in old.by_language.items():
        there = new.by_language.get(language, {})
        for path, anchors in paths.items():
            if path not in there:
                gone.setdefault((path, None), []).append(language)
            else:
                for anchor in sorted(anchors - there[path]):
                    gone.setdefault((path, anchor), []).append(language)
    for path, anchor in sorted(gone, key=lambda address: (address[1] is not None, address[0])):
        if not retired.covers(path, anchor):
            yield Dead(path, anchor, tuple(gone[path, anchor]))
    for path in sorted(old.site - new.site):
        if not retired.covers(path):
            yield Dead(path, None, ())


# --- resolutions, states, events ------------------------------------------------------------------------


def _missing(corpus: Corpus, other: Corpus) -> tuple[Named, ...]:
    """The resolutions of one corpus that another does not have."""
    return tuple(
        Named(slug, corpus.label(slug), str(resolution.title))
        for slug, resolution in corpus.resolutions.items()
        if slug not in other.resolutions
    )


def _pairs(
    before: Corpus, after: Corpus
) -> Iterator[tuple[str, Resolution | None, Resolution | None]]:
    """All resolutions of two corpora, in order."""
    for slug in {**after.resolutions, **before.resolutions}:
        yield slug, before.resolutions.get(slug), after.resolutions.get(slug)


def _newest(resolution: Resolution | None, corpus: Corpus) -> dict[str | None, Assessment]:
    """The newest assessment of a resolution (`None`) and of each of its paragraphs."""
    paragraphs = (
        dict.fromkeys(entry.paragraph for entry in resolution.assessments) if resolution else {}
    )
    found = {
        paragraph: queries.assessment(resolution, corpus, paragraph) for paragraph in paragraphs
    }  # type: ignore[arg-type]
    return {paragraph: entry for paragraph, entry in found.items() if entry}


def _judgements(before: Corpus, after: Corpus, field: str) -> Iterator[Judgement]:
    for slug, old, new in _pairs(before, after):
        was, is_now = _newest(old, before), _newest(new, after)
        for paragraph in dict.fromkeys((None, *was, *is_now)):
            values = [getattr(found.get(paragraph), field, None) for found in (was, is_now)]
            if values[0] != values[1]:
                yield Judgement(slug, paragraph, *values)


def _by_id(resolution: Resolution | None, name: str) -> dict[str, Any]:
    return {entry.id: entry for entry in getattr(resolution, name)} if resolution else {}


def _changed(before: Corpus, after: Corpus, name: str) -> Iterator[tuple[str, Any, Any]]:
    """Entries of one list of all resolutions, before and after; `None` where there is none."""
    for slug, old, new in _pairs(before, after):
        was, is_now = _by_id(old, name), _by_id(new, name)
        yield from ((slug, was.get(key), is_now.get(key)) for key in {**is_now, **was})


def _events(before: Corpus, after: Corpus) -> Iterator[EventChange]:
    for slug, old, new in _changed(before, after, "events"):
        was, is_now = _said(old), _said(new)
        if was == is_now:
            continue
        kind: Any = "moved"
        if old is None or new is None:
            kind = "added" if old is None else "removed"
        elif was[0] != is_now[0]:
            kind = is_now[0]
        event = new or old
        yield EventChange(
            slug, event.id, str(event.title), kind, was[0], is_now[0], was[1], is_now[1]
        )


def _said(event: Event | None) -> tuple[str | None, str | None]:
    return (event.said, str(event.date) if event.date else None) if event else (None, None)


# --- money ----------------------------------------------------------------------------------------------


def _contributions(before: Corpus, after: Corpus) -> Iterator[ContributionChange]:
    for slug, old, new in _changed(before, after, "contributions"):
        was, is_now = _money(old), _money(new)
        if was != is_now:
            yield ContributionChange(slug, (new or old).id, str((new or old).purpose), was, is_now)


def _money(entry: Contribution | None) -> Money | None:
    if entry is None:
        return None
    last = entry.latest
    return Money(
        entry.kind, last.state, entry.contributor, last.amount, last.currency, last.approximate
    )


def _resources(before: Corpus, after: Corpus) -> Iterator[ResourceChange]:
    organ = (
        {entry.id: entry for entry in before.statements.resources},
        {e.id: e for e in after.statements.resources},
    )
    pairs = [(None, organ[0].get(key), organ[1].get(key)) for key in {**organ[1], **organ[0]}]
    for slug, old, new in [*pairs, *_changed(before, after, "resources")]:
        was, is_now = _figures(old), _figures(new)
        if was != is_now:
            yield ResourceChange(slug, (new or old).id, was, is_now)


def _figures(entry: Resource | None) -> Figures | None:
    if entry is None:
        return None
    as_of = str(entry.as_of) if entry.as_of else None
    return Figures(entry.required, entry.mobilized, entry.gap, entry.currency, as_of)


def _totals(before: Corpus, after: Corpus) -> dict[str, Any]:
    """`totals` and `without_amount`: only those that differ."""
    sums = [
        queries.sums(
            entry
            for resolution in corpus.resolutions.values()
            for entry in resolution.contributions
        )
        for corpus in (before, after)
    ]
    was, is_now = ({tuple(row[:3]): row[3] for row in rows} for rows, _ in sums)
    nothing = Decimal(0)
    totals = (
        Total(*key, was.get(key, nothing), is_now.get(key, nothing)) for key in {**is_now, **was}
    )
    left_out = sums[0][1], sums[1][1]
    return {
        "totals": tuple(total for total in totals if total.difference),
        "without_amount": left_out if left_out[0] != left_out[1] else None,
    }


# --- texts and details ----------------------------------------------------------------------------------


def _texts(before: Snapshot, after: Snapshot) -> Iterator[TextChange]:
    for language, corpus in after.corpora.items():
        if language in before.corpora:
            yield from entries.texts(before.corpora[language], corpus, after.corpus.language)


def _untranslated(before: Snapshot, after: Snapshot) -> Iterator[tuple[str, int]]:
    for language, corpus in after.corpora.items():
        if count := entries.untranslated(before.corpus, corpus):
            yield language, count


def _told(before: Corpus, after: Corpus) -> set[tuple[entries.Path, str | None]]:
    """The keys (`None`: the whole entry) that the lists of states, events and money speak of."""
    found: set[tuple[entries.Path, str | None]] = set()
    for slug, old, new in _pairs(before, after):
        stem = f"resolutions/{slug}"
        was, is_now = _newest(old, before), _newest(new, after)
        for entry in (*was.values(), *is_now.values()):
            path = (stem, "assessments", entry.id)
            found |= {(path, "status"), (path, "constrained_by_funding")}
    for name, said, keys in (
        ("events", _said, ("said", "date")),
        ("contributions", _money, ("state", "amount", "approximate", "currency")),
    ):
        for slug, old, new in _changed(before, after, name):
            if said(old) != said(new):  # type: ignore[operator]
                path = (f"resolutions/{slug}", name, (new or old).id)
                found |= (
                    {(path, "kind"), (path, "contributor")} if name == "contributions" else set()
                )
                for entry in (old, new):
                    last = (*path, "reports", entry.latest.period) if entry else path
                    found |= {(last, key) for key in (*keys, None)}
    for change in _resources(before, after):
        path = (
            f"resolutions/{change.slug}" if change.slug else "statements",
            "resources",
            change.id,
        )
        found |= {(path, key) for key in ("required", "mobilized", "currency", "as_of")}
    return found


# --- pages ----------------------------------------------------------------------------------------------


def _pages(before: Snapshot, after: Snapshot) -> Iterator[PageChange]:
    for name in sorted({**before.pages, **after.pages}):
        old, new = before.pages.get(name), after.pages.get(name)
        if old != new:
            kind: Any = "added" if old is None else "removed" if new is None else "changed"
            yield PageChange(name, kind, *_lines(old or "", new or ""))
    for name in sorted({**before.assets, **after.assets}):
        if before.assets.get(name) != after.assets.get(name):
            yield PageChange(
                name,
                "added"
                if name not in before.assets
                else "removed"
                if name not in after.assets
                else "changed",
            )


def _lines(old: str, new: str) -> tuple[int, int]:
    """How many lines are new and how many are gone."""
    codes = difflib.SequenceMatcher(
        None, old.splitlines(), new.splitlines(), autojunk=False
    ).get_opcodes()
    changed = [code for code in codes if code[0] != "equal"]
    return sum(code[4] - code[3] for code in changed), sum(code[2] - code[1] for code in changed)


# --- small things ---------------------------------------------------------------------------------------


def _language(name: str) -> str:
    parts = name.split("/")
    return parts[1] if parts[0] == "docs" and len(parts) > 2 else ""


def _same(before: Mapping[str, Corpus], after: Mapping[str, Corpus]) -> bool:
    """Whether nothing differs, not even an order. (Equal mappings may have their entries in another order.)"""
    return [(language, _content(corpus)) for language, corpus in before.items()] == [
        (language, _content(corpus)) for language, corpus in after.items()
    ]


def _content(corpus: Corpus) -> list[object]:
    """Everything that a corpus says, mappings with their order."""
    values = (getattr(corpus, field.name) for field in fields(corpus) if field.compare)
    return [list(value.items()) if isinstance(value, Mapping) else value for value in values]

"""Two versions of an organ's data and pages: what readers will see change. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from macros.corpus import Corpus, Problem, load
from macros.diff import records
from macros.diff.records import Change, Term, list_differing, list_records
from macros.diff.revisions import Tree
from macros.model import TextKind
from macros.model.traversal import marked_fields
from macros.pages.handwritten import review
from macros.render.view import View
from macros.site import addresses


@dataclass(frozen=True)
class Dead:
    """An address that would no longer answer, or (with `anchor`) not lead to its passage.

    `languages` is empty for addresses that have no language.
    """

    path: str
    anchor: str | None
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Differences:
    """All that readers will see change."""

    dead: tuple[Dead, ...]
    changes: tuple[Change, ...]

    def __bool__(self) -> bool:
        """Tell whether a reader will see any change."""
        return bool(self.dead or self.changes)


@dataclass(frozen=True)
class Snapshot:
    """One version as it is public on a day, or complete with its drafts.

    `corpora` is empty if the data has errors; `files` are the hand-written pages and the other
    files of its languages.
    """

    corpora: Mapping[str, Corpus]
    problems: tuple[Problem, ...]
    files: Mapping[str, bytes]
    today: date

    @staticmethod
    def load(tree: Tree, today: date, drafts: bool = False) -> Snapshot:
        """Load a version of the project, with what is embargoed if `drafts` is true."""
        loaded = load(tree.files)
        shown = review(tree.files, loaded.corpora, today)
        files = {
            name: raw
            for name, raw in (*tree.files.items(), *tree.assets.items())
            if (drafts or name not in shown.embargoed) and _language(name) in loaded.corpora
        }
        problems = (*tree.problems, *loaded.problems, *shown.problems)
        errors = tuple(problem for problem in problems if problem.severity == "error")
        return Snapshot(loaded.corpora if drafts else shown.public, errors, files, today)

    @property
    def corpus(self) -> Corpus:
        """The data in its working language."""
        return next(iter(self.corpora.values()))

    def in_language(self, language: str) -> Corpus:
        """Give the data in a language, or in the working language where it lacks that one."""
        return self.corpora.get(language, self.corpus)

    def list_addresses(self) -> addresses.Published:
        """List the addresses of pages and data that it answers to."""
        views = {language: View(corpus, self.today) for language, corpus in self.corpora.items()}
        pages = {name: raw.decode("utf-8", "replace") for name, raw in self.files.items()}
        return addresses.published(views, addresses.written(pages))


def compare(before: Snapshot, after: Snapshot, language: str) -> Differences:
    """Compare two versions without errors in their data.

    Args:
        before: What readers see now.
        after: What they will see.
        language: The language of titles and excerpts, if the organ has it.
    """
    old, new = before.in_language(language), after.in_language(language)
    changes = (
        *records.compare_assessments(old, new),
        *records.compare_records(old, new),
        *_compare_texts(before, after),
        *_compare_files(before.files, after.files),
    )
    return Differences(tuple(_list_dead(before, after)), changes)


def _list_dead(before: Snapshot, after: Snapshot) -> Iterator[Dead]:
    old, new = before.list_addresses(), after.list_addresses()
    gone: dict[tuple[str, str | None], list[str]] = {(p, None): [] for p in old.site - new.site}
    for language, paths in old.by_language.items():
        paths_after = new.by_language.get(language, {})
        for path, anchors in paths.items():
            for anchor in anchors - paths_after[path] if path in paths_after else [None]:
                gone.setdefault((path, anchor), []).append(language)
    for path, anchor in sorted(gone, key=lambda place: (place[1] is not None, *map(str, place))):
        if not after.corpus.retired.covers(path, anchor):
            yield Dead(path, anchor, tuple(gone[path, anchor]))


def _compare_texts(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    """Compare the texts, in every language, of the entries that both versions have."""
    for language in [language for language in after.corpora if language in before.corpora]:
        old = list_records(before.corpora[language])
        folder = "" if language == after.corpus.language else f"translations/{language}/"
        for path, record in list_records(after.corpora[language]).items():
            place = "texts", f"data/{folder}{path[0]}.yml", ".".join(path[1:]), ""
            for name in marked_fields(type(record), TextKind) if path in old else ():
                texts = [getattr(entry, name) for entry in (old[path], record)]
                if texts[0] != texts[1]:
                    yield Change(*place, name, *texts)
                states = [Term("text", getattr(text, "state", "current")) for text in texts]
                if states[0] != states[1]:
                    yield Change(*place, name, *states)


def _compare_files(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Iterator[Change]:
    for name, *contents in sorted(list_differing(before, after), key=lambda pair: pair[0]):
        old, new = (None if content is None else name for content in contents)
        yield Change("pages", name, "", "", None, old, new)


def _language(name: str) -> str:
    parts = name.split("/")
    return parts[1] if parts[0] == "docs" and len(parts) > 2 else ""

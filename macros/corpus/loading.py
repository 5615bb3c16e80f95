"""All data files of an organ → one `Corpus` per language, and every problem in them.

Pure: file contents in, values out. The only way from `data/` to anything that is shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, TypeVar

from macros.corpus import checks, manifest, translations
from macros.corpus.corpus import LISTS, Corpus
from macros.corpus.files import LOCK, TEMPLATE
from macros.corpus.problems import Problem, hint
from macros.corpus.source import SourceFile, read
from macros.corpus.translations import Table
from macros.corpus.validation import validate
from macros.model import fields, reference, resolution, retirements
from macros.model.fields import Record
from macros.model.reference import Translation
from macros.model.resolution import Resolution
from macros.model.traversal import inside
from macros.model.vocabulary import Vocabulary

R = TypeVar("R", bound=Record)

KINDS: Mapping[str, type[Record]] = MappingProxyType(
    {
        "body": reference.Body,
        "vocabulary": Vocabulary,
        "sessions": reference.Sessions,
        "periods": reference.Periods,
        "documents": reference.Documents,
        "organizations": reference.Organizations,
        "places": reference.Places,
        "statements": resolution.Statements,
        "retired": retirements.Retirements,
    }
)
"""The files directly below `data/` and what they hold."""

REQUIRED = ("body", "vocabulary", "periods", "documents")

_SLUG = re.compile(fields.ID)
_TRANSLATION = re.compile(r"data/translations/([^/]+)/(.+)\.yml\Z")

Parser = Callable[[str, bytes], SourceFile]
"""Reads one file, as `source.read` does; each call gives a `SourceFile` of its own."""
Files = Mapping[str, bytes]
"""Contents of files by name."""
NaturalKey = tuple[tuple[int, int | str], ...]


@dataclass(frozen=True)
class Loaded:
    """A corpus per language (none if there is any error) and all problems, in order."""

    corpora: Mapping[str, Corpus]
    problems: tuple[Problem, ...]
    sources: Mapping[str, SourceFile]
    """The files as read, by name: for the places of what is in them."""
    originals: Mapping[str, Record]
    """The records in the working language, by the stem of their file (`resolutions/2-4`)."""
    tables: Mapping[str, Mapping[str, Table]]
    """The translations by language, stem and id of the text."""
    lock: manifest.Lock
    """What was published."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop a build."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def load(files: Files, parse: Parser = read) -> Loaded:
    """Load all data files; never raises for any content.

    Args:
        files: Contents by name (`data/…`; other names are ignored).
        parse: What reads one of them.
    """
    loader = _Loader(files, parse)
    lock, problems = manifest.read(files.get(LOCK, b""))
    corpora = loader.load(lock)
    problems += loader.all_problems()
    failed = any(problem.severity == "error" for problem in problems)
    return Loaded(
        MappingProxyType({} if failed else corpora),
        tuple(sorted(problems, key=lambda problem: (problem.place, problem.code))),
        MappingProxyType(loader.sources),
        MappingProxyType(loader.records),
        MappingProxyType(loader.tables),
        lock,
    )


def renewed(
    corpora: Mapping[str, Corpus], slugs: Collection[str], files: Files, parse: Parser = read
) -> dict[str, Corpus] | None:
    """Load some resolutions again, which takes no longer with more of the others.

    Args:
        corpora: Corpora from which nothing is held back, the default language first.
        slugs: The resolutions.
        files: Contents of all files.
        parse: What reads one of them.

    Returns:
        The new corpora; `None` if anything is wrong with the resolutions, held, or changes their
        place: then everything has to be loaded to say more.
    """
    (original, base), *others = corpora.items()
    stems = {slug: f"resolutions/{slug}" for slug in slugs}
    loader = _Loader(files, parse)
    for stem in stems.values():
        loader.record(stem, Resolution)
    new = {
        slug: loader.of(stem, Resolution) for slug, stem in stems.items() if stem in loader.records
    }
    if not all(slug in new and _is_in_place(base, slug, new[slug]) for slug in slugs):
        return None
    result = {original: _with(base, new)}
    good = {_file(stems[slug]): record for slug, record in new.items()}
    loader.problems += checks.check(result[original], good, loader.sources, {})
    for language, corpus in others:
        localized = {
            slug: translations.localized(
                record, loader.table(language, stems[slug]), language, original
            )
            for slug, record in new.items()
        }
        result[language] = _with(corpus, localized)
    has_errors = any(problem.severity == "error" for problem in loader.all_problems())
    return None if has_errors else result


def _is_in_place(corpus: Corpus, slug: str, new: Resolution) -> bool:
    """Whether a resolution stands where it stood, and nothing in it is held."""
    old = corpus.resolutions.get(slug)
    is_held = any(getattr(entry, "held", None) for entry in inside(new))
    is_moved = old is None or (old.session, old.number) != (new.session, new.number)
    return not is_held and not is_moved


def _with(corpus: Corpus, resolutions: Mapping[str, Resolution]) -> Corpus:
    return replace(corpus, resolutions=MappingProxyType({**corpus.resolutions, **resolutions}))


def _file(stem: str) -> str:
    return f"data/{stem}.yml"


class _Loader:
    def __init__(self, files: Files, parse: Parser) -> None:
        self.files = files
        self.parse = parse
        self.problems: list[Problem] = []
        self.sources: dict[str, SourceFile] = {}
        self.records: dict[str, Record] = {}
        self.failed: dict[str, type[Record]] = {}
        self.tables: dict[str, dict[str, Table]] = {}

    def all_problems(self) -> list[Problem]:
        """The problems across files, with those of the files themselves."""
        own = [problem for source in self.sources.values() for problem in source.problems]
        return [*self.problems, *own]

    def load(self, lock: manifest.Lock) -> dict[str, Corpus]:
        translated: dict[str, set[str]] = {}
        for name in self.files:
            stem = name.removeprefix("data/").removesuffix(".yml")
            slug = stem.removeprefix("resolutions/")
            kind = KINDS.get(stem) if slug == stem else Resolution
            if name in (LOCK, TEMPLATE) or not name.startswith("data/"):
                continue
            if match := _TRANSLATION.match(name):
                translated.setdefault(match[1], set()).add(match[2])
            elif kind is None or name != _file(stem):
                known = [*map(_file, KINDS), "data/resolutions/<slug>.yml"]
                self.note(name, "unknown_file", **hint(name, known))
            elif kind is Resolution and not _SLUG.match(slug):
                self.note(name, "slug", slug=slug)
            else:
                self.record(stem, kind)
        body = self.sources.get(_file("body"), SourceFile("")).value
        if isinstance(body, dict) and body.get("format") == 1:  # one problem that hides all others
            self.problems = [self.sources[_file("body")].problem(("format",), "format_outdated")]
            self.sources = {}
            return {}
        for stem in REQUIRED:
            if _file(stem) not in self.files:
                self.note(_file(stem), "missing_file")
        if not self.records.keys() >= set(REQUIRED):
            return {}
        base = self.corpus(lock)
        good = {_file(stem): record for stem, record in self.records.items()}
        self.problems += checks.check(base, good, self.sources, self.failed)
        return self.translate(base, translated)

    def note(self, file: str, code: str, /, **values: Any) -> None:
        self.problems.append(Problem(file, 1, 1, code, values))

    def record(self, stem: str, kind: type[Record]) -> None:
        name = _file(stem)
        source = self.sources[name] = self.parse(name, self.files.get(name, b""))
        if source.value is None and not source.problems:
            source.problems.append(source.problem((), "empty_file"))
        if source.value is not None and (record := validate(source, kind)):
            self.records[stem] = record
        else:
            self.failed[name] = kind

    def of(self, stem: str, kind: type[R]) -> R:
        """The record of a file; an empty one where there is no such file, or it cannot be read."""
        record = self.records.get(stem)
        return record if isinstance(record, kind) else kind(**{stem: ()} if stem in LISTS else {})

    def corpus(self, lock: manifest.Lock) -> Corpus:
        body = self.of("body", reference.Body)
        lists = {
            stem: {
                getattr(entry, "key", None) or entry.id: entry
                for entry in getattr(self.of(stem, KINDS[stem]), stem)
            }
            for stem in LISTS
        }
        resolutions = {
            stem.removeprefix("resolutions/"): record
            for stem, record in self.records.items()
            if isinstance(record, Resolution)
        }
        order = {session: index for index, session in enumerate(lists["sessions"])}

        def place(slug: str) -> tuple[int, NaturalKey, str]:
            session, number = resolutions[slug].session, resolutions[slug].number
            return order.get(session or "", len(order)), natural(number), slug

        retired = self.of("retired", retirements.Retirements).retired
        return Corpus(
            language=body.languages[0],
            body=body,
            vocabulary=self.of("vocabulary", Vocabulary),
            statements=self.of("statements", resolution.Statements),
            resolutions=MappingProxyType(
                {s: resolutions[s] for s in sorted(resolutions, key=place)}
            ),
            retired=retirements.Retired(retired, lock.addresses),
            report_template=self.files.get(TEMPLATE),
            **{stem: MappingProxyType(entries) for stem, entries in lists.items()},
        )

    def translate(self, base: Corpus, translated: Mapping[str, set[str]]) -> dict[str, Corpus]:
        """A corpus in each language; `translated` are the stems of the files of translations."""
        corpora = {base.language: base}
        others = [tag for tag in dict.fromkeys(base.body.languages) if tag != base.language]
        for language in translated.keys() - set(others):
            name = _file(f"translations/{language}/{min(translated[language])}")
            self.note(name, "unknown_language", name=language, **hint(language, others))
        for language in others:
            tables = {stem: self.table(language, stem) for stem in self.records}
            self.tables[language] = tables
            for stem in translated.get(language, set()) - self.records.keys():
                if _file(stem) not in self.files:
                    name = _file(f"translations/{language}/{stem}")
                    self.note(name, "translation_of_nothing", name=_file(stem))
            corpora[language] = _in_language(base, language, tables)
        return corpora

    def table(self, language: str, stem: str) -> Table:
        """The translations of the texts of a record, by their ids."""
        name = _file(f"translations/{language}/{stem}")
        source, table = SourceFile(name), {}
        if name in self.files:
            source = self.sources[name] = self.parse(name, self.files[name])
            if isinstance(source.value, dict):
                entries = {key: validate(source, Translation, (key,)) for key in source.value}
                table = {key: entry for key, entry in entries.items() if entry}
            elif source.value is not None:
                problem = source.problem((), "mapping_expected", name="", found="list")
                source.problems.append(problem)
        self.problems += translations.problems(self.records[stem], source, table)
        return table


def _in_language(base: Corpus, language: str, tables: Mapping[str, Table]) -> Corpus:
    def localized(stem: str, record: Record) -> Record:
        return translations.localized(record, tables.get(stem, {}), language, base.language)

    return base.with_records(localized, language=language)


def natural(text: str) -> NaturalKey:
    """Sort key that puts 2 before 10: numbers by value, other text after them."""
    return tuple(
        (0, int(part)) if part.isdecimal() else (1, part) for part in re.findall(r"\d+|\D+", text)
    )

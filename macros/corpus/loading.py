"""All data files of an organ → one `Corpus` per language, and every problem in them.

Pure: file contents in, values out. The only way from `data/` to anything that is shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Mapping

from macros.corpus import checks, translations
from macros.corpus.corpus import Corpus
from macros.corpus.files import LOCK
from macros.corpus.problems import Problem, hint
from macros.corpus.source import SourceFile, read
from macros.corpus.validation import validate
from macros.model import fields, reference
from macros.model import resolution as model
from macros.model import retirements as retired
from macros.model.fields import Record
from macros.model.reference import Translation
from macros.model.resolution import Resolution
from macros.site import manifest as lock

KINDS: Mapping[str, type[Record]] = MappingProxyType({
    "body": reference.Body,
    "vocabulary": reference.Vocabulary,
    "sessions": reference.Sessions,
    "periods": reference.Periods,
    "documents": reference.Documents,
    "organizations": reference.Organizations,
    "places": reference.Places,
    "statements": model.Statements,
    "retired": retired.Retirements,
})  # fmt: skip
"""The files directly below `data/` and what they hold."""

REQUIRED = ("body", "vocabulary", "periods", "documents")
_EMPTY = {"sessions": reference.Sessions(sessions=()), "organizations": reference.Organizations(organizations=()),
          "places": reference.Places(places=()), "statements": model.Statements(),
          "retired": retired.Retirements()}  # fmt: skip

_SLUG = re.compile(fields.ID)
_TRANSLATION = re.compile(r"data/translations/([^/]+)/(.+)\.yml\Z")


@dataclass(frozen=True)
class Loaded:
    """What loading gives: a corpus per language (empty if there is any error) and all problems, in order."""

    corpora: Mapping[str, Corpus]
    problems: tuple[Problem, ...]
    sources: Mapping[str, SourceFile]
    """The files as read, by name: for the places of what is in them."""
    originals: Mapping[str, Record]
    """The records in the working language, by the stem of their file (`resolutions/2-4`)."""
    tables: Mapping[str, Mapping[str, Mapping[str, Translation]]]
    """The translations by language, stem and id of the text."""
    lock: lock.Lock
    """What was published (see `permalinks`)."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop a build."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


Reader = Callable[[str, bytes], SourceFile]
"""Reads one file, as `source.read` does."""


def load(files: Mapping[str, bytes], read: Reader = read) -> Loaded:
    """Load all data files.

    In: contents by name (`data/…`; other names are ignored); what reads one of them. Out: a `Loaded`. Never raises for any content.
    """
    loader = _Loader({name: raw for name, raw in files.items() if name.startswith("data/")}, read)
    corpora = loader.load()
    ordered = tuple(sorted(loader.problems, key=lambda problem: (problem.place, problem.code)))
    failed = any(problem.severity == "error" for problem in ordered)
    return Loaded(
        MappingProxyType({} if failed else corpora),
        ordered,
        MappingProxyType(loader.sources),
        MappingProxyType(loader.originals),
        MappingProxyType(loader.tables),
        loader.lock,
    )


def renewed(
    corpora: Mapping[str, Corpus], slugs: Collection[str], files: Mapping[str, bytes]
) -> dict[str, Corpus] | None:
    """Corpora with some resolutions read again, of which alone the time this takes depends.

    In: corpora from which nothing is held back, the default language first; the contents of all files. Out: `None` if
    anything is wrong with the resolutions, held, or changes their place: then all has to be loaded to say more.
    """
    original, *others = corpora
    names = {f"data/resolutions/{slug}.yml": slug for slug in slugs}
    loader = _Loader({name: files[name] for name in names if name in files})
    for name, slug in names.items():
        if name not in files or slug not in corpora[original].resolutions:
            return None
        loader.resolution(name, slug)
    records = loader.resolutions
    if len(records) < len(names) or any(
        _is_new(corpora[original].resolutions[slug], records[slug]) for slug in records
    ):
        return None
    found = {original: _with(corpora[original], records)}
    problems = checks.check(
        found[original],
        {name: records[slug] for name, slug in names.items()},
        loader.sources,
        set(),
    )
    for language in others:
        localized: dict[str, Resolution] = {}
        for slug, record in records.items():
            name = f"data/translations/{language}/resolutions/{slug}.yml"
            loader.files |= {name: files[name]} if name in files else {}
            source, table = loader.table(name)
            problems = [*problems, *translations.problems(record, source, table)]
            localized[slug] = translations.localized(record, table, language, original)
        found[language] = _with(corpora[language], localized)
    problems = [
        *problems,
        *(problem for source in loader.sources.values() for problem in source.problems),
    ]
    return None if any(problem.severity == "error" for problem in problems) else found


def _is_new(old: Resolution, new: Resolution) -> bool:
    held = any(
        fields.has(type(entry), "held") and entry.held is not None for entry in fields.inside(new)
    )
    return held or (old.session, old.number) != (new.session, new.number)


def _with(corpus: Corpus, records: Mapping[str, Resolution]) -> Corpus:
    return replace(corpus, resolutions=MappingProxyType({**corpus.resolutions, **records}))


class _Loader:
    def __init__(self, files: Mapping[str, bytes], read: Reader = read) -> None:
        self.files = files
        self.read = read
        self.known: fields.Known = {}
        self.problems: list[Problem] = []
        self.sources: dict[str, SourceFile] = {}
        self.records: dict[str, Record] = {}
        self.resolutions: dict[str, Resolution] = {}
        self.tables: dict[str, dict[str, Mapping[str, Translation]]] = {}

    @property
    def originals(self) -> dict[str, Record]:
        return {
            **self.records,
            **{f"resolutions/{slug}": record for slug, record in self.resolutions.items()},
        }

    def load(self) -> dict[str, Corpus]:
        translated: dict[str, dict[str, str]] = {}
        self.lock, faults = lock.read(self.files.pop(LOCK, b""))
        self.problems += faults
        for name in self.files:
            stem = name.removeprefix("data/").removesuffix(".yml")
            if match := _TRANSLATION.match(name):
                translated.setdefault(match[1], {})[match[2]] = name
            elif stem in KINDS and name.endswith(".yml"):
                if record := self.record(name, KINDS[stem]):
                    self.records[stem] = record
            elif stem.startswith("resolutions/") and name.endswith(".yml"):
                self.resolution(name, stem.removeprefix("resolutions/"))
            else:
                known = [f"data/{kind}.yml" for kind in KINDS] + ["data/resolutions/<slug>.yml"]
                self.problems.append(Problem(name, 1, 1, "unknown_file", hint(name, known)))
        for stem in REQUIRED:
            if f"data/{stem}.yml" not in self.files:
                self.problems.append(Problem(f"data/{stem}.yml", 1, 1, "missing_file"))
        corpora: dict[str, Corpus] = {}
        if all(stem in self.records for stem in REQUIRED):
            base = self.corpus()
            good = {f"data/{stem}.yml": record for stem, record in self.records.items()}
            good |= {
                f"data/resolutions/{slug}.yml": record for slug, record in self.resolutions.items()
            }
            failed = self.sources.keys() - good.keys()
            self.problems += checks.check(base, good, self.sources, failed)
            for name in failed:
                stem = name.removeprefix("data/").removesuffix(".yml")
                self.problems += checks.check_misfit(
                    self.sources[name], KINDS.get(stem, Resolution), base, failed - {name}
                )
            corpora = self.translate(base, translated)
        for source in self.sources.values():
            self.problems += source.problems
        return corpora

    def record(self, name: str, kind: type[Record]) -> Any:
        source = self.sources[name] = self.read(name, self.files[name])
        if source.value is None:
            if not source.problems:
                source.problems.append(source.problem((), "empty_file"))
            return None
        if record := validate(source, kind, known=self.known):
            source.value = None  # the record has it all
        return record

    def resolution(self, name: str, slug: str) -> None:
        if not _SLUG.match(slug):
            self.problems.append(Problem(name, 1, 1, "slug", {"slug": slug}))
        elif record := self.record(name, Resolution):
            self.resolutions[slug] = record

    def corpus(self) -> Corpus:
        get = {stem: self.records.get(stem, _EMPTY.get(stem)) for stem in KINDS}
        body: reference.Body = get["body"]  # type: ignore[assignment]
        sessions = {entry.id: entry for entry in get["sessions"].sessions}  # type: ignore[union-attr]
        order = {session: index for index, session in enumerate(sessions)}
        resolutions = sorted(
            self.resolutions.items(),
            key=lambda item: (
                order.get(item[1].session or "", len(order)),
                natural(item[1].number),
                item[0],
            ),
        )
        return Corpus(
            language=body.languages[0],
            body=body,
            vocabulary=get["vocabulary"],  # type: ignore[arg-type]
            statements=get["statements"],  # type: ignore[arg-type]
            sessions=MappingProxyType(sessions),
            resolutions=MappingProxyType(dict(resolutions)),
            retired=retired.Retired(get["retired"].retired, self.lock.addresses),  # type: ignore[union-attr]
            **{
                stem: MappingProxyType(
                    {
                        getattr(entry, "key", None) or entry.id: entry
                        for entry in getattr(get[stem], stem)
                    }
                )
                for stem in ("periods", "documents", "organizations", "places")
            },
        )

    def translate(
        self, base: Corpus, translated: Mapping[str, Mapping[str, str]]
    ) -> dict[str, Corpus]:
        corpora = {base.language: base}
        originals = self.originals
        for language in translated.keys() - set(base.body.languages[1:]):
            name = next(iter(translated[language].values()))
            self.problems.append(
                Problem(
                    name,
                    1,
                    1,
                    "unknown_language",
                    {"name": language, **hint(language, base.body.languages[1:])},
                )
            )
        for language in base.body.languages[1:]:
            names = translated.get(language, {})
            tables = self.tables[language] = {}
            for stem, record in originals.items():
                name = names.get(stem, f"data/translations/{language}/{stem}.yml")
                source, tables[stem] = self.table(name)
                self.problems += translations.problems(record, source, tables[stem])
            for stem in names.keys() - originals.keys():
                if f"data/{stem}.yml" not in self.files:
                    self.problems.append(
                        Problem(
                            names[stem],
                            1,
                            1,
                            "translation_of_nothing",
                            {"name": f"data/{stem}.yml"},
                        )
                    )
            corpora[language] = self.in_language(base, language, tables)
        return corpora

    def table(self, name: str) -> tuple[SourceFile, dict[str, Translation]]:
        """A translation file: its source and its entries by id of the text."""
        if name not in self.files:
            return SourceFile(name), {}
        source = self.sources[name] = self.read(name, self.files[name])
        if source.value is None:
            return source, {}
        if not isinstance(source.value, dict):
            source.problems.append(source.problem((), "mapping_expected", name="", found="list"))
            return source, {}
        entries = {key: validate(source, Translation, (key,)) for key in source.value}
        if all(entries.values()):
            source.value = None
        return source, {key: entry for key, entry in entries.items() if entry}

    def in_language(
        self, base: Corpus, language: str, tables: Mapping[str, Mapping[str, Translation]]
    ) -> Corpus:
        def of(stem: str, record: Any) -> Any:
            return translations.localized(record, tables.get(stem, {}), language, base.language)

        def entries(stem: str) -> Mapping[str, Any]:
            return MappingProxyType(
                {key: of(stem, entry) for key, entry in getattr(base, stem).items()}
            )

        made = replace(
            base,
            language=language,
            **{stem: of(stem, getattr(base, stem)) for stem in ("body", "vocabulary", "statements")},
            **{stem: entries(stem) for stem in ("sessions", "periods", "documents", "organizations", "places")},
            retired=replace(base.retired, entries=of("retired", retired.Retirements(retired=base.retired.entries)).retired),
            resolutions=MappingProxyType({
                slug: of(f"resolutions/{slug}", resolution) for slug, resolution in base.resolutions.items()
            }),
        )  # fmt: skip
        return replace(made, translated=(base, made.resolutions, made.periods))


def natural(text: str) -> tuple[tuple[int, int | str], ...]:
    """Sort key that puts 2 before 10: numbers by value, other text after them."""
    return tuple(
        (0, int(part)) if part.isdecimal() else (1, part) for part in re.findall(r"\d+|\D+", text)
    )

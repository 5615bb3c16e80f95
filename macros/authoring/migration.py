"""Data of format 1 → format 2: words are replaced in place, so that comments and layout stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from macros.authoring.yaml_editor import EditError, Replacement, replace_words
from macros.corpus.source import SourceFile, read
from macros.errors import TrackerError
from macros.model import dates
from macros.model.fields import Path

BODY, PERIODS, STATEMENTS = "data/body.yml", "data/periods.yml", "data/statements.yml"

_OUTCOMES = {"happened": "completed", "planned": "planned"}
"""What format 1 wrote after `said`, and what stands for it after `outcome`."""


class MigrationError(TrackerError):
    """A file cannot be read; the message names it."""


def is_outdated(files: Mapping[str, bytes]) -> bool:
    """Tell whether data is of format 1."""
    return _mapping(read(BODY, files.get(BODY, b""))).get("format") == 1


def migrate(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Give the new contents of the files of format 1 that change.

    Raises:
        MigrationError: A file cannot be read.
        EditError: A file is laid out in a way in which words cannot be replaced.
    """
    periods = _Periods.read(_source(files, PERIODS))
    changed = {}
    for name in files:
        if name in (BODY, STATEMENTS) or name.startswith("data/resolutions/"):
            source = _source(files, name)
            if replacements := list(_replacements(name, _mapping(source), periods)):
                changed[name] = replace_words(source, replacements)
    return changed


def upgrade(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Give the files of a project in the present format; as they are where that cannot be done."""
    with suppress(MigrationError, EditError):
        return {**files, **migrate(files)} if is_outdated(files) else files
    return files


@dataclass(frozen=True)
class _Periods:
    """The reporting periods: first and last day, by id, oldest first."""

    days: Mapping[str, tuple[Any, Any]]

    @staticmethod
    def read(source: SourceFile) -> _Periods:
        try:
            return _Periods(
                {
                    period["id"]: (
                        dates.parse(str(period["first"])).earliest,
                        dates.parse(str(period["last"])).latest,
                    )
                    for period in _mapping(source)["periods"]
                }
            )
        except (KeyError, TypeError, dates.DateError) as error:
            raise MigrationError(f"{source.name}: {error}") from error

    def find(self, as_of: object) -> str:
        """Find the period whose days hold a date, else the newest."""
        try:
            day = dates.parse(str(as_of)).latest
        except dates.DateError:  # not known, or for the check to say
            return list(self.days)[-1]
        held = [key for key, (first, last) in self.days.items() if first <= day <= last]
        return held[0] if held else list(self.days)[-1]


def _replacements(name: str, record: Mapping[str, Any], periods: _Periods) -> Iterator[Replacement]:
    if name == BODY:
        yield Replacement(("format",), "1", "2")
    for number, event in enumerate(_entries(record, "events")):
        for place, report in enumerate(_entries(event, "reports")):
            at: Path = ("events", number, "reports", place, "said")
            if "said" in report:
                yield Replacement(at, "said", "outcome", key=True)
                yield Replacement(at, str(report["said"]), _OUTCOMES.get(report["said"], "planned"))
    for number, resource in enumerate(_entries(record, "resources")):
        if "period" not in resource:
            period = periods.find(resource.get("as_of"))
            at = ("resources", number, "currency")
            yield Replacement(at, "currency", "currency", key=True, before=f"period: {period}")


def _source(files: Mapping[str, bytes], name: str) -> SourceFile:
    source = read(name, files.get(name, b""))
    if source.problems:
        raise MigrationError(f"{name}:{source.problems[0].line}: {source.problems[0].code}")
    return source


def _mapping(source: SourceFile) -> Mapping[str, Any]:
    return source.value if isinstance(source.value, dict) else {}


def _entries(record: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = record.get(name)
    entries = found if isinstance(found, tuple) else ()
    return [entry if isinstance(entry, dict) else {} for entry in entries]

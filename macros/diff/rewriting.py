"""Statuses and amounts of earlier reports that were changed since the last commit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from macros.corpus.problems import Problem
from macros.corpus.source import read
from macros.corpus.validation import validate
from macros.diff import revisions
from macros.model import fields
from macros.model.resolution import Resolution

_FOLDER = "data/resolutions/"
Figures = Mapping[tuple[str, str, str], tuple[fields.Path, object]]
"""Paths and values by entry, period and key."""


def find_rewritten(root: Path, contents: Mapping[str, bytes], newest: str) -> Iterator[Problem]:
    """Find what was changed although an earlier report said it: data is only ever added to.

    Args:
        root: The folder of the project; without a commit nothing is found.
        contents: The files as they are now, by name.
        newest: The newest period.
    """
    try:
        changed = revisions.list_changed(root, _FOLDER)
        old = {name: revisions.read_file(root, name) for name in changed if name in contents}
    except revisions.RevisionError:
        return
    for name, raw in old.items():
        before, source = _list_figures(name, raw), read(name, contents[name])
        for key, (path, value) in _list_figures(name, contents[name]).items():
            entry, period, field = key
            if period != newest and key in before and before[key][1] != value:
                was = str(before[key][1])
                yield source.problem(
                    path, "rewritten", severity="notice",
                    id=entry, name=field, period=period, old=was,
                )  # fmt: skip


def _list_figures(name: str, raw: bytes) -> Figures:
    record = validate(read(name, raw), Resolution)
    figures: dict[tuple[str, str, str], tuple[fields.Path, object]] = {}
    for index, entry in enumerate(record.assessments if record else ()):
        figures[entry.id, entry.period, "status"] = ("assessments", index, "status"), entry.status
    for index, resource in enumerate(record.resources if record else ()):
        for field in ("required", "mobilized"):
            path = ("resources", index, field)
            figures[resource.id, resource.period, field] = path, getattr(resource, field)
    for index, contribution in enumerate(record.contributions if record else ()):
        for number, report in enumerate(contribution.reports):
            for field in ("state", "amount"):
                at = ("contributions", index, "reports", number, field)
                figures[contribution.id, report.period, field] = at, getattr(report, field)
    return figures

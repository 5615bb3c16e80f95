"""Resolutions as they stood after some reporting periods: without what was reported later. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from macros.model.resolution import Resolution


class Trimmed(Mapping[str, Resolution]):
    """Resolutions with what some periods said of them, each made when it is asked for."""

    def __init__(self, whole: Mapping[str, Resolution], kept: frozenset[str]) -> None:
        self._whole, self._kept = whole, kept
        self._made: dict[str, Resolution] = {}

    def __getitem__(self, slug: str) -> Resolution:
        if slug not in self._made:
            self._made[slug] = self._trim(self._whole[slug])
        return self._made[slug]

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole)

    def __len__(self) -> int:
        return len(self._whole)

    def _trim(self, resolution: Resolution) -> Resolution:
        cut: dict[str, tuple] = {
            name: self._said(getattr(resolution, name)) for name in ("assessments", "updates")
        }
        for name in ("partners", "events", "contributions"):
            cut[name] = tuple(
                left for entry in getattr(resolution, name) if (left := self._reported(entry))
            )
        return resolution.model_copy(update=cut)

    def _said(self, entries: tuple) -> tuple:
        kept = self._kept
        return tuple([entry for entry in entries if entry.period in kept])

    def _reported(self, entry: Any) -> Any:
        """An entry with the reports of these periods; `None` if there are none."""
        reports = self._said(entry.reports)
        if len(reports) == len(entry.reports):
            return entry
        return entry.model_copy(update={"reports": reports}) if reports else None

"""Published addresses that are given up: the records of `data/retired.yml`, and what each covers.

Nothing that was published just vanishes. It has a successor, to which its address goes on leading
(`to`), or it leaves a page at its address that says what it was, since when it is gone, why, and
where to look (`was`, `since`, `reason`, `see`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated

from pydantic import Field

from macros.model.fields import Date, Record, Text

ADDRESS = r"^[^\s/#?\\\"<>][^\s#?\\\"<>]*(#[^\s#\"<>]+)?$"
"""An address from the root of a language, perhaps with an anchor: `resolutions/2-4/#op-2`."""

_RESOLUTION = re.compile(r"resolutions/([^/]+)/\Z")
_PERIOD = re.compile(r"(resolutions/[^/]+/)[^/]+/\Z")
_Address = Annotated[str, Field(pattern=ADDRESS, max_length=400)]


class Retirement(Record):
    """An address or an anchor that is given up, and what becomes of it."""

    address: _Address = Field(examples=["resolutions/2-4/#expert-meeting", "resolutions/2-11/"])
    """The address from the root of the site, or of a language, perhaps with an anchor after #. The
    page of a resolution takes its card, its data and the pages of its periods with it, and an
    anchor on it those there."""
    since: Date = Field(examples=["2026-03-01", "2026-04-15"])
    """Day since which it is gone."""
    to: _Address | None = Field(
        None, examples=["resolutions/2-4/#second-meeting", "resolutions/2-10/"]
    )
    """Its successor, to which the old address leads; then nothing else is needed."""
    was: Text | None = Field(None, examples=["Resolution 2/11", "A workshop that was listed twice"])
    """Where it has no successor: what it was, for those who come by an old link."""
    reason: Text | None = Field(None, examples=["It was entered by mistake.", "It was withdrawn."])
    """Why it is gone."""
    see: _Address | None = Field(None, examples=["resolutions/2-10/", "timeline/"])
    """Where to look instead: an address of this site."""

    @property
    def text_key(self) -> str | None:
        """Its address."""
        return self.address

    @property
    def path(self) -> str:
        """The address without the anchor."""
        return self.address.partition("#")[0]

    @property
    def anchor(self) -> str | None:
        """The anchor, if only that is given up."""
        return self.address.partition("#")[2] or None

    @property
    def leads_out(self) -> bool:
        """Whether any of its addresses has a part that means the folder itself or the one above."""
        parts = "/".join(address or "" for address in (self.address, self.to, self.see)).split("/")
        return "." in parts or ".." in parts

    def takes(self, path: str) -> bool:
        """Whether an address goes with that of a resolution: of a period, its card, its data."""
        match = _RESOLUTION.match(self.path)
        if match is None:
            return False
        is_data = re.match(rf"api/v\d+/resolutions/{re.escape(match[1])}\.", path)
        return bool(is_data) or path.startswith((self.path, f"embed/{match[1]}/"))

    def successor(self, path: str) -> str | None:
        """The address that takes the place of one that goes with this one."""
        old, new = _RESOLUTION.match(self.path), _RESOLUTION.match(self.to or "")
        if old and new and path != self.path:
            return path.replace(old[1], new[1], 1)
        return self.to


def is_page(path: str) -> bool:
    """Whether an address is that of a page with the frame of the site."""
    return (path.endswith("/") or not path) and not path.startswith("embed/")


class Retirements(Record):
    """The file of addresses that are given up."""

    retired: tuple[Retirement, ...] = ()
    """All addresses and anchors that are given up."""


@dataclass(frozen=True)
class Retired:
    """The addresses that are given up, with the published addresses that go with them."""

    entries: tuple[Retirement, ...] = ()
    published: Mapping[tuple[bool, str], Set[str]] = field(default_factory=dict, repr=False)
    """The anchors of each address, which is given with whether it was there in every language."""

    @cached_property
    def paths(self) -> Mapping[str, Retirement]:
        """Every address (without an anchor) that is given up."""
        whole = [entry for entry in self.entries if not entry.anchor]
        paths = {entry.path: entry for entry in whole}
        for _, path in self.published if whole else ():
            for entry in whole:
                if entry.takes(path):
                    paths.setdefault(path, entry)
        return paths

    def anchors(self, path: str) -> Mapping[str, Retirement]:
        """The anchors on an address that are given up.

        One on the page of a resolution is given up on the pages of its periods too, where it was
        published there.
        """
        anchors = self._anchors.get(path, {})
        if match := _PERIOD.match(path):
            published = self.published.get((True, path), frozenset())
            of_resolution = self._anchors.get(match[1], {}).items()
            anchors = {key: entry for key, entry in of_resolution if key in published} | anchors
        return anchors

    @cached_property
    def _anchors(self) -> Mapping[str, dict[str, Retirement]]:
        anchors: dict[str, dict[str, Retirement]] = {}
        for entry in self.entries:
            if entry.anchor:
                anchors.setdefault(entry.path, {})[entry.anchor] = entry
        return anchors

    def covers(self, path: str, anchor: str | None = None) -> bool:
        """Whether an address, or an anchor on it, is given up."""
        return path in self.paths or (anchor is not None and anchor in self.anchors(path))

    @cached_property
    def shared(self) -> Set[str]:
        """The addresses given up that belonged to all languages at once."""
        everywhere = {path for per_language, path in self.published if per_language}
        return {path for _, path in self.published if path in self.paths} - everywhere

    def of(self, shared: bool) -> Iterator[tuple[str, Retirement]]:
        """The addresses given up of one language, or of all at once."""
        return (
            (path, entry) for path, entry in self.paths.items() if (path in self.shared) == shared
        )

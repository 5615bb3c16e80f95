"""The file that lists every address and anchor that was ever published. Pure: bytes in, text out.

`data/permalinks.lock` has a line for each address: `/<lang>resolutions/2-4/` stands for that page
in every language, `/api/v1/index.json` for a file that all languages share; the anchors on a page
follow, without `#`. Lines are only ever added, so that two branches can be joined by keeping the
lines of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field

from macros.corpus.files import LOCK
from macros.corpus.problems import Problem

Address = tuple[bool, str]
"""Whether it is there in every language, and the address from the root of that, or of the site."""

_HEAD = """\
# Every address and anchor that was published. Made by `tracker permalinks`, which only adds to it.
# An address that is here must go on leading somewhere; data/retired.yml says what becomes of those
# that are given up.
"""
_LANGUAGE = "<lang>"
_LINE = re.compile(r"/(?!\S*(?:\.\.|//|[\\\"?#]))\S*( \S+)*\Z")


@dataclass(frozen=True)
class Lock:
    """What was published: languages, addresses and anchors; `at` are their lines in the file."""

    languages: tuple[str, ...] = ()
    addresses: Mapping[Address, Set[str]] = field(default_factory=dict)
    at: Mapping[Address, int] = field(default_factory=dict, compare=False)
    languages_at: int = field(default=1, compare=False)

    @property
    def paths(self) -> Set[str]:
        """All addresses."""
        return {path for _, path in self.addresses}

    @property
    def size(self) -> tuple[int, int]:
        """How many addresses, and how many anchors on them."""
        return len(self.addresses), sum(map(len, self.addresses.values()))

    def with_all(self, languages: Iterable[str], addresses: Mapping[Address, Set[str]]) -> Lock:
        """The lock with further languages, addresses and anchors."""
        both = {key: set(anchors) for key, anchors in self.addresses.items()}
        for key, anchors in addresses.items():
            both.setdefault(key, set()).update(anchors)
        return Lock(tuple(dict.fromkeys((*self.languages, *languages))), both)

    def text(self) -> str:
        """The file."""
        lines = sorted(
            " ".join((f"/{_LANGUAGE if everywhere else ''}{path}", *sorted(anchors)))
            for (everywhere, path), anchors in self.addresses.items()
        )
        return f"{_HEAD}languages {' '.join(self.languages)}\n" + "".join(
            f"{line}\n" for line in lines
        )


def read(raw: bytes) -> tuple[Lock, list[Problem]]:
    """The lock as it is in its file, and the lines that cannot be read."""
    languages: dict[str, None] = {}
    addresses: dict[Address, set[str]] = {}
    at: dict[Address, int] = {}
    languages_at = 1
    problems: list[Problem] = []
    for number, line in enumerate(raw.decode("utf-8", "replace").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        if line.startswith("languages "):
            languages |= dict.fromkeys(line.split()[1:])
            languages_at = number
        elif _LINE.match(line):
            address, *anchors = line[1:].split(" ")
            key = (address.startswith(_LANGUAGE), address.removeprefix(_LANGUAGE))
            at.setdefault(key, number)
            addresses.setdefault(key, set()).update(anchors)
        else:
            problems.append(Problem(LOCK, number, 1, "permalink_line", {"value": line[:60]}))
    return Lock(tuple(languages), addresses, at, languages_at), problems

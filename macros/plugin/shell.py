"""The theme around many pages, rendered once: a page of the theme with gaps, to be filled for each page. Pure.

What the theme renders for a page is the same for all pages of one depth that stand outside the navigation, but for a
few places. There the theme is given marks instead of texts, and cut at them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_MARK = re.compile("\x00([a-z]+)\x00")


def mark(name: str) -> str:
    """What stands in a gap: no text of data or docs can hold it, since control characters are refused there."""
    return f"\x00{name}\x00"


@dataclass(frozen=True)
class Shell:
    """`pieces` are texts and, between them, the names of gaps."""

    pieces: tuple[str, ...]

    @staticmethod
    def of(text: str) -> Shell:
        """Cut what the theme rendered at its marks."""
        return Shell(tuple(_MARK.split(text)))

    def fill(self, values: Mapping[str, str]) -> str:
        """A whole page. In: the text for each gap, escaped as the theme would have it. Raises `KeyError` if one is missing."""
        return "".join(
            values[piece] if index % 2 else piece for index, piece in enumerate(self.pieces)
        )

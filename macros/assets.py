"""What pages load: the style sheets as one file, and which files of the theme no page asks for. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

_NOTES = re.compile(r'@charset "[^"]*";|/\*.*?\*/', re.DOTALL)


def one_sheet(sheets: Iterable[str]) -> tuple[str, str]:
    """Style sheets, in their order, as one.

    Out: the name of its file, which changes with what is in it, so that browsers may keep it; its text. Their own
    addresses must be absolute or `data:`.
    """
    text = '@charset "UTF-8";' + "\n".join(_NOTES.sub("", sheet).strip() for sheet in sheets) + "\n"
    return f"assets/tracker/site.{hashlib.sha256(text.encode()).hexdigest()[:10]}.css", text


def is_unused(name: str) -> bool:
    """Whether a file of the theme is for its own script, which this site does not load, or for those who change it."""
    return name.startswith("assets/javascripts/") or name.endswith(".map")

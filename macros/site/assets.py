"""What pages load: the style sheets as one file, the scripts, and which files of the theme no page asks for. Pure.

Everything below `FOLDER` has a name that changes with what is in it, so that browsers and caches may keep it for ever.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from graphlib import TopologicalSorter

FOLDER = "assets/tracker/"

_NOTES = re.compile(r'@charset "[^"]*";|/\*.*?\*/', re.DOTALL)
_OTHER = re.compile(r"""(?<=["'])\./([\w-]+\.js)(?=["'])""")


def one_sheet(sheets: Iterable[str]) -> tuple[str, str]:
    """Style sheets, in their order, as one.

    Out: the name of its file, which changes with what is in it, so that browsers may keep it; its text. Their own
    addresses must be absolute or `data:`.
    """
    text = '@charset "UTF-8";' + "\n".join(_NOTES.sub("", sheet).strip() for sheet in sheets) + "\n"
    return FOLDER + _lasting("site.css", text), text


def lasting_scripts(scripts: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Scripts by name (`search.js`) → the names of their files, likewise, and their texts.

    A script that imports another (`"./menus.js"`) imports it by its new name, and so gets a new one when that changes.
    """
    made: dict[str, tuple[str, str]] = {}
    for name in TopologicalSorter(
        {name: _OTHER.findall(text) for name, text in scripts.items()}
    ).static_order():
        text = _OTHER.sub(
            lambda other: "./" + made[other[1]][0].removeprefix(FOLDER), scripts[name]
        )
        made[name] = FOLDER + _lasting(name, text), text
    return made


def _lasting(name: str, text: str) -> str:
    stem, _, ending = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(text.encode()).hexdigest()[:10]}.{ending}"


def is_unused(name: str) -> bool:
    """Whether a file of the theme is for its own script, which this site does not load, or for those who change it."""
    return name.startswith("assets/javascripts/") or name.endswith(".map")

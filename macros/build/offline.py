"""Reading without a connection: which files a reader may keep, and the worker that keeps them. Pure.

A browser keeps nothing until the reader asks for it (see `theme/assets/tracker/offline.js`). Then the worker at
`sw.js` keeps what `offline.json` lists; it asks the network first for everything, and renews what it keeps when the
list has changed. A site without that list, or a host that takes it away, ends the worker and what it kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

LIST, WORKER = "offline.json", "sw.js"
_LEFT_OUT = (
    "api/",
    "embed/",
    "sitemap",
    "_headers",
    "_redirects",
    "redirects.nginx.conf",
    LIST,
    WORKER,
)
"""Data for programs, cards for other sites, and what is about the site or for its host, which may show it to none."""


def is_kept(name: str, content: bytes, folders: tuple[str, ...]) -> bool:
    """Whether a file of a site is worth keeping. In: `folders` are those of the languages (`zh/`)."""
    below = next((name.removeprefix(folder) for folder in folders if name.startswith(folder)), name)
    is_alias = name.endswith(".html") and b'http-equiv="refresh"' in content
    return not below.startswith(_LEFT_OUT) and not is_alias


Kept = tuple[str, int]
"""A hash of what is in a file, empty for one that is not worth keeping; its size in bytes."""


def kept(name: str, content: bytes, folders: tuple[str, ...]) -> Kept:
    """What the list says of a file."""
    return hashlib.sha256(content).hexdigest()[:12] if is_kept(name, content, folders) else "", len(
        content
    )


def files(site: Mapping[str, Kept]) -> dict[str, str]:
    """The list and the worker, by name.

    In: all files of a finished site by name. The list has the address of each file from the root of the site, with a
    hash of what is in it, a hash of them all, and their bytes together.
    """
    listed = {name: (found, size) for name, (found, size) in sorted(site.items()) if found}
    hashes = {_address(name): found for name, (found, _) in listed.items()}
    version = hashlib.sha256(json.dumps(hashes).encode()).hexdigest()[:12]
    whole = {"version": version, "bytes": sum(size for _, size in listed.values()), "files": hashes}
    return {
        LIST: json.dumps(whole, indent=0) + "\n",
        WORKER: Path(__file__).with_name("offline.js").read_text("utf-8"),
    }


def _address(name: str) -> str:
    return name.removesuffix("index.html") if name.rpartition("/")[2] == "index.html" else name

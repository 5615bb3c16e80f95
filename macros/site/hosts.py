"""Configuration for hosts that can do more than send files: headers, further and former addresses.

A static host needs none of it, since there is a page at every such address. With these rules
readers are led on without that page, and what is gone for good is answered with status 410. For
nginx the headers are in `hosting/nginx.conf`, which is the same for every site.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote, urlsplit

from macros.exports.embeds import STYLE
from macros.model.retirements import is_page
from macros.pages.registry import pages
from macros.render.view import View
from macros.site import redirects

_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; "
    f"style-src 'self' 'sha256-{_STYLE_HASH}'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)
"""What a page may load: files of its host, WebAssembly for the search, the style of cards."""

SECURITY = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""Headers of every answer."""

KEEP = "public, max-age=31536000, immutable"
LASTING = ("assets/tracker/", "pagefind/fragment/", "pagefind/index/", "pagefind/filter/")
"""Folders in which every file has a name that changes with its content."""


def files(views: Mapping[str, View]) -> Iterator[tuple[str, str]]:
    """Write `_headers` and `_redirects`, which several hosts read, and maps for nginx.

    Args:
        views: A view of each language with the address of its root as base.
    """
    roots = {urlsplit(view.base).path or "/": view for view in views.values()}
    moved = [rule for root, view in roots.items() for rule in _moved(root, view)]
    gone = [
        root + path
        for root, view in roots.items()
        for path, entry in view.corpus.retired.of(shared=False)
        if is_page(path) and not entry.to
    ]
    yield "_headers", _headers(roots)
    yield "_redirects", _redirects(list(roots), moved)
    yield "redirects.nginx.conf", _nginx(list(roots), moved, gone)


def _headers(roots: Mapping[str, View]) -> str:
    """Write rules of which no two that fit one address have the same header: hosts differ then.

    Some hosts take a hundred: the least needed, that pages may stand in no frame, as cards may, are
    the last.
    """
    rules = [(f"{next(iter(roots))}*", SECURITY)]
    for root in roots:
        rules += ((f"{root}{folder}*", {"Cache-Control": KEEP}) for folder in LASTING)
        rules.append((f"{root}api/*", {"Access-Control-Allow-Origin": "*"}))
    for root, view in roots.items():
        folders = dict.fromkeys(quote(page.path.partition("/")[0]) for page in pages(view))
        rules += (
            (f"{root}{name and f'{name}/*'}", {"X-Frame-Options": "DENY"}) for name in folders
        )
    return "".join(
        f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items())
        for path, headers in rules
    )


def _moved(root: str, view: View) -> Iterator[tuple[str, str]]:
    """List the paths on the host that lead elsewhere, each with where."""
    for slug, names in redirects.by_resolution(view).items():
        for name in names:
            yield root + name.removesuffix("index.html"), f"{root}resolutions/{quote(slug)}/"
    for path, entry in view.corpus.retired.of(shared=False):
        if successor := entry.successor(path):
            yield root + path, root + quote(successor, safe="/#")


def _redirects(roots: list[str], moved: list[tuple[str, str]]) -> str:
    """Write a rule a line; the first that fits holds. Each language has its own missing page."""
    rules = [f"{quote(old)} {new} 301" for old, new in moved]
    missing = [f"{root}* {root}404.html 404" for root in reversed(roots)]
    return "".join(f"{rule}\n" for rule in (*rules, *missing))


def _nginx(roots: list[str], moved: list[tuple[str, str]], gone: list[str]) -> str:
    """Write maps; nginx compares without regard to case. The text says how they are used."""
    missing = [(f'"~^{re.escape(root)}"', f'"{root}404.html"') for root in roots[1:]]
    lines = [
        "# Include this file in the http block of nginx, and in the server block write:",
        "#   absolute_redirect off;",
        "#   if ($tracker_successor) { return 301 $tracker_successor; }",
        "#   if ($tracker_gone) { return 410; }",
        "#   error_page 404 $tracker_missing;",
        "# hosting/nginx.conf of the tracker does so.",
        "map_hash_bucket_size 256;",
        *_map("successor", "", [(f'"{old}"', f'"{new}"') for old, new in moved]),
        *_map("gone", "", [(f'"{path}"', "1") for path in gone]),
        *_map("missing", f"{roots[0]}404.html", missing),
    ]
    return "\n".join(lines) + "\n"


def _map(name: str, default: str, values: list[tuple[str, str]]) -> list[str]:
    entries = [f"    {key} {value};" for key, value in values]
    return [f"map $uri $tracker_{name} {{", f'    default "{default}";', *entries, "}"]

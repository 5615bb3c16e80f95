"""What hosts that can do more than send files are told: headers, further and former addresses. Pure.

A static host needs none of it, since there is a page at every such address. With these rules readers are led on without
that page, and what is gone for good is told to machines as such (status 410). For nginx the headers are in
`hosting/nginx.conf`, which is the same for every site.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote, urlsplit

from macros.exports import embeds as cards
from macros.model.retirements import is_page
from macros.pages import registry as pages
from macros.render.view import View
from macros.site import redirects

_CARD = base64.b64encode(hashlib.sha256(cards.STYLE.encode()).digest()).decode()
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; "
    f"style-src 'self' 'sha256-{_CARD}'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)
"""What a page may load: the files of its own host. Search runs WebAssembly; the hash is that of the style of cards."""

SECURITY = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""Headers of every answer."""

KEEP = "public, max-age=31536000, immutable"
LASTING = (
    "assets/tracker/",
    "assets/cards/",
    "pagefind/fragment/",
    "pagefind/index/",
    "pagefind/filter/",
)
"""Folders in which every file has a name that changes with what is in it."""


def files(views: Mapping[str, View]) -> Iterator[tuple[str, str]]:
    """`_headers` and `_redirects`, which several hosts read, and maps for nginx.

    In: a view of each language with its root as base.
    """
    moved = [rule for view in views.values() for rule in _moved(view)]
    gone = [path for view in views.values() for path in _gone(view)]
    yield "_headers", _headers(views)
    yield "_redirects", _redirects(views, moved)
    yield "redirects.nginx.conf", _nginx([_root(view) for view in views.values()], moved, gone)


def _headers(views: Mapping[str, View]) -> str:
    """Rules that add up, since hosts differ in what they do with two values: no header is in two that fit one address.

    Some hosts take a hundred: the least needed, that pages may stand in no frame, as cards may, are the last.
    """
    roots = {_root(view): view for view in views.values()}
    rules = [(f"{next(iter(roots))}*", SECURITY)]
    for root in roots:
        rules += ((f"{root}{folder}*", {"Cache-Control": KEEP}) for folder in LASTING)
        rules += [(f"{root}api/*", {"Access-Control-Allow-Origin": "*"})]
    for root, view in roots.items():
        parts = dict.fromkeys(page.path.partition("/")[0] for page in pages.pages(view))
        rules += (
            (f"{root}{part and quote(part) + '/*'}", {"X-Frame-Options": "DENY"}) for part in parts
        )
    blocks = (
        [path, *(f"  {name}: {value}" for name, value in headers.items())]
        for path, headers in rules
    )
    return "\n".join("\n".join(block) for block in blocks) + "\n"


def _moved(view: View) -> Iterator[tuple[str, str]]:
    """The paths on the host that lead elsewhere, each with where."""
    for slug, files in redirects.by_resolution(view).items():
        for file in files:
            yield (
                _root(view) + file.removesuffix("index.html"),
                _target(view, f"resolutions/{slug}/"),
            )
    for path, entry in view.corpus.retired.of(shared=False):
        if successor := entry.successor(path):
            yield _root(view) + path, _target(view, successor)


def _gone(view: View) -> Iterator[str]:
    return (
        _root(view) + p
        for p, entry in view.corpus.retired.of(shared=False)
        if is_page(p) and not entry.to
    )


def _root(view: View) -> str:
    """The path on the host at which the language lies."""
    return urlsplit(view.base).path or "/"


def _target(view: View, address: str) -> str:
    path, mark, anchor = address.partition("#")
    return _root(view) + quote(path) + mark + quote(anchor)


def _redirects(views: Mapping[str, View], moved: list[tuple[str, str]]) -> str:
    """One rule to a line; the first that fits holds. A language has its own page for what is missing."""
    rules = [f"{quote(old)} {new} 301" for old, new in moved]
    missing = [f"{root}* {root}404.html 404" for root in map(_root, views.values())]
    return "\n".join([*rules, *reversed(missing)]) + "\n"


def _nginx(roots: list[str], moved: list[tuple[str, str]], gone: list[str]) -> str:
    """Maps; nginx compares without regard to case. The text says how they are used."""
    lines = [
        "# Include this file in the http block of nginx, and in the server block write:",
        "#   absolute_redirect off;",
        "#   if ($tracker_successor) { return 301 $tracker_successor; }",
        "#   if ($tracker_gone) { return 410; }",
        "#   error_page 404 $tracker_missing;",
        "# hosting/nginx.conf of the tracker does so.",
        "map_hash_bucket_size 256;",
        "map $uri $tracker_successor {",
        '    default "";',
        *(f'    "{old}" "{new}";' for old, new in moved),
        "}",
        "map $uri $tracker_gone {",
        '    default "";',
        *(f'    "{path}" 1;' for path in gone),
        "}",
        "map $uri $tracker_missing {",
        f'    default "{roots[0]}404.html";',
        *(f'    "~^{re.escape(root)}" "{root}404.html";' for root in roots[1:]),
        "}",
    ]
    return "\n".join(lines) + "\n"

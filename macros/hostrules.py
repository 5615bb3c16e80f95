"""All further and former addresses as rules for hosts that can lead on by themselves. Pure: paths and texts out.

A static host needs none of it, since there is a page at every such address. With these rules readers are led on without
that page, and what is gone for good is told to machines as such (status 410).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote, urlsplit

from macros import pages, redirects
from macros.render import View
from macros.retired import is_page


def files(views: Mapping[str, View]) -> Iterator[tuple[str, str]]:
    """`_redirects`, which several hosts read, and a map for nginx. In: a view of each language with its root as base."""
    moved = [rule for view in views.values() for rule in _moved(view)]
    gone = [path for view in views.values() for path in _gone(view)]
    yield "_redirects", _redirects(views, moved)
    yield "redirects.nginx.conf", _nginx(moved, gone)


def _moved(view: View) -> Iterator[tuple[str, str]]:
    """The paths on the host that lead elsewhere, each with where."""
    taken = [page.path for page in pages.pages(view)]
    for file, slug in redirects.aliases(view.corpus, taken):
        yield _root(view) + file.removesuffix("index.html"), _target(view, f"resolutions/{slug}/")
    for path, entry in view.corpus.retired.of(shared=False):
        if successor := entry.successor(path):
            yield _root(view) + path, _target(view, successor)


def _gone(view: View) -> Iterator[str]:
    return (_root(view) + p for p, entry in view.corpus.retired.of(shared=False) if is_page(p) and not entry.to)


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


def _nginx(moved: list[tuple[str, str]], gone: list[str]) -> str:
    """Two maps; nginx compares without regard to case. The text says how they are used."""
    lines = [
        "# Include this file in the http block of nginx, and in the server block write:",
        "#   if ($tracker_successor) { return 301 $scheme://$http_host$tracker_successor; }",
        "#   if ($tracker_gone) { return 410; }",
        "map_hash_bucket_size 256;",
        "map $uri $tracker_successor {",
        '    default "";',
        *(f'    "{old}" "{new}";' for old, new in moved),
        "}",
        "map $uri $tracker_gone {",
        '    default "";',
        *(f'    "{path}" 1;' for path in gone),
        "}",
    ]
    return "\n".join(lines) + "\n"


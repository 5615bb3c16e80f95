"""What stands at addresses that are given up: pages, files and passages that say what was there, or where it went."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import PurePosixPath
from typing import Any

from macros.exports import calendars, feeds
from macros.exports.values import dump
from macros.model.retirements import Retirement, is_page
from macros.render.view import View
from macros.site import redirects

Files = Iterable[tuple[str, Any]]
"""Paths, and texts or bytes."""

_CELL = re.compile(r"<t[hd]\b[^>]*>")


def title(view: View, entry: Retirement) -> str:
    """What it was; for an address with a successor, the address."""
    return entry.was or entry.address


def with_former(view: View, files: Files) -> Iterator[tuple[str, str]]:
    """The files of one language, and those at addresses that are given up.

    In: a view whose base is the address of the language's root, and files that belong to no resolution.
    """
    yield from with_copies(view, files)
    gone = dict(view.corpus.retired.of(shared=False))
    for path, entry in gone.items():
        page = path.endswith("/") or path.endswith(".html")
        file = f"{path}index.html" if path.endswith("/") else path
        successor = entry.successor(path)
        if page and successor:
            yield file, redirects.leading(view, file, successor, title(view, entry))
        elif page and not is_page(path):
            yield file, redirects.leading(view, file, entry.path, title(view, entry))
        elif not page and not _is_file(successor):
            yield file, _file(view, path, entry)


def with_copies(view: View, files: Files) -> Iterator[tuple[str, str]]:
    """Files of one language, and again those that moved, at their old addresses."""
    return _with_copies(files, dict(view.corpus.retired.of(shared=False)))


def with_former_shared(views: Mapping[str, View], files: Files) -> Iterator[tuple[str, str]]:
    """The same for the files of all languages at once."""
    yield from with_copies_shared(views, files)
    gone = dict(next(iter(views.values())).corpus.retired.of(shared=True))
    for path, entry in gone.items():
        if not _is_file(entry.successor(path)):
            yield path, _json(views, path)


def with_copies_shared(views: Mapping[str, View], files: Files) -> Iterator[tuple[str, str]]:
    """Files of all languages at once, and again those that moved, at their old addresses."""
    return _with_copies(files, dict(next(iter(views.values())).corpus.retired.of(shared=True)))


def _is_file(path: str | None) -> bool:
    return bool(path) and "#" not in path and not path.endswith(("/", ".html"))


def _with_copies(files: Files, gone: Mapping[str, Retirement]) -> Iterator[tuple[str, str]]:
    former: dict[str, list[str]] = {}
    for path, entry in gone.items():
        if _is_file(successor := entry.successor(path)):
            former.setdefault(successor, []).append(path)
    for path, text in files:
        yield path, text
        for old in former.get(path, ()):
            yield old, text


def _file(view: View, path: str, entry: Retirement) -> str:
    """A file for machines that says that it is gone, in its own form."""
    name = title(view, entry)
    match "".join(PurePosixPath(path).suffixes[-2:]):
        case form if form.endswith(".ics"):
            return calendars.calendar(view, name, [], view.url(path))
        case form if form.endswith(".atom"):
            return feeds.atom(view, name, [], view.url(path), view.url(entry.path))
        case form if form.endswith(".json"):
            return _json({view.corpus.language: view}, path)
    return "\n".join(_said(view, entry)) + "\n"


def _said(view: View, entry: Retirement) -> Iterator[str]:
    yield str(title(view, entry))
    yield view.t("retired.since", date=view.date(entry.since))
    if entry.reason:
        yield str(entry.reason)
    if target := entry.to or entry.see:
        yield view.t("retired.see") + view.t("colon") + view.url(target)


def _json(views: Mapping[str, View], path: str) -> str:
    entries = {language: view.corpus.retired.paths[path] for language, view in views.items()}
    entry = next(iter(entries.values()))

    def texts(name: str) -> dict[str, str] | None:
        return {
            key: str(text) for key, found in entries.items() if (text := getattr(found, name))
        } or None

    see = entry.to or entry.see
    return dump({
        "retired": True,
        "since": str(entry.since),
        "was": texts("was"),
        "reason": texts("reason"),
        "see": {language: view.url(see) for language, view in views.items()} if see else None,
    })  # fmt: skip

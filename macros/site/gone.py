"""Files at given-up addresses: copies of what moved, redirects, and notes on what was there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeGuard, TypeVar

from macros.exports import calendars, feeds
from macros.exports.registry import Files
from macros.exports.values import dump
from macros.model.retirements import Retirement, is_page
from macros.render.view import View
from macros.site.redirects import redirect

C = TypeVar("C", str, bytes)


def with_copies(
    view: View, files: Iterable[tuple[str, C]], shared: bool = False
) -> Iterator[tuple[str, C]]:
    """Give files, and again those that moved, at their old addresses.

    Args:
        view: A view of any language.
        files: The files of one language, or of all languages at once.
        shared: Whether they are of all languages at once.
    """
    former: dict[str, list[str]] = {}
    for path, entry in view.corpus.retired.of(shared):
        if _is_file(successor := entry.successor(path)):
            former.setdefault(successor, []).append(path)
    for path, content in files:
        yield path, content
        yield from ((old, content) for old in former.get(path, ()))


def language_files(view: View) -> Files:
    """Give the files of one language at given-up addresses that have no copy.

    Args:
        view: A view whose base is the address of the language's root.
    """
    for path, entry in view.corpus.retired.of(shared=False):
        title = str(entry.was or entry.address)
        if path.endswith(("/", ".html")):
            file = f"{path}index.html" if path.endswith("/") else path
            if successor := entry.successor(path) or (None if is_page(path) else entry.path):
                yield file, redirect(view, file, successor, title)
        elif not _is_file(entry.successor(path)):
            yield path, _note(view, path, title, entry)


def site_files(views: Mapping[str, View]) -> Files:
    """Give the files of all languages at once at given-up addresses that have no copy."""
    for path, entry in next(iter(views.values())).corpus.retired.of(shared=True):
        if not _is_file(entry.successor(path)):
            yield path, _json_note(views, path)


def _is_file(path: str | None) -> TypeGuard[str]:
    return path is not None and "#" not in path and not path.endswith(("/", ".html"))


def _note(view: View, path: str, title: str, entry: Retirement) -> str:
    """Say that a file is gone, in the form of the file where programs read that."""
    match path.rpartition(".")[2]:
        case "ics":
            return calendars.calendar(view, title, [], path)
        case "atom":
            return feeds.feed(view, title, [], path, entry.path)
        case "json":
            return _json_note({view.corpus.language: view}, path)
    lines = [title, view.t("retired.since", date=view.date(entry.since)), str(entry.reason or "")]
    if see := entry.to or entry.see:
        lines.append(view.t("retired.see") + view.t("colon") + view.url(see))
    return "".join(f"{line}\n" for line in lines if line)


def _json_note(views: Mapping[str, View], path: str) -> str:
    entries = {language: view.corpus.retired.paths[path] for language, view in views.items()}
    entry = next(iter(entries.values()))
    see = entry.to or entry.see
    reasons = {language: str(own.reason) for language, own in entries.items() if own.reason}
    return dump({
        "retired": True,
        "since": str(entry.since),
        "was": {language: str(own.was) for language, own in entries.items() if own.was} or None,
        "reason": reasons or None,
        "see": {language: view.url(see) for language, view in views.items()} if see else None,
    })  # fmt: skip

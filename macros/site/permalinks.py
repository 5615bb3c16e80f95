"""Permalinks: whether all that was published is still there, and what the manifest lacks."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from collections.abc import Set as AbstractSet

from macros.corpus.files import LOCK
from macros.corpus.loading import Loaded
from macros.corpus.manifest import Address, Lock
from macros.corpus.problems import Problem, hint
from macros.corpus.source import SourceFile
from macros.model.retirements import Retired
from macros.site.addresses import Published


def problems(loaded: Loaded, published: Published, files: Collection[str]) -> Iterator[Problem]:
    """Find all problems with addresses, for data without errors.

    Args:
        loaded: The data.
        published: What the site publishes now.
        files: The names of all files of the project.
    """
    retired = next(iter(loaded.corpora.values())).retired
    yield from _check_manifest(loaded.lock, published, retired)
    yield from (problem for problem in _check_languages(published) if problem.file in files)
    if source := loaded.sources.get("data/retired.yml"):
        yield from _check_retirements(source, loaded.lock, published, retired)
    if LOCK in files and (new := missing(loaded.lock, published)):
        values = {"count": len(new), "address": new[0]}
        yield Problem(LOCK, 1, 1, "permalinks_missing", values, "notice")


def locked(lock: Lock, published: Published) -> Lock:
    """Add everything that a site publishes now to the manifest."""
    return lock.with_all(published.languages, _all_addresses(published))


def missing(lock: Lock, published: Published) -> list[str]:
    """List what is published and not in the manifest yet."""
    new = []
    for (everywhere, path), anchors in _all_addresses(published).items():
        known = lock.addresses.get((everywhere, path))
        if known is None:
            new.append(path or "/")
        new += [f"{path}#{anchor}" for anchor in sorted(anchors - (known or set()))]
    return new


def _check_manifest(lock: Lock, published: Published, retired: Retired) -> Iterator[Problem]:
    """Find what was published and would disappear."""
    for language in lock.languages:
        if language not in published.languages:
            yield Problem(LOCK, lock.languages_at, 1, "permalink_language", {"language": language})
    for (everywhere, path), anchors in lock.addresses.items():
        if retired.covers(path):
            continue
        there = _anchors_in_languages(published, everywhere, path)
        gone = [
            f"{path}#{anchor}"
            for anchor in sorted(anchors)
            if not retired.covers(path, anchor) and any(anchor not in known for known in there)
        ]
        line = lock.at.get((everywhere, path), 1)
        for address in gone if there else [path or "/"]:
            yield Problem(LOCK, line, 1, "permalink_gone", {"address": address})


def _check_retirements(
    source: SourceFile, lock: Lock, published: Published, retired: Retired
) -> Iterator[Problem]:
    """Find retired addresses that never were or still are there, and missing successors."""

    def answers(path: str, anchor: str | None) -> bool:
        there = _anchors_in_languages(published, True, path)
        there = there or _anchors_in_languages(published, False, path)
        return bool(there) and (anchor is None or all(anchor in known for known in there))

    for index, entry in enumerate(retired.entries):
        place, address = ("retired", index, "address"), entry.address
        keys = [key for key in ((True, entry.path), (False, entry.path)) if key in lock.addresses]
        known = {anchor for key in keys for anchor in lock.addresses[key]}
        if not keys or (entry.anchor and entry.anchor not in known):
            similar = hint(entry.path, lock.paths)
            yield source.problem(place, "retired_unknown", address=address, **similar)
        elif answers(entry.path, entry.anchor):
            yield source.problem(place, "retired_alive", address=address)
        for name in ("to", "see"):
            path, _, anchor = (target := getattr(entry, name) or "").partition("#")
            other = retired.paths.get(path)
            leads_to_note = not anchor and other is not None and not other.to
            if target and not answers(path, anchor or None) and not leads_to_note:
                yield source.problem((*place[:2], name), "retired_to_nowhere", address=target)


def _check_languages(published: Published) -> Iterator[Problem]:
    """Find anchors that a page has in one language only; reported at the page that lacks them."""
    for (everywhere, path), anchors in _all_addresses(published).items():
        for language, addresses in published.by_language.items() if everywhere else ():
            page = f"docs/{language}/{path.rstrip('/') or 'index'}.md"
            for anchor in sorted(anchors - addresses.get(path, anchors)):
                yield Problem(page, 1, 1, "anchor_in_one_language", {"anchor": anchor}, "notice")


def _anchors_in_languages(
    published: Published, everywhere: bool, path: str
) -> list[AbstractSet[str]]:
    """List the anchors that an address has in each language; nothing if it is missing in any."""
    if not everywhere:
        return [frozenset()] if path in published.site else []
    there = [addresses[path] for addresses in published.by_language.values() if path in addresses]
    return there if len(there) == len(published.by_language) else []


def _all_addresses(published: Published) -> dict[Address, AbstractSet[str]]:
    """List everything that a site publishes, with the anchors of all languages together."""
    addresses: dict[Address, AbstractSet[str]] = {
        (False, path): frozenset() for path in published.site
    }
    for own in published.by_language.values():
        for path, anchors in own.items():
            known = addresses.setdefault((True, path), anchors)
            if known is not anchors:  # mostly it is: languages share them
                addresses[True, path] = known | anchors
    return addresses

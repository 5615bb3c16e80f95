"""Whether everything that was published is still there, and what is published and not in the list yet. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Set

from macros.corpus.files import LOCK
from macros.corpus.loading import Loaded
from macros.corpus.problems import Problem, hint
from macros.corpus.source import SourceFile
from macros.model.retirements import Retired
from macros.site.addresses import Published
from macros.corpus.manifest import Address, Lock


def problems(loaded: Loaded, published: Published, files: Collection[str]) -> Iterator[Problem]:
    """All of it, for data without errors. In: what was loaded, what is published, the names of all files."""
    corpus = next(iter(loaded.corpora.values()))
    yield from check(loaded.lock, published, corpus.retired)
    yield from (problem for problem in one_sided(published) if problem.file in files)
    if source := loaded.sources.get("data/retired.yml"):
        yield from check_retired(source, loaded.lock, published, corpus.retired)
    if LOCK in files and (new := missing(loaded.lock, published)):
        yield Problem(
            LOCK, 1, 1, "permalinks_missing", {"count": len(new), "address": new[0]}, "notice"
        )


def check_retired(
    source: SourceFile, lock: Lock, published: Published, retired: Retired
) -> Iterator[Problem]:
    """Addresses that are given up though they never were published or are still there; successors that are not there."""
    for index, entry in enumerate(retired.entries):
        at = ("retired", index)
        known = {
            anchor
            for (_, path), anchors in lock.addresses.items()
            if path == entry.path
            for anchor in anchors
        }
        if entry.path not in lock.paths or (entry.anchor and entry.anchor not in known):
            yield source.problem(
                (*at, "address"),
                "retired_unknown",
                address=entry.address,
                **hint(entry.path, lock.paths),
            )
        elif _answers(published, entry.path, entry.anchor):
            yield source.problem((*at, "address"), "retired_alive", address=entry.address)
        for name in ("to", "see"):
            target = getattr(entry, name)
            if target is not None:
                path, _, anchor = target.partition("#")
                left = retired.paths.get(path)
                if not _answers(published, path, anchor or None) and (
                    anchor or left is None or left.to
                ):
                    yield source.problem((*at, name), "retired_to_nowhere", address=target)


def _answers(published: Published, path: str, anchor: str | None) -> bool:
    where = _where(published, True, path) or _where(published, False, path)
    return bool(where) and (anchor is None or all(anchor in found for found in where))


def check(lock: Lock, published: Published, retired: Retired) -> Iterator[Problem]:
    """What was published and would disappear."""
    for language in lock.languages:
        if language not in published.languages:
            yield Problem(LOCK, lock.languages_at, 1, "permalink_language", {"language": language})
    for (everywhere, path), anchors in lock.addresses.items():
        if retired.covers(path):
            continue
        where = _where(published, everywhere, path)
        line = lock.at.get((everywhere, path), 1)
        if not where:
            yield Problem(LOCK, line, 1, "permalink_gone", {"address": path or "/"})
        for anchor in sorted(anchors) if where else ():
            if not retired.covers(path, anchor) and any(anchor not in found for found in where):
                yield Problem(LOCK, line, 1, "permalink_gone", {"address": f"{path}#{anchor}"})


def locked(lock: Lock, published: Published) -> Lock:
    """The lock with everything that a site publishes now."""
    return lock.with_all(published.languages, _keyed(published))


def missing(lock: Lock, published: Published) -> list[str]:
    """What is published and not in the lock yet."""
    found = []
    for (everywhere, path), anchors in _keyed(published).items():
        known = lock.addresses.get((everywhere, path))
        if known is None:
            found.append(path or "/")
        found += [f"{path}#{anchor}" for anchor in sorted(anchors - (known or set()))]
    return found


def _where(published: Published, everywhere: bool, path: str) -> list[Set[str]]:
    """The anchors that an address has in each language; empty if it is missing in any."""
    if not everywhere:
        return [frozenset()] if path in published.site else []
    found = [addresses.get(path) for addresses in published.by_language.values()]
    return [anchors for anchors in found if anchors is not None] if None not in found else []


def _keyed(published: Published) -> dict[Address, Set[str]]:
    """Everything that a site publishes, the anchors of all languages together."""
    found: dict[Address, Set[str]] = {(False, path): frozenset() for path in published.site}
    for addresses in published.by_language.values():
        for path, anchors in addresses.items():
            known = found.setdefault((True, path), anchors)
            if known is not anchors:  # mostly it is: languages share them
                found[True, path] = known | anchors
    return found


def one_sided(published: Published) -> Iterator[Problem]:
    """Anchors that a page has in one language and lacks in another, told of the page that lacks it."""
    for (everywhere, path), anchors in _keyed(published).items():
        for language, addresses in published.by_language.items() if everywhere else ():
            page = f"docs/{language}/{path.rstrip('/') or 'index'}.md"
            for anchor in sorted(anchors - addresses.get(path, anchors)):
                yield Problem(page, 1, 1, "anchor_in_one_language", {"anchor": anchor}, "notice")

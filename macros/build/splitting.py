"""A build over several machines: each makes the resolutions of some languages and sessions; they are joined into a site.

What one machine makes is a folder: its files in `site/`, with their hashes in `part.json`, and the ledgers of what they
were made from. To join folders is to build with them at hand. A part that was made from anything else than the project
as it is there is made again, as after any other change, and so is a file that was damaged on its way: a joined site is
the same as one that was built at once.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from macros.build import building, kept, ledger, output
from macros.build import project as builds
from macros.build.building import PART, State, Work
from macros.corpus.corpus import Corpus

Make = Callable[[Path, Work], None]
SITE = "site"


def chosen(corpora: Mapping[str, Corpus], only: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What a machine makes: by language, the slugs of resolutions.

    In: corpora by language; `en` for all of a language, `en:2..4` for its sessions from one to another, as the organ
    orders them, either end left out for the first or the last. Resolutions that belong to no session come last.
    Raises `BuildFailed` for a language or a session that is not there.
    """
    found: dict[str, dict[str, None]] = {}
    for one in only:
        language, _, sessions = one.partition(":")
        if language not in corpora:
            raise builds.BuildFailed(
                f"--only {one}: {language} is no language of this site; write {', '.join(corpora)}"
            )
        corpus = corpora[language]
        place = {session: index for index, session in enumerate(corpus.sessions)}
        ends = sessions.split("..") if ".." in sessions else [sessions, sessions]
        if len(ends) > 2 or any(end and end not in place for end in ends):
            raise builds.BuildFailed(
                f"--only {one}: write a session or a range, such as {language}:1..3; the sessions are {', '.join(place)}"
            )
        first, last = (
            place.get(end, default) for end, default in zip(ends, (0, len(place)), strict=True)
        )
        slugs = (
            slug for slug, resolution in corpus.resolutions.items()
            if first <= place.get(resolution.session or "", len(place)) <= last
        )  # fmt: skip
        found.setdefault(language, {}).update(dict.fromkeys(slugs))
    return {language: tuple(slugs) for language, slugs in found.items()}


def part(root: Path, target: Path, only: Iterable[str], make: Make) -> int:
    """Build a part of a site into a folder. Out: how many files it has. What `make` raises goes on; nothing is written then."""
    with output.staged(root, target) as staging:
        work = Work(
            staging, others=building.others(root, building.project(root, target)), only=tuple(only)
        )
        make(staging / "all", work)
        found: dict[str, str] = {}
        for file in sorted(staging.glob("*.json")):
            for name in ledger.read(file).files:
                data = (staging / "all" / name).read_bytes()
                kept.put(staging / SITE / name, data)
                found[name] = kept.digest(data)
        shutil.rmtree(staging / "all")
        kept.put(staging / PART, json.dumps(found, indent=0).encode())
    return len(found)


def join(root: Path, parts: Iterable[Path], target: Path, epoch: int, make: Make) -> int:
    """Build a site from parts of it. Out: how many pages it has.

    Raises `BuildFailed` for a folder that is no part; then, and for what `make` raises, the site stays as it is.
    """
    with output.staged(root, target) as joined:
        ledgers = building.ledgers_of(root, joined)
        try:
            _assemble(parts, joined, ledgers)
            count, _ = building.run(root, joined, epoch, make, (target,))
            shutil.rmtree(building.ledgers_of(root, target), ignore_errors=True)
            ledgers.replace(building.ledgers_of(root, target))
        finally:
            shutil.rmtree(ledgers, ignore_errors=True)
    return count


def _assemble(parts: Iterable[Path], folder: Path, ledgers: Path) -> None:
    found: dict[str, list[ledger.Saved]] = {}
    for one in parts:
        for name, digest in _listed(one).items():
            file = one / SITE / name
            if (
                ".." not in Path(name).parts
                and file.is_file()
                and kept.digest(data := file.read_bytes()) == digest
            ):
                kept.put(folder / name, data)
        for file in sorted(one.glob("*.json")):
            if file.name != PART:
                found.setdefault(file.name, []).append(ledger.read(file))
    for name, saved in found.items():
        ledger.merge(saved, ledgers / name)
    State("", 0, ledger.stamps(folder)).save(ledgers / building.STATE)


def _listed(folder: Path) -> dict[str, str]:
    """The files of a part with their hashes."""
    try:
        found = json.loads((folder / PART).read_bytes())
        if not isinstance(found, dict):
            raise ValueError
    except (OSError, ValueError) as error:
        raise builds.BuildFailed(
            f"{folder} is no part of a site: it has no whole {PART}; make it with tracker build --only"
        ) from error
    return found

"""A whole build as people order it: nothing if nothing changed, else what changed, and never a broken site.

What a build reads is in a key; what it wrote is in the ledgers below `.cache/build/`, beside the sizes and times of all
files. Everything new is made in a folder beside the site. Only then are its files put in place: the whole folder at
once, or one file after the other where most of the site stays. If that is interrupted, no ledger is left, and the next
build makes everything anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from importlib.metadata import distributions
from pathlib import Path

from macros.build import beside, kept, ledger, offline, output
from macros.build import project as builds
from macros.build.ledger import Saved, Stamp, key

LEDGERS = ".cache/build"
STATE = "site.json"
SHARED = "data"
"""The ledger of the files that all languages share."""
PART = "part.json"
"""What a folder has that is a part of a site (see `splitting`)."""
READ = ("data/", "docs/")
"""What is read part by part."""
DAY = 24 * 60 * 60
_SKIPPED = frozenset(("__pycache__", "node_modules"))


@dataclass(frozen=True)
class Work:
    """What a build has of the one before: `new` and `old` are the folders of its ledgers and of those of the last.

    `find` gives the files of the last site that are as they were written, `others` is a key of all that counts but the
    project's data and pages. `only` names what alone is made, if not all (see `splitting`).
    """

    new: Path
    old: Path | None = None
    find: Callable[[], Mapping[str, Stamp]] = dict
    others: str = ""
    only: tuple[str, ...] = ()
    _made: dict[str, Saved] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def present(self) -> Mapping[str, Stamp]:
        """The files of the last site that are as they were written."""
        return self.find()

    def settle(self) -> None:
        """Wait for what is looked up beside, before other processes begin that need it too."""
        _ = self.present

    def ledger(self, name: str) -> Path:
        """Where the ledger of a language, or of `SHARED`, is saved."""
        return self.new / f"{name}.json"

    def last(self, name: str) -> Saved | None:
        """What the last build left of it."""
        return ledger.read(self.old / f"{name}.json") if self.old else None

    def keep(self, name: str, saved: Saved) -> None:
        """What this process itself left of it need not be read again."""
        self._made[name] = saved

    def made(self, name: str) -> Saved:
        """What this build left of it, once it is done."""
        if name not in self._made:
            self._made[name] = ledger.read(self.ledger(name))
        return self._made[name]


@dataclass(frozen=True)
class State:
    """The last site: a key of everything it was made from, the number of its pages, its files."""

    whole: str
    count: int
    files: Mapping[str, Stamp]

    @staticmethod
    def read(file: Path) -> State | None:
        """As it was saved; `None` if it was not, or is damaged."""
        raw = kept.read(file)
        if raw is None:
            return None
        whole, count, files = json.loads(raw)
        return State(whole, count, {name: (size, when) for name, (size, when) in files.items()})

    def save(self, file: Path) -> None:
        """Keep it for the next build."""
        kept.write(file, json.dumps([self.whole, self.count, self.files]).encode())


@cache
def code() -> str:
    """A key of what builds: this package, the Python that runs it, and every package installed."""
    package = Path(__file__).parents[1]
    own = [
        (path.relative_to(package).as_posix(), path.read_bytes())
        for path in sorted(package.rglob("*"))
        if _is_code(path)
    ]
    installed = sorted({f"{found.name} {found.version}" for found in distributions()})
    return key(
        sys.version, installed, [(name, hashlib.sha256(data).digest()) for name, data in own]
    )


def _is_code(path: Path) -> bool:
    return path.is_file() and _SKIPPED.isdisjoint(path.parts) and path.suffix != ".pyc"


def project(root: Path, *targets: Path) -> dict[str, str]:
    """A hash of every file of a project, but for hidden folders, what is built and what others install."""
    found = {}
    built = set(targets)
    for folder, folders, names in os.walk(root):
        if PART in names or {offline.LIST, offline.WORKER} <= {*names}:  # a site, or a part of one
            folders.clear()
            continue
        folders[:] = [
            name for name in folders
            if not name.startswith(".") and name not in _SKIPPED and Path(folder, name) not in built
        ]  # fmt: skip
        for name in names:
            path = Path(folder, name)
            try:
                found[path.relative_to(root).as_posix()] = kept.digest(path.read_bytes())
            except OSError as error:  # whether that stops the build is for those to say who need it
                found[path.relative_to(root).as_posix()] = str(error.errno)
    return found


def _take_over(old: Path, new: Path, names: Iterable[str]) -> None:
    """Link the files of the last site that stay as they are into the new one, where it has no newer ones."""
    for name in names:
        if not (new / name).exists():
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(old / name, new / name)
            except OSError:  # on a file system without links
                shutil.copy2(old / name, new / name)


def ledgers_of(root: Path, target: Path) -> Path:
    """Where the ledgers of the site in a folder lie."""
    return root / LEDGERS / hashlib.sha256(str(target).encode()).hexdigest()[:16]


def others(root: Path, found: Mapping[str, str]) -> str:
    """A key of all that a site is made from but the project's data and pages. In: the hashes of the project's files."""
    return key(
        code(),
        _surroundings(root),
        {name: value for name, value in found.items() if not name.startswith(READ)},
    )


def run(
    root: Path,
    target: Path,
    epoch: int,
    make: Callable[[Path, Work], None],
    built: Iterable[Path] = (),
) -> tuple[int, bool]:
    """Build a project into a folder.

    In: `make` builds all of it into an empty folder; `built` are other folders that are no part of the project. Out: how many pages the site has; whether anything was built. What
    `make` raises goes on, and the site stays as it is.
    """
    ledgers = ledgers_of(root, target)
    found = project(root, target, *built)
    rest = others(root, found)
    whole = key(rest, found, epoch // DAY, _history(root))
    last = State.read(ledgers / STATE)
    if last and last.whole == whole and last.files == ledger.stamps(target):
        return last.count, False
    stamps = (
        beside.begin(partial(ledger.stamps, target)) if last else dict
    )  # to look at all files takes seconds

    def present() -> dict[str, Stamp]:
        return {name: stamp for name, stamp in stamps().items() if last.files.get(name) == stamp}

    new = ledgers.with_name(f"{ledgers.name}.{os.getpid()}")
    try:
        with output.staged(root, target) as staging:
            work = Work(new, ledgers, present, rest)
            make(staging, work)
            written = [work.made(file.stem) for file in sorted(new.glob("*.json"))]
            _take_over(
                target,
                staging,
                work.present.keys() & {name for one in written for name in one.files},
            )
            files = ledger.stamps(staging)
            shutil.rmtree(ledgers, ignore_errors=True)
        count = sum(one.count for one in written)
        State(whole, count, files).save(new / STATE)
        new.replace(ledgers)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return count, True


def _surroundings(root: Path) -> list[tuple[str, str | None]]:
    """What is set outside the project: what the configuration asks for, and what the tracker knows itself."""
    asked = re.findall(
        r"!ENV\s*\[?\s*([^\]\n]*)", (root / "mkdocs.yml").read_text("utf-8", "replace")
    )
    names = {name for text in asked for name in re.findall(r"\w+", text)}
    return [
        (name, os.environ.get(name))
        for name in sorted(names | {builds.LANGUAGE_VARIABLE, builds.DRAFTS_VARIABLE})
    ]


def _history(root: Path) -> str:
    """The commit that is checked out: pages tell when they were last changed."""
    command = ["git", "rev-parse", "HEAD", "--is-shallow-repository"]
    try:
        return subprocess.run(command, cwd=root, capture_output=True, text=True).stdout
    except OSError:
        return ""

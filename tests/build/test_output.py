"""A build writes only into folders that are its own, and leaves the last good site whatever happens."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from macros.build import output
from macros.build.output import MARK, OutputError, staged


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project."""
    write(tmp_path / "home/project", {"mkdocs.yml": "", "data/body.yml": "name: x"})
    return tmp_path / "home/project"


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def read(folder: Path) -> dict[str, str]:
    """The files below a folder but for the mark."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name != MARK)
    return {path.relative_to(folder).as_posix(): path.read_text() for path in paths}


def build(root: Path, target: Path, **files: str) -> None:
    with staged(root, target) as staging:
        write(staging, {name.replace("_", "/"): text for name, text in files.items()})


@pytest.mark.parametrize("into", [".", "..", "data", "data/..", "data/body.yml", "notes", "link"])
def test_a_folder_that_is_no_site_is_refused_untouched(root: Path, into: str) -> None:
    write(root, {"notes/mine.txt": "mine"})
    (root / "link").symlink_to(root)
    before = read(root.parent)
    with pytest.raises(OutputError, match=r"^[^\n]+[.]$"):
        build(root, root / into, index="new")
    assert read(root.parent) == before


@pytest.mark.parametrize("is_there", [False, True])
def test_a_folder_that_is_missing_or_empty_is_filled_and_marked(root: Path, is_there: bool) -> None:
    if is_there:
        (root / "site").mkdir()
    build(root, root / "site", a_b="1", c="2")
    assert read(root / "site") == {"a/b": "1", "c": "2"} and (root / "site" / MARK).exists()


def test_a_marked_folder_is_replaced_and_nothing_else_stays(root: Path) -> None:
    build(root, root / "site", gone="1", a="1")
    build(root, root / "site", a="2")
    assert read(root / "site") == {"a": "2"}
    assert sorted(path.name for path in root.iterdir()) == ["data", "mkdocs.yml", "site"]


def test_without_an_atomic_exchange_two_renames_do(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output, "_exchange", lambda one, other: False)
    test_a_marked_folder_is_replaced_and_nothing_else_stays(root)


def test_what_fails_leaves_the_last_site(root: Path) -> None:
    build(root, root / "site", a="1")
    with pytest.raises(ZeroDivisionError), staged(root, root / "site") as staging:
        write(staging, {"a": str(1 / 0)})
    assert read(root / "site") == {"a": "1"}
    assert sorted(path.name for path in root.iterdir()) == ["data", "mkdocs.yml", "site"]


@pytest.mark.parametrize("kind", ["link", "mount", "checkout"])
def test_what_cannot_be_replaced_is_written_into(
    root: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, real = root / "site", root / "site"
    if kind == "link":
        real = root.parent / "elsewhere"
        site.symlink_to(real)
    elif kind == "mount":
        write(site, {"lost+found/x": "system"})
        monkeypatch.setattr(os.path, "ismount", lambda path: Path(path) == site)
    build(root, site, a="1", b_c="1", gone_deep_x="1", was="1", now_x="1")
    if kind == "checkout":
        write(site, {".git/HEAD": "ref"})
    there = {name: text for name, text in read(real).items() if name[0] in ".l"}
    number = real.stat().st_ino
    build(root, site, a="2", b_c="1", was_x="2", now="2")
    assert read(real) == {"a": "2", "b/c": "1", "was/x": "2", "now": "2", **there}
    assert real.stat().st_ino == number and not (real / "gone").exists()
    assert (real / MARK).exists() and site.is_symlink() == (kind == "link")
    assert not [path for path in real.iterdir() if path.name.startswith(".site")]


def test_the_second_of_two_builds_gets_one_sentence(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output, "_PATIENCE", 0)
    with staged(root, root / "site") as staging:
        write(staging, {"a": "1"})
        with pytest.raises(OutputError, match=r"^Another build is writing \S+: wait"):
            build(root, root / "site", a="2")
        build(root, root / "other", a="3")
    assert read(root / "site") == {"a": "1"} and read(root / "other") == {"a": "3"}


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_a_disk_that_cannot_be_written_gets_one_sentence(root: Path, number: int) -> None:
    build(root, root / "site", a="1")
    with pytest.raises(OutputError, match=os.strerror(number)), staged(root, root / "site"):
        raise OSError(number, os.strerror(number), "site/a")
    assert read(root / "site") == {"a": "1"}


def test_a_parent_that_cannot_be_written_gets_one_sentence(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, **options: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(OutputError, match="Permission denied"):
        build(root, root / "site")


def test_other_errors_of_a_build_go_on_as_they_are(root: Path) -> None:
    with pytest.raises(FileNotFoundError), staged(root, root / "site"):
        raise FileNotFoundError(errno.ENOENT, "no such file")


def test_a_build_after_one_that_was_killed_restores_the_site_and_removes_the_rest(
    root: Path,
) -> None:
    build(root, root / "site", a="1")
    (root / ".site.build").mkdir()
    (root / "site").rename(root / ".site.build/old")  # as if killed between two renames
    write(root / ".site.build", {"lock": "", "new/a": "2"})
    with pytest.raises(ZeroDivisionError), staged(root, root / "site"):
        1 / 0  # noqa: B018
    assert read(root / "site") == {"a": "1"}
    assert sorted(path.name for path in root.iterdir()) == ["data", "mkdocs.yml", "site"]


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_the_lock_of_a_process_that_was_killed_is_free(root: Path) -> None:
    code = (
        "import os, pathlib, signal; from macros.build.output import staged\n"
        f"root = pathlib.Path({str(root)!r})\n"
        "with staged(root, root / 'site'): os.kill(os.getpid(), signal.SIGKILL)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2]).returncode
    assert (root / ".site.build/lock").exists()
    build(root, root / "site", a="1")
    assert sorted(path.name for path in root.iterdir()) == ["data", "mkdocs.yml", "site"]

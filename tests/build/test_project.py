"""The moment of a build, and a project as it was read."""

from __future__ import annotations

import os
import subprocess
import time
from datetime import date
from pathlib import Path

import pytest

from macros.build.history import build_epoch
from macros.build.project import Project
from macros.build.writing import write_files
from macros.errors import BuildError
from macros.i18n.messages import Catalogue
from tests.organ import FIRST, SECOND, SMALL, Organ

# --- the moment of the build ------------------------------------------------------------------------------------


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that no repository holds, with nothing said about the moment of the build."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return tmp_path


@pytest.mark.parametrize(("given", "epoch"), [("0", 0), ("1764547200", 1764547200), ("007", 7)])
def test_the_moment_may_be_given(
    alone: Path, monkeypatch: pytest.MonkeyPatch, given: str, epoch: int
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    assert build_epoch(alone) == epoch


@pytest.mark.parametrize(
    "given", ["abc", "-1", "1.5", "1e9", " 1", "1 ", "٣", "²", "1" * 12, "0x10"]
)
def test_a_moment_that_is_none(alone: Path, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    with pytest.raises(BuildError, match="seconds since 1970"):
        build_epoch(alone)


def _git(folder: Path, *arguments: str) -> None:
    author = {
        f"GIT_{who}_{what}": "a@example.org"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    when = {"GIT_AUTHOR_DATE": "1500000000 +0000", "GIT_COMMITTER_DATE": "1600000000 +0200"}
    subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env={**os.environ, **author, **when},
        check=True,
        capture_output=True,
    )


def test_else_it_is_that_of_the_last_commit(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _git(alone, "init", "-q")
    before = int(time.time())
    assert build_epoch(alone) >= before, "there is no commit yet"
    _git(alone, "commit", "-q", "--allow-empty", "--no-gpg-sign", "-m", "x")
    assert build_epoch(alone) == 1600000000
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")  # as good as not given
    assert build_epoch(alone) == 1600000000
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "5")
    assert build_epoch(alone) == 5


def test_else_it_is_now(alone: Path) -> None:
    before = int(time.time())
    assert before <= build_epoch(alone) <= time.time()


def test_git_may_be_missing(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(alone))
    before = int(time.time())
    assert before <= build_epoch(alone) <= time.time()


# --- a project --------------------------------------------------------------------------------------------------


def loaded(folder: Path, organ: Organ) -> Project:
    write_files(folder, ((name, raw.decode()) for name, raw in organ.files.items()))
    return Project.load(folder)


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764547199")  # the last second of a day in UTC


@pytest.mark.usefixtures("given")
def test_a_site_without_fault(tmp_path: Path) -> None:
    site = loaded(tmp_path, SMALL.add("docs/en/index.md", "{{ overview() }}\n"))
    assert (site.problems, site.errors, len(site.contents)) == ((), (), len(SMALL.files) + 1)
    assert (site.languages, site.today) == (("en",), date(2025, 11, 30))
    assert site.folder("en") == ""
    assert site.view("en").corpus.resolutions == SMALL.corpus().resolutions
    assert site.report(Catalogue.of("en").t) == f"{len(site.contents)} files checked: no problem."


@pytest.mark.usefixtures("given")
def test_the_report_has_every_error_of_data_and_pages_in_order(tmp_path: Path) -> None:
    organ = (
        SMALL.edit(SECOND, "status: under-implementation", "status: implementd")
        .edit(FIRST, "place: port", "place: prot")
        .add("docs/en/x.md", "\n{{ overviw() }}\n")
    )
    site = loaded(tmp_path, organ)
    (tmp_path / "data/outside.yml").symlink_to("/etc/hostname")
    site = Project.load(tmp_path)
    assert site.languages == ()
    assert site.report(Catalogue.of("en").t).splitlines() == [
        "data/outside.yml:1:1: this link leads out of the project; put the file itself here",
        f"{FIRST}:53:12: the place prot is not in places.yml; did you mean “port”?",
        f"{SECOND}:9:13: the status implementd is not in vocabulary.yml; did you mean “implemented”?",
        "docs/en/x.md:2:1: there is no macro overviw; did you mean “overview”?",
        f"{len(site.contents)} files checked: 4 problems.",
    ]
    assert len({site.report(Catalogue.of(language).t) for language in ("en", "zh", "fr")}) == 3


@pytest.mark.usefixtures("given")
def test_notices_are_not_in_the_report(tmp_path: Path) -> None:
    site = loaded(tmp_path, SMALL.edit("data/body.yml", "languages: [en]", "languages: [en, zh]"))
    assert site.problems and not site.errors
    assert site.report(Catalogue.of("en").t) == f"{len(site.contents)} files checked: no problem."
    assert [site.folder(language) for language in site.languages] == ["", "zh/"]

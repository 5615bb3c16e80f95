"""The moment of a build, and a project as it was read."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from macros.build.history import build_day, history_gap, last_changes
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


@pytest.mark.parametrize(
    ("given", "day"),
    [("0", date(1970, 1, 1)), ("1764547199", date(2025, 11, 30)), ("007", date(1970, 1, 1))],
)
def test_the_day_may_be_given(monkeypatch: pytest.MonkeyPatch, given: str, day: date) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    assert build_day() == day


@pytest.mark.parametrize(
    "given", ["abc", "-1", "1.5", "1e9", " 1", "1 ", "٣", "²", "1" * 12, "0x10"]
)
def test_a_moment_that_is_none(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    with pytest.raises(BuildError, match="seconds since 1970"):
        build_day()


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


@pytest.mark.parametrize("given", [None, ""])
def test_else_it_is_today_whenever_the_last_commit_was(
    alone: Path, monkeypatch: pytest.MonkeyPatch, given: str | None
) -> None:
    if given is not None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    before = datetime.now(UTC).date()
    assert before <= build_day() <= datetime.now(UTC).date()


# --- the history of its files -----------------------------------------------------------------------------------


def committed(folder: Path) -> Path:
    (folder / "data").mkdir(parents=True)
    _git(folder, "init", "-q")
    for text in ("a", "b"):
        (folder / "data" / "body.yml").write_text(text)
        _git(folder, "add", ".")
        _git(folder, "commit", "-q", "--no-gpg-sign", "-m", "x")
    return folder


def test_each_file_has_the_day_of_its_last_commit(alone: Path) -> None:
    root = committed(alone / "whole")
    assert history_gap(root) is None
    assert last_changes(root) == {"data/body.yml": date(2020, 9, 13)}


def test_without_git_or_repository_nothing_is_known(
    alone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (history_gap(alone), last_changes(alone)) == ("none", {})
    root = committed(alone / "whole")
    monkeypatch.setenv("PATH", str(alone))
    assert (history_gap(root), last_changes(root)) == ("none", {})


def test_a_shallow_clone_knows_no_dates(alone: Path) -> None:
    origin = committed(alone / "whole").as_uri()
    _git(alone, "clone", "-q", "--depth", "1", origin, "shallow")
    assert history_gap(alone / "shallow") == "shallow"
    assert last_changes(alone / "shallow") == {}


def test_git_does_not_read_what_belongs_to_another_user(
    alone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = committed(alone / "whole")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("HOME", str(alone))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    assert (history_gap(root), last_changes(root)) == ("owner", {})


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

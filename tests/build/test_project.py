"""The edge of a build: its moment, what is written, how a finished site takes the place of another."""

from __future__ import annotations

import os
import subprocess
import time
from datetime import date
from pathlib import Path

import click
import pytest

from macros.build.project import BuildFailed, Site, build_epoch, join_others, start_other, write_all
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
    with pytest.raises(BuildFailed, match="seconds since 1970"):
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


def loaded(folder: Path, organ: Organ) -> Site:
    write_all(folder, [(name, raw.decode()) for name, raw in organ.files.items()])
    return Site.load(folder)


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764547199")  # the last second of a day in UTC


@pytest.mark.usefixtures("given")
def test_a_site_without_fault(tmp_path: Path) -> None:
    site = loaded(tmp_path, SMALL.add("docs/en/index.md", "{{ overview() }}\n"))
    assert (site.problems, site.errors, site.files) == ((), (), len(SMALL.files) + 1)
    assert (site.languages, site.today) == (("en",), date(2025, 11, 30))
    assert site.folder("en") == ""
    assert site.view("en").corpus.resolutions == SMALL.corpus().resolutions
    assert site.report(Catalogue.of("en").t) == f"{site.files} files checked: no problem."


@pytest.mark.usefixtures("given")
def test_the_report_has_every_error_of_data_and_pages_in_order(tmp_path: Path) -> None:
    organ = (
        SMALL.edit(SECOND, "status: under-implementation", "status: implementd")
        .edit(FIRST, "place: port", "place: prot")
        .add("docs/en/x.md", "\n{{ overviw() }}\n")
    )
    site = loaded(tmp_path, organ)
    (tmp_path / "data/outside.yml").symlink_to("/etc/hostname")
    site = Site.load(tmp_path)
    assert site.languages == ()
    assert site.report(Catalogue.of("en").t).splitlines() == [
        "data/outside.yml:1:1: this link leads out of the project; put the file itself here",
        f"{FIRST}:53:12: the place prot is not in places.yml; did you mean “port”?",
        f"{SECOND}:9:13: the status implementd is not in vocabulary.yml; did you mean “implemented”?",
        "docs/en/x.md:2:1: there is no macro overviw; did you mean “overview”?",
        f"{site.files} files checked: 4 problems.",
    ]
    assert len({site.report(Catalogue.of(language).t) for language in ("en", "zh", "fr")}) == 3


@pytest.mark.usefixtures("given")
def test_notices_are_not_in_the_report(tmp_path: Path) -> None:
    site = loaded(tmp_path, SMALL.edit("data/body.yml", "languages: [en]", "languages: [en, zh]"))
    assert site.problems and not site.errors
    assert site.report(Catalogue.of("en").t) == f"{site.files} files checked: no problem."
    assert [site.folder(language) for language in site.languages] == ["", "zh/"]


# --- what is written --------------------------------------------------------------------------------------------


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_texts_are_written_as_utf8_with_plain_line_ends(tmp_path: Path) -> None:
    write_all(tmp_path / "site", [("a/b/c.txt", "住房\nx\r\n"), ("d.txt", ""), ("a/e.txt", "é")])
    assert (tmp_path / "site/a/b/c.txt").read_bytes() == "住房\nx\r\n".encode()
    assert set(contents(tmp_path)) == {"site/a/b/c.txt", "site/d.txt", "site/a/e.txt"}


def test_other_builds_are_waited_for(tmp_path: Path) -> None:
    others = [
        start_other(lambda name=name: write_all(tmp_path, [(f"{name}/index.html", name)]))
        for name in ("zh", "fr")
    ]
    join_others(others)
    assert contents(tmp_path) == {"zh/index.html": "zh", "fr/index.html": "fr"}


def _failing() -> None:
    os.system("echo INFO - building; echo DEBUG - x; echo ERROR - 住房")
    raise click.ClickException("no more")


def test_what_another_build_printed_is_told_without_its_account_of_what_went_well() -> None:
    with pytest.raises(BuildFailed) as caught:
        join_others([start_other(_failing)])
    assert str(caught.value) == "ERROR - 住房\nno more"


def test_another_build_can_be_stopped() -> None:
    other = start_other(lambda: time.sleep(60))
    other.stop()
    assert other.process.exitcode != 0


def test_without_forks_another_build_is_done_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "fork")
    assert start_other(lambda: write_all(tmp_path, [("index.html", "zh")])) is None
    assert contents(tmp_path) == {"index.html": "zh"}

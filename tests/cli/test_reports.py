"""`tracker report` and `tracker coverage`, as people use them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from macros.corpus.files import TEMPLATE
from tests.cli.test_main import run, written
from tests.organ import PERIODS, SMALL

HELD = SMALL.edit(PERIODS, "- id: autumn\n", "- id: autumn\n    held: draft\n")


def test_the_report_is_a_word_file_or_html_by_the_end_of_its_name(tmp_path: Path) -> None:
    folder = written(tmp_path / "project")
    for name, start in (("r.docx", b"PK"), ("r.html", b"<!doctype html>")):
        result = run("report", "spring", "--root", folder, "--output", tmp_path / name)
        assert (result.exit_code, result.output) == (0, f"wrote {tmp_path / name}\n")
        assert (tmp_path / name).read_bytes().startswith(start)


def test_a_report_without_a_name_is_named_after_period_and_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = written(tmp_path)
    monkeypatch.chdir(folder)
    assert run("report", "spring").exit_code == 0
    assert (folder / "report-spring.en.docx").is_file()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("report", "summer"), "there are: spring, autumn"),
        (("coverage", "summer"), "there are: spring, autumn"),
        (("report", "spring", "--lang", "zh"), "zh is not a language of this site; there are: en"),
        (("report", "spring", "--output", "r.pdf"), "r.pdf must end in .docx or .html"),
    ],
)
def test_what_is_not_known_is_refused_with_what_there_is(
    tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    result = run(*arguments, "--root", written(tmp_path))
    assert result.exit_code == 2
    assert message in " ".join(result.output.split())


def test_a_file_is_written_over_only_with_force(tmp_path: Path) -> None:
    file = tmp_path / "r.docx"
    file.write_text("mine")
    command = ("report", "spring", "--root", written(tmp_path / "project"), "--output", file)
    result = run(*command)
    assert result.exit_code == 2 and "--force" in result.output
    assert file.read_text() == "mine"
    assert run(*command, "--force").exit_code == 0
    assert file.read_bytes().startswith(b"PK")


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "r.docx"
    result = run("report", "spring", "--root", written(tmp_path / "project"), "--output", file)
    assert result.exit_code == 1 and "cannot be written (No such file" in result.output


def test_a_period_under_embargo_is_reported_on_with_drafts_alone(tmp_path: Path) -> None:
    folder = written(tmp_path / "project", HELD)
    command = ("report", "autumn", "--root", folder, "--output", tmp_path / "r.html")
    result = run(*command)
    assert result.exit_code == 2 and "needs --drafts" in result.output
    assert run(*command, "--drafts").exit_code == 0
    assert run("coverage", "autumn", "--root", folder).exit_code == 0


def test_a_template_that_lacks_a_style_is_a_problem(tmp_path: Path) -> None:
    result = run("check", "--root", written(tmp_path, SMALL.add(TEMPLATE, b"no Word document")))
    assert result.exit_code == 1
    assert f"\n{TEMPLATE}:1:1: the template of the report lacks the styles" in result.output


def test_coverage_lists_what_is_missing(tmp_path: Path) -> None:
    folder = written(tmp_path)
    result = run("coverage", "autumn", "--root", folder)
    assert result.output.splitlines() == [
        "Resolutions without an assessment (3): 1-2, 1-10, 217-a-iii",
        "Operative paragraphs without an assessment (1): 1-1#op-2-a",
    ]
    found = json.loads(run("coverage", "autumn", "--root", folder, "--json").output)
    assert found["period"] == "autumn"
    assert found["operative_paragraphs"] == ["1-1#op-2-a"]


def test_check_counts_what_is_missing_of_the_newest_period_under_embargo_or_not(
    tmp_path: Path,
) -> None:
    told = (
        "notice: Not covered for autumn: report paragraphs 0, resolutions 3, "
        "operative paragraphs 1, milestones past due 0; tracker coverage autumn lists them"
    )
    for name, organ in (("public", SMALL), ("held", HELD)):
        result = run("check", "--root", written(tmp_path / name, organ))
        assert result.exit_code == 0 and told in result.output.splitlines()

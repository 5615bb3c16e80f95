"""Data of format 1 becomes data of format 2: `tracker migrate`."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from macros.authoring.migration import MigrationError, migrate
from macros.authoring.yaml_editor import EditError
from macros.cli.main import main
from macros.corpus.files import read_tree
from macros.corpus.loading import load

FORMAT_1 = Path(__file__).parents[1] / "fixtures" / "format-1"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(FORMAT_1 / "data", tmp_path / "data")
    (tmp_path / "mkdocs.yml").touch()
    return tmp_path


def test_the_check_of_old_data_says_one_thing() -> None:
    files, _ = read_tree(FORMAT_1, ("data",))
    (problem,) = load(files).problems
    assert (problem.file, problem.line, problem.code) == ("data/body.yml", 2, "format_outdated")


def test_old_data_passes_the_check_afterwards(project: Path) -> None:
    result = CliRunner().invoke(main, ["migrate", "--root", str(project)])
    assert result.exit_code == 0, result.output
    loaded = load(read_tree(project, ("data",))[0])
    assert not loaded.problems
    resolution = loaded.corpora["en"].resolutions["1-1"]
    (event,) = resolution.events
    assert [report.outcome for report in event.reports] == ["planned", "completed"]
    assert [resource.period for resource in resolution.resources] == ["spring", "autumn", "autumn"]
    assert loaded.corpora["en"].statements.resources[0].period == "autumn"


def test_comments_and_layout_stay(project: Path) -> None:
    CliRunner().invoke(main, ["migrate", "--root", str(project)])
    lines = (project / "data/resolutions/1-1.yml").read_text().splitlines()
    assert "        outcome: planned  # para. 4 gives the month only" in lines
    flow = "{period: autumn, outcome: completed, date: 2024-10-01, sources: [{document: AL/REP/2}]}"
    assert f"      - {flow}" in lines
    at = lines.index("    # In US dollars only")
    assert lines[at + 1 : at + 3] == ["    period: spring", "    currency: USD"]
    assert len(lines) == 2 + len((FORMAT_1 / "data/resolutions/1-1.yml").read_text().splitlines())


def test_lines_may_end_as_on_windows() -> None:
    files, _ = read_tree(FORMAT_1, ("data",))
    files = {name: raw.replace(b"\n", b"\r\n") for name, raw in files.items()}
    for raw in migrate(files).values():
        assert raw.count(b"\n") == raw.count(b"\r\n")


def test_data_of_the_present_format_is_left_alone(project: Path) -> None:
    CliRunner().invoke(main, ["migrate", "--root", str(project)])
    before = read_tree(project, ("data",))
    result = CliRunner().invoke(main, ["migrate", "--root", str(project)])
    assert result.exit_code == 0
    assert len(result.output.splitlines()) == 1
    assert read_tree(project, ("data",)) == before


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        (b"said: planned", b'"said": planned', EditError),
        (b"number: 1", b"number: [", MigrationError),
    ],
)
def test_what_cannot_be_migrated_is_named(old: bytes, new: bytes, error: type[Exception]) -> None:
    files, _ = read_tree(FORMAT_1, ("data",))
    name = "data/resolutions/1-1.yml"
    with pytest.raises(error, match=name):
        migrate({**files, name: files[name].replace(old, new)})

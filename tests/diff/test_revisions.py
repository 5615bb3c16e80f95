"""A project as git has it and as it lies in the folder, and the command that compares the two."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from macros.cli.main import main
from macros.diff import find_rewritten, revisions
from tests.organ import FIRST, SMALL, Organ

FORMAT_1 = Path(__file__).parents[1] / "fixtures" / "format-1"
DAY = "1764547200"
WHO = {
    f"GIT_{role}_{part}": value
    for role in ("AUTHOR", "COMMITTER")
    for part, value in (("NAME", "Test"), ("EMAIL", "test@example.org"), ("DATE", f"{DAY} +0000"))
}


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No configuration of whoever runs the test; a fixed day."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name, value in WHO.items():
        monkeypatch.setenv(name, value)


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


def write(folder: Path, organ: Organ) -> None:
    for name, raw in organ.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small organ with a page, a picture and one commit."""
    write(
        tmp_path,
        SMALL.add("docs/en/page.md", "# Page {#page}\n").add("docs/en/dot.png", b"\x89PNG one"),
    )
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message=first")
    return tmp_path


def diff(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(
        main, ["diff", "--root", str(folder), *arguments], catch_exceptions=False
    )


def test_a_commit_is_read_as_it_was(project: Path) -> None:
    commit = revisions.find_commit(project, "HEAD")
    before = revisions.read_commit(project, commit)
    assert before == revisions.read_folder(project)
    assert before.files[FIRST] == SMALL.files[FIRST]
    assert set(before.assets) == {"docs/en/dot.png"}
    (project / "docs/en/dot.png").write_bytes(b"\x89PNG two")
    (project / FIRST).unlink()
    assert revisions.read_commit(project, commit) == before
    now = revisions.read_folder(project)
    assert FIRST not in now.files
    assert now.assets != before.assets


def test_project_in_a_folder_of_a_larger_repository(project: Path) -> None:
    inner = project / "tracker site"
    write(inner, SMALL)
    git(project, "add", ".")
    git(project, "commit", "--quiet", "--message=second")
    assert revisions.read_commit(inner, revisions.find_commit(inner, "HEAD")).files == dict(
        SMALL.files
    )
    with pytest.raises(revisions.RevisionError):
        revisions.read_commit(inner, revisions.find_commit(inner, "HEAD~1"))


def test_links_are_followed_within_the_commit_only(project: Path) -> None:
    (project / "docs/en/linked.md").symlink_to("page.md")
    (project / "docs/en/outside.md").symlink_to("/etc/hostname")
    (project / "docs/en/broken.md").symlink_to("nowhere.md")
    git(project, "add", ".")
    git(project, "commit", "--quiet", "--message=links")
    files = revisions.read_commit(project, revisions.find_commit(project, "HEAD")).files
    assert files["docs/en/linked.md"] == b"# Page {#page}\n"
    assert not {"docs/en/outside.md", "docs/en/broken.md"} & set(files)


def test_strange_names(project: Path) -> None:
    names = ["docs/en/ü 页.md", 'docs/en/a"b\tc.md', "docs/en/-x.png"]
    for name in names:
        (project / name).write_bytes(b"x")
    git(project, "add", ".")
    git(project, "commit", "--quiet", "--message=names")
    found = revisions.read_commit(project, revisions.find_commit(project, "HEAD"))
    assert found == revisions.read_folder(project)
    assert set(names) <= {*found.files, *found.assets}


def test_diff_against_the_last_commit(project: Path) -> None:
    result = diff(project)
    assert result.exit_code == 0
    assert result.output.endswith("No reader will see a change.\n")
    write(project, SMALL.edit(FIRST, "amount: 1200.50", "amount: 1300.50"))
    result = diff(project)
    assert result.exit_code == 0
    assert "`amount` USD 1,200.50 → USD 1,300.50" in result.output.replace("\u00a0", " ")


def test_drafts_are_compared_on_request(project: Path) -> None:
    held = "  - id: money-came\n    held: draft\n"
    write(project, SMALL.edit(FIRST, "  - id: money-came\n", held))
    git(project, "commit", "--quiet", "--all", "--message=held")
    after = SMALL.edit(FIRST, "  - id: money-came\n", held)
    write(project, after.edit(FIRST, "text: Money came.", "text: It came."))
    (project / "docs/en/page.md").write_text("---\nheld: draft\n---\n# Page\n", encoding="utf-8")
    assert "It came." not in diff(project).output
    output = diff(project, "--drafts").output
    assert "It came." in output
    assert "no longer answer" not in output


def test_a_comment_in_the_data_is_no_change(project: Path) -> None:
    (project / FIRST).write_bytes(
        b"# a note to ourselves\r\n" + SMALL.files[FIRST].replace(b"\n", b"\r\n")
    )
    assert "No reader will see a change." in diff(project).output


def test_diff_against_a_branch_that_has_moved_on(project: Path) -> None:
    git(project, "checkout", "--quiet", "-b", "work")
    write(project, SMALL.edit(FIRST, "text: Money came.", "text: Money came at last."))
    git(project, "commit", "--quiet", "--all", "--message=work")
    git(project, "checkout", "--quiet", "main")
    write(project, SMALL.edit(FIRST, "role: gives brooms", "role: gives many brooms"))
    git(project, "commit", "--quiet", "--all", "--message=main moves on")
    git(project, "checkout", "--quiet", "work")
    whole, own = diff(project, "main").output, diff(project, "main", "--since-fork").output
    assert "brooms" in whole
    assert "at last" in own and "brooms" not in own


@pytest.mark.parametrize("revision", ["nothing", "--help-me", "HEAD~7", "HEAD:data", ""])
def test_an_unknown_revision(project: Path, revision: str) -> None:
    result = diff(project, "--", revision)
    assert result.exit_code == 2
    assert f"there is no revision {revision} here" in result.stderr
    assert not result.stdout


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "mkdocs.yml").write_text("")
    result = diff(tmp_path)
    assert result.exit_code == 2
    assert result.stderr.startswith("git cannot read this folder (not a git repository")
    monkeypatch.setenv("PATH", "")
    assert "git was not found" in diff(tmp_path).stderr


def test_histories_without_a_common_commit(project: Path) -> None:
    git(project, "checkout", "--quiet", "--orphan", "other")
    git(project, "commit", "--quiet", "--message=other")
    result = diff(project, "--since-fork", "main")
    assert result.exit_code == 2
    assert "no commit in common" in result.stderr


def test_data_with_errors_is_not_compared(project: Path) -> None:
    write(project, SMALL.edit(FIRST, "place: port", "place: prot"))
    result = diff(project)
    assert result.exit_code == 0
    assert "one problem and cannot be published" in result.output
    assert "`data/resolutions/1-1.yml:53:12` the place prot is not in places.yml" in result.output
    git(project, "commit", "--quiet", "--all", "--message=wrong")
    write(project, SMALL)
    assert "The data at that revision has problems by today’s rules" in diff(project).output


def test_a_page_with_errors_does_not_hinder_the_rest(project: Path) -> None:
    write(project, SMALL.edit(FIRST, "themes: [water]", "themes: [fish]"))
    (project / "docs/en/page.md").write_text("# Page {#page}\n\n{{ overviw() }}\n")
    output = diff(project).output
    assert "`docs/en/page.md:3:1` there is no macro overviw" in output
    assert "`themes` Water → Fish" in output


def test_dead_addresses_can_fail_the_command(project: Path) -> None:
    assert diff(project, "--fail-on-dead").exit_code == 0
    write(project, SMALL.edit(FIRST, "  - id: money-came", "  - id: cash-came"))
    assert diff(project).exit_code == 0
    result = diff(project, "--fail-on-dead")
    assert result.exit_code == 1
    assert "`/resolutions/1-1/#money-came`" in result.output


def test_json(project: Path) -> None:
    write(project, SMALL.edit(FIRST, "amount: 1200.50", "amount: 1300"))
    values = json.loads(diff(project, "--format", "json").output)
    assert values["commit"] == git(project, "rev-parse", "HEAD")
    assert values["problems"] == []
    change = values["differences"]["changes"][0]
    assert change["entry"] == "contributions.acme-gift"
    assert change["after"] == {"amount": "1300", "currency": "USD", "approximate": False}
    write(project, SMALL.edit(FIRST, "place: port", "place: prot"))
    values = json.loads(diff(project, "--format", "json", "--lang", "zh").output)
    assert values["differences"] is None
    assert [problem["line"] for problem in values["problems"]] == [53]


def test_other_languages(project: Path) -> None:
    assert "读者不会看到任何变化" in diff(project, "--lang", "zh").output
    assert "Rien ne changera" in diff(project, "--lang", "fr").output
    assert diff(project, "--lang", "xx-yy").exit_code == 2


def test_a_revision_of_an_older_format_is_compared_as_if_it_were_of_the_present_one(
    tmp_path: Path,
) -> None:
    shutil.copytree(FORMAT_1 / "data", tmp_path / "data")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message=first")
    assert CliRunner().invoke(main, ["migrate", "--root", str(tmp_path)]).exit_code == 0
    result = diff(tmp_path, "main")
    assert result.exit_code == 0
    assert "No reader will see a change." in result.output


@pytest.mark.parametrize(
    ("right", "wrong", "line"),
    [
        ("status: in-preparation", "status: implemented", 16),
        ("mobilized: 1000", "mobilized: 1500", 88),
        ("state: pledged\n        amount: 1000", "state: pledged\n        amount: 900", 100),
    ],
    ids=["status of an old report", "resource of an old report", "amount of an old report"],
)
def test_what_an_earlier_report_said_is_not_rewritten(
    project: Path, right: str, wrong: str, line: int
) -> None:
    """A point of the review of 29 November 2026: rewriting, against "only add"."""
    assert list(find_rewritten(project, SMALL.files, "autumn")) == []
    edited = SMALL.edit(FIRST, right, wrong)
    (project / FIRST).write_bytes(edited.files[FIRST])
    [problem] = find_rewritten(project, edited.files, "autumn")
    assert (problem.line, problem.code, problem.severity) == (line, "rewritten", "notice")
    assert list(find_rewritten(project, edited.files, "spring")) == []  # the newest may change


def test_without_a_commit_nothing_is_rewritten(tmp_path: Path, project: Path) -> None:
    assert list(find_rewritten(tmp_path.parent, SMALL.files, "autumn")) == []

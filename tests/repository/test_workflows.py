"""Files for GitHub: least permissions, pinned actions, forms with the fields that links fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

GITHUB = Path(__file__).parent.parent.parent / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.y*ml"))

WRITES = {
    ("preview.yml", "comment"): {"pull-requests": "write"},
    ("publish.yml", "deploy"): {"pages": "write", "id-token": "write"},
    ("publish.yml", "lock"): {"contents": "write"},
}
"""The only jobs with write permissions, and which."""


def load(path: Path) -> dict[str, Any]:
    """A file; `on:` is read as a word, not as `true`."""
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)


def jobs(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from load(path)["jobs"].items()


def steps(path: Path) -> Iterator[dict[str, Any]]:
    for _, job in jobs(path):
        yield from job.get("steps", [])


def test_there_are_workflows() -> None:
    assert {path.name for path in WORKFLOWS} == {"check.yml", "preview.yml", "publish.yml"}


@pytest.fixture(params=WORKFLOWS, ids=lambda path: path.name)
def workflow(request: pytest.FixtureRequest) -> Path:
    return request.param


def test_permissions_are_none_for_the_workflow_and_minimal_for_each_job(workflow: Path) -> None:
    assert load(workflow)["permissions"] == {}
    for name, job in jobs(workflow):
        assert isinstance(job["permissions"], dict), name
        writes = {scope: right for scope, right in job["permissions"].items() if right != "read"}
        assert writes == WRITES.get((workflow.name, name), {}), name


def test_actions_are_pinned_by_the_hash_of_a_commit_with_its_release(
    workflow: Path,
) -> None:
    lines = [
        line for line in workflow.read_text("utf-8").splitlines() if re.search(r"\buses:", line)
    ]
    assert len(lines) == sum(
        "uses" in part for part in [*steps(workflow), *(job for _, job in jobs(workflow))]
    )
    for line in lines:
        assert re.search(r"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


def test_one_action_has_one_hash_everywhere() -> None:
    found: dict[str, set[str]] = {}
    for path in WORKFLOWS:
        for step in steps(path):
            if "uses" in step:
                action, _, commit = step["uses"].partition("@")
                found.setdefault(action, set()).add(commit)
    assert all(len(commits) == 1 for commits in found.values()), found


def test_no_workflow_runs_the_code_of_others_with_the_rights_of_this_repository(
    workflow: Path,
) -> None:
    assert not {"pull_request_target", "workflow_run", "issue_comment"} & set(load(workflow)["on"])


def test_no_secret_is_used(workflow: Path) -> None:
    """Pull requests come from anyone; publishing needs none either."""
    assert not re.search(r"\$\{\{[^}]*\bsecrets\b", workflow.read_text("utf-8"))
    assert not [name for name, job in jobs(workflow) if "secrets" in job]


def test_no_expression_stands_in_a_script(workflow: Path) -> None:
    """Expressions are replaced before the shell reads a script, environment variables are not."""
    for step in steps(workflow):
        assert "${{" not in step.get("run", ""), step
        if "github-script" in step.get("uses", ""):
            assert "${{" not in step["with"]["script"], step


def test_a_job_that_may_write_checks_nothing_out_and_not_for_forks(workflow: Path) -> None:
    for name, job in jobs(workflow):
        if (workflow.name, name) in WRITES:
            assert not [step for step in job["steps"] if "checkout" in step.get("uses", "")], name
            if "pull_request" in load(workflow)["on"]:
                assert (
                    "github.event.pull_request.head.repo.full_name == github.repository"
                    in job["if"]
                ), name


def test_the_site_is_published_every_day() -> None:
    (schedule,) = load(GITHUB / "workflows" / "publish.yml")["on"]["schedule"]
    assert schedule["cron"].split()[2:] == ["*", "*", "*"]


def test_code_is_checked_by_make_lint_and_make_test() -> None:
    commands = {step.get("run") for step in steps(GITHUB / "workflows" / "check.yml")}
    assert {"make lint", "make test", ".ci/run"} <= commands


def test_the_token_is_not_left_in_the_checkout(workflow: Path) -> None:
    for step in steps(workflow):
        if "actions/checkout@" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] == "false", step


def test_every_job_ends(workflow: Path) -> None:
    for name, job in jobs(workflow):
        assert int(job["timeout-minutes"]) <= 60, name


def test_commands_of_workflows_exist(repo: Path) -> None:
    targets = set(
        re.findall(r"^([a-z][a-z-]*):", (repo / "Makefile").read_text("utf-8"), re.MULTILINE)
    )
    for path in WORKFLOWS:
        for step in steps(path):
            assert set(re.findall(r"^make ([a-z-]+)", step.get("run", ""), re.MULTILINE)) <= targets
    assert (repo / ".ci" / "run").is_file()


def test_the_forms_have_the_fields_that_links_fill_in() -> None:
    forms = {
        path.name: load(path)
        for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml")
        if path.name != "config.yml"
    }
    assert {"mistake.yml", "addition.yml"} <= set(forms)
    for name, form in forms.items():
        assert form["name"] and form["description"], name
        ids = [field["id"] for field in form["body"] if "id" in field]
        assert len(ids) == len(set(ids)), name
    page = next(field for field in forms["mistake.yml"]["body"] if field.get("id") == "page")
    assert page["type"] == "input"  # `?template=mistake.yml&page=…` fills in no other sort

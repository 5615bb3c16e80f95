"""The command line, as people use it."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from macros.build.output import MARK
from macros.cli.main import main
from macros.corpus.loading import KINDS
from tests.conftest import REPO, essential, run_tracker
from tests.organ import BODY, FIRST, SECOND, SMALL, Organ


def run(*arguments: object) -> Result:
    """The command in this process; anything but an orderly exit is raised."""
    return CliRunner().invoke(
        main, [str(argument) for argument in arguments], catch_exceptions=False
    )


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764547200")


def written(folder: Path, organ: Organ = SMALL) -> Path:
    """An organ on the disk."""
    for name, raw in organ.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    shutil.copy(REPO / "mkdocs.yml", folder)
    (folder / "docs" / "en").mkdir(parents=True, exist_ok=True)
    return folder


# --- check ----------------------------------------------------------------------------------------


def test_check_without_any_problem(tmp_path: Path) -> None:
    result = run("check", "--root", written(tmp_path))
    assert result.exit_code == 0
    coverage, summary = result.output.splitlines()
    assert coverage.startswith("notice: Not covered for autumn: ")
    assert summary == f"{len(SMALL.files)} files checked: no problem."


def test_check_prints_a_line_for_every_problem_of_every_file_in_order(tmp_path: Path) -> None:
    organ = (
        SMALL.edit(FIRST, "place: port", "place: prot")
        .edit(FIRST, "  - id: money-came", "  - id: plan-written")
        .edit(SECOND, "status: under-implementation", "status: implementd")
    )
    result = run("check", "--root", written(tmp_path, organ))
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "data/resolutions/1-1.yml:43:9: the id plan-written is already used in line 36; "
        "give this entry another",
        "data/resolutions/1-1.yml:53:12: the place prot is not in places.yml; did you mean “port”?",
        "data/resolutions/1-2.yml:9:13: the status implementd is not in vocabulary.yml; "
        "did you mean “implemented”?",
        f"{len(organ.files)} files checked: 3 problems.",
    ]


def test_check_looks_at_the_pages_too(tmp_path: Path) -> None:
    organ = SMALL.add("docs/en/page.md", "# Page {#page}\n\n{{ overviw() }}\n").add(
        "docs/en/b.md", "---\ntitel: B\n---\n"
    )
    result = run("check", "--root", written(tmp_path, organ))
    assert result.exit_code == 1
    assert result.output.splitlines()[1:-1] == [
        "docs/en/b.md:2:1: the key titel is not known at the top of a page; did you mean “title”?",
        "docs/en/page.md:3:1: there is no macro overviw; did you mean “overview”?",
    ]


def test_check_tells_the_problems_of_data_and_pages_at_once(tmp_path: Path) -> None:
    organ = SMALL.edit(FIRST, "place: port", "place: prot").add(
        "docs/en/x.md", "{{ overviw() }}\n<script>\n"
    )
    result = run(
        "check", "--root", written(tmp_path, organ.add("docs/en/y.md", "<script>x</script>"))
    )
    assert [line.split(":")[0] for line in result.output.splitlines()[:-1]] == [
        FIRST,
        "docs/en/x.md",
        "docs/en/y.md",
    ]


@pytest.mark.parametrize("language", ["qq", "", "..", "en/../fr", "English"])
def test_check_refuses_what_is_no_language(tmp_path: Path, language: str) -> None:
    result = run("check", "--root", written(tmp_path), "--lang", language)
    assert result.exit_code == 2
    assert "is not a language; write en, zh or fr" in result.output


@pytest.mark.parametrize("value", ["abc", "-1", "1.5", "9" * 12, "٣"])
def test_a_moment_of_the_build_that_is_none_is_told(
    tmp_path: Path, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    result = run("check", "--root", written(tmp_path))
    assert result.exit_code == 1
    assert "SOURCE_DATE_EPOCH" in result.output and "seconds since 1970" in result.output


def test_check_speaks_other_languages(tmp_path: Path) -> None:
    folder = written(tmp_path, SMALL.edit(FIRST, "place: port", "place: prot"))
    found = {
        language: run("check", "--root", folder, "--lang", language).output
        for language in ("en", "zh", "fr")
    }
    assert len(set(found.values())) == 3
    assert all(text.startswith("data/resolutions/1-1.yml:53:12: ") for text in found.values())


BILINGUAL = SMALL.edit(BODY, "languages: [en]", "languages: [en, zh]").add(
    "data/translations/zh/resolutions/1-10.yml",
    "title: {original: Nothing was known, text: 一无所知}\n",
)


def test_missing_and_outdated_translations_are_notices(tmp_path: Path) -> None:
    result = run("check", "--root", written(tmp_path, BILINGUAL))
    assert result.exit_code == 0
    *notices, count, _coverage, summary = result.output.splitlines()
    assert all(line.startswith("notice: data/translations/zh/") for line in notices)
    assert summary.endswith("no problem.")
    assert count == f"{len(notices)} notices (not errors)."
    assert (
        "notice: data/translations/zh/resolutions/1-10.yml:1:19: "
        "title was translated from an earlier text" in result.output
    )


@pytest.mark.parametrize("form", ["text", "github"])
def test_errors_come_after_notices_and_alone_if_wanted(tmp_path: Path, form: str) -> None:
    """A point of the review: errors stood above hundreds of notices."""
    folder = written(tmp_path, BILINGUAL.edit(FIRST, "place: port", "place: prot"))
    lines = run("check", "--root", folder, "--format", form).output.splitlines()
    is_error = ["prot is not in places.yml" in line for line in lines]
    assert is_error.index(True) == len(lines) - 2 and sum(is_error) == 1
    assert "notice" in lines[0] and lines[-1].endswith("one problem.")
    quiet = run("check", "--root", folder, "--format", form, "--quiet")
    assert quiet.output.splitlines() == lines[-2:] and quiet.exit_code == 1


def test_quiet_leaves_notices_out_of_json(tmp_path: Path) -> None:
    folder = written(tmp_path, BILINGUAL)
    told = json.loads(run("check", "--root", folder, "--format", "json", "--quiet").output)
    assert told["notices"] == [] and told["errors"] == []


def test_with_complete_they_are_errors(tmp_path: Path) -> None:
    folder = written(tmp_path, BILINGUAL)
    notices = run("check", "--root", folder).output.count("notice: data/")
    result = run("check", "--root", folder, "--complete")
    assert result.exit_code == 1
    assert "notice" not in result.output
    assert result.output.endswith(f"files checked: {notices} problems.\n")


def test_the_shipped_content_is_complete() -> None:
    result = run("check", "--root", REPO, "--complete")
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("command", ["check", "build", "serve", "diff"])
def test_a_folder_that_is_no_project(tmp_path: Path, command: str) -> None:
    result = run(command, "--root", tmp_path)
    assert result.exit_code == 1
    assert "has no mkdocs.yml" in result.output and "--root" in result.output


PAGE = "docs/en/index.md"


@pytest.mark.parametrize("name", [BODY, FIRST, "data/vocabulary.yml", PAGE, "data/x.yml"])
def test_no_content_makes_a_traceback(tmp_path: Path, name: str) -> None:
    folder = written(tmp_path)
    for raw in (
        b"\xff\xfe\x00",
        b"",
        b"[" * 1000,
        b"a: &a [*a]\n",
        b"\t",
        b"- 1\n",
        b"{}\n",
        b"---\n---\n",
        b"!!python/object:os.system x\n",
    ):
        (folder / name).write_bytes(raw)
        result = run("check", "--root", folder)
        # In a page: not UTF-8, and what MkDocs would take for front matter
        is_refused = name != PAGE or raw.startswith((b"\xff", b"a: "))
        assert result.exit_code == int(is_refused), (raw, result.output)
        assert "Traceback" not in result.output, raw


# --- build ----------------------------------------------------------------------------------------


def test_a_failed_build_leaves_the_last_good_site_and_says_why(tmp_path: Path) -> None:
    folder = written(tmp_path, SMALL.edit(FIRST, "place: port", "place: prot"))
    (folder / "site").mkdir()
    (folder / "site" / MARK).touch()
    (folder / "site" / "index.html").write_text("the last good one")
    result = run("build", "--root", folder)
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert "data/resolutions/1-1.yml:53:12: the place prot is not in places.yml" in result.output
    assert "what was built before is still in site/" in result.output
    assert {path.name: path.read_text() for path in (folder / "site").iterdir()} == {
        MARK: "",
        "index.html": "the last good one",
    }
    assert sorted(path.name for path in folder.iterdir() if path.name != ".cache") == [
        "data",
        "docs",
        "mkdocs.yml",
        "site",
    ]


def test_a_build_into_an_unmarked_folder_is_refused(tmp_path: Path) -> None:
    folder = written(tmp_path, SMALL)
    (folder / "site").mkdir()
    (folder / "site" / "mine.txt").write_text("mine")
    result = run("build", "--root", folder)
    assert result.exit_code == 1
    assert "site is not empty and no built site: choose another folder." in result.output
    assert [path.name for path in (folder / "site").iterdir()] == ["mine.txt"]


def test_a_build_that_fails_the_first_time_writes_nothing(tmp_path: Path) -> None:
    folder = written(tmp_path, SMALL.add("docs/en/page.md", "{{ nobody() }}\n"))
    result = run("build", "--root", folder)
    assert result.exit_code == 1
    assert "docs/en/page.md:1:1: there is no macro nobody" in result.output
    assert "nothing was written" in result.output and "Traceback" not in result.output
    assert sorted(path.name for path in folder.iterdir() if path.name != ".cache") == [
        "data",
        "docs",
        "mkdocs.yml",
    ]


# --- schema ---------------------------------------------------------------------------------------


def test_schema_says_whether_the_schemas_are_up_to_date(tmp_path: Path) -> None:
    run("init", str(tmp_path / "new"), "--name", "Assembly of the Lakes")
    assert run("schema", "--check", "--root", str(tmp_path / "new")).exit_code == 0
    (tmp_path / "new/schema/body.json").write_text("{}", encoding="utf-8")
    assert run("schema", "--check", "--root", str(tmp_path / "new")).exit_code == 1
    run("schema", "--root", str(tmp_path / "new"))
    assert run("schema", "--check", "--root", str(tmp_path / "new")).exit_code == 0


@pytest.mark.parametrize("kind", essential([*KINDS, "resolution"], "resolution"))
def test_the_schema_of_a_kind_explains_itself(kind: str) -> None:
    schema = json.loads(run("schema", kind).output)
    assert schema["type"] == "object"
    assert schema["additionalProperties"] is False
    assert schema["properties"] and schema["description"]


def test_the_schema_of_a_resolution_describes_its_fields() -> None:
    schema = json.loads(run("schema", "resolution").output)
    assert schema["properties"]["title"]["description"] == "Title in the working language."
    assert schema["required"] == ["number", "title", "title_basis"]
    assert "EDTF" in json.dumps(schema["$defs"]["EventReport"])


def test_a_kind_that_has_no_schema() -> None:
    result = run("schema", "resolutoin")
    assert result.exit_code == 2
    assert "resolutoin is not one of: body, " in result.output


# --- init -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "湖泊委员会",
        "Union: of #things",
        "- dash",
        "{braces}",
        'O\'Brien "Board"',
        "&co *all",
        "1.5",
        "no",
        "\\back\\slash",
    ],
)
@pytest.mark.parametrize("language", essential(["en", "fr"], "fr"))
def test_a_new_organ_passes_the_check(tmp_path: Path, name: str, language: str) -> None:
    folder = tmp_path / "new" / "organ"
    result = run("init", folder, "--name", name, "--language", language, "--currency", "CHF")
    assert result.exit_code == 0
    assert all(
        Path(line.removeprefix("wrote ")).is_file()
        for line in result.output.splitlines()
        if line.startswith("wrote ")
    )
    assert f"tracker check --root {folder}" in result.output
    check = run("check", "--root", folder, "--complete")
    assert check.exit_code == 0, check.output


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--currency", "chf"),
        ("--language", "FR"),
        ("--language", "../../../evil"),
        ("--language", "xx"),
    ],
)
def test_init_refuses_what_the_check_refuses(tmp_path: Path, option: str, value: str) -> None:
    result = run("init", tmp_path / "new", "--name", "Lake Commission", option, value)
    assert result.exit_code == 1
    assert "Nothing was written.\ndata/body.yml:" in result.output and value in result.output
    assert not list(tmp_path.iterdir())


def test_a_new_organ_has_what_it_takes_to_install_publish_and_check_it(tmp_path: Path) -> None:
    run("init", tmp_path / "new", "--name", "Commission du Léman", "--language", "fr")
    folder = tmp_path / "new"
    workflows = {path.name for path in (folder / ".github" / "workflows").iterdir()}
    assert workflows == {"check.yml", "publish.yml"}
    assert "/site/" in (folder / ".gitignore").read_text()
    assert "--hash=sha256:" in (folder / "requirements.lock").read_text()
    assert "Commission du Léman : suivi des résolutions" in (folder / "README.md").read_text()
    assert 'name: "En cours d’application"' in (folder / "data" / "vocabulary.yml").read_text()
    assert "First" not in (folder / "data" / "periods.yml").read_text()


def test_the_module_is_a_command_too() -> None:
    assert "Usage" in run_tracker("--help").stdout


def test_init_never_writes_over_anything(tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("precious")
    result = run("init", tmp_path, "--name", "Lake Commission")
    assert result.exit_code == 1
    assert "is not empty; name a new folder" in result.output
    assert [path.name for path in tmp_path.rglob("*")] == ["precious.txt"]


# --- all of it ------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [[], *([name] for name in sorted(main.commands))])
def test_every_command_explains_itself(command: list[str]) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert result.output.startswith("Usage: ")
    assert (main.commands[command[0]] if command else main).help.split("\n")[0][
        :40
    ] in result.output


# --- no tracebacks --------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["127.0.0.1:{busy}", "127.0.0.1:99999", "127.0.0.1:x", "8000x"])
def test_an_address_that_cannot_be_served(tmp_path: Path, address: str) -> None:
    """A point of the review: a busy port, port 99999."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        given = address.format(busy=server.getsockname()[1])
        result = run("serve", "--root", written(tmp_path), "--address", given)
    assert result.exit_code == 2
    assert f"{given} cannot be served" in result.output
    assert "write another port, such as 127.0.0.1:8001" in result.output


def test_mkdocs_alone_without_the_plugin(tmp_path: Path) -> None:
    folder = written(tmp_path)
    text = (folder / "mkdocs.yml").read_text("utf-8")
    (folder / "mkdocs.yml").write_text(text.replace("  - tracker\n", ""), "utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "-q"]
    built = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert built.returncode == 1 and "Traceback" not in built.stderr
    assert "The plugin tracker is missing in mkdocs.yml" in built.stdout + built.stderr


@pytest.mark.parametrize("command", ["build", "serve", "check"])
def test_a_configuration_without_the_plugin(tmp_path: Path, command: str) -> None:
    """A point of the review: a `mkdocs.yml` without `- tracker`."""
    folder = written(tmp_path)
    text = (folder / "mkdocs.yml").read_text("utf-8")
    (folder / "mkdocs.yml").write_text(text.replace("  - tracker\n", ""), "utf-8")
    result = run(command, "--root", folder)
    assert result.exit_code == 1
    assert "the plugin tracker is missing; add it below plugins" in result.output

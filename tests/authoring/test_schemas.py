"""The schemas that editors read: explained in every field, and up to date."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from click.testing import CliRunner, Result

from macros.authoring import schemas
from macros.build.project import Project
from macros.cli.main import main
from macros.corpus.files import read_tree
from macros.corpus.loading import load
from macros.i18n.messages import Catalogue
from macros.model import dates
from tests.conftest import REPO
from tests.organ import ORGANIZATIONS, PLACES, SMALL, STATEMENTS


@pytest.fixture(scope="module")
def made(project: Project) -> dict[str, dict[str, Any]]:
    return {kind: schemas.schema(kind, project.corpora["en"]) for kind in schemas.KINDS}


def objects(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The records that a schema describes."""
    for name, found in [("", schema), *schema["$defs"].items()]:
        if found.get("type") == "object":
            yield name, found


# --- what they say --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", schemas.KINDS)
def test_every_record_and_field_explains_itself(made: dict[str, dict[str, Any]], kind: str) -> None:
    assert made[kind]["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for name, found in objects(made[kind]):
        assert found["title"] and found["description"] and found["additionalProperties"] is False, (
            name
        )
        for field, part in found.get("properties", {}).items():
            assert part["description"].endswith((".", "!")), f"{name}.{field}"


@pytest.mark.parametrize("kind", schemas.KINDS)
def test_no_field_offers_null_or_one_single_free_value(
    made: dict[str, dict[str, Any]], kind: str
) -> None:
    """An editor that knows a single example writes it beside the key: a fact that nobody stated."""
    assert '"null"' not in json.dumps(made[kind])
    for name, found in objects(made[kind]):
        for field, part in found.get("properties", {}).items():
            form = {**made[kind]["$defs"].get(part.get("$ref", "").rpartition("/")[2], {}), **part}
            if not {"enum", "const", "items", "properties"} & form.keys():
                assert len(form.get("examples", ())) != 1, f"{name}.{field}"


@pytest.mark.parametrize("kind", schemas.KINDS)
def test_examples_have_the_form_of_their_field(made: dict[str, dict[str, Any]], kind: str) -> None:
    for name, found in objects(made[kind]):
        for field, part in found.get("properties", {}).items():
            form = {**made[kind]["$defs"].get(part.get("$ref", "").rpartition("/")[2], {}), **part}
            for example in form.get("examples", []):
                assert example in form.get("enum", [example]), f"{name}.{field}"
                if "pattern" in form and isinstance(example, str):
                    assert re.search(form["pattern"], example), f"{name}.{field}"


@pytest.mark.parametrize(
    "text",
    [
        *re.findall(r"[\d.][\d./~?-]+", dates.FORMS),
        "2024-12-09/2024-12-11",
        "1945",
        "2024-41",
        "2024-02-29",
        "2024%",
    ],
)
def test_the_pattern_of_dates_knows_every_form(text: str) -> None:
    dates.parse(text)
    assert re.search(dates.PATTERN, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2024-13",
        "2024-12-32",
        "24-12-09",
        "2024/",
        "/2024",
        "../..",
        "2024-36-01",
        "2024-1",
        "0999",
    ],
)
def test_the_pattern_of_dates_refuses_what_is_none(text: str) -> None:
    with pytest.raises(dates.DateError):
        dates.parse(text)
    assert not re.search(dates.PATTERN, text)


# --- the organ's own data -------------------------------------------------------------------------


def test_references_list_what_the_organ_has_with_names() -> None:
    corpus = SMALL.corpus()
    definitions = schemas.schema("resolution", corpus)["$defs"]
    for kind, known in {
        "status": corpus.words["statuses"], "event_kind": corpus.words["event_kinds"],
        "period": corpus.periods,
        "document": corpus.documents, "place": corpus.places, "organization": corpus.organizations,
        "resolution": corpus.resolutions,
    }.items():  # fmt: skip
        assert definitions[kind]["enum"] == [*known], kind
        assert len(definitions[kind]["enumDescriptions"]) == len(known) and all(
            definitions[kind]["enumDescriptions"]
        )
    assert definitions["session"]["enum"] == [1, 2]


def test_another_organ_has_other_words() -> None:
    files, _ = read_tree(REPO / "tests" / "fixtures" / "second-organ", ("data",))
    corpus = load(files).corpora["fr"]
    definitions = schemas.schema("resolution", corpus)["$defs"]
    assert definitions["status"]["enum"] == [
        "dormante",
        "en-cours",
        *list(corpus.words["statuses"])[2:],
    ]
    assert definitions["status"]["enumDescriptions"][0] == "Dormante: Rien n’a encore été fait."
    assert "implemented" not in json.dumps(definitions["Assessment"])


def test_where_there_is_nothing_yet_anything_may_be_named() -> None:
    loaded = load({"data/organizations.yml": b"organizations: []\n", **_bare()})
    assert loaded.errors == ()
    definition = schemas.schema("resolution", loaded.corpora["en"])["$defs"]["organization"]
    assert definition == {"type": "string"}


def _bare() -> dict[str, bytes]:
    """The small organ without resolutions and without those whom they name."""
    gone = (ORGANIZATIONS, PLACES, STATEMENTS, "data/sessions.yml")
    return {
        name: raw
        for name, raw in SMALL.files.items()
        if name not in gone and "/resolutions/" not in name
    }


def test_a_translation_has_the_name_of_a_text_field(
    made: dict[str, dict[str, Any]], project: Project
) -> None:
    [pattern] = made["translations"]["patternProperties"]
    for name, raw in read_tree(REPO, ("data/translations",))[0].items():
        for key in re.findall(r"^([^\s#][^:\n]*):", raw.decode(), re.M):
            assert re.search(pattern, key.strip("'\"")), f"{name}: {key}"
    assert not re.search(pattern, "titel") and not re.search(pattern, "op-2.gits")


# --- the files ------------------------------------------------------------------------------------


def without_words(value: Any) -> Any:
    """A schema without the lists of allowed words."""
    if isinstance(value, dict):
        return {
            key: without_words(part)
            for key, part in value.items()
            if not key.lower().endswith(("enum", "enumdescriptions"))
        }
    return [without_words(part) for part in value] if isinstance(value, list) else value


def test_the_committed_schemas_are_those_of_the_model(project: Project) -> None:
    """If this fails, the model has changed: run `make schema` and commit what it writes.

    The organ's own words and ids are left out: who adds an organization in a web editor cannot
    renew the schemas, and `tracker schema --check` tells those who can.
    """
    made = {name: json.loads(text) for name, text in schemas.files(project.corpora["en"]).items()}
    kept = {
        path.relative_to(REPO).as_posix(): json.loads(path.read_text("utf-8"))
        for path in (REPO / "schema").iterdir()
    }
    assert sorted(kept) == sorted(made)
    assert [name for name in made if without_words(made[name]) != without_words(kept[name])] == []


def test_they_are_the_same_every_time(project: Project) -> None:
    corpus = project.corpora["en"]
    assert schemas.files(corpus) == schemas.files(corpus)
    assert all(
        text.endswith("}\n") and not text.endswith("\n\n")
        for text in schemas.files(corpus).values()
    )


@pytest.mark.parametrize(
    "path",
    sorted((REPO / "data").rglob("*.yml")),
    ids=lambda path: path.relative_to(REPO).as_posix(),
)
def test_every_data_file_begins_by_naming_its_schema(path: Path) -> None:
    name = path.relative_to(REPO).as_posix()
    first = path.read_text("utf-8").split("\n", 1)[0]
    assert first == schemas.modeline(name)
    address = first.removeprefix("# yaml-language-server: $schema=")
    assert (path.parent / address).resolve() == REPO / "schema" / f"{schemas.kind_of(name)}.json"
    assert (path.parent / address).is_file()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("data/body.yml", "body"),
        ("data/resolutions/2-4.yml", "resolution"),
        ("data/translations/zh/resolutions/2-4.yml", "translations"),
        ("data/translations/zh/body.yml", "translations"),
    ],
)
def test_which_schema_a_file_has(name: str, kind: str) -> None:
    assert schemas.kind_of(name) == kind


def test_the_settings_of_the_workspace_know_every_data_file() -> None:
    settings = json.loads((REPO / ".vscode" / "settings.json").read_text("utf-8"))
    known = settings["yaml.schemas"]
    assert sorted(known) == [f"./schema/{kind}.json" for kind in sorted(schemas.KINDS)]
    for path in (REPO / "data").rglob("*.yml"):
        name = path.relative_to(REPO)
        found = [schema for schema, glob in known.items() if _matches(name.as_posix(), glob)]
        assert found == [f"./schema/{schemas.kind_of(name.as_posix())}.json"]


def _matches(name: str, glob: str) -> bool:
    return PurePosixPath(name).match(glob) or (
        "**" in glob and name.startswith(glob.partition("**")[0])
    )


@pytest.mark.parametrize("name", ["settings.json", "extensions.json"])
def test_a_new_organ_has_the_settings_of_this_project(name: str) -> None:
    assert (REPO / "macros" / "authoring" / "starter" / ".vscode" / name).read_bytes() == (
        REPO / ".vscode" / name
    ).read_bytes()


# --- the command ----------------------------------------------------------------------------------


def run(*arguments: object) -> Result:
    return CliRunner().invoke(
        main, [str(argument) for argument in arguments], catch_exceptions=False
    )


@pytest.fixture
def organ(tmp_path: Path) -> Path:
    """A new organ, as `tracker init` begins it."""
    assert run("init", tmp_path / "organ", "--name", "Lake Commission").exit_code == 0
    return tmp_path / "organ"


def test_a_new_organ_has_its_schemas_and_modelines(organ: Path) -> None:
    assert run("schema", "--check", "--root", organ).exit_code == 0
    for path in (organ / "data").rglob("*.yml"):
        first = path.read_text("utf-8").split("\n", 1)[0]
        assert first == schemas.modeline(path.relative_to(organ).as_posix())
        assert (path.parent / first.partition("=")[2]).is_file()
    assert (organ / ".vscode" / "extensions.json").is_file()


def test_schemas_follow_the_data(organ: Path) -> None:
    places = organ / "data" / "places.yml"
    places.write_text("places:\n  - {id: port, name: Port, kind: city}\n")
    old = run("schema", "--check", "--root", organ)
    assert old.exit_code == 1
    assert (
        "not up to date" in old.output
        and "schema/resolution.json" in old.output
        and "body" not in old.output
    )
    assert "tracker schema" in old.output
    written = run("schema", "--root", organ)
    assert written.exit_code == 0
    assert "wrote schema/resolution.json" in written.output.splitlines()
    assert json.loads((organ / "schema" / "resolution.json").read_text("utf-8"))["$defs"]["place"][
        "enum"
    ] == ["port"]
    assert (
        run("schema", "--check", "--root", organ).output
        == f"All {len(schemas.KINDS)} schemas are up to date.\n"
    )


def test_one_schema_is_printed_and_nothing_written(organ: Path) -> None:
    before = {path: path.read_bytes() for path in organ.rglob("*") if path.is_file()}
    printed = run("schema", "translations", "--root", organ)
    assert printed.output == (organ / "schema" / "translations.json").read_text("utf-8")
    assert {path: path.read_bytes() for path in organ.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("language", ["en", "zh", "fr"])
def test_data_with_problems_makes_no_schema(organ: Path, language: str) -> None:
    (organ / "data" / "places.yml").write_text("places: {}\n")
    result = run("schema", "--root", organ, "--lang", language)
    assert result.exit_code == 1
    assert result.output.strip().endswith(Catalogue.of(language).t("schema.data", count=1))
    assert "tracker check" in result.output

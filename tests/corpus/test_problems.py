"""Problems: a sentence for every code in every language, and the forms of a report."""

from __future__ import annotations

import ast
import json
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import macros
from macros.cli.main import main
from macros.corpus.loading import KINDS
from macros.corpus.problems import Problem
from macros.corpus.validation import _CODES, _kind_of
from macros.i18n.messages import Catalogue
from macros.model.fields import Record, Ref
from macros.model.resolution import Resolution
from macros.model.traversal import marked_fields
from tests.cli.test_main import written
from tests.organ import FIRST, SECOND, SMALL, Organ

PACKAGE = Path(macros.__file__).parent
LANGUAGES = ("en", "zh", "fr")

NOTES = {"did_you_mean", "one_of", "kind.file"}
"""Parts of sentences that `diagnostics` puts together."""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(
        main, [str(argument) for argument in arguments], catch_exceptions=False
    )


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764547200")


# --- every code has its sentence ---


def _words() -> set[str]:
    """Every string that stands in the code of the package by itself."""
    trees = (ast.parse(path.read_text("utf-8")) for path in PACKAGE.rglob("*.py"))
    return {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def _references() -> set[str]:
    """The codes for references that lead nowhere: one for each kind in the model."""
    kinds, seen = [*KINDS.values(), Resolution], set()
    found = set()
    while kinds:
        kind = kinds.pop()
        if kind in seen:
            continue
        seen.add(kind)
        found |= {f"unknown_{mark.kind}" for mark in marked_fields(kind, Ref).values()}
        kinds += [
            inner for field in kind.model_fields.values() for inner in _records(field.annotation)
        ]
    return found


def _records(annotation: object) -> Iterator[type]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from _records(part)


def _codes() -> set[str]:
    """The codes that calls in the package give to problems."""
    found = {*_CODES.values()}
    makers = {
        "Problem": 3,
        "problem": 1,
        "at": 0,
        "note": 1,
        "refuse": 1,
        "refused": 0,
        "MacroError": 0,
    }
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
                found |= _code(node.value.elts)  # a fault: path, code, values
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                place = makers.get(name)
                given = node.args[place:] if place is not None else []
                if place is not None and given and not isinstance(given[0], ast.Dict):
                    values = [
                        child
                        for child in ast.walk(node.args[place])
                        if isinstance(child, ast.Constant)
                    ]
                    found |= {
                        value.value
                        for value in values
                        if isinstance(value.value, str)
                        and re.fullmatch("[a-z_0-9]*[a-z]", value.value)
                    }
    return found


def _code(parts: list[ast.expr]) -> set[str]:
    if len(parts) == 3 and isinstance(parts[1], ast.Constant) and isinstance(parts[1].value, str):
        return {parts[1].value}
    return set()


def sentences(language: str) -> dict[str, str]:
    """The sentences of a language by code."""
    entries = Catalogue.of(language).entries
    return {
        key.removeprefix("problem."): text
        for key, text in entries.items()
        if key.startswith("problem.")
    }


def test_every_code_has_a_sentence() -> None:
    assert _codes() - sentences("en").keys() == set()
    assert _references() - sentences("en").keys() == set()


def test_every_sentence_is_of_a_code_that_is_used() -> None:
    words = _words()
    dates = {f"date.{word}" for word in words}
    kinds = {f"kind.{_kind_of(value)}" for value in (None, True, 1, {}, [], "")}
    assert sentences("en").keys() - words - _references() - NOTES - dates - kinds == set()


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_language_has_the_same_sentences_with_the_same_fields(language: str) -> None:
    english, other = sentences("en"), sentences(language)
    assert english.keys() == other.keys()
    for code, text in english.items():
        assert _fields(text) == _fields(other[code]), code


def _fields(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text)} - {None}


CJK = re.compile("[\u4e00-\u9fff]")


def test_chinese_sentences_are_chinese() -> None:
    for code, text in sentences("zh").items():
        assert CJK.search(text), code
        assert not re.search(r"[;,!?](?!\S*[`/])\s", text), f"{code}: {text}"


# --- the forms of a report ---

FIVE = (
    SMALL.edit(FIRST, "place: port", "place: prot")
    .edit(FIRST, "  - id: money-came", "  - id: plan-written")
    .edit(FIRST, "status: implemented", "status: implementd")
    .edit(FIRST, "text: Money came.", "text: Money <b>came</b>.")
    .edit(FIRST, "contributor: acme", "contributor: acmee")
)
"""Five mistakes in one file."""

TWO = SMALL.edit(SECOND, "status: under-implementation", "status: done").add(
    "docs/en/a.md", "{{ overviw() }}\n"
)


def test_five_mistakes_in_one_file_give_five_lines(tmp_path: Path) -> None:
    result = run("check", "--root", written(tmp_path, FIVE))
    assert result.exit_code == 1
    *lines, summary = result.output.splitlines()
    places = [
        tuple(map(int, re.match(rf"{re.escape(FIRST)}:(\d+):(\d+): \S", line).groups()))
        for line in lines
    ]
    assert len(places) == 5 and places == sorted(places)
    assert summary == f"{len(FIVE.files)} files checked: 5 problems."


@pytest.mark.parametrize("organ", [FIVE, TWO])
def test_every_form_tells_the_same_in_the_same_order(tmp_path: Path, organ: Organ) -> None:
    folder = written(tmp_path, organ)
    lines = run("check", "--root", folder).output.splitlines()[:-1]
    told = json.loads(run("check", "--root", folder, "--format", "json").output)
    annotations = run("check", "--root", folder, "--format", "github").output.splitlines()[:-1]
    assert [
        f"{p['file']}:{p['line']}:{p['column']}: {p['message']}" for p in told["errors"]
    ] == lines
    assert [_read(annotation) for annotation in annotations] == [
        ("error", p["file"], p["line"], p["column"], p["message"]) for p in told["errors"]
    ]
    assert lines == sorted(
        lines, key=lambda line: (line.split(":")[0], *map(int, line.split(":")[1:3]))
    )


def _read(annotation: str) -> tuple[str, str, int, int, str]:
    """A workflow command as GitHub reads it."""
    level, properties, message = re.fullmatch(r"::(\w+) (.*?)::(.*)", annotation).groups()
    values = dict(part.split("=", 1) for part in properties.split(","))
    clean = {name: _decoded(value) for name, value in values.items()}
    return level, clean["file"], int(clean["line"]), int(clean["col"]), _decoded(message)


def _decoded(text: str) -> str:
    for code, character in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, character)
    return text


@pytest.mark.parametrize("language", LANGUAGES)
def test_json_says_all_of_every_problem(tmp_path: Path, language: str) -> None:
    folder = written(tmp_path, FIVE.edit("data/body.yml", "languages: [en]", "languages: [en, zh]"))
    result = run("check", "--root", folder, "--format", "json", "--lang", language)
    told = json.loads(result.output)
    assert (result.exit_code, told["files"], len(told["errors"])) == (1, len(FIVE.files), 5)
    assert told.keys() == {"files", "errors", "notices"}
    assert told["notices"] and {problem["code"] for problem in told["notices"]} == {"untranslated"}
    for problem in told["errors"] + told["notices"]:
        assert problem.keys() == {"file", "line", "column", "code", "message"}
        assert isinstance(problem["line"], int) and isinstance(problem["column"], int)
        assert problem["message"] and problem["code"] in sentences("en")
    assert bool(CJK.search(told["errors"][0]["message"])) is (language == "zh")


def test_json_of_a_tree_without_problems(tmp_path: Path) -> None:
    result = run("check", "--root", written(tmp_path), "--format", "json")
    assert (result.exit_code, json.loads(result.output)) == (
        0,
        {"files": len(SMALL.files), "errors": [], "notices": []},
    )


def test_github_is_told_of_notices_as_notices(tmp_path: Path) -> None:
    folder = written(
        tmp_path, SMALL.edit("data/body.yml", "languages: [en]", "languages: [en, zh]")
    )
    result = run("check", "--root", folder, "--format", "github")
    assert result.exit_code == 0
    assert all(
        line.startswith("::notice file=data/translations/zh/")
        for line in result.output.splitlines()[:-2]
    )
    complete = run("check", "--root", folder, "--format", "github", "--complete")
    assert complete.exit_code == 1
    assert all(line.startswith("::error file=") for line in complete.output.splitlines()[:-1])


@pytest.mark.parametrize(
    ("file", "value", "expected"),
    [
        (
            "data/x.yml",
            "100 %, a:b",
            "::error file=data/x.yml,line=3,col=7::there is no macro 100 %25, a:b; –",
        ),
        (
            "data/a,b:c%.yml",
            "x",
            "::error file=data/a%2Cb%3Ac%25.yml,line=3,col=7::there is no macro x; –",
        ),
        (
            "data/x.yml",
            "a\r\nb",
            "::error file=data/x.yml,line=3,col=7::there is no macro a%0D%0Ab; –",
        ),
        (
            "data/x.yml",
            "::error::x",
            "::error file=data/x.yml,line=3,col=7::there is no macro ::error::x; –",
        ),
    ],
)
def test_what_github_would_misread_is_encoded(file: str, value: str, expected: str) -> None:
    problem = Problem(file, 3, 7, "unknown_macro", {"value": value, "hint": "–"})
    assert problem.annotation(Catalogue.of("en").t, "error") == expected


@pytest.mark.parametrize("lang", ["xx", "klingon", "../../etc", ""])
def test_a_language_that_is_none(tmp_path: Path, lang: str) -> None:
    result = run("check", "--root", written(tmp_path), "--lang", lang)
    assert result.exit_code == 2
    assert "write en, zh or fr" in result.output

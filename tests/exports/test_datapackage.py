"""The tables and the data package that describes them, as the Frictionless tools read them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from frictionless import Package, system, validate

from macros.exports.formats import ROOT
from tests.published import published

PACKAGES = [
    (organ, folder)
    for organ, folders in {"own": ("", "zh/"), "second": ("",)}.items()
    for folder in folders
]


@pytest.fixture(params=PACKAGES, ids=lambda found: "-".join(found).strip("/"))
def package(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The package of one language, written beside its tables."""
    organ, folder = request.param
    for name in (
        "datapackage.json",
        "resolutions.csv",
        "statements.csv",
        "funding.csv",
        "timeline.csv",
    ):
        (tmp_path / name).write_text(
            published(organ)[f"{folder}{ROOT}{name}"], encoding="utf-8", newline=""
        )
    return tmp_path / "datapackage.json"


def errors(path: Path) -> list[str]:
    with system.use_context(trusted=True):
        report = validate(str(path))
    return [f"{error[0]}: {error[-1]}" for error in report.flatten(["name", "type", "message"])]


def test_frictionless_accepts_package_and_data(package: Path) -> None:
    assert errors(package) == []


def test_the_package_says_what_it_is(package: Path) -> None:
    with system.use_context(trusted=True):
        found = Package(str(package))
    assert [resource.name for resource in found.resources] == [
        "resolutions",
        "statements",
        "funding",
        "timeline",
    ]
    assert found.licenses[0]["path"] == "https://creativecommons.org/licenses/by/4.0/"
    assert found.version.startswith("1.0.0+") and found.sources and found.custom["as_of"]
    for resource in found.resources:
        for field in resource.schema.fields:
            assert field.title and field.description, field.name


@pytest.mark.parametrize(
    ("table", "old", "new", "error"),
    [
        ("timeline.csv", "\r\n2-10,", "\r\n2-99,", "foreign-key"),
        (
            "timeline.csv",
            "\r\n2-10,2/10,terms-endorsed,2023,2023-01-01,",
            "\r\n2-10,2/10,terms-endorsed,2023,soon,",
            "type-error",
        ),
        ("resolutions.csv", "\r\n2-1,", "\r\n1-1,", "primary-key"),
        ("funding.csv", "1858000", "-1", "constraint-error"),
    ],
)
def test_what_does_not_fit_is_found(
    tmp_path: Path, table: str, old: str, new: str, error: str
) -> None:
    files = published("own")
    for name in ("resolutions.csv", "statements.csv", "funding.csv", "timeline.csv"):
        text = files[ROOT + name]
        if name == table:
            assert old in text
            text = text.replace(old, new, 1)
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    described = json.loads(files[f"{ROOT}datapackage.json"])
    for resource in described["resources"]:
        del resource["hash"], resource["bytes"]
    (tmp_path / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    with system.use_context(trusted=True):
        found = {kind for [kind] in validate(str(tmp_path / "datapackage.json")).flatten(["type"])}
    assert error in found


def test_titles_are_in_the_language_of_the_table() -> None:
    def titles(path: str, organ: str = "own") -> dict[str, str]:
        described = json.loads(published(organ)[path])
        return {
            field["name"]: field["title"]
            for table in described["resources"]
            for field in table["schema"]["fields"]
        }

    english, chinese = titles(f"{ROOT}datapackage.json"), titles(f"zh/{ROOT}datapackage.json")
    french = titles(f"{ROOT}datapackage.json", "second")
    assert english.keys() == chinese.keys() == french.keys()
    assert not [name for name in english if english[name] == chinese[name]]
    assert (
        english["amount"] == "Amount"
        and chinese["paragraphs"] == "执行段落"
        and french["amount"] == "Montant"
    )

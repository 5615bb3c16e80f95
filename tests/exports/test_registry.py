"""Which data exports there are, where, and how one is added."""

from __future__ import annotations

import re

import pytest

from macros.exports import registry
from macros.exports.formats import ROOT, Format
from macros.render.view import View
from tests.exports.organ import URL, document, files_of, shared_files, views


def test_no_path_is_given_twice() -> None:
    names = [name.casefold() for name in (*shared_files(), *files_of("en"))]
    assert len(set(names)) == len(names)


def test_all_languages_have_the_same_files() -> None:
    assert files_of("en").keys() == files_of("fr").keys()


def test_files_are_the_same_each_time() -> None:
    assert dict(registry.site_files(views())).items() <= shared_files().items()
    assert dict(registry.language_files(views()["fr"])).items() <= files_of("fr").items()


def test_the_index_lists_every_file() -> None:
    listed = document("index")["files"]
    patterns = [re.sub(r"\\{\w+\\}", "[^/]+", re.escape(file["path"])) for file in listed]
    for name in (*shared_files(), *files_of("en")):
        assert name.startswith("embed/") or any(re.fullmatch(p, name) for p in patterns), name
    table = next(file for file in listed if file["path"].endswith("statements.csv"))
    assert table["url"] == {
        "en": f"{URL}api/v1/statements.csv",
        "fr": f"{URL}fr/api/v1/statements.csv",
    }


def test_the_index_points_to_what_describes_each_file() -> None:
    for file in document("index")["files"]:
        described = file["describedby"]
        addresses = described.values() if isinstance(described, dict) else [described or ""]
        known = {"", *(URL + name for name in shared_files())}
        known |= {f"{URL}{folder}api/v1/datapackage.json" for folder in ("", "fr/")}
        assert set(addresses) <= known, file["path"]


def test_samples_exist() -> None:
    files = shared_files() | files_of("en")
    for found in registry.FORMATS:
        assert f"{ROOT}{found.sample(views()['en'].corpus)}" in files


def test_an_export_is_added_with_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def write(view: View) -> str:
        """All labels."""
        return "\n".join(map(view.corpus.label, view.corpus.resolutions))

    added = (*registry.FORMATS, Format("labels.csv", write))
    monkeypatch.setattr(registry, "FORMATS", added)
    assert dict(registry.language_files(views()["en"]))["api/v1/labels.csv"].startswith(
        "1/1\n1/2\n"
    )
    assert '"All labels."' in dict(registry.site_files(views()))["api/v1/index.json"]

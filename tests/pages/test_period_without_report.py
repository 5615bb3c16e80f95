"""A period may have no report of its own, but be compiled from several documents."""

from __future__ import annotations

import json

import pytest

from macros.exports import language_files, site_files
from macros.pages.registry import pages
from macros.render.view import View
from macros.site.structured_data import Subject, text
from tests.organ import PERIODS, SMALL

ROOT = "https://example.org/"


@pytest.fixture(scope="module")
def view() -> View:
    organ = SMALL.edit(PERIODS, "report: AL/REP/2", "compiled_from: [AL/REP/2, page]")
    return organ.view().at(ROOT)


def test_every_page_can_be_made_and_names_the_documents(view: View) -> None:
    bodies = {page.path: page.body(view) for page in pages(view)}
    assert "from AL/REP/2, A page." in bodies["resolutions/1-1/"]
    assert "Latest report: AL/REP/2, A page" in bodies[""]
    assert "#page" in bodies["periods/autumn/"]


def test_every_file_can_be_made(view: View) -> None:
    views = {"en": view}
    files = dict(language_files(view)) | dict(site_files(views))
    for slug in view.corpus.resolutions:
        files |= dict(language_files(view, slug)) | dict(site_files(views, slug))
    assert json.loads(files["api/v1/resolutions/1-1.json"])["source"] is None
    assert len(json.loads(files["api/v1/datapackage.json"])["sources"]) == 2
    assert "AL/REP/2" in files["api/v1/resolutions/1-1.bib"]


def test_what_programs_learn_of_a_page_names_all_documents(view: View) -> None:
    subject = Subject(view, ROOT, "", "T", "D", period=view.corpus.periods["autumn"])
    (page,) = (node for node in json.loads(text(subject))["@graph"] if node["@type"] == "WebPage")
    assert len(page["isBasedOn"]) == 2

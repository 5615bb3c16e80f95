"""An organ that does not track funding has no pages, columns, facets and files of it."""

from __future__ import annotations

import re

import pytest

from macros.exports import language_files, site_files
from macros.pages.registry import navigation, pages
from tests.organ import BODY, FIRST, SECOND, SMALL, STATEMENTS, Organ

ROOT = "https://example.org/"
WORDS = re.compile(
    r"[Ff]unding|[Mm]oney|[Mm]obilized|constrained|[Cc]ontribution|who pays|Who pays"
)


def without_funding() -> Organ:
    organ = SMALL.edit(BODY, "currency: USD\n", "currency: USD\ntracks_funding: false\n")
    first, second = (organ.files[name].decode() for name in (FIRST, SECOND))
    first = first[: first.index("resources:\n")].replace("    constrained_by_funding: false\n", "")
    first = first[: first.index("  - id: money-came")] + first[first.index("events:\n") :]
    start, end = second.index("contributions:\n"), second.index("partners:\n")
    second = second[:start] + second[end:]
    second = second.replace("    constrained_by_funding: true\n", "")
    statements = organ.files[STATEMENTS].decode().replace("funding", "progress")
    statements = statements.replace("Money is *short*", "Much is done").replace(
        "money-is-short", "s"
    )
    organ = organ.add(FIRST, first).add(SECOND, second).add(STATEMENTS, statements)
    assert not organ.load().problems
    return organ


def test_no_page_speaks_of_funding() -> None:
    view = without_funding().view()
    assert not [entry for entry in navigation(view) if entry[1] == "funding/"]
    for page in pages(view):
        assert not page.path.startswith("funding/")
        if not page.path.startswith(("about/", "data/")):  # they explain the words of all organs
            body = re.sub(r"<[^>]+>", " ", page.body(view.at("../")))
            assert not WORDS.search(body), (page.path, WORDS.search(body))


def test_no_file_and_no_column_is_of_funding() -> None:
    view = without_funding().view().at(ROOT)
    files = dict(language_files(view)) | dict(site_files({"en": view}))
    assert not [path for path in files if "funding" in path and "schema/" not in path]
    header = files["api/v1/resolutions.csv"].partition("\r\n")[0]
    assert not WORDS.search(header) and "currency" not in header
    assert "funding.csv" not in files["api/v1/datapackage.json"]
    assert "funding" not in files["api/v1/index.json"].replace("schema/funding", "")


def test_a_card_and_markdown_do_not_speak_of_funding() -> None:
    files = dict(language_files(without_funding().view().at(ROOT), "1-1"))
    for path in ("embed/1-1/index.html", "api/v1/resolutions/1-1.md"):
        assert not WORDS.search(re.sub(r"<style>.*</style>", "", files[path], flags=re.DOTALL))


@pytest.mark.parametrize(
    "text",
    [
        "resources:\n  - {id: r, period: spring, currency: USD, sources: [{document: page}]}\n",
        "updates:\n  - {id: u, period: spring, about: funding, text: T, sources: [{document: page}]}\n",
    ],
)
def test_data_on_funding_that_nobody_would_see_is_refused(text: str) -> None:
    assert without_funding().append(SECOND, text).problem().code == "funding_not_tracked"

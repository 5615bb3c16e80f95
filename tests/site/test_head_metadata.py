"""What a page tells programs: what it is, what it is about, in which other forms it can be had.
Nothing more than the data says.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from macros.build.project import Project
from macros.exports.formats import ROOT
from macros.exports.registry import FORMATS as KINDS
from macros.pages.page import Page
from macros.pages.registry import pages
from macros.render.view import View
from macros.site import head
from macros.site import structured_data as structured
from macros.site.structured_data import Subject

URL = "https://example.org/tracker/"


@pytest.fixture
def view(project: Project) -> View:
    return project.view("en").at(URL)


def subject(view: View, path: str, **values: Any) -> Subject:
    made: Page = next(page for page in pages(view) if page.path == path)
    return Subject(view, URL, path, made.title, made.description, made, **values)


def nodes(found: Subject) -> dict[str, dict[str, Any]]:
    """The nodes of a page by their type."""
    return {node["@type"]: node for node in json.loads(structured.text(found))["@graph"]}


def changed(view: View, slug: str, **values: Any) -> View:
    """A view in which a resolution is another."""
    resolutions = dict(view.corpus.resolutions)
    resolutions[slug] = resolutions[slug].model_copy(update=values)
    return replace(view, corpus=replace(view.corpus, resolutions=resolutions))


def test_a_resolution(view: View) -> None:
    found = nodes(subject(view, "resolutions/2-4/"))["Legislation"]
    assert found["legislationIdentifier"] == "HSP/HA.2/Res.4"
    assert found["legislationDate"] == "2023-06-09"
    assert found["alternateName"] == ["Resolution 2/4", "2/4"]
    assert found["isPartOf"] == [{"@id": f"{URL}sessions/2/"}, {"@id": f"{URL}#site"}]
    symbol, akn = found["identifier"]
    assert (symbol["value"], symbol["description"]) == (
        "HSP/HA.2/Res.4",
        "symbol inferred from the series",
    )
    assert akn["value"] == "/akn/un/statement/deliberation/unhabitat-ha/2023-06-09/2-4"
    assert "not authoritative" in akn["description"]


def test_a_verified_symbol_says_so(view: View) -> None:
    symbol = nodes(subject(view, "resolutions/2-1/"))["Legislation"]["identifier"][0]
    assert symbol["description"] == "symbol seen in a source"


def test_what_the_data_does_not_say_is_not_told(view: View) -> None:
    """The day on which those of the first session were adopted is not known, nor then the
    identifier made from it.
    """
    found = nodes(subject(view, "resolutions/1-1/"))["Legislation"]
    assert "legislationDate" not in found
    assert [entry["value"] for entry in found["identifier"]] == ["HSP/HA.1/Res.1"]
    bare = changed(view, "1-1", symbol=None, themes=(), goals=())
    told = nodes(subject(bare, "resolutions/1-1/"))["Legislation"]
    assert not {"legislationIdentifier", "identifier", "about", "sameAs", "legislationDate"} & set(
        told
    )


def test_an_inferred_day_is_not_told_as_known(view: View) -> None:
    adoption = view.corpus.resolutions["2-4"].adoption.model_copy(update={"basis": "inferred"})
    assert (
        "legislationDate"
        not in nodes(subject(changed(view, "2-4", adoption=adoption), "resolutions/2-4/"))[
            "Legislation"
        ]
    )


def test_the_licence_is_that_of_the_page(view: View) -> None:
    """The site may license its own words, not those of the organ."""
    found = nodes(subject(view, "resolutions/2-4/", period=view.corpus.periods["eb-2024-2"]))
    assert found["WebPage"]["license"].startswith("https://creativecommons.org/")
    assert found["WebPage"]["isBasedOn"][0]["identifier"] == "HSP/EB.2024/20"
    assert "HSP/EB.2024/INF/16" in [
        document["identifier"] for document in found["WebPage"]["citation"]
    ]
    assert "license" not in found["Legislation"]
    assert "dateModified" not in found["WebPage"]


def test_breadcrumbs(view: View) -> None:
    items = nodes(subject(view, "resolutions/2-4/"))["BreadcrumbList"]["itemListElement"]
    assert [(item["position"], item["name"]) for item in items] == [
        (1, "Home"), (2, "Resolutions"), (3, "Second session"), (4, "Resolution 2/4"),
    ]  # fmt: skip
    assert [item.get("item") for item in items] == [
        URL,
        f"{URL}resolutions/",
        f"{URL}sessions/2/",
        None,
    ]


def test_a_state_of_the_past_is_about_the_resolution(view: View) -> None:
    found = nodes(subject(view, "resolutions/2-4/eb-2024-2/"))
    assert found["WebPage"]["about"] == {"@id": f"{URL}resolutions/2-4/#resolution"}
    assert "Legislation" not in found


def test_the_home_page_offers_the_search(view: View) -> None:
    action = nodes(subject(view, ""))["WebSite"]["potentialAction"]
    assert action["target"]["urlTemplate"] == f"{URL}search/?q={{q}}"
    assert "potentialAction" not in nodes(subject(view, "about/"))["WebSite"]


def test_the_data_page_lists_every_file(view: View, project: Project) -> None:
    for language, folder in (("en", ""), ("zh", "zh/")):
        other = project.view(language).at(URL + folder)
        files = nodes(subject(other, "data/"))["Dataset"]["distribution"]
        listed = {file["contentUrl"]: file["encodingFormat"] for file in files}
        assert listed == {
            URL + (folder if kind.per_language else "") + ROOT + kind.path: kind.media_type
            for kind in KINDS
            if "{" not in kind.path
        }


def test_a_hostile_text_does_not_end_the_script(view: View) -> None:
    title = "</script><script>alert(1)</script><!-- & ]]>"
    text = structured.text(subject(changed(view, "2-4", title=title), "resolutions/2-4/"))
    assert "<" not in text
    assert json.loads(text)["@graph"][1]["name"] == title


def test_files_of_a_page(view: View) -> None:
    own = list(head.list_files(view.at("../../"), "2-4"))
    assert {(file.href, file.media_type) for file in own} >= {
        ("../../api/v1/resolutions/2-4.json", "application/json"),
        ("../../api/v1/resolutions/2-4.ics", "text/calendar"),
        ("../../api/v1/resolutions/2-4.atom", "application/atom+xml"),
        ("../../api/v1/resolutions/2-4.md", "text/markdown"),
    }
    other = list(head.list_files(view.at("../"), None))
    assert {file.media_type for file in other} <= head.SUBSCRIPTIONS
    assert {"../api/v1/changes.atom", "../api/v1/timeline.ics"} <= {file.href for file in other}

"""Every picture of the site has a name, a description, and a table near it that says the same."""

from __future__ import annotations

import re

import pytest

from macros import queries
from macros.render.view import View
from tests.site.markup import Document, Element

PAGES = ["", "resolutions/", "sessions/1/", "sessions/2/", "funding/", "timeline/"]
"""The pages with pictures."""

MOST = 60_000
"""Bytes that the HTML of the page of a resolution may have."""


def raw(element: Element) -> str:
    """The text of an element of a picture."""
    return "".join(child for child in element.children if isinstance(child, str))


def pictures_of(document: Document) -> list[Element]:
    return document.article.all("svg", role="img")


def tables_near(picture: Element) -> list[Element]:
    """The tables in the closest element around a picture that has any."""
    return next(tables for around in picture.ancestors if (tables := around.all("table")))


@pytest.mark.parametrize("path", PAGES)
def test_pages_have_their_pictures(documents: dict[str, Document], folder: str, path: str) -> None:
    assert pictures_of(documents[folder + path]), f"/{folder}{path} has no picture"


def test_every_picture_has_a_title_and_a_description(pages: list[Document]) -> None:
    problems = []
    for document in pages:
        for picture in pictures_of(document):
            first = [child for child in picture.children if isinstance(child, Element)][:2]
            named = [element.get("id") for element in first]
            if [element.tag for element in first] != ["title", "desc"] or picture.get(
                "aria-labelledby"
            ).split() != named:
                problems.append(f"{document}: {picture} is not named by its title and description")
            elif not all(raw(element).strip() for element in first):
                problems.append(f"{document}: {picture} has an empty title or description")
            if picture.all("a"):
                problems.append(f"{document}: {picture} is one image, but has links in it")
    assert not problems, "\n".join(problems)


def test_pictures_without_a_name_are_not_read(pages: list[Document]) -> None:
    problems = [
        f"{document}: {svg}"
        for document in pages
        for svg in document.article.all("svg")
        if svg.get("role") != "img"
        and svg.get("aria-hidden") != "true"
        and not any(e.tag == "svg" for e in svg.ancestors)
    ]
    assert not problems, "\n".join(problems)


def test_a_table_near_every_picture_has_its_numbers(pages: list[Document]) -> None:
    problems, checked = [], 0
    for document in pages:
        for picture in pictures_of(document):
            said = [raw(title) for group in picture.all("g") for title in group.all("title")]
            numbers = [
                words[-1]
                for title in said
                if "rt-bars" in picture.classes and (words := re.findall(r"[\d,]+", title))
            ]
            cells = [cell.text for table in tables_near(picture) for cell in table.all("td", "th")]
            problems += [
                f"{document}: {picture}: no cell {number!r}"
                for number in numbers
                if number not in cells
            ]
            checked += len(numbers)
    assert checked > 20
    assert not problems, "\n".join(problems)


def test_the_table_of_money_has_the_amounts_of_the_picture(
    documents: dict[str, Document], view: View, folder: str
) -> None:
    found = [p for p in pictures_of(documents[f"{folder}funding/"]) if "rt-money" in p.classes]
    assert len(found) == 2
    for picture in found:
        cells = " ".join(cell.text for table in tables_near(picture) for cell in table.all("td"))
        amounts = re.findall(r"\d{1,3}(?:,\d{3})+", raw(picture.all("desc")[0]))
        assert amounts and not [amount for amount in amounts if amount not in cells]
        assert view.t("not_reported") in cells or not picture.all("rect", class_="rt-bar__unknown")


def test_the_same_state_has_the_same_shape_everywhere(
    documents: dict[str, Document], view: View, folder: str
) -> None:
    """On home, in the list, in the matrix and on the page of a resolution."""
    for slug in view.corpus.resolutions:
        status = view.status(queries.assessment(view.corpus.resolutions[slug], view.corpus))
        tone = f"rt-tone-{status.tone if status else 'unknown'}"
        for path in ("", "resolutions/"):
            links = [
                a
                for a in documents[folder + path].article.all("a")
                if a.get("href").endswith(f"resolutions/{slug}/") or a.get("href") == f"{slug}/"
            ]
            cells = [a for a in links if "rt-strip__cell" in a.classes]
            assert len(cells) == 1 and tone in cells[0].classes
            assert tone in cells[0].all("svg")[0].classes
        badge = (
            documents[f"{folder}resolutions/{slug}/"]
            .article.all(class_="rt-answer__main")[0]
            .all("svg")[0]
        )
        assert tone in badge.classes


def test_the_matrix_has_every_resolution_and_its_goals(
    documents: dict[str, Document], view: View, folder: str
) -> None:
    table = documents[f"{folder}resolutions/"].article.one("table", class_="rt-matrix")
    goals = [int(th.text) for th in table.one("thead").all("th")]
    for row, (slug, resolution) in zip(
        table.one("tbody").all("tr"), view.corpus.resolutions.items(), strict=True
    ):
        assert row.one("th").text == view.corpus.label(slug)
        marked = [goal for goal, cell in zip(goals, row.all("td"), strict=True) if cell.all("svg")]
        assert marked == sorted(resolution.goals)


def test_pages_of_resolutions_stay_small(documents: dict[str, Document]) -> None:
    sizes = {
        path: len(d.source.encode())
        for path, d in documents.items()
        if "/resolutions/" in f"/{path}" and d.kind == "page" and path.count("/") > 1
    }
    assert len(sizes) > 20
    assert {
        path: size
        for path, size in sizes.items()
        if size > MOST and not path.endswith("resolutions/")
    } == {}


def test_home_says_what_is_asked_first(
    documents: dict[str, Document], view: View, folder: str
) -> None:
    """How many, in what state, how many short of money and how many not reported, the gap, how fresh."""
    article = documents[folder].article
    sections = {s.get("aria-labelledby"): s for s in article.all("section")}
    assert list(sections) == ["state", "money", "next", "expected", "fresh"]
    legend = sections["state"].all(class_="rt-legend")[0]
    counts = queries.by_status(view.corpus, view.corpus.resolutions)
    assert [int(n.text) for n in legend.all("strong")] == [
        counts[s.id] for s in view.corpus.vocabulary.statuses if counts[s.id]
    ]
    numbers = sections["money"].one("table", class_="rt-numbers-table")
    held = queries.constrained(view.corpus)
    assert [int(n.text) for n in numbers.all("strong")] == [
        len(held[value]) for value in (True, False, None)
    ]
    assert (
        view.money(queries.newest_resource(view.corpus.statements.resources).gap, "USD")
        in sections["money"].text
    )
    assert queries.next_due(view.corpus) < view.today
    assert view.t("home.no_later_report") in sections["fresh"].text

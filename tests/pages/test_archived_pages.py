"""The page of a resolution as of a period stays as it is, whatever comes later and on any day."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from datetime import date

import pytest
import yaml

from macros.pages.content import Content, page_content
from macros.pages.page import Page
from macros.pages.registry import pages
from macros.render.view import View
from macros.site.layout import Layout, Theme
from macros.site.sources import Sources
from tests.organ import (
    DOCUMENTS,
    FIRST,
    ORGANIZATIONS,
    PERIODS,
    PLACES,
    SESSIONS,
    SMALL,
    STATEMENTS,
    TODAY,
    Organ,
)

ROOT = "https://example.org/"
DAYS = [date(2024, 1, 1), TODAY, date(2031, 12, 31)]


def archived(organ: Organ, today: date = TODAY) -> dict[str, str]:
    """The `<main>` of each page of a past period, by its address."""
    view = organ.view(today=today).at(ROOT)
    layout = Layout(ROOT, view, Sources(("en",), organ.files, {}), Theme((), defaultdict(str)))
    found = {}
    for page in pages(view):
        if page.period:
            article = content(view.at("../../../"), page)
            values = (page, page.path, page.source, page.title, page.description)
            found[page.path] = re.findall(
                "<main.*</main>", layout.render(article, *values), re.DOTALL
            )[0]
    return found


def content(view: View, page: Page) -> Content:
    return page_content(view, page, page.path, page.title, page.body(view))


def with_later_period(organ: Organ, id: str, year: int, number: int) -> Organ:
    """An organ with one more period, whose report speaks of everything, old and new."""
    data = {name: yaml.safe_load(raw) for name, raw in organ.files.items()}
    report = f"AL/REP/{number}"
    sources = [{"document": report, "paragraph": 1}]
    reported = {"period": id, "sources": sources}
    data[PERIODS]["periods"].append(
        {
            "id": id,
            "name": f"Report of {year}",
            "first": f"{year}-01-01",
            "last": f"{year}-12-31",
            "report": report,
            "as_of": f"{year}-12",
            "as_of_basis": "verified",
        }
    )
    data[DOCUMENTS]["documents"][:0] = [
        {"symbol": report, "kind": "report", "title": "Later report"},
        {"id": f"page-{id}", "kind": "report", "title": "Another page"},
        {"id": f"news-{id}", "kind": "report", "title": "News", "date": f"{year}-03-04"},
    ]
    data[PLACES]["places"][:0] = [{"id": f"place-{id}", "name": "A new place", "kind": "country"}]
    data[ORGANIZATIONS]["organizations"][:0] = [
        {"id": f"new-{id}", "name": "New one", "kind": "government", "country": f"place-{id}"}
    ]
    data[SESSIONS]["sessions"].append(
        {"id": number, "name": f"Session {number}", "meetings": [f"{year}-02-03"]}
    )
    data[STATEMENTS]["statements"].append({"id": f"s-{id}", "text": "T.", **reported})
    data[STATEMENTS].setdefault("resources", []).append(
        {"id": f"all-{id}", "currency": "USD", "required": 9, **reported}
    )
    data[f"data/resolutions/{number}-1.yml"] = {
        "number": 1,
        "session": number,
        "title": "A later one",
        "title_basis": "unofficial",
        "themes": ["water", "fish"],
        "partners": [{"organization": "acme", "role": "helps", "reports": [reported]}],
        "relations": [{"kind": "follows-up", "resolution": "1-1", "sources": sources}],
    }
    first = data[FIRST]
    paragraph = {"number": str(number), "gist": "Asks for more.", "sources": sources}
    first["operative_paragraphs"].append(paragraph)
    first["assessments"].append(
        {"id": f"a-{id}", "status": "in-preparation", "reason": "R.", **reported}
    )
    first["updates"].append({"id": f"u-{id}", "text": "T.", **reported})
    first["events"][1]["reports"].append(reported | {"outcome": "postponed", "date": str(year + 1)})
    first["events"].append(
        {
            "id": f"e-{id}",
            "kind": "meeting",
            "title": "E",
            "place": f"place-{id}",
            "reports": [reported | {"outcome": "planned", "date": f"{year}-12-24"}],
        }
    )
    first["resources"].append({"id": f"r-{id}", "currency": "USD", "required": 7, **reported})
    received = reported | {"state": "received", "amount": 1300, "currency": "USD"}
    first["contributions"][0]["reports"].append(received)
    first["contributions"].append(
        {
            "id": f"c-{id}",
            "contributor": f"new-{id}",
            "kind": "voluntary",
            "purpose": "P",
            "reports": [received],
        }
    )
    first["mechanisms"][0]["terms"].append({"id": f"t-{id}", "text": "T.", "sources": sources})
    first["mechanisms"][0]["documents"].append(f"page-{id}")
    first["partners"][0]["reports"].append(reported)
    first["partners"].append({"organization": f"new-{id}", "role": "helps", "reports": [reported]})
    first.setdefault("documents", []).extend([f"page-{id}", f"news-{id}"])
    return Organ({name: json.dumps(value, default=str).encode() for name, value in data.items()})


@pytest.fixture(scope="module")
def before() -> dict[str, str]:
    return archived(SMALL)


def test_two_later_periods_change_nothing(before: dict[str, str]) -> None:
    organ = SMALL
    for values in (("later", 2026, 3), ("latest", 2027, 4)):
        organ = with_later_period(organ, *values)
        after = archived(organ)
        assert before.keys() < after.keys()
        for path, html in before.items():
            assert after[path] == html, path


@pytest.mark.parametrize("today", DAYS)
def test_the_day_of_the_build_changes_nothing(before: dict[str, str], today: date) -> None:
    assert archived(SMALL, today) == before


def test_milestones_are_judged_on_the_as_of_date_of_the_period() -> None:
    html = archived(SMALL.edit(FIRST, "date: ../2024-12", "date: ../2024-05"))
    page = html["resolutions/1-1/spring/"]
    assert "for a date before 15 June 2024" in page
    assert "unreported" not in archived(SMALL)["resolutions/1-1/spring/"]


def test_its_footer_names_its_own_report() -> None:
    view = with_later_period(SMALL, "later", 2026, 3).view().at(ROOT)
    layout = Layout(ROOT, view, Sources(("en",), {}, {}), Theme((), defaultdict(str)))
    (page,) = (page for page in pages(view) if page.path == "resolutions/1-1/spring/")
    period = layout.make_footer(page, page.path, page.source).period
    assert period and period.report == "AL/REP/1"


def test_a_correction_made_later_is_shown() -> None:
    organ = SMALL.append(
        STATEMENTS,
        "corrections:\n  - {id: c, date: 2025-02-02, resolution: 1-1, text: It was wrong.}\n",
    )
    assert "It was wrong." in archived(organ)["resolutions/1-1/spring/"]


def test_the_current_page_shows_what_came_later() -> None:
    view = with_later_period(SMALL, "later", 2026, 3).view()
    (page,) = (page for page in pages(view) if page.path == "resolutions/1-1/")
    assert "A later one" in content(view.at("../../"), page).html

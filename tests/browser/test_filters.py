"""Filtering and sorting lists in a real browser: by mouse and keyboard, by address, on a phone, and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from macros.build.project import Project
from macros.queries import facets
from tests.browser.conftest import PHONE, Open, Tab

pytestmark = pytest.mark.browser


def shown(page: Page) -> list[str]:
    """The labels of the rows of resolutions that can be seen."""
    return page.locator(
        "tr[data-facets]:not([data-filters-kind]):visible .rt-label"
    ).all_inner_texts()


def said(page: Page) -> str:
    return page.inner_text(".rt-filters__status")


def expected(project: Project, **wanted: str) -> list[str]:
    """The labels of the resolutions that have what is wanted."""
    corpus = project.public_corpora["en"]
    return [
        corpus.label(slug)
        for slug, resolution in corpus.resolutions.items()
        if all(
            value in facets.resolution_values(corpus, resolution)[name]
            for name, value in wanted.items()
        )
    ]


def choose(page: Page, facet: str, value: str) -> None:
    page.click(f"summary:has-text('{facet}')")
    page.check(f"details[open] >> text={value}")


@pytest.mark.slow
def test_by_mouse(shared: Open, project: Project) -> None:
    tab = shared()
    page = tab.open("resolutions/")
    total = len(project.public_corpora["en"].resolutions)
    assert said(page) == f"{total} resolutions"
    choose(page, "State", "Under implementation")
    found = expected(project, state="under-implementation")
    assert shown(page) == found
    assert said(page) == f"{len(found)} of {total} resolutions"
    choose(page, "Session", "Second session")
    found = expected(project, state="under-implementation", session="2")
    assert shown(page) == found
    assert tab.path == "resolutions/?session=2&state=under-implementation"
    page.click(".rt-filters__chip:has-text('Second session')")
    assert shown(page) == expected(project, state="under-implementation")
    page.click(".rt-filters__reset")
    assert len(shown(page)) == total
    assert tab.path == "resolutions/"
    tab.assert_clean()


def test_counts_follow_the_other_choices(shared: Open, project: Project) -> None:
    page = shared().open("resolutions/?state=under-implementation")
    page.click("summary:has-text('Session')")
    counts = page.locator("details[open] label:visible span:last-child").all_inner_texts()
    sessions = [
        str(len(expected(project, state="under-implementation", session=session)))
        for session in ("1", "2")
    ]
    assert counts == sessions
    page.click("summary:has-text('State')")
    counts = page.locator("details[open] label:visible span:last-child").all_inner_texts()
    assert sum(map(int, counts)) == len(project.public_corpora["en"].resolutions), (
        "what is chosen in a facet does not filter it"
    )


def test_by_keyboard(shared: Open, project: Project) -> None:
    page = shared().open("resolutions/")
    page.focus("summary:has-text('State')")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    value = page.evaluate("document.activeElement.value")
    assert shown(page) == expected(project, state=value)
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "State"
    assert page.locator("details[open]").count() == 0
    page.focus(".rt-filters__chip")
    page.keyboard.press("Enter")
    assert len(shown(page)) == len(project.public_corpora["en"].resolutions)
    assert page.evaluate("document.activeElement.localName") == "summary", "the focus is not lost"


def test_address_reload_and_back(shared: Open, project: Project) -> None:
    tab = shared()
    page = tab.open("resolutions/?theme=housing&theme=climate&other=x#top")
    both = [*expected(project, theme="housing"), *expected(project, theme="climate")]
    assert sorted(shown(page)) == sorted(set(both))
    page.reload()
    assert sorted(shown(page)) == sorted(set(both))
    choose(page, "Money", "short of money")
    assert tab.path == "resolutions/?other=x&constrained=yes&theme=climate&theme=housing#top"
    page.go_back()
    assert sorted(shown(page)) == sorted(set(both))
    page.go_forward()
    assert set(shown(page)) == set(both) & set(expected(project, constrained="yes"))


def test_nothing_fits(shared: Open) -> None:
    page = shared().open("resolutions/?session=1&partner=sida")
    assert shown(page) == []
    assert page.is_visible(".rt-filters__empty")
    assert not page.is_visible("table:has(tr[data-facets])")
    page.click(".rt-filters__reset")
    assert page.is_visible("table:has(tr[data-facets])") and not page.is_visible(
        ".rt-filters__empty"
    )


@pytest.mark.parametrize(
    "asked", ["state=overtaken", "state=no-such", "theme=no-such", "period=no-such"]
)
def test_what_no_row_has_finds_nothing_rather_than_everything(
    shared: Open, project: Project, asked: str
) -> None:
    name, _, value = asked.partition("=")
    tab = shared()
    page = tab.open(f"resolutions/?{asked}&sort=nonsense")
    assert shown(page) == expected(project, **{name: value})
    assert page.locator(".rt-filters__chip").count() == 1
    page.click(".rt-filters__reset")
    assert (
        len(shown(page)) == len(project.public_corpora["en"].resolutions)
        and tab.path == "resolutions/"
    )


def test_what_all_rows_have_finds_all(shared: Open, project: Project) -> None:
    page = shared().open("resolutions/?period=eb-2024-2")
    assert len(shown(page)) == len(project.public_corpora["en"].resolutions)


def test_columns_sort(shared: Open) -> None:
    tab = shared()
    page = tab.open("resolutions/")
    before = shown(page)
    page.click("th button:has-text('Title')")
    titles = page.locator("tr[data-facets] td:nth-child(2)").all_inner_texts()
    assert titles == sorted(titles, key=str.casefold) and tab.path == "resolutions/?sort=title"
    assert page.get_attribute("th:has-text('Title')", "aria-sort") == "ascending"
    page.click("th button:has-text('Title')")
    assert page.get_attribute("th:has-text('Title')", "aria-sort") == "descending"
    assert page.locator("tr[data-facets] td:nth-child(2)").all_inner_texts() == titles[::-1]
    page.select_option("select[name=sort]", "-number")
    assert shown(page) == before[::-1] and tab.path == "resolutions/?sort=-number"
    page.select_option("select[name=sort]", "")
    assert shown(page) == before and tab.path == "resolutions/"


def test_what_is_not_reported_comes_last_either_way(shared: Open) -> None:
    for way in ("", "-"):
        page = shared().open(f"funding/?sort={way}required")
        amounts = page.locator(
            "[data-filters-group] >> nth=0 >> tbody td:nth-child(3)"
        ).all_inner_texts()
        reported = [amount != "not reported" for amount in amounts]
        assert any(reported) and reported == sorted(reported, reverse=True)


def test_funding_filters_both_tables_and_hides_what_is_about_all(
    shared: Open, project: Project
) -> None:
    page = shared().open("funding/?from=sida")
    corpus = project.public_corpora["en"]
    given = [
        c for r in corpus.resolutions.values() for c in r.contributions if c.contributor == "sida"
    ]
    assert page.locator("tr[data-filters-kind=contributions]:visible").count() == len(given)
    assert len(shown(page)) == len(
        {s for s, r in corpus.resolutions.items() if set(r.contributions) & set(given)}
    )
    assert page.locator("[data-filters-whole]:visible").count() == 0, "totals are those of all"


def test_events(shared: Open) -> None:
    tab = shared()
    page = tab.open("zh/timeline/?event=expert-meeting&case=happened")
    visible = page.locator("li[data-facets]:visible")
    kinds = visible.evaluate_all("all => all.map(li => li.dataset.kind)")
    assert kinds and set(kinds) == {"expert-meeting"}
    headings = page.locator("[data-filters-scope] h2:visible").count()
    assert headings == 1, "headings without events are hidden"
    before = visible.evaluate_all("all => all.map(li => li.querySelector('a').href)")
    page.select_option("select[name=sort]", "-date")
    assert visible.evaluate_all("all => all.map(li => li.querySelector('a').href)") == before[::-1]
    assert tab.path.endswith("&sort=-date")
    tab.assert_clean()


@pytest.mark.parametrize("address", ["resolutions/", "zh/funding/", "zh/timeline/"])
def test_on_a_phone_the_menus_are_folded(shared: Open, address: str) -> None:
    tab: Tab = shared(PHONE)
    page = tab.open(address)
    assert not page.is_visible(".rt-filters__facets")
    assert page.locator("th button").count() == 0, "there are no columns"
    page.click(".rt-filters__toggle")
    page.click(".rt-filters summary >> nth=0")
    page.check(".rt-filters details[open] input >> nth=0")
    assert page.locator(".rt-filters__chip").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    tab.assert_clean()


@pytest.mark.slow
@pytest.mark.parametrize(
    "address", ["resolutions/?state=implemented", "funding/?from=sida", "timeline/?case=ahead"]
)
def test_without_scripts_every_row_is_there_and_no_form(
    shared: Open, project: Project, address: str
) -> None:
    page = shared(scripts=False).open(address)
    corpus = project.public_corpora["en"]
    rows = page.locator("[data-facets]")
    assert rows.count() >= len(corpus.resolutions)
    assert page.locator("[data-facets]:visible").count() == rows.count()
    assert not page.is_visible("form.rt-filters")
    if "timeline" in address:
        assert rows.count() == sum(len(r.events) for r in corpus.resolutions.values())

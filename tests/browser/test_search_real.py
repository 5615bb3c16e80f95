"""Searching the real site: what readers type leads to the resolution they mean, in the header and on its own page."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from macros.i18n.messages import Catalogue
from tests.browser.conftest import Open, Tab
from tests.conftest import essential

pytestmark = pytest.mark.browser

ANYWHERE, FIRST = "among the results", "first"
QUERIES = [
    ("", "slum", "2-2", ANYWHERE),
    ("", "Tromsø", "2-3", ANYWHERE),
    ("", "Tromso", "2-3", ANYWHERE),
    ("", "HSP/EB.2024/17", "2-7", ANYWHERE),
    ("", "HSP/HA.2/Res.4", "2-4", FIRST),
    ("", "2/10", "2-10", FIRST),
    ("", "2/1", "2-1", FIRST),
    ("", "Resolution 2/4", "2-4", FIRST),
    *(
        (folder, name, "2-4", FIRST)
        for folder in ("", "zh/")
        for name in ("2/4", "2.4", "2-4", "HSP/HA.2/RES.4", "第2/4号决议", "resolution 2/4")
    ),
    ("zh/", "贫民窟", "2-2", ANYWHERE),
    ("zh/", "住房", "2-7", ANYWHERE),
    ("zh/", "特罗姆瑟", "2-3", ANYWHERE),
    ("zh/", "HSP/EB.2024/17", "2-7", ANYWHERE),
    ("zh/", "第2/4号决议", "2-4", FIRST),
    ("zh/", "2/10", "2-10", FIRST),
]

QUERIES = essential(
    QUERIES,
    *(
        query
        for query in QUERIES
        if query[:2] in [("", "Tromso"), ("", "2/10"), ("zh/", "贫民窟"), ("zh/", "第2/4号决议")]
    ),
)

SETTLED = """([selector, unsettled]) => {
    const said = document.querySelector(selector).textContent;
    return said && !unsettled.includes(said);
}"""


def words(tab: Tab) -> Callable[[str], str]:
    """The words of the interface in the language of the page."""
    return Catalogue.of(tab.page.get_attribute("html", "lang").partition("-")[0]).t


def suggested(tab: Tab, query: str) -> list[str]:
    """The addresses that the field in the header suggests."""
    form = "form[data-tracker-search=header]"
    tab.page.fill(f"{form} input", query)
    tab.page.wait_for_function(
        SETTLED, arg=[f"{form} .tracker-search__live", [words(tab)("search.searching")]]
    )
    links = f"{form} .tracker-search__option:not(.tracker-search__all)"
    return [
        url.removeprefix(tab.root)
        for url in tab.page.eval_on_selector_all(links, "all => all.map(a => a.href)")
    ]


def listed(tab: Tab) -> list[str]:
    """The addresses on the page of results."""
    unsettled = [words(tab)("search.searching"), words(tab)("search.hint")]
    tab.page.wait_for_function(SETTLED, arg=[".tracker-search__status", unsettled])
    links = tab.page.eval_on_selector_all(
        ".tracker-search__result > a", "all => all.map(a => a.href)"
    )
    return [url.removeprefix(tab.root) for url in links]


def assert_found(found: list[str], folder: str, slug: str, place: str, where: str) -> None:
    page = f"{folder}resolutions/{slug}/"
    pages = [url.partition("#")[0] for url in found]
    assert page in (pages[:1] if place == FIRST else pages), (
        f"{where}: /{page} is not {place}: {found}"
    )


@pytest.mark.parametrize(("folder", "query", "slug", "place"), QUERIES)
def test_header(shared: Open, folder: str, query: str, slug: str, place: str) -> None:
    tab = shared()
    tab.open(f"{folder}funding/")
    assert_found(suggested(tab, query), folder, slug, place, f"suggestions for {query}")
    tab.assert_clean()


@pytest.mark.parametrize(("folder", "query", "slug", "place"), QUERIES)
def test_page_of_results(shared: Open, folder: str, query: str, slug: str, place: str) -> None:
    tab = shared()
    tab.open(f"{folder}search/?q={query}")
    assert tab.page.input_value("#page-search") == query
    assert_found(listed(tab), folder, slug, place, f"results for {query}")
    tab.assert_clean()


@pytest.mark.parametrize("folder", ["", "zh/"])
def test_results_are_of_the_language(shared: Open, folder: str) -> None:
    tab = shared()
    tab.open(f"{folder}search/?q=2/2")
    found = listed(tab)
    assert found
    assert [url for url in found if url.startswith("zh/") != (folder == "zh/")] == []


def test_nothing_found_is_said(shared: Open) -> None:
    tab = shared()
    page = tab.open("search/?q=qwertzuiop")
    assert listed(tab) == []
    assert "qwertzuiop" in page.inner_text(".tracker-search__status")
    tab.assert_clean()


def test_field_of_the_home_page(shared: Open) -> None:
    tab = shared()
    page = tab.open()
    page.fill("#home-search", "slum")
    page.press("#home-search", "Enter")
    page.wait_for_url(f"{tab.root}search/?q=slum")
    assert "resolutions/2-2/" in listed(tab)


def test_suggestion_is_followed_by_keyboard(shared: Open) -> None:
    tab = shared()
    page = tab.open("about/")
    assert suggested(tab, "2/10")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{tab.root}resolutions/2-10/")


OFFERED = [
    ("", "贫民窟", "zh/"),
    ("zh/", "slum", ""),
    ("", "qwertzuiop", "zh/"),
    ("", "住房", "zh/"),
]


@pytest.mark.parametrize(("folder", "query", "other"), essential(OFFERED, OFFERED[0], OFFERED[2]))
def test_another_language_is_offered_where_the_query_is_in_it_or_little_is_found(
    shared: Open, folder: str, query: str, other: str
) -> None:
    tab = shared()
    page = tab.open(f"{folder}search/?q={query}")
    listed(tab)
    page.click(".tracker-search__others a")
    page.wait_for_url(f"{tab.root}{other}search/?q=*")
    assert page.input_value("#page-search") == query
    tab.assert_clean()


@pytest.mark.parametrize(
    ("folder", "query"),
    essential(
        [("", "housing"), ("", "2/4"), ("zh/", "住房"), ("zh/", "2/4")],
        *(("", "housing"), ("zh/", "2/4")),
    ),
)
def test_no_other_language_is_offered_where_this_one_will_do(
    shared: Open, folder: str, query: str
) -> None:
    tab = shared()
    page = tab.open(f"{folder}search/?q={query}")
    assert listed(tab)
    assert page.locator(".tracker-search__others a").count() == 0


def test_another_language_is_among_the_suggestions(shared: Open) -> None:
    tab = shared()
    page = tab.open("about/")
    suggested(tab, "适足住房")
    assert "zh/search/?q=" in page.locator(".tracker-search__other").get_attribute("href")


@pytest.mark.slow
def test_facets_are_kept_in_the_address(shared: Open) -> None:
    tab = shared()
    page = tab.open("search/?q=cities&theme=housing&session=2")
    found = listed(tab)
    assert found and all("resolutions/2-" in url for url in found)
    page.click("summary:has-text('Session')")
    page.uncheck("details[open] >> text=Second session")
    page.wait_for_url(f"{tab.root}search/?q=cities&theme=housing")
    tab.assert_clean()


@pytest.mark.slow
def test_the_key_of_search(fresh: Open) -> None:
    tab = fresh()
    page = tab.open("about/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "header-search"
    page.keyboard.type("a/b")
    assert page.input_value("#header-search") == "a/b"
    page = tab.open("search/")
    page.uncheck("[data-tracker-keys]")
    page = tab.open("about/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement === document.body")
    phone = fresh(360)
    phone.open("about/").keyboard.press("/")
    phone.page.wait_for_url(f"{phone.root}search/")


@pytest.mark.parametrize("folder", ["", "zh/"])
def test_without_scripts_the_page_of_results_says_what_to_do(shared: Open, folder: str) -> None:
    page = shared(scripts=False).open(f"{folder}search/?q=slum")
    page.click("article a[href$='resolutions/']")
    assert page.url.endswith(f"{folder}resolutions/")


@pytest.mark.parametrize(
    "address",
    essential(["", "resolutions/2-4/", "search/", "zh/", "zh/search/"], "", "zh/search/"),
)
def test_nothing_is_downloaded_before_someone_searches(fresh: Open, address: str) -> None:
    tab = fresh()
    page = tab.open(address)
    page.wait_for_load_state("networkidle")
    downloaded = [url for url in tab.requests if "pagefind" in url]
    assert not downloaded, f"/{address}: {downloaded}"
    with page.expect_response(lambda response: response.url.endswith("pagefind/lookup.json")):
        page.focus("#page-search" if "search/" in address else "#header-search")

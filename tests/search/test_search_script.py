"""The search script in a browser: suggestions, the page of results, filters, keyboard, failures."""

from __future__ import annotations

import functools
import html
import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import macros
from macros.pages.content import SearchEntry
from macros.search.documents import normalize, write_index
from tests.browser.conftest import SLOW_WORKER
from tests.conftest import essential
from tests.search.test_documents import SAME

pytestmark = pytest.mark.browser

ASSETS = Path(macros.__file__).parent / "theme/assets/tracker"

SLUMS = SearchEntry(
    "resolutions/2-2/",
    "Accelerating the transformation of informal settlements and slums by 2030",
    "Workshops in Tromsø and São Paulo. Biodiverse, biodiverse: see resolution 2/4 & <img "
    "src=x onerror=alert(1)>.",
    meta=(("session", "Second session"), ("state", "Under implementation")),
    filters=(("session", "2"), ("state", "under-implementation")),
    lookups=("2/2", "HSP/HA.2/Res.2", "resolution 2/2"),
)
BIODIVERSE = SearchEntry(
    "resolutions/2-4/",
    "Biodiverse and resilient cities",
    "Progress was noted in HSP/EB.2024/17, paragraph 4.",
    meta=(("session", "Second session"), ("state", "Under implementation")),
    filters=(("session", "2"), ("state", "under-implementation")),
    lookups=("2/4", "HSP/HA.2/Res.4", "resolution 2/4"),
)
FINANCING = SearchEntry(
    "resolutions/2-10/",
    "Equitable financing and effective monitoring",
    "A tracker of 2024 shows 210 figures about slums.",
    meta=(("session", "Second session"), ("state", "Implemented")),
    filters=(("session", "2"), ("state", "implemented")),
    lookups=("2/10", "HSP/HA.2/Res.10"),
)
PLAN = SearchEntry(
    "resolutions/1-1/",
    "Strategic plan for the period 2020–2023",
    "The plan was extended (A/74/8). See resolutions 2/10, 2/10 and 210.",
    meta=(("session", "First session"), ("state", "Overtaken")),
    filters=(("session", "1"), ("state", "overtaken")),
    lookups=("1/1",),
)
DOCUMENT = SearchEntry(
    "documents/hsp-eb-2024-17/", "HSP/EB.2024/17", "A report.", lookups=("HSP/EB.2024/17",)
)
HOME = SearchEntry("", "The state of all resolutions", "Fifteen at a glance.")
ENGLISH = (
    SLUMS,
    BIODIVERSE,
    FINANCING,
    PLAN,
    DOCUMENT,
    HOME,
    *tuple(
        SearchEntry(
            f"notes/{n}/", "Note", "Annotated.", filters=(("session", "3"), ("secret", "x"))
        )
        for n in range(23)
    ),
)

CHINESE = (
    SearchEntry(
        "resolutions/2-2/",
        "到2030年加快非正规住区和贫民窟改造",
        "讲习班讨论了贫民窟改造。",
        filters=(("session", "2"),),
        lookups=("2/2", "第2/2号决议"),
    ),
    SearchEntry(
        "resolutions/2-4/",
        "具有生物多样性和复原力的城市",
        "执行局在HSP/EB.2024/17号文件中注意到取得的进展。",
        meta=(("state", "执行中"),),
        filters=(("session", "2"),),
        lookups=("2/4", "第2/4号决议", "HSP/HA.2/Res.4"),
    ),
    SearchEntry(
        "resolutions/2-7/",
        "人人享有适足住房",
        "适足住房权是人权。",
        filters=(("session", "2"),),
        lookups=("2/7", "第2/7号决议"),
    ),
    SearchEntry(
        "resolutions/2-10/",
        "公平筹资和有效监测",
        "见第2/4号决议。",
        filters=(("session", "2"),),
        lookups=("2/10",),
    ),
    SearchEntry(
        "resolutions/1-1/",
        "战略计划",
        "2020年至2023年期间。",
        filters=(("session", "1"),),
        lookups=("1/1",),
    ),
    SearchEntry("", "所有决议的现状", "一览。"),
)


STRINGS = {
    "placeholder": "Search",
    "searching": "Searching…",
    "none": "No results for {query}",
    "one": "{count} result",
    "many": "{count} results",
    "exact": "Exact match",
    "all": "Show all results",
    "more": "More results",
    "error": "Search does not work at the moment.",
    "hint": "Type a word or a symbol.",
    "filters": {
        "session": {"label": "Session", "values": {"1": "First", "2": "Second"}},
        "state": {"label": "State", "values": {"under-implementation": "Under implementation"}},
    },
}


def page(lang: str, base: str, main: str = "") -> str:
    """A page with the field in its header, and what belongs on the page of results in its main
    part.
    """
    return (
        f'<!doctype html><html lang="{lang}"><meta charset="utf-8">'
        '<title>Test</title><link rel="icon" href="data:,">'
        f"<header>{search_form('', base)}</header><main>{main}</main>"
        f'<script type="module" src="{base}{"../" if lang == "zh" else ""}assets/search.js">'
        "</script></html>"
    )


def search_form(place: str, base: str) -> str:
    return (
        f'<form class="tracker-search" role="search" action="{base}search/" '
        f'method="get" data-tracker-search="{place}"'
        f' data-base="{base}" data-strings="{html.escape(json.dumps(STRINGS))}">'
        '<input type="search" name="q" aria-label="Search"></form>'
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with the same small site at its root and under a sub-path."""
    root = tmp_path_factory.mktemp("search")
    top = root / "sub/path"
    for lang, language, entries in (("en", top, ENGLISH), ("zh", top / "zh", CHINESE)):
        write_index(entries, lang, language)
        for url in {entry.url for entry in entries} | {"search/"}:
            main = (
                search_form("page", "../") + "<section data-tracker-results></section>"
                if url == "search/"
                else ""
            )
            (language / url).mkdir(parents=True, exist_ok=True)
            text = page(lang, "../" * url.count("/") or "./", main)
            (language / url / "index.html").write_text(text, encoding="utf-8")
    (top / "assets").mkdir()
    for script in ("search.js", "elements.js", "words.js"):
        shutil.copy(ASSETS / script, top / "assets")
    shutil.copytree(top, root, dirs_exist_ok=True)

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=root))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="module")
def profile(browser):
    """One profile for all tests: what was loaded once is at hand, as it is for a reader on a
    second page.
    """
    context = browser.new_context()
    yield context
    context.close()


@contextmanager
def tab(profile, url: str):
    """A new page, on which nothing may go wrong."""
    page = profile.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "console",
        lambda message: (
            problems.append(message.text)
            if message.type in ("error", "warning") and SLOW_WORKER not in message.text
            else None
        ),
    )
    page.goto(url)
    yield page
    page.close()
    assert problems == []


SETTLED = """() => {
    const live = document.querySelector(".tracker-search__live");
    return !["", "Searching…"].includes(live.textContent);
}"""


def suggestions(page, query: str) -> list[str]:
    """The addresses of what is suggested for the first query typed on a page."""
    page.fill("header input", query)
    page.wait_for_function(SETTLED)
    options = ".tracker-search__option:not(.tracker-search__all)"
    return page.eval_on_selector_all(options, "all => all.map(a => a.href)")


def results(page, count: str) -> list[str]:
    """The addresses on the page of results, once it says how many there are."""
    page.wait_for_function(
        "n => document.querySelector('.tracker-search__status').textContent === n", arg=count
    )
    return page.eval_on_selector_all(".tracker-search__result > a", "all => all.map(a => a.href)")


def test_the_script_normalises_alike(profile, site):
    texts = [text for texts in SAME.values() for text in texts] + [
        "İ",
        "ΟΔΟΣ",
        "½",
        "№ 5",
        "l’art",
        "S-10/2",
        "住房、贫民窟",
    ]
    with tab(profile, site) as page:
        theirs = page.evaluate(
            "async texts => texts.map((await import('/assets/search.js')).normalize)", texts
        )
    assert theirs == [normalize(text) for text in texts]


QUERIES = {
    "": [
        ("slum", "resolutions/2-2/"),  # in its title; and another page in its text
        ("biodiverse", "resolutions/2-4/"),  # once in its title; and another page twice in its text
        ("HSP/EB.2024/17", "documents/hsp-eb-2024-17/"),
        ("A/74/8", "resolutions/1-1/"),
        ("2/10", "resolutions/2-10/"),
        ("2/4", "resolutions/2-4/"),
        ("2.4", "resolutions/2-4/"),
        ("resolution 2/4", "resolutions/2-4/"),
        ("HSP/HA.2/Res.4", "resolutions/2-4/"),
        ("hsp/ha.2/res.4", "resolutions/2-4/"),
        ("tromso", "resolutions/2-2/"),
        ("Tromsø", "resolutions/2-2/"),
        ("Sao Paulo", "resolutions/2-2/"),
        ("glance", ""),
        ("qwertz", None),
        ("constructor", None),
    ],
    "zh/": [
        ("贫民窟", "resolutions/2-2/"),
        ("住房", "resolutions/2-7/"),
        ("适足住房", "resolutions/2-7/"),
        ("HSP/EB.2024/17", "resolutions/2-4/"),
        ("第2/4号决议", "resolutions/2-4/"),
        ("第２／７号决议", "resolutions/2-7/"),
        ("hsp/ha.2/res.4", "resolutions/2-4/"),
        ("2/10", "resolutions/2-10/"),
    ],
}


@pytest.mark.parametrize("lang", essential(QUERIES, ""))
def test_first_results(profile, site, lang):
    """The same is suggested on any page and found on the page of results, the best first."""
    root = f"{site}sub/path/{lang}"
    seen: dict[str, tuple[str, list[str]]] = {}
    with tab(profile, f"{root}resolutions/1-1/") as page:
        for query, first in QUERIES[lang]:
            found = suggestions(page, query)
            assert found[:1] == ([] if first is None else [root + first]), query
            seen[query] = page.text_content(".tracker-search__live"), found
            page.fill("header input", "")
            page.wait_for_function(
                "document.querySelector('.tracker-search__live').textContent === ''"
            )
    with tab(profile, f"{root}search/") as page:
        for query, (told, found) in seen.items():
            page.fill("main input", query)
            assert results(page, told) == found, query
            page.fill("main input", "")
            results(page, STRINGS["hint"])


@pytest.mark.parametrize(
    ("top", "lang", "query", "first"),
    [
        ("", "", "slum", "resolutions/2-2/"),
        ("sub/path/", "", "qwertz", None),
        ("sub/path/", "zh/", "第２／７号决议", "resolutions/2-7/"),
    ],
)
def test_enter_leads_to_the_page_of_results(profile, site, top, lang, query, first):
    root = f"{site}{top}{lang}"
    with tab(profile, f"{root}resolutions/1-1/") as page:
        found = suggestions(page, query)
        told = page.text_content(".tracker-search__live")
        page.press("header input", "Enter")
        page.wait_for_url(f"{root}search/?*")
        assert results(page, told) == found
        assert page.input_value("main input") == query
    assert found[:1] == ([] if first is None else [root + first])


def test_suggestions_by_keyboard(profile, site):
    with tab(profile, site) as page:
        field = page.locator("header input")
        page.keyboard.press("/")
        assert field.evaluate("field => field === document.activeElement")
        page.keyboard.press("s")  # is typed
        assert field.input_value() == "s"
        assert suggestions(page, "resolution 2/4")
        assert field.get_attribute("aria-expanded") == "true"
        assert page.text_content(".tracker-search__option .tracker-search__exact") == "Exact match"
        for key, text in [
            ("ArrowDown", "Biodiverse and resilient cities"),
            ("ArrowUp", None),
            ("ArrowUp", "Show all results"),
            ("ArrowDown", None),
            ("ArrowDown", "Biodiverse and resilient cities"),
        ]:
            page.keyboard.press(key)
            active = field.get_attribute("aria-activedescendant")
            assert (active is None) == (text is None)
            assert text is None or page.locator(
                f"#{active}[aria-selected=true]"
            ).inner_text().startswith(text)
        page.keyboard.press("Escape")
        assert field.get_attribute("aria-expanded") == "false"
        assert not page.is_visible(".tracker-search__panel")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{site}resolutions/2-4/")


def test_what_a_result_shows(profile, site):
    with tab(profile, f"{site}search/?q=workshops") as page:
        results(page, "1 result")
        item = page.locator(".tracker-search__result")
        meta = item.locator(".tracker-search__meta-item").all_inner_texts()
        assert meta == ["Second session", "Under implementation"]
        assert item.locator("mark").all_inner_texts() == ["Workshops"]
        assert (
            "2/4 & <img src=x onerror=alert(1)>"
            in item.locator(".tracker-search__excerpt").inner_text()
        )


def unfold(page):
    """Open all menus of filters, of which readers have one open at a time."""
    page.wait_for_selector(".tracker-search__menu")
    page.eval_on_selector_all(
        "details", "all => all.forEach(menu => { menu.name = ''; menu.open = true; })"
    )


def test_filters_are_kept_in_the_address(profile, site):
    def facets():
        return [
            text.split()
            for text in page.locator(".tracker-search__value:visible").all_inner_texts()
        ]

    with tab(profile, f"{site}search/?q=resolution&session=2&other=x") as page:
        assert results(page, "2 results") == [f"{site}resolutions/2-2/", f"{site}resolutions/2-4/"]
        assert page.url == f"{site}search/?q=resolution&session=2"
        assert page.locator(".tracker-search__summary").all_inner_texts() == [
            "Session",
            "State",
        ]  # no "secret"
        unfold(page)
        page.wait_for_function("document.querySelector('.tracker-search__count').textContent")
        assert facets() == [["First", "1"], ["Second", "2"], ["Under", "implementation", "2"]]
        page.check("text=First")
        assert len(results(page, "3 results")) == 3
        assert page.url == f"{site}search/?q=resolution&session=1&session=2"
        page.check("text=overtaken")
        assert results(page, "1 result") == [f"{site}resolutions/1-1/"]
        assert page.url == f"{site}search/?q=resolution&session=1&session=2&state=overtaken"
        page.fill("main input", "")
        assert results(page, "1 result") == [f"{site}resolutions/1-1/"]  # the filters alone
        page.uncheck("text=overtaken")
        page.uncheck("text=First")
        page.uncheck("text=Second")
        assert results(page, "Type a word or a symbol.") == []


def test_filters_apply_to_exact_matches(profile, site):
    with tab(profile, f"{site}search/?q=1/1&session=2") as page:
        assert results(page, "No results for 1/1") == []
        unfold(page)
        page.uncheck("text=Second")
        assert results(page, "1 result") == [f"{site}resolutions/1-1/"]


def test_more_results(profile, site):
    with tab(profile, f"{site}search/?q=annotated") as page:
        assert len(results(page, "23 results")) == 10
        for shown in (20, 23):
            page.click(".tracker-search__more")
            page.wait_for_function(
                "n => document.querySelectorAll('.tracker-search__result').length === n", arg=shown
            )
        assert not page.is_visible(".tracker-search__more")
        found = results(page, "23 results")
        assert len(set(found)) == 23
        assert (
            page.evaluate("document.activeElement.href") == found[20]
        )  # the first of the new ones


def test_results_of_an_earlier_query_that_arrive_late_are_not_shown(browser, site):
    context, held = browser.new_context(), []
    context.route("**/fragment/**", lambda route: held.append(route))
    page = context.new_page()
    with page.expect_request("**/fragment/**"):
        page.goto(f"{site}search/?q=workshops")
    page.fill("main input", "")
    assert results(page, STRINGS["hint"]) == []
    for route in held:
        route.continue_()
    page.wait_for_timeout(500)
    assert results(page, STRINGS["hint"]) == []
    context.close()


def test_a_failure_is_told_and_mended(browser, site):
    context = browser.new_context()
    page = context.new_page()
    context.route("**/wasm.*", lambda route: route.abort())
    page.goto(site)
    assert suggestions(page, "slum") == []
    assert page.text_content(".tracker-search__live") == STRINGS["error"]
    context.unroute("**/wasm.*")
    page.fill("header input", "slums")
    page.wait_for_selector(".tracker-search__option")
    context.close()


def test_what_the_query_names_is_shown_while_the_engine_is_awaited(browser, site):
    context, held, released = browser.new_context(), [], []
    context.route("**/wasm.*", lambda route: route.continue_() if released else held.append(route))
    page = context.new_page()
    page.goto(site)
    page.fill("header input", "2/4")
    page.wait_for_selector(".tracker-search__option .tracker-search__exact")
    assert page.text_content(".tracker-search__live") == STRINGS["searching"]
    assert page.get_attribute(".tracker-search__option", "href") == f"{site}resolutions/2-4/"
    released.append(True)  # the engine may not even have been asked for yet
    for route in held:
        route.continue_()
    page.wait_for_function(SETTLED)
    assert page.locator(".tracker-search__all").count() == 1
    context.close()


def test_the_composition_of_a_word_is_awaited(profile, site):
    with tab(profile, f"{site}zh/") as page:
        compose = """(field, [type, value]) => {
            field.focus();
            field.value = value;
            field.dispatchEvent(new InputEvent(type, { isComposing: type === "input" }));
        }"""
        page.locator("header input").evaluate(compose, ["input", "zhu fang"])
        page.wait_for_timeout(400)
        assert page.text_content(".tracker-search__live") == ""
        page.locator("header input").evaluate(compose, ["compositionend", "住房"])
        page.wait_for_selector("text=人人享有适足住房")


def test_an_english_word_is_searched_for_while_a_phone_composes_it(profile, site):
    with tab(profile, site) as page:
        page.locator("header input").evaluate("""field => {
            field.focus();
            field.value = "slum";
            field.dispatchEvent(new InputEvent("input", { isComposing: true }));
        }""")
        page.wait_for_selector(f".tracker-search__option[href='{site}resolutions/2-2/']")

"""Search: what is indexed, what leads straight to a page, and what a reader's browser finds."""

from __future__ import annotations

import functools
import gzip
import html
import json
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from macros.search import documents as search
from macros.search import pagefind
from macros.search.documents import (
    SearchEntry,
    SearchError,
    fold,
    lookup_table,
    normalise,
    slim_html,
    write_index,
)

ASSETS = Path(search.__file__).parent / "theme/assets/tracker"


# Words and identifiers


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Tromsø", "tromso"),
        ("ŁÓDŹ", "lodz"),
        ("Straße", "strasse"),
        ("Ærø", "aero"),
        ("İstanbul", "istanbul"),
        ("São Paulo", "sao paulo"),
        ("ﬁnance ２／４", "finance 2/4"),
        ("贫民窟", "贫民窟"),
        ("서울", "서울"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


SAME = {
    "2/4": ["2.4", "2-4", "2–4", "2 / 4", "２／４", "2∕4", "(2/4)", "“2/4”", "2/4.", "2\u200b/4"],
    "hsp/ha/2/res/4": ["HSP/HA.2/Res.4", "hsp/ha.2/res.4", "HSP/HA.2/RES. 4", "[HSP/HA.2/Res.4]"],
    "第2/4号决议": ["第2/4号决议", "第 2/4 号决议", "第２／４号决议", "《第2/4号决议》"],
    "resolution2/4": ["resolution 2/4", "Resolution 2.4"],
    "2/2a": ["2/2 (a)", "2/2(A)"],
    "": ["", " ", "…"],
}


@pytest.mark.parametrize(
    ("key", "written"), [(key, text) for key, texts in SAME.items() for text in texts]
)
def test_normalise(key: str, written: str) -> None:
    assert normalise(written) == key


def test_normalise_keeps_different_identifiers_apart() -> None:
    assert len({normalise(text) for text in ("2/1", "21", "2/10", "2/1/0", "1/2", "S-2/1")}) == 6


def test_lookup_table() -> None:
    first = SearchEntry("a/", "A", "", lookups=("2/4", "2.4", "HSP/HA.2/Res.4"))
    second = SearchEntry("b/", "B", "", lookups=("2/4", "…"))
    assert lookup_table([first, second]) == {
        "2/4": [{"url": "a/", "title": "A"}, {"url": "b/", "title": "B"}],
        "hsp/ha/2/res/4": [{"url": "a/", "title": "A"}],
    }


def test_a_small_table_is_one_file() -> None:
    table = lookup_table([SearchEntry("a/", "A", "", lookups=("2/4",))])
    assert {name: json.loads(text) for name, text in search.lookup_files(table, 1).items()} == {
        "pagefind/lookup.json": table
    }
    assert json.loads(search.lookup_files(table, 3)["pagefind/lookup.json"]) == {
        "": {"shards": 3},
        **table,
    }


def test_a_large_table_is_many_files() -> None:
    table = lookup_table(
        SearchEntry(f"r/{n}/", f"Title {n}", "", lookups=(f"1/{n}", f"第1/{n}号决议"))
        for n in range(2000)
    )
    files = {name: json.loads(text) for name, text in search.lookup_files(table, 1).items()}
    tables = files.pop("pagefind/lookup.json")[""]["tables"]
    assert len(files) == tables and max(map(len, files.values())) < 2 * len(table) / tables
    assert all(
        files[f"pagefind/lookup/{search.spread(key) % tables}.json"][key] == pages
        for key, pages in table.items()
    )
    assert sum(map(len, files.values())) == len(table)


# Shards


MANY = [
    SearchEntry(f"resolutions/{n}/", f"Title {n}", f"Words {n}", lookups=(str(n),))
    for n in range(500)
]
LISTS = [SearchEntry(f"sessions/{n}/", f"Session {n}", "Words") for n in range(9)]


def test_few_entries_are_one_shard() -> None:
    assert search.shards(MANY + LISTS) == [sorted(MANY + LISTS, key=lambda entry: entry.url)]


def test_many_entries_are_shards_of_like_size_and_one_of_lists() -> None:
    found = search.shards(MANY + LISTS, 100)
    assert sorted(entry.url for shard in found for entry in shard) == sorted(
        entry.url for entry in MANY + LISTS
    )
    assert found[-1] == LISTS
    assert len(found) == 9 and all(35 < len(shard) < 90 for shard in found[:-1])
    assert len(search.shards(MANY, 1)) == search.MOST


def test_one_more_entry_changes_one_shard() -> None:
    before, after = search.shards(MANY[1:] + LISTS, 100), search.shards(MANY + LISTS, 100)
    changed = [shard for shard in after if shard not in before]
    assert len(before) == len(after) and len(changed) == 1 and MANY[0] in changed[0]


# The indexed page


def test_slim_html() -> None:
    entry = SearchEntry(
        "resolutions/2-4/",
        "Cities & Tromsø",
        "A <b> text about São Paulo.",
        meta=(("state", 'Under "way"'),),
        filters=(("session", "2"),),
        aliases=("HSP/HA.2/Res.4",),
        lookups=("2/4", "HSP/HA.2/Res.4"),
    )
    assert slim_html(entry, "en") == (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        '<meta data-pagefind-meta="title[content]" content="Cities &amp; Tromsø">\n'
        '<meta data-pagefind-meta="aliases[content]" content="HSP/HA.2/Res.4 2/4">\n'
        '<meta data-pagefind-meta="folded[content]" content="tromso">\n'
        '<meta data-pagefind-meta="state[content]" content="Under &quot;way&quot;">\n'
        '<meta data-pagefind-filter="session[content]" content="2">\n'
        "<body>A &lt;b&gt; text about São Paulo.</body>\n</html>\n"
    )


def test_slim_html_without_anything_special() -> None:
    assert slim_html(SearchEntry("", "住房", "适足住房"), "zh") == (
        '<!doctype html>\n<html lang="zh">\n<meta charset="utf-8">\n'
        '<meta data-pagefind-meta="title[content]" content="住房">\n'
        "<body>适足住房</body>\n</html>\n"
    )


# The index


SLUMS = SearchEntry(
    "resolutions/2-2/",
    "Accelerating the transformation of informal settlements and slums by 2030",
    "Workshops in Tromsø and São Paulo. Biodiverse, biodiverse: see resolution 2/4 & <img src=x onerror=alert(1)>.",
    meta=(("session", "Second session"), ("state", "Under implementation")),
    filters=(("session", "2"), ("state", "under-implementation")),
    aliases=("HSP/HA.2/Res.2",),
    lookups=("2/2", "HSP/HA.2/Res.2", "resolution 2/2"),
)
BIODIVERSE = SearchEntry(
    "resolutions/2-4/",
    "Biodiverse and resilient cities",
    "Progress was noted in HSP/EB.2024/17, paragraph 4.",
    meta=(("session", "Second session"), ("state", "Under implementation")),
    filters=(("session", "2"), ("state", "under-implementation")),
    aliases=("HSP/HA.2/Res.4",),
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
    "documents/#hsp-eb-2024-17", "HSP/EB.2024/17", "A report.", lookups=("HSP/EB.2024/17",)
)
HOME = SearchEntry("", "The state of all resolutions", "Fifteen at a glance.")
ENGLISH = (SLUMS, BIODIVERSE, FINANCING, PLAN, DOCUMENT, HOME) + tuple(
    SearchEntry(f"notes/{n}/", "Note", "Annotated.", filters=(("session", "3"), ("secret", "x")))
    for n in range(23)
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
        aliases=("HSP/HA.2/Res.4",),
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


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_identical_runs_write_identical_files(tmp_path: Path) -> None:
    entries = [
        SearchEntry(
            f"{n}/",
            f"Page {n}",
            "Text",
            filters=(("a", str(n % 7)), ("b", str(n % 5)), ("c", str(n))),
        )
        for n in range(300)
    ]
    for name in "xy":
        write_index(entries, "en", tmp_path / name)
    assert contents(tmp_path / "x") == contents(tmp_path / "y")


def test_only_what_is_used_is_published(tmp_path: Path) -> None:
    stale = tmp_path / "pagefind/stale"
    stale.mkdir(parents=True)
    write_index(ENGLISH, "en", tmp_path)
    names = {file.name for file in (tmp_path / "pagefind").iterdir() if not file.match("*.pf_meta")}
    assert names == {
        "filter", "fragment", "index", "lookup.json", "pagefind-entry.json", "pagefind.js",
        "wasm.en.pagefind", "wasm.unknown.pagefind",
    }  # fmt: skip
    table = json.loads((tmp_path / "pagefind/lookup.json").read_text(encoding="utf-8"))
    assert table == lookup_table(ENGLISH)


def test_one_address_for_two_entries(tmp_path: Path) -> None:
    with pytest.raises(SearchError, match="same address"):
        write_index([HOME, HOME], "en", tmp_path)


@pytest.fixture
def indexed(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The names of the pages of each index that is made."""
    made: list[list[str]] = []
    index = pagefind.index

    def told(pages):
        listed = list(pages)
        made.append([name for name, _ in listed])
        return index(listed)

    monkeypatch.setattr(pagefind, "index", told)
    return made


def test_only_a_shard_that_changed_is_indexed_again(
    tmp_path: Path, indexed: list[list[str]]
) -> None:
    kept = tmp_path / "kept"
    write_index(ENGLISH, "en", tmp_path / "first", kept, 2)
    assert sum(map(len, indexed)) == len(ENGLISH) and len(indexed) > 3
    indexed.clear()
    write_index(ENGLISH, "en", tmp_path / "again", kept, 2)
    assert indexed == [] and contents(tmp_path / "again") == contents(tmp_path / "first")
    edited = [replace(entry, body="Changed.") if entry is SLUMS else entry for entry in ENGLISH]
    write_index(edited, "en", tmp_path / "edited", kept, 2)
    assert len(indexed) == 1 and "=resolutions%2F2-2%2F.html" in indexed[0]
    write_index(edited, "en", tmp_path / "anew", size=2)
    assert contents(tmp_path / "anew") == contents(tmp_path / "edited")


SPOILT = {
    "damaged": lambda file: file.write_bytes(file.read_bytes().replace(b"pagefind", b"pagefund")),
    "truncated": lambda file: file.write_bytes(file.read_bytes()[:-1]),
    "empty": lambda file: file.write_bytes(b""),
    "missing": Path.unlink,
}


@pytest.mark.parametrize("how", SPOILT)
def test_what_is_spoilt_is_made_anew(tmp_path: Path, indexed: list[list[str]], how: str) -> None:
    kept = tmp_path / "kept"
    write_index(ENGLISH, "en", tmp_path / "first", kept)
    before = contents(kept)
    for file in (kept / "en").iterdir():
        SPOILT[how](file)
    write_index(ENGLISH, "en", tmp_path / "again", kept)
    assert len(indexed) == 2
    assert contents(tmp_path / "again") == contents(tmp_path / "first")
    assert contents(kept) == before


def test_what_two_builds_did_not_use_is_not_kept_any_longer(tmp_path: Path) -> None:
    def names() -> set[str]:
        return {file.name for file in (tmp_path / "kept/en").iterdir()} - {"used.json"}

    write_index([HOME], "en", tmp_path, tmp_path / "kept")
    first = names()
    write_index([PLAN], "zh", tmp_path, tmp_path / "kept")
    write_index([PLAN], "en", tmp_path, tmp_path / "kept")
    second = names() - first
    assert first < names() and len(second) == 1
    write_index([SLUMS], "en", tmp_path, tmp_path / "kept")
    assert not first & names() and second < names()


def test_nothing_to_index(tmp_path: Path) -> None:
    with pytest.raises(SearchError, match="exit status 1"):
        write_index([], "en", tmp_path)


def test_missing_indexer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pagefind_bin_extended.get_executable", lambda: tmp_path / "nowhere")
    with pytest.raises(SearchError, match=r"pagefind\[extended\]"):
        write_index([HOME], "en", tmp_path)


@pytest.mark.parametrize(
    "value", [0, 23, 24, 255, 256, 65536, 2**40, "é" * 200, [], [["a", 1], [[2] * 70000]]]
)
def test_what_is_encoded_can_be_decoded(value: object) -> None:
    data = pagefind._encode(value)
    assert pagefind._decode(data, 0) == (value, len(data))


# In a browser


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
    """A page with the field in its header, and what belongs on the page of results in its main part."""
    return (
        f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>Test</title><link rel="icon" href="data:,">'
        f"<header>{search_form('', base)}</header><main>{main}</main>"
        f'<script type="module" src="{base}{"../" if lang == "zh" else ""}assets/search.js"></script></html>'
    )


def search_form(place: str, base: str) -> str:
    return (
        f'<form class="tracker-search" role="search" action="{base}search/" method="get" data-tracker-search="{place}"'
        f' data-base="{base}" data-strings="{html.escape(json.dumps(STRINGS))}">'
        '<input type="search" name="q" aria-label="Search"></form>'
    )


@pytest.fixture(scope="session", params=[search.SIZE, 2], ids=["one shard", "shards"])
def site(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a server with the same small site at its root and under a sub-path; its index is one, or several."""
    root = tmp_path_factory.mktemp("search")
    top = root / "sub/path"
    for lang, language, entries in (("en", top, ENGLISH), ("zh", top / "zh", CHINESE)):
        write_index(entries, lang, language, size=request.param)
        for url in {entry.url.partition("#")[0] for entry in entries} | {"search/"}:
            main = (
                search_form("page", "../") + "<section data-tracker-results></section>"
                if url == "search/"
                else ""
            )
            (language / url).mkdir(parents=True, exist_ok=True)
            text = page(lang, "../" * url.count("/") or "./", main)
            (language / url / "index.html").write_text(text, encoding="utf-8")
    (top / "assets").mkdir()
    for script in ("search.js", "menus.js", "words.js"):
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
    """One profile for all tests: what was loaded once is at hand, as it is for a reader on a second page."""
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
            problems.append(message.text) if message.type in ("error", "warning") else None
        ),
    )
    page.goto(url)
    yield page
    page.close()
    assert problems == []


SETTLED = "() => !['', 'Searching…'].includes(document.querySelector('.tracker-search__live').textContent)"


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


@pytest.mark.browser
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
            "async texts => texts.map((await import('/assets/search.js')).normalise)", texts
        )
    assert theirs == [normalise(text) for text in texts]


@pytest.mark.browser
def test_the_script_divides_identifiers_alike(profile, site):
    texts = ["", "2/4", "第2/4号决议", "hsp/ha/2/res/10", "𝒳"]
    with tab(profile, site) as page:
        theirs = page.evaluate(
            "async texts => texts.map((await import('/assets/search.js')).spread)", texts
        )
    assert theirs == [search.spread(text) for text in texts]


QUERIES = {
    "": [
        ("slum", "resolutions/2-2/"),  # in its title; and another page in its text
        ("biodiverse", "resolutions/2-4/"),  # once in its title; and another page twice in its text
        ("HSP/EB.2024/17", "documents/#hsp-eb-2024-17"),
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


@pytest.mark.browser
@pytest.mark.parametrize("lang", QUERIES)
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


@pytest.mark.browser
@pytest.mark.parametrize(
    ("lang", "query", "count"),
    [
        ("", "workshops", "1 result"),
        ("", "workshops resolution", "1 result"),
        ("", "workshops strategic", "No results for workshops strategic"),
        ("zh/", "讲习班", "1 results"),
        ("zh/", "一览", "1 results"),
    ],
)
def test_words_of_which_a_shard_has_none(profile, site, lang, query, count):
    with tab(profile, f"{site}{lang}search/?q={query}") as page:
        results(page, count)


@pytest.mark.browser
@pytest.mark.parametrize("top", ["", "sub/path/"])
@pytest.mark.parametrize(
    ("lang", "query", "first"),
    [("", "slum", "resolutions/2-2/"), ("", "qwertz", None), ("", "Tromsø", "resolutions/2-2/")]
    + [("zh/", "住房", "resolutions/2-7/"), ("zh/", "第２／７号决议", "resolutions/2-7/")],
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


@pytest.mark.browser
def test_nothing_is_downloaded_before_someone_searches(profile, site):
    with tab(profile, f"{site}sub/path/") as page:
        loaded = "() => performance.getEntriesByType('resource').map(e => new URL(e.name).pathname)"
        assert page.evaluate(loaded) == [
            f"/sub/path/assets/{name}.js" for name in ("search", "words")
        ]
        page.focus("header input")
        page.wait_for_function(f"({loaded})().includes('/sub/path/pagefind/lookup.json')")


@pytest.mark.browser
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


@pytest.mark.browser
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


@pytest.mark.browser
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


@pytest.mark.browser
def test_filters_apply_to_exact_matches(profile, site):
    with tab(profile, f"{site}search/?q=1/1&session=2") as page:
        assert results(page, "No results for 1/1") == []
        unfold(page)
        page.uncheck("text=Second")
        assert results(page, "1 result") == [f"{site}resolutions/1-1/"]


@pytest.mark.browser
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


@pytest.mark.browser
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


@pytest.mark.browser
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


@pytest.mark.browser
@pytest.mark.parametrize("site", [2], indirect=True)
def test_the_first_shard_is_shown_while_others_are_awaited(browser, site):
    first = search.shards(ENGLISH, 2)[0][0]
    context, held, released = browser.new_context(), [], []
    context.route(
        re.compile(r"/pagefind/\d/"),
        lambda route: route.continue_() if released else held.append(route),
    )
    page = context.new_page()
    page.goto(site)
    page.fill("header input", first.title)
    page.wait_for_selector(".tracker-search__option")
    assert page.text_content(".tracker-search__live") == STRINGS["searching"]
    assert page.locator(".tracker-search__all").count() == 0
    page.press("header input", "ArrowDown")
    chosen = page.get_attribute("[aria-selected=true]", "href")
    released.append(True)
    for route in held:
        route.continue_()
    page.wait_for_function(SETTLED)
    assert page.get_attribute("[aria-selected=true]", "href") == chosen
    assert page.locator(".tracker-search__all").count() == 1
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("site", [2], indirect=True)
def test_a_shard_that_fails_is_told_and_mended(browser, site):
    context = browser.new_context()
    context.route("**/pagefind/1/*", lambda route: route.abort())
    page = context.new_page()
    page.goto(site)
    page.fill("header input", "slum")
    page.wait_for_function(
        "text => document.querySelector('.tracker-search__live').textContent === text",
        arg=STRINGS["error"],
    )
    context.unroute("**/pagefind/1/*")
    page.fill("header input", "slums")
    page.wait_for_selector(".tracker-search__all")
    assert page.text_content(".tracker-search__live") == "2 results"
    context.close()


@pytest.mark.browser
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


@pytest.mark.browser
def test_an_english_word_is_searched_for_while_a_phone_composes_it(profile, site):
    with tab(profile, site) as page:
        page.locator("header input").evaluate("""field => {
            field.focus();
            field.value = "slum";
            field.dispatchEvent(new InputEvent("input", { isComposing: true }));
        }""")
        page.wait_for_selector(f".tracker-search__option[href='{site}resolutions/2-2/']")


@contextmanager
def stopped(browser, url: str):
    """A page of a new reader, on which no time passes but what a test lets run."""
    context = browser.new_context()
    page = context.new_page()
    page.clock.install()
    page.goto(url)
    page.clock.pause_at(page.evaluate("Date.now()") + 1000)
    yield page
    context.close()


@pytest.mark.browser
def test_what_a_word_needs_is_loaded_in_the_pause_after_a_letter(browser, site):
    with stopped(browser, site) as page:
        with page.expect_response("**/index/*.pf_index"):
            page.type(
                "header input", search.shards(ENGLISH, 2)[0][0].title[0]
            )  # the first shard has words with it
        page.clock.run_for(100)
        page.wait_for_timeout(100)
        assert page.text_content(".tracker-search__live") == "", "searched before the pause is over"
        page.clock.run_for(50)
        page.wait_for_function("document.querySelector('.tracker-search__live').textContent")


@pytest.mark.browser
def test_after_what_comes_at_once_no_pause_is_made(browser, site):
    with stopped(browser, site) as page:
        page.fill("header input", "slum")
        page.clock.run_for(1)
        page.wait_for_selector(".tracker-search__option")


@pytest.mark.browser
@pytest.mark.parametrize("site", [2], indirect=True)
def test_a_part_of_the_identifiers_is_asked_for_once(browser, site):
    context, asked = browser.new_context(), []
    known = {"2/4": [{"url": "resolutions/2-4/", "title": "Biodiverse and resilient cities"}]}
    whole = context.request.get(f"{site}pagefind/lookup.json").json()
    context.route(
        "**/lookup.json", lambda route: route.fulfill(json={"": {**whole[""], "tables": 1}})
    )
    context.route(
        "**/lookup/0.json",
        lambda route: asked.append(route.request.url) or route.fulfill(json=known),
    )
    page = context.new_page()
    page.goto(site)
    assert suggestions(page, "2/4")[0] == f"{site}resolutions/2-4/"
    assert len(asked) == 1
    context.close()


@pytest.mark.browser
def test_files_that_a_server_unpacks_are_read_too(browser, site):
    context = browser.new_context()
    unpack = lambda route: route.fulfill(body=gzip.decompress(route.fetch().body()))
    context.route(re.compile(r"\.(pf_\w+|pagefind)$"), unpack)
    page = context.new_page()
    page.goto(site)
    assert suggestions(page, "slum")[0] == f"{site}resolutions/2-2/"
    context.close()

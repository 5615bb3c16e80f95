"""Search documents: what is indexed, and what leads straight to a page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from macros.pages.content import SearchEntry
from macros.search.documents import document, file_name, fold, lookup_table, normalize, write_index
from macros.search.pagefind import SearchError, index


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
def test_normalize(key: str, written: str) -> None:
    assert normalize(written) == key


def test_normalize_keeps_different_identifiers_apart() -> None:
    assert len({normalize(text) for text in ("2/1", "21", "2/10", "2/1/0", "1/2", "S-2/1")}) == 6


def test_lookup_table() -> None:
    first = SearchEntry("a/", "A", "", lookups=("2/4", "2.4", "HSP/HA.2/Res.4"))
    second = SearchEntry("b/", "B", "", lookups=("2/4", "…"))
    assert lookup_table([first, second]) == {
        "2/4": [{"url": "a/", "title": "A"}, {"url": "b/", "title": "B"}],
        "hsp/ha/2/res/4": [{"url": "a/", "title": "A"}],
    }


def test_a_document_holds_what_is_searched() -> None:
    entry = SearchEntry(
        "resolutions/2-4/",
        "Cities & Tromsø",
        "A <b> text about São Paulo.",
        meta=(("state", 'Under "way"'),),
        filters=(("session", "2"),),
        lookups=("2/4", "HSP/HA.2/Res.4"),
    )
    assert document(entry, "en") == (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        '<meta data-pagefind-meta="title[content]" content="Cities &amp; Tromsø">\n'
        '<meta data-pagefind-meta="aliases[content]" content="2/4 HSP/HA.2/Res.4">\n'
        '<meta data-pagefind-meta="folded[content]" content="sao tromso">\n'
        '<meta data-pagefind-meta="state[content]" content="Under &quot;way&quot;">\n'
        '<meta data-pagefind-filter="session[content]" content="2">\n'
        "<body>A &lt;b&gt; text about São Paulo.</body>\n</html>\n"
    )


def test_a_document_leaves_out_what_there_is_not() -> None:
    assert document(SearchEntry("", "住房", "适足住房"), "zh") == (
        '<!doctype html>\n<html lang="zh">\n<meta charset="utf-8">\n'
        '<meta data-pagefind-meta="title[content]" content="住房">\n'
        "<body>适足住房</body>\n</html>\n"
    )


def test_the_path_of_a_document_is_the_address_of_its_page() -> None:
    assert [file_name(url) for url in ("", "resolutions/2-4/")] == [
        "index.html",
        "resolutions/2-4/index.html",
    ]


def test_an_index_has_only_what_is_used_and_a_table_of_identifiers(tmp_path: Path) -> None:
    entries = [SearchEntry("a/", "A", "Words", (), (("session", "2"),), lookups=("2/4",))]
    write_index(entries, "en", tmp_path)
    names = {file.name for file in (tmp_path / "pagefind").iterdir() if not file.match("*.pf_meta")}
    assert names == {
        "filter", "fragment", "index", "lookup.json", "pagefind-entry.json", "pagefind.js",
        "pagefind-worker.js", "wasm.en.pagefind", "wasm.unknown.pagefind",
    }  # fmt: skip
    table = json.loads((tmp_path / "pagefind/lookup.json").read_text(encoding="utf-8"))
    assert table == lookup_table(entries)


def test_two_entries_with_one_address_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(SearchError, match="same address: a/"):
        write_index([SearchEntry("a/", "A", ""), SearchEntry("a/", "B", "")], "en", tmp_path)


def test_nothing_to_index_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    with pytest.raises(SearchError, match="exit status 1"):
        index(tmp_path / "pages", tmp_path / "index", "en")

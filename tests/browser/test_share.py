"""Copying addresses and citations, and cards in frames, as a reader does it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape

import pytest
from bibtexparser import loads
from playwright.sync_api import Browser, Page

from macros.exports.embeds import HEIGHT, WIDTH
from tests.browser.conftest import DESK, HEIGHTS, PHONE, Open, Tab
from tests.conftest import Built, essential

pytestmark = pytest.mark.browser

FOLDERS = essential(["", "zh/"], "")
CLIPBOARD = "navigator.clipboard.readText()"
SIGN = "#op-2 > .rt-permalink"

SEEN = """(id) => {
    const element = document.getElementById(id), box = element.getBoundingClientRect(), style = getComputedStyle(element);
    const bar = document.querySelector("header").getBoundingClientRect().bottom;
    return { top: box.top, bar, bottom: innerHeight, background: style.backgroundColor,
             plain: getComputedStyle(document.body).backgroundColor, line: style.outlineStyle, width: style.outlineWidth };
}"""


def assert_reached(page: Page, anchor: str) -> None:
    """What an address leads to is in view below the header, with another background and a line around it."""
    seen = page.evaluate(SEEN, anchor)
    assert seen["bar"] <= seen["top"] < seen["bottom"] * 0.8, seen
    assert seen["background"] not in (seen["plain"], "rgba(0, 0, 0, 0)"), seen
    assert seen["line"] == "solid" and float(seen["width"].removesuffix("px")) >= 1, seen


def copying(tab: Tab) -> Page:
    """The page of a tab that may use the clipboard."""
    tab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return tab.page


# --- addresses ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", essential([PHONE, DESK], DESK))
@pytest.mark.parametrize("folder", FOLDERS)
def test_a_copied_link_leads_to_the_paragraph(fresh: Open, folder: str, width: int) -> None:
    tab = fresh(width)
    page = copying(tab)
    tab.open(f"{folder}resolutions/2-4/")
    page.hover("#op-2")
    page.hover(SIGN)
    page.click(".rt-share button >> nth=0")
    page.wait_for_function("document.querySelector('body > [role=status]').textContent")
    address = page.evaluate(CLIPBOARD)
    assert address == f"{tab.root}{folder}resolutions/2-4/#op-2"
    tab.page.goto("about:blank")
    tab.page.goto(address)
    assert_reached(page, "op-2")
    tab.assert_clean()


def test_a_reached_row_stays_highlighted_under_the_pointer(fresh: Open) -> None:
    page = fresh().open("resolutions/2-4/#sida-support")
    page.hover("#sida-support")
    assert_reached(page, "sida-support")


@pytest.mark.parametrize("scheme", essential(["light", "dark"], "light"))
@pytest.mark.parametrize("media", essential(["screen", "print"], "screen"))
@pytest.mark.parametrize("forced", essential(["none", "active"], "none"))
def test_the_reached_entry_has_a_line_in_every_medium(
    fresh: Open, scheme: str, media: str, forced: str
) -> None:
    page = fresh(DESK, scheme).open("resolutions/2-4/#op-2")
    page.emulate_media(media=media, forced_colors=forced)
    line = "e => { const s = getComputedStyle(e); return [s.outlineStyle, parseFloat(s.outlineWidth), s.outlineColor]; }"
    style, width, colour = page.eval_on_selector("#op-2", line)
    assert (
        style == "solid"
        and width >= 1
        and colour != page.evaluate("getComputedStyle(document.body).backgroundColor")
    )


ENTRIES = [
    ("resolutions/2-4/", "sida-support"),
    ("resolutions/2-4/", "assessment-eb-2024-2-op-2"),
    ("resolutions/2-4/", "cop16-side-event"),
    ("resolutions/2-10/", "window-target"),
    ("resolutions/2-10/", "period-eb-2024-2"),
    ("zh/documents/", "hsp-eb-2024-20"),
    ("about/", "contribution-pledged"),
    ("partners/", "sida"),
]


@pytest.mark.parametrize("width", essential([PHONE, DESK], PHONE))
@pytest.mark.parametrize(
    ("address", "anchor"), essential(ENTRIES, ENTRIES[0], ENTRIES[4], ENTRIES[5])
)
def test_every_kind_of_entry_has_a_sign_and_is_reached(
    fresh: Open, address: str, anchor: str, width: int
) -> None:
    tab = fresh(width)
    page = tab.open(f"{address}#{anchor}")
    assert_reached(page, anchor)
    link = page.locator(f'a.rt-permalink[href="#{anchor}"]')
    link.focus()
    assert link.evaluate("e => getComputedStyle(e).opacity") == "1"
    assert page.locator(".rt-share").is_visible()
    box = page.locator(".rt-share").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= width
    tab.assert_clean()


@pytest.mark.slow
def test_signs_are_seen_where_nothing_can_hover(browser: Browser, served: str) -> None:
    context = browser.new_context(
        viewport={"width": PHONE, "height": 740}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(f"{served}resolutions/2-4/")
    assert float(page.eval_on_selector(SIGN, "e => getComputedStyle(e).opacity")) >= 0.6
    page.tap(SIGN)
    page.wait_for_selector(".rt-share")
    assert page.url.endswith("#op-2")
    context.close()


@pytest.mark.parametrize("folder, name", [("", "Link to this entry"), ("zh/", "本条目的链接")])
def test_every_sign_has_a_name_of_its_own(shared: Open, folder: str, name: str) -> None:
    names = "all => all.map(e => [e.getAttribute('href').slice(1), e.getAttribute('aria-label')])"
    page = shared(DESK, "light", False).open(f"{folder}resolutions/2-4/")
    plain = page.eval_on_selector_all(".rt-permalink", names)
    assert len(plain) > 10 and {told for _, told in plain} == {name}
    page = shared(DESK).open(f"{folder}resolutions/2-4/")
    page.wait_for_function(
        "document.querySelector('.rt-permalink').getAttribute('aria-label').includes('-')"
    )
    mark = "（{}）" if folder else " ({})"
    assert page.eval_on_selector_all(".rt-permalink", names) == [
        [anchor, name + mark.format(anchor)] for anchor, _ in plain
    ]


def test_without_scripts_the_sign_is_a_link(shared: Open) -> None:
    tab = shared(DESK, "light", False)
    page = tab.open("resolutions/2-4/")
    page.hover("#op-2")
    page.click(SIGN)
    assert page.url.endswith("resolutions/2-4/#op-2")
    assert_reached(page, "op-2")
    assert page.locator(".rt-copy").count() == 0 and page.locator(".rt-cite dd").first.is_visible()
    tab.assert_clean()


def test_the_buttons_come_after_their_sign_and_go(fresh: Open) -> None:
    """One pair for the whole page, so that the way through it by keyboard stays short."""
    page = fresh().open("resolutions/2-4/")
    page.focus(SIGN)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Copy link"
    page.keyboard.press("Escape")
    assert page.locator(".rt-share").count() == 0
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#op-2"
    page.focus(SIGN)
    page.focus("#mainstreaming > .rt-permalink")
    assert (
        page.locator(".rt-share").count() == 0
        or page.locator("#mainstreaming > .rt-share").count() == 1
    )
    page.locator("h1").click()
    assert page.locator(".rt-share").count() == 0


# --- citations ------------------------------------------------------------------------------------------------


def dialog(page: Page, sign: str) -> None:
    page.focus(sign)
    page.click(".rt-share button >> nth=1")
    page.wait_for_function("document.querySelector('.rt-dialog textarea').value")


def chosen(page: Page, form: str) -> str:
    """What the clipboard holds after a form was chosen and copied."""
    before = page.input_value(".rt-dialog textarea")
    page.check(f".rt-dialog input[value='{form}']")
    page.wait_for_function(
        "before => document.querySelector('.rt-dialog textarea').value !== before", arg=before
    )
    page.click(".rt-dialog__buttons button >> nth=0")
    page.wait_for_function("document.querySelector('.rt-dialog [role=status]').textContent")
    return page.evaluate(CLIPBOARD)


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_paragraph_is_cited_as_text_and_as_bibtex(fresh: Open, folder: str) -> None:
    tab = fresh()
    page = copying(tab)
    tab.open(f"{folder}resolutions/2-4/")
    page.wait_for_load_state("networkidle")
    assert not any("2-4." in url for url in tab.requests), "nothing is loaded before anybody asks"
    dialog(page, SIGN)
    text = page.input_value(".rt-dialog textarea")
    assert "2/4" in text and "/resolutions/2-4/#op-2" in text and "HSP/EB.2024/20" in text
    (entry,) = loads(chosen(page, "BibTeX")).entries
    assert entry["ID"] == "resolution-2-4:op-2"
    assert chosen(page, "text") == text
    page.keyboard.press("Escape")
    assert not page.locator(".rt-dialog").is_visible()
    page.wait_for_function("document.activeElement.getAttribute('href') === '#op-2'")
    tab.assert_clean()


@pytest.mark.slow
def test_every_sign_on_the_page_has_its_own_citation(fresh: Open) -> None:
    tab = fresh()
    page = tab.open("resolutions/2-10/")
    signs = page.eval_on_selector_all(
        "a.rt-permalink", "all => all.map(e => e.getAttribute('href'))"
    )
    text = page.evaluate(
        "fetch(document.querySelector('[data-tracker-citations]').dataset.trackerCitations).then(r => r.text())"
    )
    anchors = {entry["ID"].partition(":")[2] for entry in loads(text).entries}
    assert {f"#{anchor}" for anchor in anchors if anchor} == set(signs)


def test_the_page_itself_is_copied(fresh: Open) -> None:
    tab = fresh()
    page = copying(tab)
    tab.open("resolutions/2-4/")
    texts = page.eval_on_selector_all(
        "[data-tracker-copy] > span", "all => all.map(e => e.textContent)"
    )
    assert len(texts) == 3
    for index, text in enumerate(texts):
        page.click(f".rt-copy >> nth={index}")
        page.wait_for_function(
            "text => navigator.clipboard.readText().then(t => t === text)", arg=text.strip()
        )
    tab.assert_clean()


def test_without_a_clipboard_the_text_is_selected(fresh: Open) -> None:
    tab = fresh()
    tab.page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page = tab.open("resolutions/2-4/")
    page.click(".rt-copy >> nth=0")
    assert page.evaluate("getSelection().toString()").startswith(
        "United Nations Habitat Assembly resolution 2/4"
    )
    page.focus(SIGN)
    page.click(".rt-share button >> nth=0")
    page.wait_for_selector(".rt-dialog[open]")
    selected = "(() => { const f = document.querySelector('.rt-dialog textarea'); return f.value.slice(f.selectionStart, f.selectionEnd); })()"
    assert page.evaluate(selected) == f"{tab.root}resolutions/2-4/#op-2"
    tab.assert_clean()


@pytest.mark.slow
def test_a_citation_that_cannot_be_loaded_leaves_the_address(fresh: Open) -> None:
    tab = fresh()
    page = tab.open("resolutions/2-4/")
    page.route("**/2-4.bib", lambda route: route.abort())
    dialog(page, SIGN)
    page.check(".rt-dialog input[value='BibTeX']")
    page.wait_for_function("document.querySelector('.rt-dialog [role=status]').textContent")
    assert page.input_value(".rt-dialog textarea") == f"{tab.root}resolutions/2-4/#op-2"


@pytest.mark.parametrize("scheme", essential(["light", "dark"], "light"))
@pytest.mark.parametrize("width", essential([PHONE, DESK], PHONE))
def test_the_window_fits_the_screen(fresh: Open, width: int, scheme: str) -> None:
    page = fresh(width, scheme).open("zh/resolutions/2-4/")
    dialog(page, SIGN)
    box = page.locator(".rt-dialog").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= width
    assert box["y"] > 0 and abs(2 * box["y"] + box["height"] - HEIGHTS[width]) < 4, (
        f"not in the middle: {box}"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width


# --- cards -----------------------------------------------------------------------------------------------------


@contextmanager
def framed(browser: Browser, height: int) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": WIDTH, "height": height})
    yield context.new_page()
    context.close()


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS)
def test_cards_fit_their_frame(browser: Browser, served: str, site: Built, folder: str) -> None:
    slugs = sorted(path.name for path in (site.folder / folder / "embed").iterdir())
    assert len(slugs) > 10
    with framed(browser, 100) as page:
        for slug in slugs:
            page.goto(f"{served}{folder}embed/{slug}/")
            size = page.evaluate(
                "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
            )
            assert size[0] <= WIDTH and size[1] <= HEIGHT, f"{folder}{slug}: {size}"


def test_a_card_fills_its_frame_on_another_site(browser: Browser, served: str, site: Built) -> None:
    source = (site.folder / "zh/resolutions/2-1/index.html").read_text("utf-8")
    snippet = unescape(re.search(r"&lt;iframe.*?&lt;/iframe&gt;", source)[0])  # type: ignore[index]
    with framed(browser, 900) as page:
        page.set_content('<body style="margin: 0">' + snippet.replace(site.url, served))
        frame = page.frame_locator("iframe")
        frame.locator("h1").wait_for()
        assert page.locator("iframe").evaluate("e => [e.offsetWidth, e.offsetHeight]") == [
            WIDTH,
            HEIGHT,
        ]
        body = frame.locator("body").bounding_box()
        assert body and round(body["height"]) == HEIGHT
        assert page.locator("iframe").get_attribute("title")

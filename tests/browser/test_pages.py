"""Every kind of page as a reader meets it: phone or desk, light or dark, with or without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, Open
from tests.conftest import essential

pytestmark = pytest.mark.browser

ADDRESSES = (
    "",
    "resolutions/",
    "resolutions/2-4/",
    "resolutions/2-4/eb-2024-2/",
    "sessions/2/",
    "funding/",
    "timeline/",
    "documents/",
    "partners/",
    "periods/eb-2024-2/",
    "about/",
    "data/",
    "accessibility/",
    "corrections/",
    "search/",
)
"""One page of every kind."""

PAGES = essential(ADDRESSES, "", "resolutions/", "resolutions/2-4/", "timeline/", "search/")
FEW_PAGES = essential(ADDRESSES, "resolutions/2-4/", "funding/")

FOLDERS = essential(["", "zh/"], "")
TAGS = {"": "en", "zh/": "zh-Hans"}
SCHEMES = {"light": "default", "dark": "slate"}

FRAME = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""Waits until the page was painted and its scripts had their turn."""

OVERFLOWING = """() => {
    const wide = document.documentElement.scrollWidth, room = window.innerWidth;
    if (wide <= room) return [];
    const inside = (element) => {
        for (let e = element.parentElement; e; e = e.parentElement)
            if (/auto|scroll|hidden|clip/.test(getComputedStyle(e).overflowX)) return true;
    };
    const culprits = [...document.body.querySelectorAll("*")]
        .filter((e) => e.getBoundingClientRect().right > room + .5 && !inside(e))
        .map((e) => `${e.cloneNode().outerHTML} ends at ${e.getBoundingClientRect().right}`);
    return [`${wide} > ${room}`, ...culprits.slice(0, 8)];
}"""


@pytest.mark.parametrize("scheme", essential(SCHEMES, "light"))
@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("address", PAGES)
def test_page_opens_cleanly(
    shared: Open, address: str, folder: str, width: int, scheme: str
) -> None:
    tab = shared(width, scheme)
    page = tab.open(folder + address)
    page.evaluate(FRAME)
    tab.assert_clean()
    assert page.get_attribute("html", "lang") == TAGS[folder]
    assert page.get_attribute("body", "data-md-color-scheme") == SCHEMES[scheme]
    assert page.locator("h1").is_visible(), f"/{folder}{address}: no visible h1"
    overflowing = page.evaluate(OVERFLOWING)
    assert not overflowing, f"/{folder}{address} scrolls sideways at {width} px: " + "\n".join(
        overflowing
    )


@pytest.mark.parametrize(
    "address",
    essential(
        ["", "resolutions/2-4/", "timeline/", "zh/search/", "no/such/page/"],
        *("resolutions/2-4/", "zh/search/", "no/such/page/"),
    ),
)
def test_later_requests_stay_on_the_site(shared: Open, address: str) -> None:
    """What scripts ask for after the page is there, too."""
    tab = shared()
    page = tab.open(address)
    page.wait_for_load_state("networkidle")
    assert not tab.foreign, f"/{address} asks another host: {tab.foreign}"
    expected = (
        [p for p in tab.problems if "no/such/page/" in p or "status of 404" in p]
        if "no/" in address
        else []
    )
    assert tab.problems == expected, f"/{address}"


# Languages


@pytest.mark.parametrize(
    ("address", "width", "scripts"),
    [
        ("", DESK, True),
        ("resolutions/2-4/eb-2024-2/", PHONE, True),
        ("resolutions/2-4/eb-2024-2/", DESK, False),
        ("search/", PHONE, False),
    ],
)
def test_language_switch_stays_on_the_page(
    shared: Open, address: str, width: int, scripts: bool
) -> None:
    tab = shared(width, "light", scripts)
    page = tab.open(address)
    for folder in ("zh/", ""):
        page.click(f"header a[hreflang={TAGS[folder]}]")
        page.wait_for_url(f"{tab.root}{folder}{address}")
        assert page.get_attribute("html", "lang") == TAGS[folder]
    tab.assert_clean()


# Colours


@pytest.mark.slow
@pytest.mark.parametrize(
    ("scheme", "other", "address"),
    [("light", "dark", "zh/"), ("dark", "light", "resolutions/2-4/")],
)
def test_chosen_colours_are_remembered(fresh: Open, scheme: str, other: str, address: str) -> None:
    """What is chosen on the home page is there on another page, too."""
    tab = fresh(DESK, scheme)
    page = tab.open()
    background = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(background)
    page.click("[data-tracker-colours]:visible")
    page.wait_for_selector(f"body[data-md-color-scheme={SCHEMES[other]}]")
    chosen = page.evaluate(background)
    assert chosen != before
    tab.open(address)
    assert page.get_attribute("body", "data-md-color-scheme") == SCHEMES[other], (
        f"/{address} forgets the choice"
    )
    assert page.evaluate(background) == chosen, f"/{address}"
    tab.assert_clean()


CONTRASTS = """(selector) => {
    const VISIBLE = { opacityProperty: true, visibilityProperty: true };
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const rgba = (colour) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
        return [r, g, b, a / 255];
    };
    const over = ([r, g, b, a], below) => [r, g, b].map((value, i) => value * a + below[i] * (1 - a));
    const chain = (element) => element ? [...chain(element.parentElement), element] : [];
    const luminance = (colour) => {
        const [r, g, b] = colour.map((v) => v / 255).map((v) => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
        return .2126 * r + .7152 * g + .0722 * b;
    };
    const words = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const found = [];
    for (const root of document.querySelectorAll(selector)) {
        for (const element of [root, ...root.querySelectorAll("*")]) {
            if (!words(element) || !element.checkVisibility(VISIBLE)) continue;
            if (getComputedStyle(element).clipPath !== "none") continue; // for screen readers alone
            let behind = [255, 255, 255], opacity = 1;
            for (const e of chain(element)) {
                behind = over(rgba(getComputedStyle(e).backgroundColor), behind);
                opacity *= getComputedStyle(e).opacity;
            }
            const [r, g, b, a] = rgba(getComputedStyle(element).color);
            const pair = [over([r, g, b, a * opacity], behind), behind].map(luminance).sort((x, y) => y - x);
            const style = getComputedStyle(element), size = parseFloat(style.fontSize);
            found.push({
                ratio: (pair[0] + .05) / (pair[1] + .05),
                large: size >= 24 || (size >= 18.66 && style.fontWeight >= 700),
                name: `${element.cloneNode().outerHTML} “${element.textContent.trim().slice(0, 40)}”`,
            });
        }
    }
    return found;
}"""


def too_pale(page: Page, selector: str) -> list[str]:
    """What is hard to read by the rule of WCAG 2.2 (1.4.3), with its contrast."""
    found = page.evaluate(CONTRASTS, selector)
    assert found, f"there is no {selector} on {page.url}"
    return sorted(
        {f"{f['name']}: {f['ratio']:.2f}" for f in found if f["ratio"] < (3 if f["large"] else 4.5)}
    )


@pytest.mark.parametrize("scheme", essential(SCHEMES, "light"))
@pytest.mark.parametrize("address", essential(["about/", "timeline/"], "about/"))
def test_badges_are_legible(shared: Open, address: str, scheme: str) -> None:
    page = shared(DESK, scheme).open(address)
    assert not (pale := too_pale(page, ".rt-badge")), f"/{address}, {scheme}:\n" + "\n".join(pale)


@pytest.mark.parametrize("scheme", essential(SCHEMES, "light"))
@pytest.mark.parametrize("address", FEW_PAGES)
def test_text_is_legible(shared: Open, address: str, scheme: str) -> None:
    page = shared(DESK, scheme).open(address)
    assert not (pale := too_pale(page, "body")), f"/{address}, {scheme}:\n" + "\n".join(pale)


@pytest.mark.parametrize("scheme", essential(SCHEMES, "light"))
def test_every_state_has_a_colour_of_its_own(shared: Open, scheme: str) -> None:
    page = shared(DESK, scheme).open("about/")
    badges = page.eval_on_selector_all(
        ".rt-definitions .rt-badge",
        "all => all.map(b => [b.textContent.trim(), b.querySelector('svg').innerHTML])",
    )
    assert len(badges) > 3
    shapes = {shape for _, shape in badges}
    assert len(shapes) == len(badges), f"states are told apart by colour alone: {badges}"


# Without scripts

HIDDEN = """() => [...document.querySelectorAll("article :is(h1, h2, h3, h4, p, li, dt, dd, td, th, figure)")]
    .filter((e) => e.textContent.trim() && !e.closest("noscript, .rt-filters, .tracker-search__keys") && !e.checkVisibility({ visibilityProperty: true }))
    .map((e) => `<${e.tagName.toLowerCase()} id=${e.id} class=${e.className}> ${e.textContent.trim().slice(0, 60)}`)"""


@pytest.mark.parametrize("address", FEW_PAGES)
def test_whole_content_without_scripts(shared: Open, address: str) -> None:
    tab = shared(PHONE, "light", False)
    page = tab.open(address)
    page.evaluate(
        "document.querySelectorAll('details').forEach(d => { d.open = true; })"
    )  # a reader can, without scripts
    hidden = page.evaluate(HIDDEN)
    assert not hidden, f"/{address}: hidden without scripts:\n" + "\n".join(hidden)
    assert page.locator("h1").is_visible(), f"/{address}: no visible h1"
    tab.assert_clean()


def test_search_without_scripts_shows_a_way_out(shared: Open) -> None:
    page = shared(DESK, "light", False).open("search/?q=slum")
    assert page.locator("noscript a[href$='resolutions/']").is_visible()


# Addresses of parts


@pytest.mark.parametrize(
    ("address", "anchor", "width", "scripts"),
    [
        ("resolutions/2-4/", "op-2", PHONE, True),
        ("zh/resolutions/2-4/", "op-2", DESK, False),
        ("resolutions/2-6/", "op-2-a", PHONE, False),
        ("about/", "status-overtaken", DESK, True),
    ],
)
def test_linked_part_is_in_view_and_highlighted(
    shared: Open, address: str, anchor: str, width: int, scripts: bool
) -> None:
    tab = shared(width, "light", scripts)
    tab.page.goto("about:blank")  # else a test that was on the page before would only scroll
    page = tab.open(f"{address}#{anchor}")
    seen = page.evaluate(
        """(id) => {
            const element = document.getElementById(id), box = element.getBoundingClientRect();
            const bar = document.querySelector("header").getBoundingClientRect().bottom;
            const plain = document.createElement("div");
            element.parentElement.append(plain);
            return {
                top: box.top, bar, bottom: innerHeight,
                background: getComputedStyle(element).backgroundColor,
                plain: getComputedStyle(plain).backgroundColor,
            };
        }""",
        anchor,
    )
    where = f"/{address}#{anchor} at {width} px: {seen}"
    assert seen["bar"] <= seen["top"] < seen["bottom"] * 0.8, f"not in view: {where}"
    assert seen["background"] != seen["plain"], f"not highlighted: {where}"
    tab.assert_clean()


# Keyboard


@pytest.mark.parametrize(
    "address",
    essential(
        ["", "resolutions/2-4/", "zh/resolutions/2-4/", "funding/", "resolutions/", "search/"],
        *("", "zh/resolutions/2-4/"),
    ),
)
def test_first_tab_reaches_the_skip_link(shared: Open, address: str) -> None:
    tab = shared()
    page = tab.open(address)
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    assert "md-skip" in (link.get_attribute("class") or ""), (
        f"/{address}: the first Tab reaches {link.evaluate('e => e.outerHTML')}"
    )
    page.wait_for_function("getComputedStyle(document.activeElement).opacity === '1'")
    target = page.locator(link.get_attribute("href") or "")
    assert target.count() == 1, f"/{address}: the skip link leads to {link.get_attribute('href')}"
    skipped = target.evaluate(
        """e => {
            const h1 = document.querySelector("h1");
            return !h1.contains(e) && !!(e.compareDocumentPosition(h1) & Node.DOCUMENT_POSITION_PRECEDING);
        }"""
    )
    assert not skipped, (
        f"/{address}: the skip link leads to {link.get_attribute('href')}, past the title and what follows it"
    )


@pytest.mark.parametrize("width", essential([PHONE, DESK], PHONE))
def test_focus_is_visible_everywhere(shared: Open, width: int) -> None:
    tab = shared(width)
    page = tab.open("resolutions/2-4/")
    unmarked, steps = [], 0
    while steps < 60:
        page.keyboard.press("Tab")
        steps += 1
        seen = page.evaluate(
            """() => {
                const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
                return {
                    end: e === document.body,
                    marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
                        || style.boxShadow !== "none" || e.matches("[type=radio], [type=checkbox], .md-skip"),
                    name: e.outerHTML.slice(0, 120),
                };
            }"""
        )
        if seen["end"]:
            break
        if not seen["marked"]:
            unmarked.append(seen["name"])
    assert steps > 20
    assert not unmarked, "focus cannot be seen on:\n" + "\n".join(unmarked)

"""The site by keyboard alone, enlarged, and with a reader's own spacing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import DESK, PHONE, Open, Tab
from tests.browser.test_pages import ADDRESSES, FEW_PAGES, FOLDERS, OVERFLOWING
from tests.conftest import essential

pytestmark = pytest.mark.browser

FOCUS = """() => {
    const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
    const bar = document.querySelector("header.md-header");
    const under = !bar.contains(e) && !e.closest(".md-sidebar--primary, .md-skip")
        && box.bottom <= bar.getBoundingClientRect().bottom;
    return {
        none: e === document.body,
        name: `<${e.tagName.toLowerCase()} class="${e.className}"> ${(e.getAttribute("aria-label") ?? e.textContent).trim().slice(0, 60)}`,
        href: e.href ?? "",
        marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== "none",
        seen: box.width > 1 && box.height > 1 && style.visibility === "visible" && style.opacity > 0
            && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight && !under,
    };
}"""


class Keys:
    """A reader with a keyboard: every step must show where the focus is."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def focus(self) -> dict:
        """What has the focus."""
        return self.page.evaluate(FOCUS)

    def tab(self, key: str = "Tab") -> dict:
        """One step on."""
        self.page.keyboard.press(key)
        focus = self.focus
        if not focus["none"]:
            where = f"{self.page.url}: {focus['name']}"
            assert focus["seen"], f"{where} has the focus and is not in sight"
            assert focus["marked"], f"{where} has the focus and does not show it"
        return focus

    def tab_to(self, wanted: Callable[[dict], bool], key: str = "Tab", steps: int = 150) -> None:
        """On to the first element that is wanted."""
        passed = []
        for _ in range(steps):
            focus = self.tab(key)
            if wanted(focus):
                return
            passed.append(focus["name"])
        raise AssertionError(f"not reached by {key} on {self.page.url}: " + "\n".join(passed))

    def follow(self, address: str) -> None:
        """Open the link that has the focus."""
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(address)
        self.page.wait_for_load_state()


def skipped(keys: Keys) -> None:
    """By the first link of a page to its contents."""
    assert "md-skip" in keys.tab()["name"]
    keys.page.keyboard.press("Enter")


@pytest.mark.parametrize("width", essential([PHONE, DESK], PHONE))
@pytest.mark.parametrize("folder", FOLDERS)
def test_home_to_a_paragraph_and_back(fresh: Open, folder: str, width: int) -> None:
    tab = fresh(width)
    root = tab.root + folder
    page = tab.open(folder)
    keys = Keys(page)
    skipped(keys)
    keys.tab_to(lambda focus: focus["href"] == f"{root}resolutions/")
    keys.follow(f"{root}resolutions/")
    skipped(keys)
    keys.tab_to(lambda focus: focus["href"] == f"{root}resolutions/2-4/")
    keys.follow(f"{root}resolutions/2-4/")
    if width == PHONE:
        skipped(keys)
        keys.tab_to(lambda focus: focus["name"].startswith("<summary"))
        page.keyboard.press("Enter")
    keys.tab_to(lambda focus: focus["href"].endswith("#paragraphs"))
    page.keyboard.press("Enter")
    keys.tab_to(lambda focus: focus["href"].endswith("#op-2"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{root}resolutions/2-4/#op-2")
    keys.tab_to(lambda focus: focus["href"] in (root, root.rstrip("/")), "Shift+Tab", 80)
    keys.follow(root)


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_search_to_a_resolution(fresh: Open, width: int) -> None:
    tab = fresh(width)
    page = tab.open()
    keys = Keys(page)
    if width == DESK:
        keys.tab_to(lambda focus: page.evaluate("document.activeElement.id") == "header-search")
        page.keyboard.type("2/4")
        page.wait_for_selector(".tracker-search__option")
        page.keyboard.press("Escape")
        page.wait_for_selector(".tracker-search__option", state="hidden")
        page.keyboard.press("ArrowDown")
        page.wait_for_selector(".tracker-search__option[aria-selected=true]")
        page.keyboard.press("Enter")
    else:
        keys.tab_to(lambda focus: focus["href"] == f"{tab.root}search/")
        keys.follow(f"{tab.root}search/")
        keys.tab_to(lambda focus: page.evaluate("document.activeElement.id") == "page-search")
        page.keyboard.type("2/4")
        page.keyboard.press("Enter")
        page.wait_for_selector(".tracker-search__result")
        keys.tab_to(lambda focus: focus["href"].partition("#")[0] == f"{tab.root}resolutions/2-4/")
        page.keyboard.press("Enter")
    page.wait_for_url(f"{tab.root}resolutions/2-4/**")


def test_drawer(fresh: Open) -> None:
    """It opens, holds what it shows, closes by Escape and when left, and gives the focus back."""
    tab = fresh(PHONE)
    page = tab.open("sessions/2/")
    keys = Keys(page)
    keys.tab_to(lambda focus: "rt-menu" in focus["name"])
    for key in ("Enter", "Space"):
        page.keyboard.press(key)
        assert page.get_attribute(".rt-menu", "aria-expanded") == "true"
        keys.tab_to(lambda focus: focus["href"] == f"{tab.root}funding/")
        page.keyboard.press("Escape")
        assert page.get_attribute(".rt-menu", "aria-expanded") == "false"
        assert "rt-menu" in keys.focus["name"]
    page.keyboard.press("Enter")
    keys.tab_to(lambda focus: page.evaluate("!document.activeElement.closest('#__navigation')"))
    assert page.get_attribute(".rt-menu", "aria-expanded") == "false"
    keys.tab_to(lambda focus: "rt-menu" in focus["name"], "Shift+Tab")
    keys.page.keyboard.press("Enter")
    keys.tab_to(lambda focus: focus["href"] == f"{tab.root}timeline/")
    keys.follow(f"{tab.root}timeline/")


@pytest.mark.slow
def test_drawer_without_scripts(shared: Open) -> None:
    page = shared(PHONE, "light", False).open("sessions/2/")
    Keys(page).tab_to(lambda focus: "rt-menu" in focus["name"])
    page.keyboard.press("Enter")
    assert page.locator("#__navigation a[href$='funding/']").is_visible()


@pytest.mark.parametrize("width", essential([PHONE, DESK], DESK))
@pytest.mark.parametrize("address", essential(ADDRESSES, "search/", "sessions/2/"))
def test_no_trap_and_focus_always_in_sight(shared: Open, address: str, width: int) -> None:
    page = shared(width).open(f"{address}?q=2/4" if address == "search/" else address)
    if address == "search/":
        page.wait_for_selector(".tracker-search__result")
    Keys(page).tab_to(lambda focus: focus["none"], steps=900)


# Targets

SMALL = """() => {
    const shown = [...document.querySelectorAll("a[href], button, input, select, summary, label[for], [tabindex='0']")]
        .filter((e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
        .filter((e) => !e.closest(".md-skip, .md-sidebar--primary, .rt-hidden") && e.getClientRects().length);
    const inline = (e) => {
        if (getComputedStyle(e).display !== "inline") return false;
        const line = e.parentElement.cloneNode(true);
        return line.textContent.trim().length > e.textContent.trim().length;
    };
    const targets = shown.map((e) => ({ e, box: e.getBoundingClientRect() }));
    const centre = ({ box }) => [box.left + box.width / 2, box.top + box.height / 2];
    const near = (one, other) => {  // a circle of 24 pixels around the centre meets the other target, or its circle
        const [x, y] = centre(one), { box } = other;
        const dx = Math.max(box.left - x, 0, x - box.right), dy = Math.max(box.top - y, 0, y - box.bottom);
        if (Math.hypot(dx, dy) < 12) return true;
        const [ox, oy] = centre(other);
        return (box.width < 24 || box.height < 24) && Math.hypot(ox - x, oy - y) < 24;
    };
    return targets.filter(({ box, e }) => (box.width < 24 || box.height < 24) && !inline(e))
        .filter((one) => targets.some((other) => other.e !== one.e && !one.e.contains(other.e)
            && !other.e.contains(one.e) && !inline(other.e) && near(one, other)))
        .map(({ e, box }) => `${e.cloneNode().outerHTML.slice(0, 160)} ${e.textContent.trim().slice(0, 30)}: `
            + `${box.width.toFixed(1)}×${box.height.toFixed(1)}`);
}"""


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("address", FEW_PAGES)
def test_targets_are_large_or_apart(shared: Open, address: str, folder: str) -> None:
    """WCAG 2.2, 2.5.8: 24 by 24 CSS pixels, or room around, or within a sentence."""
    page = shared(PHONE).open(folder + address)
    assert not (small := page.evaluate(SMALL)), f"/{folder}{address}:\n" + "\n".join(small)


# Enlarged, spaced, still

SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-block-end: 2em !important }"""

CLIPPED = """() => [...document.querySelectorAll("article *, footer *, header *")]
    .filter((e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !e.closest(".rt-hidden, svg"))
    .filter((e) => /hidden|clip/.test(getComputedStyle(e).overflowX + getComputedStyle(e).overflowY)
        && getComputedStyle(e).clipPath === "none" && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1))
    .map((e) => e.cloneNode().outerHTML.slice(0, 160))"""


def assert_nothing_lost(page: Page, where: str) -> None:
    """No words are cut off, and nothing scrolls sideways."""
    assert not (wide := page.evaluate(OVERFLOWING)), f"{where} scrolls sideways: " + "\n".join(wide)
    assert not (clipped := page.evaluate(CLIPPED)), f"{where} cuts off:\n" + "\n".join(clipped)


@pytest.fixture(scope="module")
def enlarged(browser: Browser, served: str):  # type: ignore[no-untyped-def]
    """A window of 1280 by 1024 pixels at 400 %."""
    context = browser.new_context(viewport={"width": 320, "height": 256}, reduced_motion="reduce")
    yield Tab(context.new_page(), served)
    context.close()


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("address", FEW_PAGES)
def test_enlarged_four_times(enlarged: Tab, address: str, folder: str) -> None:
    page = enlarged.open(folder + address)
    assert_nothing_lost(page, f"/{folder}{address} at 400 %")
    bar = page.evaluate("document.querySelector('header.md-header').getBoundingClientRect().height")
    assert bar <= 256 / 3, f"/{folder}{address}: the header takes {bar} of 256 pixels"
    page.add_style_tag(content=SPACED)
    assert_nothing_lost(page, f"/{folder}{address} at 400 % with wider spacing")


@pytest.mark.parametrize("width", essential([PHONE, DESK], PHONE))
@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("address", FEW_PAGES)
def test_wider_spacing(shared: Open, address: str, folder: str, width: int) -> None:
    """WCAG 2.1, 1.4.12."""
    page = shared(width).open(folder + address)
    page.add_style_tag(content=SPACED)
    assert_nothing_lost(page, f"/{folder}{address}, {width} px, with wider spacing")


def test_nothing_moves_for_those_who_want_it_still(shared: Open) -> None:
    page = shared(PHONE).open("resolutions/2-4/")
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((e) => {
            const style = getComputedStyle(e);
            const lasts = (times) => times.split(",").some((time) => parseFloat(time) > 0);
            return style.animationName !== "none" || lasts(style.transitionDuration) && style.transitionProperty !== "none"
                || style.scrollBehavior === "smooth";
        }).map((e) => e.cloneNode().outerHTML.slice(0, 160))"""
    )
    assert not moving, "\n".join(moving)

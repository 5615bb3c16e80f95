"""Pictures: well-formed SVG, described in words, within their frame."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest

from macros.render.charts import shapes
from macros.render.charts.shapes import Bar, Segment
from tests.organ import SMALL

SVG = "{http://www.w3.org/2000/svg}"
TONES = ["idle", "preparing", "active", "standing", "done", "past", "unknown"]
MONEY = ["short", "secured", "unstated"]
WORDS = {"title": "States <1>", "description": 'A & "B"'}
HOSTILE = '"><script>alert(1)</script>'


def parsed(markup: str) -> ET.Element:
    """The picture as XML; inline in HTML it needs no namespace, alone it does."""
    return ET.fromstring(
        str(markup).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    )


def shape(macro: str, *values: object) -> str:
    """A small picture that stands within a line."""
    module = shapes.environment().get_template("charts/shapes.html").module
    return str(getattr(module, macro)(*values))


def assert_described(svg: ET.Element, title: str, description: str) -> None:
    """A picture is one image with a name and a description, and there is nothing to press in it."""
    assert svg.get("role") == "img"
    labels = {
        child.get("id"): child.text for child in svg if child.tag in (f"{SVG}title", f"{SVG}desc")
    }
    assert [labels[name] for name in svg.get("aria-labelledby", "").split()] == [title, description]
    assert not list(svg.iter(f"{SVG}a"))


def assert_within(svg: ET.Element) -> None:
    """Nothing is drawn outside the frame, and whatever is drawn by reference is there."""
    for node in svg.iter():
        starts = [
            float(node.get(name, "0%").rstrip("%"))
            for name in ("x", "x1", "x2", "cx")
            if "%" in node.get(name, "")
        ]
        width = (
            float(node.get("width", "0%").rstrip("%"))
            if node is not svg and "%" in node.get("width", "")
            else 0
        )
        assert all(start >= -0.01 and start + width <= 100.6 for start in starts), node.attrib
    heights = [
        float(node.get("y2") or node.get("y") or 0) + float(node.get("height") or 0)
        for node in svg.iter()
        if node is not svg
    ]
    assert max(heights) <= float(svg.get("height", 0))
    ids = {f"#{node.get('id')}" for node in svg.iter()}
    assert {node.get("href") for node in svg.iter(f"{SVG}use")} <= ids


@pytest.mark.parametrize("tone", TONES + MONEY)
def test_every_tone_has_a_shape_of_its_own(tone: str) -> None:
    svg = parsed(shapes.glyph(tone))
    assert svg.get("aria-hidden") == "true"
    assert len(svg) > 0
    drawings = {other: re.sub(r"^<svg[^>]*>", "", shapes.glyph(other)) for other in TONES + MONEY}
    assert [other for other, shape in drawings.items() if shape == drawings[tone]] == [tone]


@pytest.mark.parametrize("tone", [status.tone for status in SMALL.corpus().vocabulary.statuses])
def test_the_tones_of_the_data_are_drawn(tone: str) -> None:
    assert f"rt-tone-{tone}" in shapes.glyph(tone)


@pytest.mark.parametrize(
    ("share", "width"),
    [(0, "0.0%"), (0.25, "25.0%"), (1, "100.0%"), (1.7, "100.0%"), (-1, "0.0%"), (1 / 3, "33.3%")],
)
def test_the_bar_of_money_stays_within_its_frame(share: float, width: str) -> None:
    gap, part = parsed(shape("money_bar", share))
    assert (gap.get("width"), part.get("width")) == ("100%", width)


# State and money within a line


@pytest.mark.parametrize(
    ("share", "width"), [(Decimal(0), "0.0"), (Decimal("0.5"), "19.0"), (Decimal(3), "38.0")]
)
def test_a_spark_is_as_long_as_the_share(share: Decimal, width: str) -> None:
    assert (
        parsed(shape("spark", share)).find(f"{SVG}rect[@class='rt-spark__part']").get("width")
        == width
    )


def test_what_is_not_reported_is_no_empty_bar() -> None:
    drawn = parsed(shape("spark", None))
    assert not list(drawn.iter(f"{SVG}rect"))
    assert drawn.find(f"{SVG}path").get("class") == "rt-spark__none"


def test_a_spark_shows_the_shape_of_the_state() -> None:
    glyph = re.sub(r"^<svg[^>]*>|</svg>$", "", shapes.glyph("standing"))
    assert glyph in shape("spark", None, "standing")
    assert 'class="rt-glyph rt-tone-standing"' in shape("spark", Decimal(1), "standing")


# Bars of counts


def segment(tone: str, count: int, label: str = "") -> Segment:
    return Segment(tone, tone, count, f"{count:,}", label)


def drawn_bars(rows: list[Bar], whole: int = 10, units: bool = True) -> ET.Element:
    return parsed(shapes.bars("states", rows, whole=whole, units=units, **WORDS))


def test_nothing_to_count_is_no_picture() -> None:
    assert shapes.bars("states", [], whole=3, units=True, **WORDS) == ""
    assert (
        shapes.bars("states", [("", [segment("done", 0, "Done: 0")])], whole=3, units=True, **WORDS)
        == ""
    )


def test_bars_say_what_they_are() -> None:
    assert_described(drawn_bars([("", [segment("done", 2, "Done: 2")])]), "States <1>", 'A & "B"')


def test_every_thing_is_a_cell_with_its_shape() -> None:
    svg = drawn_bars([("", [segment("done", 2, "Done: 2"), segment("unknown", 3, "?: 3")])])
    groups = [node for node in svg if node.get("class", "").startswith("rt-tone-")]
    assert [node.get("class") for node in groups] == ["rt-tone-done", "rt-tone-unknown"]
    assert [len(node.findall(f"{SVG}rect")) for node in groups] == [2, 3]
    assert [len(node.findall(f"{SVG}use")) for node in groups] == [2, 3]
    assert [node.find(f"{SVG}title").text for node in groups] == ["Done: 2", "?: 3"]
    widths = {node.get("width") for node in svg.iter(f"{SVG}rect")}
    assert widths == {"9.50%"}
    assert_within(svg)


def test_one_thing_fills_the_picture() -> None:
    svg = drawn_bars([("", [segment("idle", 1, "Idle: 1")])], whole=1)
    assert [node.get("width") for node in svg.iter(f"{SVG}rect")] == ["99.50%"]
    assert_within(svg)


def test_many_things_are_counted_in_figures() -> None:
    svg = drawn_bars(
        [("", [segment("idle", 4000, "Idle: 4,000"), segment("done", 1000, "Done: 1,000")])],
        5000,
        False,
    )
    assert [node.text for node in svg.iter(f"{SVG}text")] == ["4,000", "1,000"]
    widths = [float(node.get("width").rstrip("%")) for node in svg.iter(f"{SVG}rect")]
    assert widths == pytest.approx([79.5, 19.5])
    assert_within(svg)


def test_a_single_one_among_thousands_can_still_be_seen() -> None:
    svg = drawn_bars([("", [segment("idle", 4999, ""), segment("done", 1, "")])], 5000, False)
    assert min(float(node.get("width").rstrip("%")) for node in svg.iter(f"{SVG}rect")) >= 0.4
    assert [node.text for node in svg.iter(f"{SVG}text")] == ["4,999"]
    assert_within(svg)


def test_rows_of_bars_are_on_one_scale() -> None:
    rows = [("2024", [segment("done", 2, "")]), ("2025", [segment("done", 4, "")])]
    svg = drawn_bars(rows, 1, False)
    small, large = (float(node.get("width").rstrip("%")) + 0.5 for node in svg.iter(f"{SVG}rect"))
    assert large == pytest.approx(2 * small, abs=0.02)
    assert [node.text for node in svg.iter(f"{SVG}text") if node.get("class")] == ["2024", "2025"]
    assert_within(svg)


def test_hostile_words_do_not_get_out() -> None:
    found = shapes.bars(
        "states",
        [(HOSTILE, [Segment("done", HOSTILE, 1, HOSTILE, HOSTILE)])],
        whole=1,
        units=True,
        title=HOSTILE,
        description=HOSTILE,
    )
    assert "<script" not in found
    parsed(found)

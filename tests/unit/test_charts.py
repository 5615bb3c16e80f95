"""Pictures: well-formed SVG, told in words, within their frame."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date

import pytest

from macros import charts
from tests.organ import SMALL

SVG = "{http://www.w3.org/2000/svg}"
TODAY = date(2025, 3, 1)
WORDS = {"title": "Events <1>", "description": 'A & "B"', "today_label": "1 March 2025"}


def parsed(markup: str) -> ET.Element:
    """The picture as XML; inline in HTML it needs no namespace, alone it does."""
    return ET.fromstring(str(markup).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def mark(
    first: date, last: date | None = None, row: str = "1/1", case: str = "ahead", label: str = "An event"
) -> charts.Mark:
    return charts.Mark(row, first, last or first, case, "../1-1/#x", label)


@pytest.mark.parametrize("tone", ["idle", "preparing", "active", "standing", "done", "past", "unknown"])
def test_every_tone_has_a_shape_of_its_own(tone: str) -> None:
    svg = parsed(charts.glyph(tone))
    assert svg.get("aria-hidden") == "true"
    assert len(svg) > 0
    others = {
        charts.glyph(other)
        for other in ("idle", "preparing", "active", "standing", "done", "past", "unknown")
        if other != tone
    }
    assert not any(
        svg_body in charts.glyph(tone) for svg_body in (re.sub(r"^<svg[^>]*>", "", other) for other in others)
    )


@pytest.mark.parametrize("tone", [status.tone for status in SMALL.corpus().vocabulary.statuses])
def test_the_tones_of_the_data_are_drawn(tone: str) -> None:
    assert f"rt-tone-{tone}" in charts.glyph(tone)


@pytest.mark.parametrize(
    ("share", "width"), [(0, "0.0%"), (0.25, "25.0%"), (1, "100.0%"), (1.7, "100.0%"), (-1, "0.0%"), (1 / 3, "33.3%")]
)
def test_the_bar_of_money_stays_within_its_frame(share: float, width: str) -> None:
    gap, part = parsed(charts.money_bar(share))
    assert (gap.get("width"), part.get("width")) == ("100%", width)


def test_without_marks_there_is_no_picture() -> None:
    assert charts.timeline([], TODAY, **WORDS) == ""


def test_the_picture_says_what_it_is() -> None:
    svg = parsed(charts.timeline([mark(date(2024, 5, 1))], TODAY, **WORDS))
    assert svg.get("role") == "group"
    labels = {child.get("id"): child.text for child in svg if child.tag in (f"{SVG}title", f"{SVG}desc")}
    assert [labels[name] for name in svg.get("aria-labelledby").split()] == ["Events <1>", 'A & "B"']


def test_every_mark_is_a_link_with_its_words() -> None:
    marks = [
        mark(date(2024, 5, 1), label="<b>&"),
        mark(date(2024, 6, 1), date(2024, 8, 31), row="1/2", case="unreported"),
    ]
    links = list(parsed(charts.timeline(marks, TODAY, **WORDS)).iter(f"{SVG}a"))
    assert [link.get("href") for link in links] == ["../1-1/#x"] * 2
    assert [link.find(f"{SVG}title").text for link in links] == ["<b>&", "An event"]
    assert [link.get("class") for link in links] == ["rt-case-ahead", "rt-case-unreported"]


def test_hostile_words_do_not_get_out() -> None:
    hostile = '"><script>alert(1)</script>'
    found = charts.timeline(
        [charts.Mark(hostile, TODAY, TODAY, "ahead", hostile, hostile)],
        TODAY,
        title=hostile,
        description=hostile,
        today_label=hostile,
    )
    assert "<script" not in found
    parsed(found)


def test_a_day_is_a_dot_and_a_span_a_bar_as_wide_as_it_is_long() -> None:
    marks = [
        mark(date(2024, 5, 1)),
        mark(date(2024, 1, 1), date(2024, 6, 30), label="half a year"),
        mark(date(2024, 1, 1), date(2024, 12, 31), label="a year"),
    ]
    links = {
        link.find(f"{SVG}title").text: link[1]
        for link in parsed(charts.timeline(marks, TODAY, **WORDS)).iter(f"{SVG}a")
    }
    assert links["An event"].tag == f"{SVG}circle"
    half, whole = (float(links[name].get("width").rstrip("%")) for name in ("half a year", "a year"))
    assert half == pytest.approx(whole * 182 / 366, abs=0.02)


def test_rows_keep_the_order_of_their_first_marks() -> None:
    marks = [mark(TODAY, row="2/1"), mark(TODAY, row="1/1"), mark(TODAY, row="2/1")]
    rows = [
        text.text
        for text in parsed(charts.timeline(marks, TODAY, **WORDS)).iter(f"{SVG}text")
        if text.get("class") == "rt-timeline__row"
    ]
    assert rows == ["2/1", "1/1"]


@pytest.mark.parametrize("today", [date(2020, 1, 1), date(2024, 6, 1), date(2030, 12, 31)])
def test_everything_lies_within_the_frame(today: date) -> None:
    marks = [mark(date(2023, 1, 1)), mark(date(2025, 1, 1), date(2025, 12, 31)), mark(date(2024, 2, 29))]
    svg = parsed(charts.timeline(marks, today, **WORDS))
    shares = [
        float(value.rstrip("%"))
        for node in svg.iter()
        for name, value in node.items()
        if value.endswith("%") and name in ("x", "x1", "x2", "cx")
    ]
    assert shares and all(0 <= share <= 100 for share in shares)
    heights = [float(node.get("y2") or node.get("y") or node.get("cy") or 0) for node in svg.iter()]
    assert max(heights) <= float(svg.get("height"))

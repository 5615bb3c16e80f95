"""The picture of a timeline: uncertain dates are spans, nothing covers another or is cut off."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date, timedelta

import pytest

from macros.render.charts.timeline import Mark, timeline
from tests.organ import SMALL
from tests.render.test_shapes import HOSTILE, SVG, assert_described, assert_within, parsed

TODAY = date(2025, 3, 1)
MONTHS = list("JFMAMJJASOND")


def mark(
    first: date,
    last: date | None = None,
    row: str = "1/1",
    case: str = "ahead",
    label: str = "An event",
    open: str = "",
) -> Mark:
    return Mark(row, first, last or first, case, label, open)


def drawn(*marks: Mark, today: date = TODAY) -> ET.Element:
    return parsed(timeline(SMALL.view(today=today), marks, 1))


def shapes(svg: ET.Element) -> dict[str, ET.Element]:
    """What is drawn of each event, by its words."""
    groups = [node for node in svg if node.get("class", "").startswith("rt-mark-")]
    return {group.find(f"{SVG}title").text: group[1] for group in groups}


def texts(svg: ET.Element, kind: str) -> list[str]:
    return [node.text for node in svg.iter(f"{SVG}text") if kind in node.get("class", "").split()]


def test_without_marks_there_is_no_picture() -> None:
    assert timeline(SMALL.view(), [], 0) == ""


def test_the_picture_says_what_it_is() -> None:
    words = SMALL.view().t
    title = words("timeline.picture.title")
    described = words("timeline.picture.description", count=1, left_out=1)
    assert_described(drawn(mark(date(2024, 5, 1))), title, described)


def test_every_mark_has_its_words_and_its_case() -> None:
    svg = drawn(
        mark(date(2024, 5, 1), label="<b>&"),
        mark(date(2024, 6, 1), date(2024, 8, 31), "1/2", "unreported"),
    )
    assert list(shapes(svg)) == ["<b>&", "An event"]
    assert [node.get("class") for node in svg if node.tag == f"{SVG}g"] == [
        "rt-mark-ahead",
        "rt-mark-unreported",
    ]


def test_hostile_words_do_not_get_out() -> None:
    found = timeline(SMALL.view(), [mark(TODAY, row=HOSTILE, label=HOSTILE)], 0)
    assert "<script" not in found
    parsed(found)


def test_a_day_is_a_point_and_a_span_a_bar_as_wide_as_it_is_long() -> None:
    found = shapes(
        drawn(
            mark(date(2024, 5, 1)),
            mark(date(2024, 1, 1), date(2024, 6, 30), label="half a year"),
            mark(date(2024, 1, 1), date(2024, 12, 31), label="a year"),
        )
    )
    assert found["An event"].tag == f"{SVG}use"
    half, whole = (
        float(found[name].get("width").rstrip("%")) for name in ("half a year", "a year")
    )
    assert half == pytest.approx(whole * 182 / 366, abs=0.02)


def test_a_deadline_has_no_beginning() -> None:
    """It is drawn up to its last day, open on the other side; a beginning the other way round."""
    found = shapes(
        drawn(
            mark(date(2024, 1, 1), date(2024, 12, 31), label="by", open="by"),
            mark(date(2025, 1, 1), date(2025, 12, 31), label="from", open="from"),
        )
    )
    assert found["by"].get("x") == found["from"].get("x")
    assert found["by"][0].get("d").startswith("M-13") and found["from"][0].get("d").startswith(
        "M13"
    )


def test_rows_keep_the_order_of_their_first_marks() -> None:
    svg = drawn(mark(TODAY, row="2/1"), mark(TODAY, row="1/1"), mark(TODAY, row="2/1"))
    assert texts(svg, "rt-timeline__row") == ["2/1", "1/1"]


def test_marks_that_would_cover_each_other_stand_below_each_other() -> None:
    same = [mark(date(2024, 5, 1), date(2024, 5, 31), label=str(number)) for number in range(5)]
    apart = mark(date(2023, 1, 1), label="apart")
    found = shapes(drawn(*same, apart))
    heights = {found[label.label].get("y") for label in same}
    assert len(heights) == 5
    assert found["apart"].get("y") in {f"{float(height) + 4:g}" for height in heights}


def test_a_long_name_of_a_row_is_cut() -> None:
    assert texts(drawn(mark(TODAY, row="Decision 217 A (III)")), "rt-timeline__row") == [
        "Decision 21…"
    ]


def test_the_months_are_named_while_there_is_room() -> None:
    short = drawn(mark(date(2024, 1, 1)))
    assert texts(short, "rt-timeline__month") == MONTHS * 2
    assert (
        texts(short, "rt-wide") == [letter for index, letter in enumerate(MONTHS) if index % 3] * 2
    )
    assert texts(drawn(mark(date(2015, 1, 1))), "rt-timeline__month") == ["J", "A", "J", "O"] * 11
    assert texts(drawn(mark(date(1990, 1, 1))), "rt-timeline__month") == []


def test_the_years_are_named_while_there_is_room() -> None:
    assert texts(drawn(mark(date(2022, 1, 1))), "rt-timeline__label")[:-1] == [
        "2022",
        "2023",
        "2024",
        "2025",
    ]
    assert (
        len(texts(drawn(mark(date(1000, 1, 1)), mark(date(2999, 1, 1))), "rt-timeline__label"))
        <= 10
    )


@pytest.mark.parametrize("today", [date(2020, 1, 1), date(2024, 6, 1), date(2030, 12, 31)])
def test_everything_lies_within_the_frame(today: date) -> None:
    marks = [
        mark(date(2023, 1, 1)),
        mark(date(2025, 1, 1), date(2025, 12, 31)),
        mark(date(2024, 2, 29), open="by"),
    ]
    svg = drawn(*marks, today=today)
    assert_within(svg)
    line = svg.find(f"{SVG}line[@class='rt-timeline__today']")
    assert line.get("x1") == line.get("x2")


def test_the_same_events_in_another_order_are_the_same_picture() -> None:
    marks = [mark(TODAY + timedelta(days=7 * number), label=str(number)) for number in range(6)]
    view = SMALL.view()
    assert timeline(view, marks, 0) == timeline(view, marks[::-1], 0)

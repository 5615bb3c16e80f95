"""The picture of money: one scale, and what is not reported never drawn as zero."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest

from macros.model.funding import Resource
from macros.render.charts.overview import money
from tests.organ import SMALL
from tests.render.test_shapes import HOSTILE, SVG, assert_described, assert_within, parsed

Bar = tuple[str, Resource | str]


def row(required: int | None, mobilized: int | None, label: str = "A") -> Bar:
    amounts = [None if amount is None else Decimal(amount) for amount in (required, mobilized)]
    return label, Resource.model_construct(required=amounts[0], mobilized=amounts[1])


def drawn(*rows: Bar) -> ET.Element:
    return parsed(money(SMALL.view(), "money", "USD", rows))


def rects(svg: ET.Element) -> list[tuple[str, float, float]]:
    """The parts of all bars: kind, from, to."""
    found = []
    for node in svg.iter(f"{SVG}rect"):
        left, width = float(node.get("x").rstrip("%")), float(node.get("width").rstrip("%"))
        found.append((node.get("class").removeprefix("rt-bar__"), left, left + width))
    return found


def test_the_picture_says_what_it_is() -> None:
    described = "A: Required: USD 4, Mobilized: USD 1; B: not reported"
    title = SMALL.view().t("picture.money.title")
    assert_described(drawn(row(4, 1), ("B", "not reported")), title, described)


def test_all_bars_are_on_one_scale() -> None:
    svg = drawn(row(100, 25), row(50, 50))
    assert rects(svg) == [("gap", 0, 100), ("part", 0, 25), ("gap", 0, 50), ("part", 0, 50)]
    assert_within(svg)


def test_more_than_required_stays_within_the_frame() -> None:
    svg = drawn(row(50, 100))
    assert rects(svg) == [("gap", 0, 50), ("part", 0, 100)]
    assert_within(svg)


@pytest.mark.parametrize(
    ("required", "mobilized", "expected"),
    [
        (100, None, [("unknown", 0, 100)]),
        (None, 40, [("unknown", 40, 100), ("part", 0, 40)]),
        (None, None, [("unknown", 0, 100)]),
    ],
)
def test_what_is_not_reported_is_an_open_outline(
    required: int | None, mobilized: int | None, expected: list
) -> None:  # type: ignore[type-arg]
    svg = drawn(row(100, 100), row(required, mobilized))
    assert rects(svg)[2:] == expected


def test_nothing_mobilized_is_a_gap_and_not_unknown() -> None:
    assert rects(drawn(row(100, 0))) == [("gap", 0, 100)]


def test_nothing_required() -> None:
    assert_within(drawn(row(0, 0)))


def test_hostile_words_do_not_get_out() -> None:
    found = money(SMALL.view(), "money", "USD", [row(1, None, HOSTILE)])
    assert "<script" not in found
    parsed(found)

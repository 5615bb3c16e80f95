"""What is read from a finished page: headings, anchors, words."""

from __future__ import annotations

import pytest

from macros.pages import outline as contents
from macros.pages.registry import MACROS
from tests.organ import SMALL


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One  <em>two</em>\n three</p>", "One two three"),
        ("<p>a</p><p>b</p>", "a b"),
        ("R&amp;D &lt;x&gt; &#39;y&#39;", "R&D <x> 'y'"),
        ('word<a class="rt-permalink" href="#x" title="Link">#</a>', "word"),
        ('word<a class="headerlink" href="#x">¶</a>', "word"),
        ("before<svg><title>picture</title></svg>after", "before after"),
        ('seen<span class="rt-hidden"> unseen</span>', "seen"),
        (
            'said <span class="rt-source"><span class="rt-source__word">Source: </span><a '
            'href="#a">A/1, para. 2</a></span> on',
            "said on",
        ),
        ('<p class="rt-crumbs"><a href="../">All</a></p><p>here</p>', "here"),
        (
            '<h2>Related</h2><ul class="rt-related"><li><a href="../2/">Two</a> on '
            "water</li></ul><p>on</p>",
            "Related on",
        ),
        (
            '<p>here</p><nav class="rt-neighbours" aria-label="x"><a rel="prev" '
            'href="../1/">One</a></nav>',
            "here",
        ),
        ("", ""),
    ],
)
def test_words(markup: str, text: str) -> None:
    assert contents.words(markup) == text


PAGE = """
<h1 id="top">Title</h1>
<h2 id="one">One <span class="rt-quiet">(3)</span></h2>
<h3 id="one-a">A &amp; B</h3>
<h4 id="deep">Deep</h4>
<h3 class="rt-strip__title" id="one-b">B<a class="rt-permalink" href="#one-b">#</a></h3>
<h2>No anchor</h2>
<h2 id="two">Two</h2>
<h3>Not this one</h3>
"""


def test_headings_with_an_anchor_are_nested() -> None:
    first, second = contents.outline("T", PAGE).below
    assert (first.title, first.anchor, first.level) == ("One", "one", 2)
    assert [(below.title, below.anchor) for below in first.below] == [
        ("A & B", "one-a"),
        ("B", "one-b"),
    ]
    assert (second.title, second.below) == ("Two", [])


def test_a_heading_of_level_three_without_one_above_stands_alone() -> None:
    assert [
        (found.title, found.level)
        for found in contents.outline("T", '<h3 id="x">X</h3><h3 id="y">Y</h3>').below
    ] == [
        ("X", 3),
        ("Y", 3),
    ]


def test_anchors_are_all_ids() -> None:
    assert contents.anchors(PAGE) == {"top", "one", "one-a", "deep", "one-b", "two"}
    assert contents.anchors('<p data-id="no" id="a&amp;b">') == {"a&b"}


def test_every_entry_of_a_resolution_is_an_anchor_of_its_page() -> None:
    view = SMALL.view()
    page = MACROS["resolution_summary"](view, "1-1") + MACROS["resolution_details"](view, "1-1")
    found = contents.anchors(page)
    assert {
        "op-2-a",
        "plan-written",
        "shore-meeting",
        "acme-gift",
        "budget",
        "partner-acme",
        "shore-fund",
        "shore-fund-seat",
        "assessment-autumn",
        "assessment-spring",
        "assessment-spring-op-2-a",
        "period-spring",
        "period-autumn",
    } <= found
    assert {"progress", "timeline", "funding"} <= {
        heading.anchor for heading in contents.outline("T", page).below
    }

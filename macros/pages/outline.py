"""What a finished page holds, read from its HTML: headings, anchors, words."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

_HEADING = re.compile(r'<h([23])(?: class="[^"]*")? id="([^"]+)"[^>]*>(.*?)</h\1>', re.DOTALL)
_ID = re.compile(r'\sid="([^"]+)"')
_HIDDEN = re.compile(
    r'<a class="(?:rt-permalink|headerlink)".*?</a>|<svg.*?</svg>|'
    r'<span class="rt-hidden">.*?</span>|<form .*?</form>|<section class="rt-cite".*?</section>|'
    r'<span class="rt-source"><span.*?</span>.*?</span>|<p class="rt-crumbs">.*?</p>|'
    r'<ul class="rt-related">.*?</ul>|<nav class="rt-neighbours".*?</nav>',
    re.DOTALL,
)
_QUIET = re.compile(r'<span class="rt-quiet">.*?</span>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")

TITLE = "page-title"
"""The anchor of the heading of a page."""


@dataclass
class Heading:
    """A heading with those below it."""

    title: str
    anchor: str
    level: int
    below: list[Heading] = field(default_factory=list)


def words(markup: str) -> str:
    """Read the text of a piece of HTML, white space folded: what it says itself.

    Left out are pictures, permalinks, how it is cited, and what is said elsewhere: the paragraphs
    of its sources, the titles of related pages and the ways to others.
    """
    return " ".join(html.unescape(_TAG.sub(" ", _HIDDEN.sub(" ", markup))).split())


def outline(title: str, markup: str) -> Heading:
    """Read the heading of a page with all others that have an anchor below it, nested."""
    top = Heading(title, TITLE, 1)
    for level, anchor, text in _HEADING.findall(markup):
        heading = Heading(words(_QUIET.sub("", text)), html.unescape(anchor), int(level))
        is_nested = level == "3" and top.below and top.below[-1].level == 2
        (top.below[-1] if is_nested else top).below.append(heading)
    return top


def anchors(markup: str) -> set[str]:
    """Read all anchors of a page."""
    return {html.unescape(anchor) for anchor in _ID.findall(markup)}

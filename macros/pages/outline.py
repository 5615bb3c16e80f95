"""What a finished page holds, read from its HTML: headings, anchors, words."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

_HEADING = re.compile(r'<h([23])(?: class="[^"]*")? id="([^"]+)"[^>]*>(.*?)</h\1>', re.DOTALL)
_ID = re.compile(r'\sid="([^"]+)"')
_HIDDEN = re.compile(
    r'<a class="(?:rt-permalink|headerlink)".*?</a>|<svg.*?</svg>|<span class="rt-hidden">.*?</span>|<form .*?</form>|'
    r'<section class="rt-cite".*?</section>|'
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
    """The text of a piece of HTML, white space folded: what it says itself, a third less than all of it.

    Left out are pictures, permalinks, how it is cited, examples of files, and what is said elsewhere: the paragraphs
    of its sources, the titles of related pages and the ways to others.
    """
    return " ".join(html.unescape(_TAG.sub(" ", _HIDDEN.sub(" ", markup))).split())


def outline(title: str, markup: str) -> Heading:
    """The heading of a page with all others below it."""
    return Heading(title, TITLE, 1, headings(markup))


def headings(markup: str) -> list[Heading]:
    """The headings of a page that have an anchor, nested."""
    found: list[Heading] = []
    for level, anchor, title in _HEADING.findall(markup):
        heading = Heading(words(_QUIET.sub("", title)), html.unescape(anchor), int(level))
        (
            found[-1].below if heading.level == 3 and found and found[-1].level == 2 else found
        ).append(heading)
    return found


def anchors(markup: str) -> set[str]:
    """All anchors of a page."""
    return {html.unescape(anchor) for anchor in _ID.findall(markup)}

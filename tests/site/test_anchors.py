"""The anchors that are known without rendering are those that stand on the pages."""

from __future__ import annotations

import re

import pytest

from macros.pages import outline
from macros.pages.macros import DETAILS, MACROS
from macros.pages.registry import pages
from macros.render.view import View
from macros.site.anchors import macro_anchors, page_anchors
from tests.organ import SMALL, lasting_anchors

_HEADING = re.compile(r"<h[1-6]\b[^>]*>")


@pytest.fixture(scope="module")
def view() -> View:
    return SMALL.view()


def shown(html: str, view: View) -> set[str]:
    """The lasting anchors in HTML: headings may have the same names as entries elsewhere."""
    return outline.anchors(_HEADING.sub("", html)) & lasting_anchors(view.corpus)


def test_the_anchors_of_every_page_are_known(view: View) -> None:
    for page in pages(view):
        if not page.retired:
            assert page_anchors(view, page) == shown(page.body(view), view), page.path


def test_a_single_section_brings_its_own(view: View) -> None:
    for slug in view.corpus.resolutions:
        for section in DETAILS:
            html = MACROS["resolution_details"](view, slug, section)
            known = macro_anchors(view, "resolution_details", slug, section)
            assert known == shown(html, view), (slug, section)

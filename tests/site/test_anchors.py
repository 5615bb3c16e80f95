"""The anchors that are known without rendering are those that stand on the pages."""

from __future__ import annotations

import re

import pytest

from macros.build.project import Project
from macros.pages import outline as contents
from macros.pages import registry as pages
from macros.pages.macros import DETAILS, MACROS
from macros.render.view import View
from macros.site import addresses, anchors
from tests.organ import SMALL, lasting_anchors
from tests.unit.test_paging import large  # noqa: F401 - a fixture

_HEADING = re.compile(r"<h[1-6]\b[^>]*>")


def shown(html: str, view: View) -> set[str]:
    """The lasting anchors in HTML: headings may have the same names as entries elsewhere."""
    return contents.anchors(_HEADING.sub("", html)) & lasting_anchors(view.corpus)


@pytest.fixture(params=["small", "real"])
def organ(request: pytest.FixtureRequest, project: Project) -> View:
    return SMALL.view() if request.param == "small" else project.public_view("en")


def test_the_anchors_of_every_page_are_known(organ: View) -> None:
    for page in pages.pages(organ):
        if not page.retired:
            assert addresses.of_made(page, organ) == shown(page.body(organ), organ), page.path


def test_so_are_those_of_lists_that_are_split(large: dict[str, View]) -> None:  # noqa: F811
    view = large["en"]
    found = {page.path: page for page in pages.pages(view) if page.path.startswith("funding/")}
    assert len(found) > 2
    for path in ("funding/", "funding/1/"):
        assert addresses.of_made(found[path], view) == shown(found[path].body(view), view), path
    by_key = anchors.of_call(view, "funding_index", "1")
    assert by_key == addresses.of_made(found["funding/1/"], view)


def test_a_single_section_or_way_of_funding_brings_its_own(organ: View) -> None:
    for slug in organ.corpus.resolutions:
        for section in DETAILS:
            called = "resolution_details", slug, section
            assert anchors.of_call(organ, *called) == shown(
                MACROS[called[0]](organ, *called[1:]), organ
            ), called
    for _, way in organ.corpus.mechanisms.values():
        assert anchors.of_call(organ, "mechanism", way.id) == shown(
            MACROS["mechanism"](organ, way.id), organ
        )


def test_no_other_macro_brings_any(organ: View) -> None:
    for name in MACROS.keys() - anchors.BRINGS.keys() - {"session_summary", "resolution_summary"}:
        assert not shown(MACROS[name](organ), organ), name

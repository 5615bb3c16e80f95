"""The registry: a newcomer adds a page with one module, its template, its messages and one line."""

from __future__ import annotations

import pytest

from macros.pages import registry
from macros.pages.page import MacroCall, MacroError, PageKind, index_page
from macros.render.view import View
from tests.organ import SMALL


def place_names(view: View) -> str:
    """List the names of all places."""
    return "".join(f"<p>{place.name}</p>" for place in view.corpus.places.values())


PLACES = PageKind(
    lambda view: [index_page(view, "documents", place_names)],
    (place_names,),
    navigation=lambda view: [("Places", "places/")],
    group="nav.sources",
)


def test_a_kind_brings_its_pages_and_its_place_in_the_navigation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    view = SMALL.view()
    before = len(registry.pages(view))
    monkeypatch.setattr(registry, "KINDS", (*registry.KINDS, PLACES))
    assert len(registry.pages(view)) == before + 1
    groups = dict(registry.navigation(view))
    assert ("Places", "places/") in groups[view.t("nav.sources")]


def test_every_page_of_the_navigation_exists() -> None:
    view = SMALL.view()
    paths = {page.path for page in registry.pages(view)}
    for _, target in registry.navigation(view):
        targets = [target] if isinstance(target, str) else [path for _, path in target]
        assert paths >= set(targets)


def test_pages_have_addresses_of_their_own() -> None:
    paths = [page.path for page in registry.pages(SMALL.view())]
    assert len(paths) == len(set(paths))


def test_a_page_says_which_hand_written_page_would_show_the_same() -> None:
    pages = {page.path: page for page in registry.pages(SMALL.view())}
    assert pages["funding/"].markdown == "{{ funding_index() }}\n"
    assert pages["resolutions/1-1/"].markdown == (
        '{{ resolution_summary("1-1") }}\n\n{{ resolution_details("1-1") }}\n'
    )
    assert pages["resolutions/1-1/spring/"].markdown is None
    assert str(MacroCall(place_names, ("a", "b"))) == '{{ place_names("a", "b") }}'


def test_a_call_with_an_unknown_name_brings_no_anchors() -> None:
    view = SMALL.view()
    assert registry.macro_anchors(view, "overview") == frozenset()
    with pytest.raises(MacroError):
        registry.macro_anchors(view, "resolution_details", "9/9")

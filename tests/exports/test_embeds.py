"""Cards: pages that stand alone in a frame on another site."""

from __future__ import annotations

from macros.exports import embeds
from macros.render.view import View
from tests.organ import BODY, FIRST, SMALL, Organ


def view_of(organ: Organ = SMALL) -> View:
    return organ.view().at("https://example.org/")


def test_a_card_stands_alone() -> None:
    card = embeds.card(view_of(), "1-1")
    assert "<script" not in card and "src=" not in card and " style=" not in card
    assert f"<style>{embeds.STYLE}</style>" in card
    assert '<link rel="canonical" href="https://example.org/resolutions/1-1/">' in card
    assert 'href="../../resolutions/1-1/" target="_top"' in card
    assert '<meta name="robots" content="noindex">' in card


def test_a_card_says_status_funding_and_next_event() -> None:
    card = embeds.card(view_of(), "1-1")
    assert "</svg>Implemented</dd>" in card
    assert "<li>Required: USD 4,000</li>" in card
    assert "1 event" in card or "not reported" in card


def test_without_resources_the_largest_contributions_are_shown() -> None:
    text = SMALL.files[FIRST].decode()
    start, end = text.index("resources:\n"), text.index("contributions:\n")
    card = embeds.card(view_of(SMALL.add(FIRST, text[:start] + text[end:])), "1-1")
    assert "Acme: USD 1,200.50 (" in card and "Required" not in card


def test_a_draft_says_so() -> None:
    notice = f"<p><strong>{view_of().t('page.draft')}</strong></p>"
    assert notice in embeds.card(view_of(), "1-1", is_draft=True)
    assert notice not in embeds.card(view_of(), "1-1")


def test_hostile_names_stay_texts() -> None:
    organ = SMALL.edit(BODY, "site_name: Lake tracker", "site_name: '\"><script>alert(1)</script>'")
    assert "<script" not in embeds.snippet(view_of(organ), "1-1")
    assert "<script" not in embeds.card(view_of(organ), "1-1")


def test_the_snippet_frames_the_card() -> None:
    assert 'src="https://example.org/embed/1-1/"' in embeds.snippet(view_of(), "1-1")

"""What the head of a resolution's page says besides its status: adoption, successor, corrections."""

from __future__ import annotations

import pytest

from macros.exports import embeds, markdown
from macros.pages.registry import MACROS
from tests.organ import FIRST, SECOND, SMALL, STATEMENTS, VOCABULARY, Organ

ROOT = "https://example.org/"


def shown(organ: Organ, slug: str = "1-1") -> dict[str, str]:
    view = organ.view().at(ROOT)
    return {
        "page": MACROS["resolution_summary"](view, slug),
        "markdown": markdown.page(view, slug),
        "card": embeds.card(view, slug),
    }


@pytest.mark.parametrize("name", ["page", "markdown", "card"])
def test_a_superseded_resolution_names_and_links_its_successor(name: str) -> None:
    kind = "{id: follows-up, name: Follows up"
    organ = SMALL.edit(
        VOCABULARY, kind, "{id: follows-up, name: Takes the place of, supersedes: true"
    )
    text = shown(organ)[name]
    assert "Superseded by" in text and "resolutions/1-2/" in text
    assert "Superseded by" not in shown(organ, "1-2")[name]
    assert "Superseded by" not in shown(SMALL)[name]


@pytest.mark.parametrize("name", ["page", "markdown"])
@pytest.mark.parametrize(
    ("vote", "words"),
    [
        ("in_favour: 1200, against: 3, abstaining: 0", "1,200 in favour, 3 against, 0 abstaining"),
        ("in_favour: 30, against: 2", "30 in favour, 2 against"),
    ],
)
def test_votes_and_sponsors(name: str, vote: str, words: str) -> None:
    adoption = f"adoption: {{vote: {{{vote}}}, proposed_by: [baker], sponsors: [acme, baker]}}\n"
    text = shown(SMALL.edit(FIRST, "title_basis: verified\n", f"title_basis: verified\n{adoption}"))
    assert f"Recorded vote: {words}" in text[name]
    assert "Co-sponsored by Acme and Baker" in text[name]


def test_a_correction_links_the_entry_that_was_wrong() -> None:
    correction = (
        "corrections:\n  - {id: c, date: 2025, resolution: 1-1, entry: shore-atlas, text: T}\n"
    )
    organ = SMALL.append(STATEMENTS, correction)
    assert 'href="#shore-atlas"' in shown(organ)["page"]
    assert "resolutions/1-1/#shore-atlas" in MACROS["correction_list"](organ.view())


def test_a_resolution_that_follows_another_is_not_its_successor() -> None:
    assert "follows-up" in SMALL.files[SECOND].decode()
    assert "Superseded" not in shown(SMALL)["page"]

"""Corrections: on the page of the resolution, in the list of all, in the files for machines."""

from __future__ import annotations

import json
import re

import pytest

from macros import queries
from macros.exports import registry as exports
from macros.pages.registry import MACROS
from tests.organ import BODY, SMALL, STATEMENTS

CORRECTIONS = """\
corrections:
  - id: brooms
    date: 2025-01-10
    published: 2024-12-01
    resolution: 1-1
    text: Brooms were called <nets>; they are brooms.
    sources:
      - {document: AL/REP/1, paragraph: 6}
  - id: fish
    date: 2025-02-20
    resolution: 1-2
    text: Fish were miscounted.
  - id: site
    date: 2025-02
    published: 2025-01
    text: The name of the site was wrong.
  - id: shores
    date: 2025-02-11
    resolution: 1-1
    text: Shores were called coasts.
"""
ORGAN = SMALL.append(STATEMENTS, CORRECTIONS)
URL = "https://example.org/"


def test_the_newest_come_first() -> None:
    corpus = ORGAN.corpus()
    assert [entry.id for entry in queries.corrections(corpus)] == [
        "site",
        "fish",
        "shores",
        "brooms",
    ]
    assert [entry.id for entry in queries.corrections(corpus, "1-1")] == ["shores", "brooms"]
    assert queries.corrections(corpus, "1-10") == []


def test_the_page_of_a_resolution_shows_its_own_before_anything_else() -> None:
    page = MACROS["resolution_summary"](ORGAN.view(), "1/1")
    notice = re.search(r"<aside class=\"rt-corrections\".*?</aside>", page, re.DOTALL)
    assert notice and notice.start() < page.index('class="rt-answers"')
    assert "Brooms were called &lt;nets&gt;; they are brooms." in notice[0]
    assert 'href="corrections/#brooms">Correction, 10 January 2025</a>' in notice[0]
    assert "Mistake published: 1 December 2024." in notice[0]
    assert "Fish" not in notice[0]
    assert "rt-corrections" not in MACROS["resolution_summary"](SMALL.view(), "1/1")


def test_so_does_the_page_as_it_was_reported_then() -> None:
    assert "rt-corrections" in MACROS["resolution_summary"](ORGAN.view().as_of("spring"), "1/1")


def test_many_corrections_are_not_all_shown_there() -> None:
    more = "".join(
        f"  - {{id: c{number}, date: 2025-02, resolution: 1-1, text: Wrong {number}.}}\n"
        for number in range(3)
    )
    page = MACROS["resolution_summary"](ORGAN.append(STATEMENTS, more).view(), "1/1")
    assert page.count("Correction, ") == 3
    assert '<a href="corrections/">and 2 more</a>' in page


def test_the_list_of_all() -> None:
    page = MACROS["correction_list"](ORGAN.view())
    assert re.findall(r'class="rt-entry " id="(\w+)"', page) == ["site", "fish", "shores", "brooms"]
    assert "When the mistake was published is not known." in page
    assert 'href="documents/#al-rep-1"' in page
    assert "has had to be corrected" in MACROS["correction_list"](SMALL.view())


def test_the_files_for_machines() -> None:
    bilingual = ORGAN.edit(BODY, "languages: [en]", "languages: [en, zh]").add(
        "data/translations/zh/statements.yml",
        "fish.text: {original: Fish were miscounted., text: 鱼数有误。}\n",
    )
    views = {
        language: bilingual.view(language).at(URL + folder)
        for language, folder in (("en", ""), ("zh", "zh/"))
    }
    files = dict(exports.site_files(views))
    whole = json.loads(files["api/v1/corrections.json"])
    assert [entry["id"] for entry in whole["corrections"]] == ["site", "fish", "shores", "brooms"]
    site, fish, _, brooms = whole["corrections"]
    assert fish["text"] == {"en": "Fish were miscounted.", "zh": "鱼数有误。"}
    assert fish["published"] is None and fish["sources"] == []
    assert site["resolution"] is None and site["date"]["edtf"] == "2025-02"
    assert brooms["url"] == {
        "en": f"{URL}corrections/#brooms",
        "zh": f"{URL}zh/corrections/#brooms",
    }
    assert brooms["sources"] == [{"document": "AL/REP/1", "paragraph": "6"}]
    assert set(whole["names"]) == {"document", "resolution"}
    files = dict(exports.site_files(views, "1-1"))
    own = json.loads(files["api/v1/resolutions/1-1.json"])
    assert [entry["id"] for entry in own["corrections"]] == ["shores", "brooms"]
    files = dict(exports.site_files(views, "1-10"))
    assert json.loads(files["api/v1/resolutions/1-10.json"])["corrections"] == []


def test_the_page_as_markdown() -> None:
    files = dict(exports.language_files(ORGAN.view().at(URL), "1-1"))
    page = files["api/v1/resolutions/1-1.md"]
    assert (
        f"[Correction, 10 January 2025]({URL}corrections/#brooms): Brooms were called "
        f"\\<nets>; they are" in page
    )


@pytest.mark.parametrize("published", ["2025-01-11", "2025-02", "2026"])
def test_a_mistake_cannot_be_published_after_it_was_put_right(published: str) -> None:
    organ, place = ORGAN.edit_at(STATEMENTS, "published: 2024-12-01", f"published: →{published}")
    problem = organ.problem()
    assert (problem.code, problem.place) == ("correction_backwards", place)

"""A status that the latest report does not speak of says so wherever it is shown."""

from __future__ import annotations

import json

import pytest

from macros.exports import embeds, markdown, resolutions, tables
from macros.pages.registry import MACROS
from macros.render.citations import cite_resolution
from tests.organ import FIRST, PERIODS, SECOND, SMALL, Organ

ROOT = "https://example.org/"
NOTE = "assessed for Spring report; not covered in the later report"
WINTER = """\
  - {id: winter, name: Winter report, first: 2025-01-01, last: 2025-02-01, report: page,
     as_of: 2025-01, as_of_basis: verified}
"""


def everywhere(organ: Organ, slug: str) -> dict[str, str]:
    """The status of a resolution on its page, in the list, on its card, as Markdown and cited."""
    view = organ.view().at(ROOT)
    return {
        "page": MACROS["resolution_summary"](view, slug),
        "list": MACROS["resolution_list"](view),
        "card": embeds.card(view, slug),
        "markdown": markdown.page(view, slug),
        "citation": cite_resolution(view, slug).text,
    }


def test_a_carried_over_status_is_marked_with_its_period() -> None:
    found = everywhere(SMALL, "1-2")
    assert [name for name, text in found.items() if NOTE not in text] == []
    for name in ("page", "card", "markdown"):
        assert "State as of 15 June 2024, from AL/REP/1." in found[name], name
        assert "AL/REP/2" not in found[name], name
    assert "as of 15 June 2024 (assessed for" in found["citation"]


def test_a_status_of_the_latest_report_is_not_marked() -> None:
    found = everywhere(SMALL, "1-1")
    del found["list"], found["markdown"]  # they show others too
    assert [name for name, text in found.items() if "assessed for" in text] == []
    assert "from AL/REP/2." in found["page"]


def test_without_an_assessment_no_date_and_no_report_is_claimed() -> None:
    found = everywhere(SMALL, "1-10")
    del found["list"]
    assert [name for name, text in found.items() if "State as of" in text] == []


def test_a_later_report_may_speak_of_a_resolution_but_not_of_its_status() -> None:
    update = "updates:\n  - {id: u, period: autumn, text: T., sources: [{document: page}]}\n"
    (page, *_) = everywhere(SMALL.append(SECOND, update), "1-2").values()
    assert "assessed for Spring report; not reassessed since" in page


def test_several_later_reports_may_not_speak_of_it() -> None:
    page = everywhere(SMALL.append(PERIODS, WINTER), "1-2")["page"]
    assert "assessed for Spring report; not covered in later reports" in page


def test_data_files_say_in_which_period_it_was_assessed() -> None:
    views = {"en": SMALL.view().at(ROOT)}
    assert resolutions.single(views, "1-2").computed.assessed_in == "spring"
    summaries = json.loads(resolutions.summaries(views).model_dump_json())["resolutions"]
    assert [entry["assessed_in"] for entry in summaries] == ["autumn", "spring", None, None]
    assert ",Under implementation,spring," in tables.resolutions(views["en"])


@pytest.mark.parametrize("name", ["page", "markdown"])
def test_a_status_that_moved_back_is_marked(name: str) -> None:
    organ = SMALL.edit(FIRST, "status: in-preparation", "status: under-implementation")
    assert "moved back from" not in everywhere(organ, "1-1")[name]
    organ = organ.edit(FIRST, "status: implemented", "status: in-preparation")
    assert "moved back from: Under implementation" in everywhere(organ, "1-1")[name]


def test_what_an_amount_was_before_is_shown() -> None:
    html = MACROS["resolution_details"](SMALL.view(), "1-1", "funding")
    assert "Spring report: Pledged · about USD 1,000" in html
    assert "Spring report: Pledged · about USD 1,000" in everywhere(SMALL, "1-1")["markdown"]
    same = SMALL.edit(FIRST, "amount: 1200.50", "amount: 1000").edit(FIRST, "received", "pledged")
    assert "Spring report" not in MACROS["resolution_details"](
        same.view(), "1-1", "funding"
    ).replace('<span class="rt-quiet">Spring report</span>', "")

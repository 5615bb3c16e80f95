"""What the data lacks of a period."""

from __future__ import annotations

from macros import queries
from tests.organ import DOCUMENTS, FIRST, SMALL, Organ


def coverage(period: str = "spring", organ: Organ = SMALL) -> dict[str, list[str]]:
    return queries.coverage(organ.corpus(), period)


def test_paragraphs_of_the_report_that_nothing_cites() -> None:
    assert coverage()["paragraphs"] == ["7", "8", "9", *map(str, range(14, 21))]


def test_a_citation_of_a_part_of_a_paragraph_counts() -> None:
    organ = SMALL.edit(
        FIRST, "{document: AL/REP/1, paragraph: 5}", '{document: AL/REP/1, paragraph: "7 (b)"}'
    )
    assert coverage(organ=organ)["paragraphs"][:2] == ["5", "8"]


def test_no_paragraphs_where_their_number_is_not_known() -> None:
    assert coverage("autumn")["paragraphs"] == []
    organ = SMALL.edit(
        DOCUMENTS, "    title: Second report\n", "    title: Second report\n    paragraphs: 12\n"
    )
    assert coverage("autumn", organ)["paragraphs"] == ["1", "2", "3", "4", "5", "6"]


def test_resolutions_and_operative_paragraphs_without_an_assessment_in_the_period() -> None:
    assert coverage()["resolutions"] == ["1-10", "217-a-iii"]
    assert coverage()["operative_paragraphs"] == []
    assert coverage("autumn")["resolutions"] == ["1-2", "1-10", "217-a-iii"]
    assert coverage("autumn")["operative_paragraphs"] == ["1-1#op-2-a"]


def test_milestones_past_due_on_the_date_of_the_period() -> None:
    organ = SMALL.edit(FIRST, "date: ../2024-12", "date: 2024-11")
    assert coverage("autumn", organ)["milestones"] == ["1-1#shore-atlas"]
    assert coverage("spring", organ)["milestones"] == []

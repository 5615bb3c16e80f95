"""The outline of a report: its paragraphs, their order and grouping, the table and the annex."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from macros.render.view import View
from macros.report import Outline, make_outline
from macros.report.outline import Paragraph, Section
from tests.organ import DOCUMENTS, FIRST, PERIODS, SMALL, STATEMENTS, Organ


def outline(period: str = "autumn", organ: Organ = SMALL, language: str = "en") -> Outline:
    return make_outline(organ.view(language), period)


def section(slug: str, period: str = "autumn", organ: Organ = SMALL) -> Section:
    chapters = outline(period, organ).chapters
    return next(below for chapter in chapters for below in chapter.sections if below.slug == slug)


def paragraphs(found: Section) -> Iterator[Paragraph]:
    yield from found.paragraphs
    for below in found.sections:
        yield from paragraphs(below)


def all_paragraphs(report: Outline) -> list[Paragraph]:
    sections = (report.introduction, *report.chapters, report.summary, report.annex)
    return [paragraph for found in sections for paragraph in paragraphs(found)]


def words(found: Section) -> dict[str, list[str]]:
    return {part.title: [" ".join(p.texts) for p in part.paragraphs] for part in found.sections}


def test_it_has_symbol_and_title_of_the_document_that_covers_the_period() -> None:
    organ = SMALL.edit(DOCUMENTS, "Second report", "'State of the lakes: report of the secretary'")
    report = outline(organ=organ)
    assert (report.symbol, report.title, report.subtitle) == (
        "AL/REP/2",
        "State of the lakes",
        "Report of the secretary",
    )
    assert "AL/REP/2 (unofficial title)" in report.note and "Lake tracker" in report.note


def test_the_introduction_is_that_of_the_period_then_what_is_said_of_all_resolutions() -> None:
    organ = SMALL.edit(
        PERIODS, "    report: AL/REP/1\n", "    report: AL/REP/1\n    introduction: Hear us.\n"
    )
    told = [p.texts for p in outline("spring", organ).introduction.paragraphs]
    assert told == [("Hear us.",), ("Money is *short*.",)]


def test_the_introduction_is_made_from_names_where_there_is_none() -> None:
    (told,) = outline().introduction.paragraphs
    assert "Assembly of the Lakes" in told.texts[0] and "Autumn report" in told.texts[0]


def test_paragraphs_are_numbered_through_the_whole_report() -> None:
    numbers = [paragraph.number for paragraph in all_paragraphs(outline("spring"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_resolutions_are_in_order_by_session() -> None:
    chapters = {c.title: [s.slug for s in c.sections] for c in outline().chapters}
    assert chapters == {"First session": ["1-1", "1-2", "1-10"]}, "only what was adopted by then"
    with_date = "number: 217 A (III)\nadoption: {date: 2023}\n"
    organ = SMALL.edit("data/resolutions/217-a-iii.yml", "number: 217 A (III)\n", with_date)
    last = make_outline(organ.view(), "autumn").chapters[-1]
    assert (last.title, [s.slug for s in last.sections]) == ("Outside a session", ["217-a-iii"])


def test_a_section_says_what_was_done_planned_and_funded_in_the_period_alone() -> None:
    organ = SMALL.edit(FIRST, "about: progress\n", "about: plan\n")
    parts = section("1-1", "spring", organ).sections
    assert [part.title for part in parts] == ["What is planned", "Money"]
    statement, milestones = parts[0].paragraphs
    assert statement.texts == ("A plan was written; see [the page](https://example.org/page).",)
    assert statement.lead == "Operative paragraph 2 (a)."
    assert [str(source.paragraph) for source in statement.sources] == ["3"]
    assert [item.text for item in milestones.items] == ["Meeting on shores", "Atlas of the shores"]
    assert milestones.items[0].details == "To be held; Port, Lakeland; 10–12 September 2024"
    assert [item.details for item in parts[1].paragraphs[0].items] == [
        "Pledged; Acme; about USD 1,000"
    ]


def test_what_came_of_a_milestone_stands_in_the_report_that_says_so() -> None:
    done, planned, funded = section("1-1").sections
    assert [item.details for p in done.paragraphs for item in p.items] == [
        "Held; Port, Lakeland; 1 October 2024 (planned for 10–12 September 2024)"
    ]
    assert [item.details for p in planned.paragraphs for item in p.items] == [
        "To be published; date not reported"
    ]
    assert funded.paragraphs[0].texts == ("Money came.",)


def test_statements_with_the_same_sources_are_one_paragraph_and_its_list_ends_it() -> None:
    def statement(name: str, text: str, paragraph: int) -> str:
        source = f"sources: [{{document: AL/REP/2, paragraph: {paragraph}}}]"
        return f"  - {{id: {name}, period: autumn, text: {text}, {source}}}\n"

    organ = SMALL.edit(
        STATEMENTS,
        "statements:\n",
        "statements:\n"
        + statement("a", '"They do:\\n\\n- this\\n- that"', 2)
        + statement("b", "Other.", 3)
        + statement("c", "More.", 2),
    )
    told = [p.texts for p in outline(organ=organ).introduction.paragraphs[1:]]
    assert told == [("More.", "They do:\n\n- this\n- that"), ("Other.",)]


def test_a_resolution_of_which_nothing_is_said_has_a_section_that_says_so() -> None:
    found = section("1-10")
    assert len(found.paragraphs) == 1 and not found.sections
    assert found.title == "Resolution 1/10: Nothing is known (unofficial title)"


def test_the_table_marks_a_status_of_an_earlier_period() -> None:
    table = outline().summary.table
    assert table is not None
    rows = {row[0]: row[1:] for row in table.rows}
    assert rows["1/1"] == ("Implemented", "money secured", "USD 4,000", "USD 1,000", "USD 3,000")
    assert rows["1/2"][0] == "Under implementation (assessed for: Spring report)"
    assert rows["1/10"] == ("not reported",) * 5


def test_the_annex_lists_what_was_past_due_on_the_date_of_the_period() -> None:
    table = outline(organ=SMALL.edit(FIRST, "date: ../2024-12", "date: 2024-11")).annex.table
    assert table is not None
    assert table.rows == (("1/1", "Atlas of the shores", "November 2024", "AL/REP/1, para. 5"),)
    assert outline().annex.table is None


def test_a_report_does_not_depend_on_the_day_nor_on_later_periods() -> None:
    first = make_outline(SMALL.view(today=date(2024, 6, 16)), "spring")
    assert make_outline(SMALL.view(today=date(2031, 1, 1)), "spring") == first
    later = SMALL.edit(FIRST, "text: Money came.", "text: Much money came.")
    assert make_outline(later.view(), "spring") == first


def test_it_is_written_in_the_language_of_the_view(project) -> None:  # type: ignore[no-untyped-def]
    view: View = project.view("zh")
    report = make_outline(view, "eb-2024-2")
    assert report.introduction.title == "导言"
    assert report.subtitle == "执行主任的报告"

"""Citations: what a footnote says of a resolution, and of each statement on its page."""

from __future__ import annotations

import pytest

from macros import queries
from macros.render import citations
from macros.render.citations import Citation
from macros.render.view import View
from tests.organ import BODY, FIRST, SMALL, Organ

ROOT = "https://example.org/"
BILINGUAL = SMALL.edit(BODY, "languages: [en]", "languages: [en, zh]")


def view_of(organ: Organ = SMALL, language: str = "en") -> View:
    return organ.view(language).at(ROOT)


def cite(view: View, anchor: str = "") -> Citation:
    return next(found for found in citations.citations(view, "1-1") if found.anchor == anchor)


def test_the_footnote_of_a_resolution() -> None:
    assert cite(view_of()).text == (
        "Assembly of the Lakes resolution 1/1, “Clean shores”, AL/1/1 (symbol inferred from the "
        "series), adopted at: First session, 1–3 May 2023. State of implementation as of about "
        "December 2024 (date inferred), in Lake tracker. Available at "
        "https://example.org/resolutions/1-1/ (version of 1 March 2025). "
        "Source: AL/REP/2, paras. 7 and 8."
    )


def test_the_footnote_of_a_paragraph_names_what_it_rests_on() -> None:
    text = cite(view_of(), "op-2-a").text
    assert text.startswith("Assembly of the Lakes resolution 1/1, para. 2 (a). As of about")
    assert "https://example.org/resolutions/1-1/#op-2-a " in text
    assert text.endswith("Source: AL/REP/1, para. 2.")


@pytest.mark.parametrize(
    ("anchor", "name"),
    [
        ("period-spring", "Spring report"),
        ("shore-fund", "Shore Fund"),
        ("assessment-spring-op-2-a", ": Under implementation"),
        ("shore-meeting", ": “Meeting on shores”"),
        ("budget", ": Required: USD 4,000; Mobilized: USD 1,000"),
        ("acme-gift", ": Acme, “Brooms”, USD 1,200.50 (Received)"),
        ("money-came", ": “Money came”"),
        ("shore-fund-seat", ": “It lies at the shore”"),
    ],
)
def test_names_of_what_is_cited(anchor: str, name: str) -> None:
    title = cite(view_of(), anchor).title
    assert title.startswith("Resolution 1/1, ") and title.endswith(name)


def test_figures_hold_for_their_own_date() -> None:
    assert "As of June 2024" in cite(view_of(), "budget").text
    organ = SMALL.edit(FIRST, "    as_of: 2024-06\n", "")
    assert "Date of the figures not known" in cite(view_of(organ), "budget").text


def test_everything_with_an_anchor_is_cited_once_with_its_sources() -> None:
    view = view_of()
    resolution = view.corpus.resolutions["1-1"]
    cited = {found.anchor: found for found in citations.citations(view, "1-1")}
    statements = list(queries.statements(resolution))
    expected = {statement.anchor for statement in statements} | {"", "shore-fund"}
    assert cited.keys() == expected | {"period-spring", "period-autumn"}
    for statement in statements:
        for source in statement.sources:
            assert view.document_name(source.document) in cited[statement.anchor].text
    assert all(f"{found.url} " in found.text for found in cited.values())


@pytest.mark.parametrize(
    ("adoption", "words", "issued"),
    [
        ("{date: 2023-05-02}", "adopted on 2 May 2023", "2023-05-02"),
        ("{date: 2023-05-02, basis: inferred}", "2 May 2023 (date inferred)", "2023-05-02"),
        ("{date: 2023-05}", "adopted: May 2023", "2023-05"),
        ("{date: 2023~}", "adopted: about 2023", "2023~"),
        ("{}", "adopted at: First session, 1–3 May 2023", "2023-05-01/2023-05-03"),
    ],
)  # fmt: skip
def test_the_day_of_adoption_is_as_exact_as_it_is_known(
    adoption: str, words: str, issued: str
) -> None:
    citation = cite(view_of(SMALL.append(FIRST, f"adoption: {adoption}\n")))
    assert f"{words}. " in citation.text
    assert str(citation.issued) == issued


def test_without_a_session_and_a_day_no_date_is_invented() -> None:
    organ = SMALL.add("data/resolutions/x.yml", "number: 9\ntitle: Lone\ntitle_basis: unofficial\n")
    citation = citations.cite_resolution(view_of(organ), "x")
    assert citation.issued is None and "adopted" not in citation.text
    assert "“Lone” (unofficial title)" in citation.text


def test_an_archived_page_is_cited_as_it_stands() -> None:
    citation = citations.cite_resolution(view_of().as_of("spring"), "1-1")
    assert citation.url == "https://example.org/resolutions/1-1/spring/"


def test_quotations_within_quotations_have_their_own_marks() -> None:
    organ = SMALL.edit(FIRST, "title: Clean shores", "title: A “clean” shore")
    assert "“A ‘clean’ shore”" in cite(view_of(organ)).text
    assert "《A “clean” shore（尚未翻译）》" in cite(view_of(BILINGUAL.edit(
        FIRST, "title: Clean shores", "title: A “clean” shore"), "zh")).text  # fmt: skip


def test_a_footnote_in_chinese() -> None:
    text = cite(view_of(BILINGUAL, "zh"), "op-2-a").text
    assert "第1/1号决议，第2 (a)段。" in text and "（2025年3月1日版本）" in text


def test_a_long_text_is_cited_by_its_beginning() -> None:
    organ = SMALL.edit(FIRST, "text: Money came.", f"text: {'Very *much* money, ' * 9}came.")
    assert cite(view_of(organ), "money-came").title.endswith(
        ": “Very much money, Very much money, Very much money, Very…”"
    )

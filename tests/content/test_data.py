"""The shipped data: complete, as the report says it, and the same in both languages."""

from __future__ import annotations

from decimal import Decimal

import pytest

from macros import queries
from macros.build.project import Project
from macros.corpus.corpus import Corpus
from macros.corpus.translations import LocalText
from macros.model.fields import Record, texts
from tests.organ import told

REPORT = "HSP/EB.2024/20"
PERIOD = "eb-2024-2"

# The report's headings: which of its paragraphs are about which resolution.
PARAGRAPHS = {
    "1-1": range(2, 3),
    "1-2": range(3, 5),
    "1-3": range(5, 8),
    "1-4": range(8, 11),
    "1-5": range(11, 15),
    "2-1": range(15, 19),
    "2-2": range(19, 24),
    "2-3": range(24, 27),
    "2-4": range(27, 32),
    "2-5": range(32, 35),
    "2-6": range(35, 38),
    "2-7": range(38, 42),
    "2-8": range(42, 46),
    "2-9": range(46, 47),
    "2-10": range(47, 50),
}


@pytest.fixture(scope="module")
def corpus(project: Project) -> Corpus:
    return project.corpora["en"]


@pytest.fixture(scope="module")
def chinese(project: Project) -> Corpus:
    return project.corpora["zh"]


def words(record: Record) -> str:
    """All texts of a record, one below the other."""
    return "\n".join(getattr(owner, name) for _, owner, name in texts(record))


# --- the whole ---


def test_there_is_no_problem_and_no_missing_or_outdated_translation(project: Project) -> None:
    assert told(project.problems) == ""
    assert list(project.corpora) == ["en", "zh"]


def test_all_fifteen_resolutions_of_two_sessions_are_there(corpus: Corpus) -> None:
    assert list(corpus.resolutions) == list(PARAGRAPHS)
    assert queries.of_session(corpus, "1") == ["1-1", "1-2", "1-3", "1-4", "1-5"]
    assert len(queries.of_session(corpus, "2")) == 10
    assert all(corpus.label(slug) == slug.replace("-", "/") for slug in corpus.resolutions)


@pytest.mark.parametrize(
    ("slug", "paragraph"),
    [(slug, paragraph) for slug, paragraphs in PARAGRAPHS.items() for paragraph in paragraphs],
)
def test_every_paragraph_of_the_report_is_the_source_of_a_statement(
    corpus: Corpus, slug: str, paragraph: int
) -> None:
    statements = queries.statements(corpus.resolutions[slug])
    cited = {
        (source.document, source.paragraph)
        for statement in statements
        for source in statement.sources
    }
    assert (REPORT, str(paragraph)) in cited


def test_its_first_paragraph_is_about_the_organ_as_a_whole(corpus: Corpus) -> None:
    statements = corpus.statements.statements
    assert {"funding", "progress"} == {statement.about for statement in statements}
    assert all(source.paragraph == "1" for statement in statements for source in statement.sources)


@pytest.mark.parametrize("slug", PARAGRAPHS)
def test_assessments_and_progress_rest_on_the_paragraphs_of_their_own_resolution(
    corpus: Corpus, slug: str
) -> None:
    resolution = corpus.resolutions[slug]
    own = {str(paragraph) for paragraph in PARAGRAPHS[slug]}
    for statement in (
        *resolution.assessments,
        *resolution.updates,
        *resolution.operative_paragraphs,
    ):
        assert {
            source.paragraph for source in statement.sources if source.document == REPORT
        } & own, statement.id


def test_every_resolution_is_judged_with_a_reason(corpus: Corpus) -> None:
    for slug, resolution in corpus.resolutions.items():
        assessment = queries.assessment(resolution, corpus)
        assert assessment and assessment.period == PERIOD and len(assessment.reason) > 30, slug


def test_the_period_and_its_report(corpus: Corpus) -> None:
    period = corpus.periods[PERIOD]
    assert (str(period.first), str(period.last), period.report) == (
        "2024-05-01",
        "2024-12-31",
        REPORT,
    )
    assert period.as_of_basis == "inferred"
    assert corpus.documents[REPORT].paragraphs == 49


@pytest.mark.parametrize(
    ("session", "meetings"),
    [
        ("1", ["2019-05-27/2019-05-31"]),
        ("2", ["2023-06-05/2023-06-09", "2025-05-29/2025-05-30"]),
        ("3", []),
    ],
)
def test_sessions(corpus: Corpus, session: str, meetings: list[str]) -> None:
    assert [str(meeting) for meeting in corpus.sessions[session].meetings] == meetings


def test_symbols_follow_the_series_and_only_one_was_seen(corpus: Corpus) -> None:
    symbols = {slug: resolution.symbol for slug, resolution in corpus.resolutions.items()}
    assert [slug for slug, symbol in symbols.items() if symbol.basis == "verified"] == ["2-1"]
    assert all(
        symbol.value == f"HSP/HA.{slug.replace('-', '/Res.')}" for slug, symbol in symbols.items()
    )


def test_english_titles_are_as_generally_cited_but_for_two(corpus: Corpus) -> None:
    bases = {slug: resolution.title_basis for slug, resolution in corpus.resolutions.items()}
    assert {slug for slug, basis in bases.items() if basis == "verified"} == {"2-1", "2-10"}
    assert {basis for slug, basis in bases.items() if slug not in ("2-1", "2-10")} == {"cited"}


# --- what the report says ---

FACTS = {
    "1-1": ["2025", "HSP/EB.2024/4", "Office of Internal Oversight Services", "mid-term review"],
    "1-2": [
        "Trust Fund for Human Security",
        "second phase",
        "Global Network on Safer Cities",
        "2026–2029",
        "e-learning",
    ],
    "1-3": [
        "May and June 2024",
        "help desk",
        "WhatsApp",
        "Republic of Korea",
        "Singapore",
        "low-income countries",
        "research papers",
    ],
    "1-4": [
        "Women-led Cities",
        "Capital Development Fund",
        "end of 2024",
        "gender equality marker",
        "Cairo",
    ],
    "1-5": [
        "Jinja",
        "April 2024",
        "20 government officials",
        "Nakuru",
        "Shanghai University",
        "CitiesWithNature",
        "issue 7",
        "fourth special issue",
    ],
    "2-1": [
        "31 experts",
        "Strasbourg",
        "April 2024",
        "June to August 2024",
        "end of 2024",
        "Edinburgh Napier University",
        "HSP/EB.2024/INF/15",
        "month",
    ],
    "2-2": [
        "10 key actions",
        "79 member States",
        "South Africa",
        "500 million",
        "Council of Ministers",
        "voluntary",
        "Habitat for Humanity",
        "children",
    ],
    "2-3": [
        "14 May 2024",
        "10 June 2024",
        "15 July 2024",
        "Tromsø",
        "20 September 2024",
        "24 September 2024",
        "Arctic Cities and Marine Litter",
        "2025 and 2026",
        "Retailers' Environment Fund",
    ],
    "2-4": [
        "Swedish International Development Cooperation Agency",
        "Hotspot Stoplight",
        "2050",
        "seven cities",
        "25 experts",
        "Japan",
        "World Bank",
        "Cali, Colombia",
        "advisory group",
        "HSP/EB.2024/INF/16",
    ],
    "2-5": [
        "University of Southern Denmark",
        "Bonn",
        "Paris Agreement",
        "Asia and the Pacific",
        "Africa",
        "headquarters",
        "SURGe",
        "secretariat",
        "High Ambition Multilevel Partnerships",
    ],
    "2-6": [
        "22 countries",
        "Thirteen",
        "Italy",
        "Group of Seven",
        "Four SDG Cities e-learning courses",
        "eight cities",
        "12 cities",
        "2026",
        "Twenty-seven proposals",
        "Spain",
        "24 million",
    ],
    "2-7": [
        "28 October 2024",
        "December 2024",
        "Nairobi",
        "HSP/EB.2024/17",
        "2025",
        "France",
        "voluntary",
    ],
    "2-8": [
        "Our City Plans",
        "Urban Labs",
        "Fourth International Conference on Financing for Development",
        "secured",
        "own-source revenue",
        "developing countries",
    ],
    "2-9": ["concept note", "November 2024", "contingency funds"],
    "2-10": [
        "City Action Funding Window",
        "2023/6",
        "HSP/EB.2023/23",
        "project balances",
        "every six months",
        "end of 2024",
        "donors",
    ],
}


@pytest.mark.parametrize(
    ("slug", "fact"), [(slug, fact) for slug, facts in FACTS.items() for fact in facts]
)
def test_the_facts_of_the_report_are_there(corpus: Corpus, slug: str, fact: str) -> None:
    resolution = corpus.resolutions[slug]
    known = [words(resolution), *resolution.documents]
    known += [corpus.organizations[partner.organization].name for partner in resolution.partners]
    assert fact.lower() in "\n".join(known).lower()


EVENTS = {
    ("1-3", "2024-05/2024-06", "happened"),
    ("1-4", "../2024-12", "planned"),
    ("1-4", "2024-11", "planned"),
    ("1-5", "2024-04", "happened"),
    ("2-1", "2024-04", "happened"),
    ("2-1", "2024-06/2024-08", "happened"),
    ("2-1", "../2024-12", "planned"),
    ("2-3", "2024-05-14", "happened"),
    ("2-3", "2024-07-15", "happened"),
    ("2-3", "2024-09-20", "planned"),
    ("2-3", "2024-09-24", "planned"),
    ("2-3", "2024-36", "planned"),
    ("2-4", "2024-06", "happened"),
    ("2-4", "2024-36", "planned"),
    ("2-5", "2024-06", "happened"),
    ("2-6", "2026", "planned"),
    ("2-7", "2024-12-09/2024-12-11", "planned"),
    ("2-7", "../2024-10-28", "planned"),
    ("2-7", "2025", "planned"),
    ("2-8", "2024-07", "happened"),
    ("2-9", "../2024-11", "planned"),
    ("2-10", "../2024-12", "planned"),
}


def test_the_dates_of_the_report_are_kept_as_it_meant_them(corpus: Corpus) -> None:
    found = {
        (slug, str(event.date), event.said)
        for slug, resolution in corpus.resolutions.items()
        for event in resolution.events
    }
    assert EVENTS - found == set()


OPERATIVE = {
    "2-1": ["3"],
    "2-2": ["7", "8"],
    "2-4": ["2"],
    "2-5": ["1"],
    "2-6": ["2 (a)", "4 (a)"],
    "2-7": ["2", "8"],
    "2-8": ["5", "6"],
    "2-9": ["1"],
}


@pytest.mark.parametrize("slug", PARAGRAPHS)
def test_exactly_the_operative_paragraphs_that_the_report_mentions(
    corpus: Corpus, slug: str
) -> None:
    assert [
        paragraph.number for paragraph in corpus.resolutions[slug].operative_paragraphs
    ] == OPERATIVE.get(slug, [])


# --- money ---


def test_the_only_amount_of_the_report(corpus: Corpus) -> None:
    amounts = {
        (
            slug,
            found.latest.amount,
            found.latest.approximate,
            found.latest.currency,
            found.latest.state,
        )
        for slug, resolution in corpus.resolutions.items()
        for found in resolution.contributions
        if found.latest.amount is not None
    }
    assert amounts == {("2-6", Decimal(24_000_000), True, "USD", "allocated")}


@pytest.mark.parametrize(
    ("slug", "state", "contributor"),
    [
        ("1-2", "received", "untfhs"),
        ("2-2", "none", None),
        ("2-3", "committed", "handelens-miljofond"),
        ("2-4", "received", "sida"),
        ("2-4", "none", "member-states"),
        ("2-5", "none", None),
        ("2-6", "received", "government-spain"),
        ("2-9", "none", None),
    ],
)
def test_who_gives_and_who_does_not(
    corpus: Corpus, slug: str, state: str, contributor: str | None
) -> None:
    contributions = corpus.resolutions[slug].contributions
    assert (state, contributor) in {
        (found.latest.state, found.contributor) for found in contributions
    }


def test_the_absence_of_money_never_has_an_amount(corpus: Corpus) -> None:
    for resolution in corpus.resolutions.values():
        for contribution in resolution.contributions:
            for report in contribution.reports:
                assert report.state != "none" or report.amount is None
                assert report.amount != 0


@pytest.mark.parametrize(
    ("capture", "required", "mobilized", "gap", "share"),
    [
        ("capture-a-all", 46_057_000, 20_018_000, 26_039_000, "0.565"),
        ("capture-b-all", 50_217_000, 23_966_000, 26_251_000, "0.523"),
    ],
)
def test_the_two_captures_of_all_resolutions(
    corpus: Corpus, capture: str, required: int, mobilized: int, gap: int, share: str
) -> None:
    [found] = [resource for resource in corpus.statements.resources if resource.id == capture]
    assert (found.required, found.mobilized, found.gap, found.as_of, found.currency) == (
        required,
        mobilized,
        gap,
        None,
        "USD",
    )
    assert round(found.gap_share, 3) == Decimal(share)


@pytest.mark.parametrize(
    ("capture", "required", "mobilized", "gap"),
    [("capture-a", 1_858_000, 429_000, 1_429_000), ("capture-b", 1_085_000, 384_000, 701_000)],
)
def test_the_two_captures_of_resolution_2_1(
    corpus: Corpus, capture: str, required: int, mobilized: int, gap: int
) -> None:
    [found] = [
        resource for resource in corpus.resolutions["2-1"].resources if resource.id == capture
    ]
    assert (found.required, found.mobilized, found.gap, found.as_of) == (
        required,
        mobilized,
        gap,
        None,
    )


def test_the_later_capture_is_the_newest_and_other_resolutions_have_none(corpus: Corpus) -> None:
    assert queries.newest_resource(corpus.statements.resources).id == "capture-b-all"
    assert queries.newest_resource(corpus.resolutions["2-1"].resources).id == "capture-b"
    assert [slug for slug, resolution in corpus.resolutions.items() if resolution.resources] == [
        "2-1"
    ]


def test_which_resolutions_the_report_calls_short_of_money(corpus: Corpus) -> None:
    found = queries.constrained(corpus)
    assert {"2-2", "2-5", "2-7", "2-9"} <= set(found[True])
    assert found[False] == ["2-8"]


def test_the_funding_window_has_its_terms_and_documents(corpus: Corpus) -> None:
    [(slug, window)] = corpus.mechanisms.values()
    assert (slug, window.id, len(window.terms) >= 5) == ("2-10", "city-action-funding-window", True)
    assert set(window.documents) == {"eb-decision-2023-6", "HSP/EB.2023/23"}
    assert corpus.documents["eb-decision-2023-6"].contained_in == "HSP/EB.2023/23"
    assert {source.paragraph for term in window.terms for source in term.sources} <= {
        "47",
        "48",
        "49",
    }


# --- both languages ---


@pytest.mark.parametrize("slug", PARAGRAPHS)
def test_the_same_statements_in_both_languages(corpus: Corpus, chinese: Corpus, slug: str) -> None:
    def told_in(one: Corpus) -> list[tuple]:
        return [
            (type(found), found.id, found.sources)
            for found in queries.statements(one.resolutions[slug])
        ]

    assert told_in(corpus) == told_in(chinese)
    assert len(told_in(corpus)) > 5


FILES = (
    "body",
    "vocabulary",
    "statements",
    "sessions",
    "periods",
    "documents",
    "organizations",
    "places",
    "resolutions",
)


@pytest.mark.parametrize("stem", FILES)
def test_every_text_is_translated(corpus: Corpus, chinese: Corpus, stem: str) -> None:
    def records(one: Corpus) -> list[Record]:
        value = getattr(one, stem)
        return [value] if isinstance(value, Record) else list(value.values())

    for english, other in zip(records(corpus), records(chinese), strict=True):
        ours, theirs = list(texts(english)), list(texts(other))
        assert [key for key, *_ in ours] == [key for key, *_ in theirs]
        for key, owner, name in theirs:
            assert not isinstance(getattr(owner, name), LocalText), key


@pytest.mark.parametrize("slug", PARAGRAPHS)
def test_chinese_texts_are_chinese(chinese: Corpus, slug: str) -> None:
    for key, owner, name in texts(chinese.resolutions[slug]):
        assert any("\u4e00" <= character <= "\u9fff" for character in getattr(owner, name)), key


@pytest.mark.parametrize("slug", PARAGRAPHS)
def test_figures_are_the_same_in_both_languages(corpus: Corpus, chinese: Corpus, slug: str) -> None:
    """Amounts, dates, states and places are facts, not texts: translation leaves them alone."""

    def facts(one: Corpus) -> list[tuple]:
        resolution = one.resolutions[slug]
        return [
            *(
                (event.id, event.kind, str(event.date), event.said, event.place)
                for event in resolution.events
            ),
            *(
                (found.id, found.latest.state, found.latest.amount, found.contributor)
                for found in resolution.contributions
            ),
            *(
                (found.id, found.status, found.constrained_by_funding)
                for found in resolution.assessments
            ),
        ]

    assert facts(corpus) == facts(chinese)


def test_countries_are_called_as_the_united_nations_call_them(corpus: Corpus) -> None:
    names = {place.name for place in corpus.places.values() if place.kind == "country"}
    assert {
        "Netherlands (Kingdom of the)",
        "Republic of Korea",
        "United States of America",
        "United Kingdom of Great Britain and Northern Ireland",
    } <= names

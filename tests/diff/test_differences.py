"""What readers will see change from one version of an organ to the next."""

from __future__ import annotations

import os
import re
from decimal import Decimal
from pathlib import Path

import pytest

from macros.diff.changed import Dead, Detail, Differences, Figures, Judgement, PageChange, Total
from macros.diff.differences import Snapshot, compare
from macros.diff.entries import excerpt, excerpts
from macros.diff.report import LIMIT, code, escape, markdown, shortened
from macros.exports.registry import FORMATS as KINDS
from macros.i18n.locale import Locale
from tests.organ import BODY, DOCUMENTS, FIRST, PLACES, SECOND, SMALL, STATEMENTS, TODAY, Organ

GOLDEN = Path(__file__).parent.parent / "fixtures" / "differences"
ZH = "data/translations/zh/resolutions/1-1.yml"
BOTH = SMALL.edit(BODY, "languages: [en]", "languages: [en, zh]").add(
    ZH, "money-came.text:\n  original: Money came.\n  text: 资金到位。\n"
)


def snapshot(organ: Organ) -> Snapshot:
    assets = {name: str(raw) for name, raw in organ.files.items() if name.endswith(".png")}
    found = Snapshot.of(organ.files, assets, TODAY)
    assert not found.problems, found.problems
    return found


def told(after: Organ, before: Organ = SMALL, language: str = "en") -> Differences:
    return compare(snapshot(before), snapshot(after), language)


def report(after: Organ, before: Organ = SMALL, language: str = "en") -> str:
    was, is_now = snapshot(before), snapshot(after)
    found = compare(was, is_now, language)
    return markdown(
        found, was.in_language(language), is_now.in_language(language), language, "main"
    )


def only(found: Differences, *names: str) -> None:
    """Nothing is told but these."""
    assert {name for name in found.__dataclass_fields__ if getattr(found, name)} == set(names)


# --- each list ----------------------------------------------------------------------------------------------------


def test_nothing() -> None:
    assert not told(SMALL)
    assert "No reader will see a change." in report(SMALL)


def test_a_status_put_right() -> None:
    found = told(SMALL.edit(FIRST, "status: implemented", "status: under-implementation"))
    only(found, "statuses")
    assert found.statuses == (Judgement("1-1", None, "implemented", "under-implementation"),)


def test_a_newer_assessment_changes_the_status() -> None:
    newer = """\
  - id: assessment-autumn
    period: autumn
    status: implemented
    constrained_by_funding: true
    reason: All fish are counted.
    sources:
      - {document: AL/REP/2, paragraph: 7}
events:
"""
    found = told(SMALL.edit(SECOND, "events:\n", newer))
    only(found, "statuses", "statements_added")
    assert found.statuses == (Judgement("1-2", None, "under-implementation", "implemented"),)
    assert [(entry.type, entry.id) for entry in found.statements_added] == [
        ("assessment", "assessment-autumn")
    ]


def test_the_status_of_a_paragraph() -> None:
    edited = SMALL.edit(FIRST, "status: under-implementation", "status: implemented")
    found = told(edited)
    only(found, "statuses")
    assert found.statuses == (Judgement("1-1", "2 (a)", "under-implementation", "implemented"),)
    assert "| **1/1**, para. 2 (a) | Under implementation | Implemented |" in report(edited)


def test_an_older_assessment_is_a_detail() -> None:
    found = told(SMALL.edit(FIRST, "status: in-preparation", "status: implemented"))
    only(found, "details")
    assert found.details == (
        Detail(FIRST, "assessments.assessment-spring", "status", "in-preparation", "implemented"),
    )


def test_held_back_by_money() -> None:
    found = told(SMALL.edit(SECOND, "    constrained_by_funding: true\n", ""))
    only(found, "constraints")
    assert found.constraints == (Judgement("1-2", None, True, None),)


def test_a_planned_event_has_happened_at_another_time() -> None:
    happened = """\
        date: ../2024-12
        sources:
          - {document: AL/REP/1, paragraph: 5}
      - period: autumn
        said: happened
        date: 2024-12-03
"""
    found = told(SMALL.edit(FIRST, "        date: ../2024-12\n", happened))
    only(found, "events")
    (event,) = found.events
    assert (event.slug, event.id, event.kind) == ("1-1", "shore-atlas", "happened")
    assert (event.said_before, event.said_after) == ("planned", "happened")
    assert (event.date_before, event.date_after) == ("../2024-12", "2024-12-03")


@pytest.mark.parametrize(
    ("old", "new", "kind", "after"),
    [
        ("        date: 2024-10-01\n", "        date: 2024-10-02\n", "moved", "2024-10-02"),
        ("        date: 2024-10-01\n", "", "moved", None),
        ("        said: happened\n", "        said: planned\n", "planned", "2024-10-01"),
    ],
)
def test_events_told_otherwise(old: str, new: str, kind: str, after: str | None) -> None:
    found = told(SMALL.edit(FIRST, old, new))
    only(found, "events")
    assert [(event.id, event.kind, event.date_after) for event in found.events] == [
        ("shore-meeting", kind, after)
    ]


def test_the_date_in_an_older_report_is_a_detail() -> None:
    found = told(SMALL.edit(FIRST, "date: 2024-09-10/2024-09-12", "date: 2024-09"))
    only(found, "details")
    assert found.details[0].entry == "events.shore-meeting.reports.spring"


def test_money() -> None:
    found = told(
        SMALL.edit(FIRST, "amount: 1200.50", "amount: 1300.50").edit(
            FIRST, "mobilized: 1000", "mobilized: 4000"
        )
    )
    only(found, "totals", "contributions", "resources")
    assert found.totals[0].difference == 100
    (gift,) = found.contributions
    assert (gift.id, gift.before.amount, gift.after.amount) == (
        "acme-gift",
        Decimal("1200.50"),
        Decimal("1300.50"),
    )
    assert found.resources[0].after == Figures(
        Decimal(4000), Decimal(4000), Decimal(0), "USD", "2024-06"
    )


def test_totals_never_mix_states_and_say_what_has_no_amount() -> None:
    pledged = SMALL.edit(
        FIRST, "        state: received\n        amount", "        state: pledged\n        amount"
    )
    without = pledged.edit(FIRST, "        amount: 1200.50\n        currency: USD\n", "")
    found = told(pledged)
    assert {(total.state, total.difference) for total in found.totals} == {
        ("received", Decimal("-1200.50")),
        ("pledged", Decimal("1200.50")),
    }
    assert found.without_amount is None
    assert told(without).without_amount == (2, 3)


def test_the_organs_own_money() -> None:
    own = """\
resources:
  - id: all
    currency: USD
    required: 9
    sources:
      - {document: AL/REP/1, paragraph: 1}
"""
    found = told(SMALL.append(STATEMENTS, own))
    only(found, "resources", "statements_added")
    assert found.resources[0].slug is None
    assert "**the organ as a whole**" in report(SMALL.append(STATEMENTS, own))


def test_a_renamed_entry_is_a_death_and_two_statements() -> None:
    found = told(SMALL.edit(FIRST, "  - id: money-came", "  - id: cash-came"))
    only(found, "dead", "statements_added", "statements_removed")
    assert [entry.id for entry in found.statements_removed] == ["money-came"]
    assert found.statements_removed[0].excerpt == "Money came."
    assert {(dead.path, dead.anchor) for dead in found.dead} == {
        ("resolutions/1-1/", "money-came"),
        ("resolutions/1-1/autumn/", "money-came"),
    }


def test_texts_in_every_language() -> None:
    found = told(BOTH.edit(FIRST, "text: Money came.", "text: Money came at last."), BOTH)
    only(found, "texts")
    assert [(text.language, text.file, text.id, text.state_after) for text in found.texts] == [
        ("en", FIRST, "updates.money-came.text", None),
        ("zh", ZH, "updates.money-came.text", "outdated"),
    ]
    found = told(BOTH.edit(ZH, "资金到位。", "资金已经到位。"), BOTH)
    assert [(text.before, text.after) for text in found.texts] == [("资金到位。", "资金已经到位。")]
    found = told(BOTH.remove(ZH), BOTH)
    assert [(text.after, text.state_after) for text in found.texts] == [("Money came.", "missing")]


def test_new_texts_without_a_translation_are_counted() -> None:
    note = "  - {id: more, period: autumn, text: More., sources: [{document: AL/REP/2, paragraph: 9}]}\nevents:\n"
    assert told(
        BOTH.edit(FIRST, "events:\n  - id: shore", note + "  - id: shore"), BOTH
    ).untranslated == (("zh", 1),)


def test_pages_and_pictures() -> None:
    before = (
        SMALL.add("docs/en/a.md", "# A {#a}\n\nOne\n")
        .add("docs/en/b.md", "# B {#b}\n")
        .add("docs/en/x.png", b"1")
    )
    after = (
        before.add("docs/en/a.md", "# A {#a}\n\nTwo\nThree\n")
        .remove("docs/en/b.md")
        .add("docs/en/x.png", b"2")
    )
    found = told(after.add("docs/en/c.md", "C\n").add("docs/assets/no-page.md", ""), before)
    only(found, "dead", "pages")
    assert found.pages == (
        PageChange("docs/en/a.md", "changed", 2, 1),
        PageChange("docs/en/b.md", "removed", 0, 1),
        PageChange("docs/en/c.md", "added", 1, 0),
        PageChange("docs/en/x.png", "changed"),
    )
    assert found.dead == (Dead("b/", None, ("en",)),)


@pytest.mark.parametrize(
    ("name", "old", "new", "detail"),
    [
        (FIRST, "themes: [water]", "themes: [water, fish]", ("", "themes", "water", "water, fish")),
        (FIRST, "symbol: {value: AL/1/1, basis: inferred}\n", "", ("symbol", None, "", None)),
        (
            FIRST,
            "{document: AL/REP/2, paragraph: 9}",
            "{document: AL/REP/2, paragraph: 10}",
            ("updates.money-came", "sources", "AL/REP/2, 9", "AL/REP/2, 10"),
        ),
        (DOCUMENTS, "paragraphs: 20", "paragraphs: 21", ("AL/REP/1", "paragraphs", "20", "21")),
        (BODY, "currency: USD", "currency: EUR", ("", "currency", "USD", "EUR")),
    ],
)
def test_anything_else_is_a_detail(
    name: str, old: str, new: str, detail: tuple[str | None, ...]
) -> None:
    found = told(SMALL.edit(name, old, new))
    only(found, "details")
    assert found.details == (Detail(name, *detail),)  # type: ignore[arg-type]


def test_a_place_of_which_nothing_is_told_any_more_is_no_longer_on_the_page_of_places() -> None:
    found = told(SMALL.edit(FIRST, "    place: port\n", ""))
    only(found, "dead", "details")
    assert found.dead == (Dead("partners/", "place-port", ("en",)),)
    assert found.details == (Detail(FIRST, "events.shore-meeting", "place", "port", None),)


def test_a_new_place_is_a_detail_and_a_new_resolution_is_not() -> None:
    place = told(SMALL.append(PLACES, "  - {id: hill, name: Hill, kind: city}\n"))
    assert place.details == (Detail(PLACES, "hill", None, None, "Hill"),)
    found = told(
        SMALL.add(
            "data/resolutions/2-1.yml", SMALL.files[SECOND].replace(b"session: 1", b"session: 2")
        )
    )
    assert [(entry.slug, entry.title) for entry in found.resolutions_added] == [
        ("2-1", "Many fish")
    ]
    assert not found.details
    assert {entry.slug for entry in found.statements_added} == {"2-1"}


def test_another_order_is_a_change_too() -> None:
    entries = SMALL.files[PLACES].decode().splitlines(keepends=True)
    found = told(SMALL.add(PLACES, "".join([entries[0], *reversed(entries[1:])])))
    only(found, "other")
    assert "another order" in report(
        SMALL.add(PLACES, "".join([entries[0], *reversed(entries[1:])]))
    )


# --- addresses ----------------------------------------------------------------------------------------------------


def test_a_removed_resolution_takes_all_its_addresses_with_it() -> None:
    found = told(SMALL.remove("data/resolutions/217-a-iii.yml"))
    assert {dead.path for dead in found.dead} == {
        "resolutions/217-a-iii/",
        "embed/217-a-iii/",
        *(
            f"api/v1/resolutions/217-a-iii.{kind.path.partition('}.')[2]}"
            for kind in KINDS
            if "{slug}" in kind.path
        ),
    }


def test_a_former_address_does_not_die() -> None:
    renamed = SMALL.remove("data/resolutions/217-a-iii.yml").add(
        "data/resolutions/217-a.yml",
        SMALL.files["data/resolutions/217-a-iii.yml"]
        + b"former_addresses: [resolutions/217-a-iii]\n",
    )
    assert "resolutions/217-a-iii/" not in {dead.path for dead in told(renamed).dead}


def test_headings_of_hand_written_pages_and_what_their_macros_bring() -> None:
    page = "docs/en/resolutions/1-1.md"
    before = SMALL.add(page, '# Shores\n\n## Why {#why}\n\n{{ resolution_details("1-1") }}\n')
    assert not told(
        before.add(
            page, '# Shores\n\n## Why it matters {#why}\n\n{{ resolution_details("1/1") }}\n'
        ),
        before,
    ).dead
    found = told(
        before.add(page, '# Shores\n\n## Why\n\n{{ resolution_details("1-1", "timeline") }}\n'),
        before,
    )
    anchors = {dead.anchor for dead in found.dead}
    assert {"money-came", "acme-gift"} <= anchors
    assert (
        not {"why", "shore-meeting"} & anchors
    )  # a heading without an address of its own happens to have the same
    found = told(before.add(page, "# Shores\n\n## Reasons {#reasons}\n"), before)
    assert "why" in {dead.anchor for dead in found.dead}


def test_a_section_that_is_there_only_while_it_has_something_does_not_die() -> None:
    """`#timeline-unreported` goes when the outcome is reported: that is no mistake."""
    happened = "said: happened\n        date: ../2024-12"
    assert not told(SMALL.edit(FIRST, "said: planned\n        date: ../2024-12", happened)).dead


def test_a_language_that_goes() -> None:
    dead = told(BOTH.remove(ZH).edit(BODY, "[en, zh]", "[en]"), BOTH).dead
    assert {address.languages for address in dead} == {("zh",)}
    assert Dead("resolutions/1-1/", None, ("zh",)) in dead


# --- words --------------------------------------------------------------------------------------------------------


CHANGED = (
    BOTH.edit(FIRST, "status: implemented", "status: under-implementation")
    .edit(FIRST, "constrained_by_funding: false", "constrained_by_funding: true")
    .edit(FIRST, "        date: 2024-10-01\n", "        date: 2024-10-02\n")
    .edit(FIRST, "amount: 1200.50", "amount: 1300")
    .edit(FIRST, "mobilized: 1000", "mobilized: 1500")
    .edit(FIRST, "  - id: plan-written", "  - id: plan-drafted")
    .edit(FIRST, "text: Money came.", "text: Money came at last.")
    .edit(FIRST, "themes: [water]", "themes: [fish]")
    .edit(
        SECOND,
        "  - id: fish-day\n    kind: meeting\n    title: Day",
        "  - id: fish-week\n    kind: meeting\n    title: Week",
    )
    .edit(
        SECOND,
        "        state: none\n",
        "        state: pledged\n        amount: 10\n        currency: EUR\n",
    )
    .add("docs/en/new.md", "# New {#new}\n")
    .remove("data/resolutions/1-10.yml")
)
"""Something of everything."""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_golden(language: str) -> None:
    """RENEW_GOLDEN=1 writes the file anew; read the difference before committing it."""
    golden, found = GOLDEN / f"report.{language}.md", report(CHANGED, BOTH, language)
    if os.environ.get("RENEW_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(found, "utf-8")
    assert found == golden.read_text("utf-8")


def test_every_sort_of_difference_is_in_french_too() -> None:
    text = report(CHANGED, BOTH, "fr")
    assert "### États (1)" in text and "### Textes modifiés" in text


def test_a_report_fits_into_a_comment_and_says_so() -> None:
    lines = [f"line {number} " + "x" * 100 for number in range(2000)]
    text = shortened(lines, Locale.of("en").catalogue.t)
    assert LIMIT - 200 < len(text) <= LIMIT
    assert text.endswith("This account ends here because a comment can hold no more; "
                         "`tracker diff --format json` gives all of it.\n")  # fmt: skip
    assert shortened(["a", "b"], Locale.of("en").catalogue.t) == "a\nb\n"


def test_a_long_list_says_how_much_it_leaves_out() -> None:
    notes = "".join(
        f"  - {{id: n-{number}, period: spring, text: Note., sources: [{{document: AL/REP/1}}]}}\n"
        for number in range(70)
    )
    text = report(SMALL.append(STATEMENTS, notes))
    assert "### Statements added (70)" in text
    assert "- … and 10 more" in text


def test_contributed_words_are_harmless() -> None:
    hostile = '"<img src=x> @octocat [x](javascript:1) ![](https://example.org/p.png) #1 | `"'
    edited = SMALL.edit(FIRST, "title: Atlas of the shores", f"title: {hostile}")
    text = report(edited.edit(FIRST, "../2024-12", "2025"))
    title = next(line for line in text.splitlines() if "octocat" in line).partition("(`#")[0]
    assert r"\<img" in title
    assert not re.search(r"(?<![\\*])[<>\[\]!#|`*]|@octocat|://", title.replace("**1/1**", ""))


def test_escape_and_code() -> None:
    assert escape("a*b_c\nd|e") == r"a\*b\_c d\|e"
    assert code("a`b\nc") == "`a'b c`"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("short", "short"),
        ("a  b\nc", "a b c"),
        ("word " * 30, "word word word…"),
        ("字" * 30, "字" * 19 + "…"),
    ],
)
def test_excerpt(text: str, expected: str) -> None:
    assert excerpt(text, 20) == expected


def test_excerpts_show_where_texts_differ() -> None:
    same = "The beginning of the text goes on for quite a while "
    assert excerpts(same + "and ends.", same + "and stops.") == (
        "…on for quite a while and ends.",
        "…on for quite a while and stops.",
    )
    assert excerpts("a", "b") == ("a", "b")
    assert excerpts("字" * 60 + "一", "字" * 60 + "二") == (
        "…" + "字" * 10 + "一",
        "…" + "字" * 10 + "二",
    )


def test_total() -> None:
    assert Total("received", "voluntary", "USD", Decimal(3), Decimal(1)).difference == -2

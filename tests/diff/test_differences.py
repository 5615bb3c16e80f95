"""What readers will see change from one version of an organ to the next."""

from __future__ import annotations

import os
import re
from decimal import Decimal
from pathlib import Path

import pytest

from macros.diff.differences import Dead, Differences, Snapshot, compare
from macros.diff.records import Change, Money, Term
from macros.diff.report import LIMIT, Report, code, escape, find_passages, write_markdown
from macros.diff.revisions import Tree
from macros.i18n.locale import Locale
from tests.organ import BODY, DOCUMENTS, FIRST, PLACES, SECOND, SMALL, STATEMENTS, TODAY, Organ

GOLDEN = Path(__file__).parent.parent / "fixtures" / "differences"
ZH = "data/translations/zh/resolutions/1-1.yml"
BOTH = SMALL.edit(BODY, "languages: [en]", "languages: [en, zh]").add(
    ZH, "money-came.text:\n  original: Money came.\n  text: 资金到位。\n"
)


def snapshot(organ: Organ) -> Snapshot:
    pictures = {name: raw for name, raw in organ.files.items() if name.endswith(".png")}
    files = {name: raw for name, raw in organ.files.items() if name not in pictures}
    loaded = Snapshot.load(Tree(files, pictures), TODAY)
    assert not loaded.problems, loaded.problems
    return loaded


def differences(after: Organ, before: Organ = SMALL, language: str = "en") -> Differences:
    return compare(snapshot(before), snapshot(after), language)


def changes(after: Organ, before: Organ = SMALL) -> list[tuple[object, ...]]:
    """Topic, entry, field, before and after of every change."""
    return [
        (change.topic, change.entry, change.field, change.before, change.after)
        for change in differences(after, before).changes
    ]


def report(after: Organ, before: Organ = SMALL, language: str = "en") -> str:
    old, new = snapshot(before), snapshot(after)
    writer = Report(Locale.of(language), old.in_language(language), new.in_language(language))
    lines = writer.list_differences(compare(old, new, language))
    return write_markdown(lines, writer.t).replace("\u00a0", " ") + "\n"


# --- records --------------------------------------------------------------------------------------


def test_nothing() -> None:
    assert not differences(SMALL)
    assert "No reader will see a change." in report(SMALL)


def test_status_of_a_resolution_and_of_a_paragraph() -> None:
    edited = SMALL.edit(FIRST, "status: implemented", "status: under-implementation")
    assert "### States (1)\n\n- **1/1**: Implemented → Under implementation" in report(edited)
    edited = SMALL.edit(FIRST, "status: under-implementation", "status: implemented")
    assert "- **1/1** `2 (a)`: Under implementation → Implemented" in report(edited)


def test_newer_assessment_changes_the_status() -> None:
    newer = """\
  - id: assessment-autumn
    period: autumn
    status: implemented
    reason: All fish are counted.
    sources:
      - {document: AL/REP/2, paragraph: 7}
events:
"""
    edited = SMALL.edit(SECOND, "events:\n", newer)
    assert [change[:2] for change in changes(edited)] == [
        ("statuses", ""),
        ("constraints", ""),
        ("statements", "assessments.assessment-autumn"),
    ]
    assert "- **1/2**: yes → not reported" in report(edited)


def test_an_address_that_was_given_up() -> None:
    entry = "{address: 'resolutions/1-2/#plan', was: A plan, reason: A mistake., since: 2025}"
    edited = SMALL.add("data/retired.yml", f"retired:\n  - {entry}\n")
    assert "`data/retired.yml` `resolutions/1-2/#plan` A mistake.: added" in report(edited)


def test_older_assessment_changes_no_status() -> None:
    edited = SMALL.edit(FIRST, "status: in-preparation", "status: implemented")
    statuses = Term("status", "in-preparation"), Term("status", "implemented")
    entry = "assessments.assessment-spring"
    assert changes(edited) == [("statements", entry, "status", *statuses)]


def test_milestone_with_a_new_report() -> None:
    newer = """\
        date: ../2024-12
        sources:
          - {document: AL/REP/1, paragraph: 5}
      - period: autumn
        outcome: completed
        date: 2024-12-03
"""
    edited = SMALL.edit(FIRST, "        date: ../2024-12\n", newer)
    assert {change[:3] for change in changes(edited)} == {
        ("events", "events.shore-atlas", field) for field in ("date", "outcome", "period")
    }
    assert "`outcome` planned → completed" in report(edited)
    assert "`date` by the end of 2024 → 3 December 2024" in report(edited)


def test_older_report_of_a_milestone() -> None:
    edited = SMALL.edit(FIRST, "date: 2024-09-10/2024-09-12", "date: 2024-09")
    entry = "events.shore-meeting.reports.spring"
    assert [change[:3] for change in changes(edited)] == [("events", entry, "date")]


def test_contribution() -> None:
    edited = SMALL.edit(FIRST, "amount: 1200.50", "amount: 1300.50")
    amounts = Money(Decimal("1200.50"), "USD"), Money(Decimal("1300.50"), "USD")
    assert changes(edited) == [
        ("contributions", "contributions.acme-gift", "amount", *amounts),
    ]


def test_required_and_mobilized() -> None:
    edited = SMALL.edit(FIRST, "mobilized: 1000", "mobilized: 4000")
    assert {change[2] for change in changes(edited)} == {"gap", "mobilized"}
    own = "resources:\n  - {id: all, period: spring, currency: USD, required: 9, sources: [{document: AL/REP/1}]}\n"
    assert "- `data/statements.yml` `resources.all`: added (USD 9)" in report(
        SMALL.append(STATEMENTS, own)
    )


@pytest.mark.parametrize(
    ("name", "old", "new", "change"),
    [
        (FIRST, "themes: [water]", "themes: [fish]", "**1/1** Clean shores: `themes` Water → Fish"),
        (
            FIRST,
            "symbol: {value: AL/1/1, basis: inferred}\n",
            "",
            "**1/1** `symbol`: removed",
        ),
        (
            FIRST,
            "{document: AL/REP/2, paragraph: 9}",
            "{document: AL/REP/2, paragraph: 10}",
            "**1/1** `updates.money-came` Money came.: `sources` AL/REP/2, 9 → AL/REP/2, 10",
        ),
        (DOCUMENTS, "paragraphs: 20", "paragraphs: 21", "`paragraphs` 20 → 21"),
        (BODY, "currency: USD", "currency: EUR", "`currency` USD → EUR"),
        (FIRST, "    place: port\n", "", "Meeting on shores: `place` Port → not reported"),
        (PLACES, "places:\n", "places:\n  - {id: hill, name: Hill, kind: city}\n", "Hill: added"),
    ],
)
def test_any_other_field_or_entry(name: str, old: str, new: str, change: str) -> None:
    edited = SMALL.edit(name, old, new)
    assert len(differences(edited).changes) == 1
    assert change in report(edited)


def test_new_resolution_is_listed_as_a_whole() -> None:
    raw = SMALL.files[SECOND].replace(b"session: 1", b"session: 2")
    added = SMALL.add("data/resolutions/2-1.yml", raw)
    assert "### Resolutions (1)\n\n- **2/2** Many fish: added" in report(added)
    topics = {"resolutions", "statuses", "constraints"}
    assert {change[0] for change in changes(added)} == topics


# --- texts and pages ------------------------------------------------------------------------------


def test_texts_in_every_language() -> None:
    edited = BOTH.edit(FIRST, "text: Money came.", "text: Money came at last.")
    found = differences(edited, BOTH).changes
    states = Term("text", "current"), Term("text", "outdated")
    entry = "updates.money-came", "", "text"
    assert found == (
        Change("texts", FIRST, *entry, "Money came.", "Money came at last."),
        Change("texts", ZH, *entry, *states),
    )
    assert "`text` 资金到位。 → 资金已经到位。" in report(
        BOTH.edit(ZH, "资金到位。", "资金已经到位。"), BOTH
    )
    assert "`text` translation up to date → not translated" in report(BOTH.remove(ZH), BOTH)


def test_pages_and_pictures() -> None:
    before = (
        SMALL.add("docs/en/a.md", "# A {#a}\n")
        .add("docs/en/b.md", "# B {#b}\n")
        .add("docs/en/x.png", b"1")
    )
    after = before.add("docs/en/a.md", "# A {#a}\n\nTwo\n").remove("docs/en/b.md")
    after = after.add("docs/en/x.png", b"2").add("docs/en/c.md", "C\n")
    after = after.add("docs/assets/no-page.md", "")
    assert report(after, before).endswith("""\
### Hand-written pages and pictures (4)

- `docs/en/a.md`: changed
- `docs/en/b.md`: removed
- `docs/en/c.md`: added
- `docs/en/x.png`: changed
""")
    assert differences(after, before).dead == (Dead("b/", None, ("en",)),)


# --- addresses ------------------------------------------------------------------------------------


def test_renamed_entry_loses_its_anchors() -> None:
    dead = differences(SMALL.edit(FIRST, "  - id: money-came", "  - id: cash-came")).dead
    assert [(address.path, address.anchor) for address in dead] == [
        ("resolutions/1-1/", "money-came"),
        ("resolutions/1-1/autumn/", "money-came"),
    ]


def test_removed_resolution_and_former_address() -> None:
    name = "data/resolutions/217-a-iii.yml"
    dead = {address.path for address in differences(SMALL.remove(name)).dead}
    assert {"resolutions/217-a-iii/", "api/v1/resolutions/217-a-iii.json"} <= dead
    former = SMALL.files[name] + b"former_addresses: [resolutions/217-a-iii]\n"
    renamed = SMALL.remove(name).add("data/resolutions/217-a.yml", former)
    dead = {address.path for address in differences(renamed).dead}
    assert "resolutions/217-a-iii/" not in dead


def test_headings_of_hand_written_pages_and_what_their_macros_bring() -> None:
    page = "docs/en/resolutions/1-1.md"
    start = "# Shores\n\n## Why"
    before = SMALL.add(page, start + ' {#why}\n\n{{ resolution_details("1-1") }}\n')
    after = SMALL.add(page, start + ' it matters {#why}\n\n{{ resolution_details("1/1") }}\n')
    assert not differences(after, before).dead
    after = SMALL.add(page, "# Shores\n\n## Reasons {#reasons}\n")
    anchors = {address.anchor for address in differences(after, before).dead}
    assert {"why", "money-came", "acme-gift"} <= anchors


def test_section_that_shows_only_while_it_has_something_does_not_die() -> None:
    happened = "outcome: completed\n        date: ../2024-12"
    edited = SMALL.edit(FIRST, "outcome: planned\n        date: ../2024-12", happened)
    assert not differences(edited).dead


def test_removed_language() -> None:
    dead = differences(BOTH.remove(ZH).edit(BODY, "[en, zh]", "[en]"), BOTH).dead
    assert {address.languages for address in dead} == {("zh",)}
    assert Dead("resolutions/1-1/", None, ("zh",)) in dead


# --- the report -----------------------------------------------------------------------------------


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
    .add("data/resolutions/1-3.yml", "number: 3\nsession: 1\ntitle: New\ntitle_basis: cited\n")
)
"""Something of everything."""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_whole_report(language: str) -> None:
    """RENEW_GOLDEN=1 writes the file anew; read the difference before committing it."""
    golden, text = GOLDEN / f"report.{language}.md", report(CHANGED, BOTH, language)
    if os.environ.get("RENEW_GOLDEN"):
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


def test_every_topic_has_words_in_french() -> None:
    text = report(CHANGED, BOTH, "fr")
    assert "### États (1)" in text
    assert "### Textes modifiés" in text


def test_report_fits_into_a_comment() -> None:
    t = Locale.of("en").catalogue.t
    text = write_markdown((f"line {number} " + "x" * 100 for number in range(2000)), t)
    assert LIMIT - 200 < len(text) < LIMIT + 200
    assert text.endswith("`tracker diff --format json` gives all of it.")


def test_words_of_contributors_are_harmless() -> None:
    hostile = '"<img src=x> @octocat [x](javascript:1) ![](https://example.org/p.png) #1 | `"'
    edited = SMALL.edit(FIRST, "title: Atlas of the shores", f"title: {hostile}")
    text = report(edited.edit(FIRST, "../2024-12", "2025"))
    line = next(line for line in text.splitlines() if "octocat" in line and "atlas" in line)
    title = line.partition("`events.shore-atlas`")[2].partition("`date`")[0]
    assert r"\<img" in title
    assert not re.search(r"(?<!\\)[<>\[\]!#|`*]|@octocat|://", title)


def test_escape_and_code() -> None:
    assert escape("a*b_c\nd|e") == r"a\*b\_c d\|e"
    assert escape("字" * 200) == "字" * 99 + "…"
    assert code("a`b\nc") == "`a'b c`"


def test_passages_show_where_texts_differ() -> None:
    same = "x" * 40
    assert find_passages(f"{same} ends", f"{same} stops") == (
        "…" + "x" * 29 + " ends",
        "…" + "x" * 29 + " stops",
    )
    assert find_passages("a", "b") == ("a", "b")
    assert find_passages("a" * 40, "a" * 40 + "b") == ("…" + "a" * 30, "…" + "a" * 30 + "b")

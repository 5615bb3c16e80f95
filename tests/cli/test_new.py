"""`tracker new`: what is asked, what is written, what is refused."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from macros.authoring import KINDS, new_entries, options_of
from macros.authoring.new_entries import Name, parse_name
from macros.authoring.questions import NEVER_ASKED
from macros.cli.main import main
from macros.i18n.messages import Catalogue
from tests.conftest import REPO
from tests.organ import BODY, FIRST, PERIODS, SECOND, SMALL, STATEMENTS, VOCABULARY, Organ

BILINGUAL = SMALL.edit(BODY, "languages: [en]", "languages: [en, zh]")


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1741000000")  # 3 March 2025


def written(folder: Path, organ: Organ = SMALL) -> Path:
    for name, raw in organ.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    shutil.copy(REPO / "mkdocs.yml", folder)
    (folder / "docs" / "en").mkdir(parents=True)
    return folder


def run(root: Path, *arguments: str, answers: str | None = None) -> Result:
    options = [] if answers is not None else ["--no-input"]
    return CliRunner().invoke(
        main,
        ["new", *arguments, *options, "--root", str(root)],
        input=answers and f"{answers}\n",
        catch_exceptions=False,
    )


def tree(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in (root / "data").rglob("*.yml")
    }


def gained(root: Path, organ: Organ = SMALL) -> dict[str, str]:
    """What was added to each file; nothing else may differ, and the check must pass."""
    found = {}
    for name, raw in tree(root).items():
        old, new = organ.files.get(name, b"").decode().splitlines(), raw.decode().splitlines()
        if old != new:
            start = next(
                index for index, (a, b) in enumerate(zip([*old, ""], new, strict=False)) if a != b
            )
            length = len(new) - len(old)
            assert new[:start] + new[start + length :] == old
            found[name] = "\n".join(new[start : start + length]) + "\n"
    check = CliRunner().invoke(main, ["check", "--root", str(root)])
    assert check.exit_code == 0, check.output
    return found


def refused(root: Path, *arguments: str, answers: str | None = None) -> str:
    before = tree(root)
    result = run(root, *arguments, answers=answers)
    assert result.exit_code != 0, result.output
    assert tree(root) == before
    return result.output


# --- update ---------------------------------------------------------------------------------------

UPDATE = ("update", "1/2", "--text", "Nets were *mended* in the port.", "--paragraph", "9")


def test_an_update(tmp_path: Path) -> None:
    result = run(written(tmp_path), *UPDATE)
    assert result.exit_code == 0, result.output
    assert gained(tmp_path) == {
        SECOND: (
            "updates:\n"
            "  - id: nets-mended-port\n"
            "    period: autumn\n"
            "    about: progress\n"
            "    text: Nets were *mended* in the port.\n"
            "    sources:\n"
            "      - {document: AL/REP/2, paragraph: 9}\n"
        )
    }
    assert result.output.splitlines() == [
        "Added to data/resolutions/1-2.yml.",
        "Its id, and its address for ever: nets-mended-port",
        "Next:",
        "  1. Check: tracker check",
        "  2. Look: tracker serve, then open resolutions/1-2/#nets-mended-port",
    ]


def test_the_same_is_added_again_only_on_purpose(tmp_path: Path) -> None:
    run(written(tmp_path), *UPDATE)
    told = "There is already nets-mended-port: “Nets were *mended* in the port.”."
    files = tree(tmp_path)
    assert f"{told} Give --id with a new id if this is another." in run(tmp_path, *UPDATE).output
    declined = run(tmp_path, *UPDATE, answers="\n\n\nn\n")
    assert told in declined.output and "Add another one all the same? [y/N]: n" in declined.output
    assert tree(tmp_path) == files
    assert run(tmp_path, *UPDATE, answers="\n\n\ny\n\n").exit_code == 0
    assert run(tmp_path, *UPDATE, "--id", "more-nets").exit_code == 0
    text = gained(tmp_path)[SECOND]
    assert "- id: nets-mended-port-2\n" in text and "- id: more-nets\n" in text


def test_all_options_of_an_update(tmp_path: Path) -> None:
    result = run(
        written(tmp_path), "update", "1-1", "--text", "Money: none.", "--about", "funding",
        "--period", "spring",
        "--document", "AL/REP/1", "--paragraph", "3", "--paragraph", "4", "--operative", "2 (a)",
        "--id", "no-money",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert gained(tmp_path)[FIRST] == (
        "  - id: no-money\n"
        "    period: spring\n"
        "    about: funding\n"
        "    paragraphs: [2 (a)]\n"
        '    text: "Money: none."\n'
        "    sources:\n"
        "      - {document: AL/REP/1, paragraph: 3}\n"
        "      - {document: AL/REP/1, paragraph: 4}\n"
    )


def test_what_is_to_translate_is_named_with_its_file(tmp_path: Path) -> None:
    output = run(written(tmp_path, BILINGUAL), *UPDATE).output
    assert (
        "1. Translate in data/translations/zh/resolutions/1-2.yml: nets-mended-port.text\n"
        in output
    )


def test_answers_are_asked_for_again_until_they_fit(tmp_path: Path) -> None:
    answers = (
        "money",
        "funding",
        "",
        "",
        "Some <b>text</b>",
        "Some text",
        "",
        "",
        "0, 3",
        "3，4",
        "plan-written",
        "plan",
    )
    result = run(
        written(tmp_path), "update", "1/1", "--period", "spring", answers="\n".join(answers) + "\n"
    )
    assert result.exit_code == 0, result.output
    for told in (
        "What it tells [progress]: money\nError: about cannot be “money”; "
        "one of: progress, plan, funding\n",
        "The note, in your own words: \nError: this is needed; write something\n",
        "Error: HTML is not allowed in texts (<b>)",
        "Error: AL/REP/1 has paragraphs 1 to 20, not 0; correct the paragraph\n",
        "Id, its address for ever [text]: plan-written\n"
        "Error: plan-written is already used; choose another\n",
    ):
        assert told in result.output
    assert gained(tmp_path)[FIRST] == (
        "  - id: plan\n"
        "    period: spring\n"
        "    about: funding\n"
        "    text: Some text\n"
        "    sources:\n"
        "      - {document: AL/REP/1, paragraph: 3}\n"
        "      - {document: AL/REP/1, paragraph: 4}\n"
    )


# --- event ----------------------------------------------------------------------------------------


def test_an_event(tmp_path: Path) -> None:
    result = run(
        written(tmp_path), "event", "1/2", "--kind", "meeting", "--title", "Meeting on nets",
        "--place", "Port",
        "--outcome", "planned", "--date", "2025", "--paragraph", "9",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert gained(tmp_path)[SECOND] == (
        "  - id: meeting-nets\n"
        "    kind: meeting\n"
        "    title: Meeting on nets\n"
        "    place: port\n"
        "    reports:\n"
        "      - period: autumn\n"
        "        outcome: planned\n"
        "        date: 2025\n"
        "        sources:\n"
        "          - {document: AL/REP/2, paragraph: 9}\n"
    )
    assert "open resolutions/1-2/#meeting-nets\n" in result.output


def test_what_a_later_report_says_of_an_event(tmp_path: Path) -> None:
    arguments = (
        "event",
        "1/1",
        "--again",
        "shore-atlas",
        "--outcome",
        "completed",
        "--date",
        "2024-12-09",
    )
    result = run(written(tmp_path), *arguments, "--paragraph", "9")
    assert result.exit_code == 0, result.output
    assert gained(tmp_path)[FIRST] == (
        "      - period: autumn\n"
        "        outcome: completed\n"
        "        date: 2024-12-09\n"
        "        sources:\n"
        "          - {document: AL/REP/2, paragraph: 9}\n"
    )
    assert "open resolutions/1-1/#shore-atlas\n" in result.output


def test_what_only_the_check_can_tell_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    arguments = (
        "event",
        "1/1",
        "--again",
        "shore-song",
        "--outcome",
        "completed",
        "--paragraph",
        "9",
    )
    output = refused(written(tmp_path), *arguments)
    assert "The result would not pass the check. Nothing was written." in output
    assert ":7: the reports of shore-song must follow the order of the periods" in output


# --- assessments, funding, partners, places -------------------------------------------------------


def test_an_assessment_is_named_by_its_period_and_paragraph(tmp_path: Path) -> None:
    arguments = ("assessment", "1/1", "--operative", "2 (a)", "--status", "Implemented")
    arguments += ("--reason", "All is *done*.", "--constrained-by-funding", "no")
    result = run(written(tmp_path), *arguments, "--paragraph", "7")
    assert result.exit_code == 0, result.output
    assert gained(tmp_path)[FIRST] == (
        "  - id: assessment-autumn-op-2-a\n"
        "    period: autumn\n"
        "    paragraph: 2 (a)\n"
        "    status: implemented\n"
        "    constrained_by_funding: false\n"
        "    reason: All is *done*.\n"
        "    sources:\n"
        "      - {document: AL/REP/2, paragraph: 7}\n"
    )


def test_a_second_judgement_in_a_period_is_refused_and_what_was_typed_is_shown(
    tmp_path: Path,
) -> None:
    arguments = ("assessment", "1/1", "--status", "implemented", "--reason", "All done.")
    output = refused(written(tmp_path), *arguments, "--paragraph", "7")
    assert "Nothing was written" in output and "\nreason: All done.\n" in output


def test_a_contribution_and_later_its_new_amount(tmp_path: Path) -> None:
    money = ("--amount", "500", "--state", "pledged", "--document", "AL/REP/1", "--paragraph", "6")
    arguments = ("contribution", "1/2", "--contributor", "Acme", "--kind", "voluntary")
    new = (*arguments, "--purpose", "Buckets", "--period", "spring", *money)
    assert run(written(tmp_path), *new).exit_code == 0
    assert "Give --again buckets for what a later report says of it" in run(tmp_path, *new).output
    again = ("contribution", "1/2", "--again", "buckets", "--state", "received", "--amount", "700")
    result = run(tmp_path, *again, "--currency", "EUR", "--paragraph", "9")
    assert result.exit_code == 0, result.output
    assert gained(tmp_path)[SECOND] == (
        "  - id: buckets\n"
        "    contributor: acme\n"
        "    kind: voluntary\n"
        "    purpose: Buckets\n"
        "    reports:\n"
        "      - period: spring\n"
        "        state: pledged\n"
        "        amount: 500\n"
        "        currency: USD\n"
        "        sources:\n"
        "          - {document: AL/REP/1, paragraph: 6}\n"
        "      - period: autumn\n"
        "        state: received\n"
        "        amount: 700\n"
        "        currency: EUR\n"
        "        sources:\n"
        "          - {document: AL/REP/2, paragraph: 9}\n"
    )


def test_a_partner_whose_organization_and_country_are_made_on_the_way(tmp_path: Path) -> None:
    typed = ["", "Isle Fund", "y", "", "", "government", "Isle", "y", "", "country", "isle", ""]
    answers = [*typed, "isle-fund", "host", "", "", "9"]
    result = run(written(tmp_path), "partner", "1/1", answers="\n".join(answers))
    assert result.exit_code == 0, result.output
    added = gained(tmp_path)
    assert added["data/places.yml"] == "  - id: isle\n    name: Isle\n    kind: country\n"
    assert (
        "    name: Isle Fund\n    kind: government\n    country: isle\n"
        in (added["data/organizations.yml"])
    )
    assert "  - organization: isle-fund\n    role: host\n" in added[FIRST]
    assert "open resolutions/1-1/#partner-isle-fund\n" in result.output


def test_figures_of_the_whole_organ(tmp_path: Path) -> None:
    arguments = ("resource", "--required", "900", "--as-of", "2024-12", "--paragraph", "1")
    result = run(written(tmp_path), *arguments)
    assert result.exit_code == 0, result.output
    assert gained(tmp_path)[STATEMENTS].startswith(
        "resources:\n"
        "  - id: resource-autumn\n"
        "    period: autumn\n"
        "    as_of: 2024-12\n"
        "    currency: USD\n"
        "    required: 900\n"
    )


# --- resolution -----------------------------------------------------------------------------------


def test_a_resolution(tmp_path: Path) -> None:
    result = run(
        written(tmp_path), "resolution", "2/11", "--title", "Calm: a plea", "--theme", "water",
        "--theme", "fish",
        "--goal", "6", "--adopted", "2026-05-09",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert gained(tmp_path) == {
        "data/resolutions/2-11.yml": (
            "# Resolution 2/11 – Calm: a plea\n"
            "number: 11\n"
            "session: 2\n"
            "symbol: {value: AL/2/11, basis: inferred}\n"
            'title: "Calm: a plea"\n'
            "title_basis: unofficial\n"
            "adoption: {date: 2026-05-09, basis: verified}\n"
            "themes: [water, fish]\n"
            "goals: [6]\n"
        )
    }
    assert result.output.splitlines()[0] == "Wrote data/resolutions/2-11.yml."
    assert "tracker new update 2/11" in result.output


def test_an_organ_without_symbols_gets_none(tmp_path: Path) -> None:
    organ = SMALL.edit(BODY, "symbol_pattern: AL/{session}/{number}\n", "")
    run(written(tmp_path, organ), "resolution", "2/11", "--title", "Calm")
    assert "symbol" not in gained(tmp_path, organ)["data/resolutions/2-11.yml"]


def test_a_symbol_that_was_seen_is_verified(tmp_path: Path) -> None:
    run(written(tmp_path), "resolution", "2-11", "--title", "Calm", "--symbol", "AL/2/L.11")
    assert (
        "symbol: {value: AL/2/L.11, basis: verified}\n"
        in gained(tmp_path)["data/resolutions/2-11.yml"]
    )


def test_a_resolution_whose_name_is_not_of_the_pattern(tmp_path: Path) -> None:
    result = run(written(tmp_path), "resolution", "218 B (IV)", "--title", "Calm", "--session", "1")
    assert result.exit_code == 0, result.output
    text = gained(tmp_path)["data/resolutions/218-b-iv.yml"]
    assert text.startswith(
        "# Resolution 218 B (IV) – Calm\nnumber: 218 B (IV)\nsession: 1\nlabel: 218 B (IV)\n"
    )


def test_a_resolution_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    written(tmp_path)
    for name in ("1/1", "1-1", "217 A (III)", "217-a-iii"):
        assert "There is already a resolution" in refused(
            tmp_path, "resolution", name, "--title", "Calm"
        )


@pytest.mark.parametrize(
    ("written_as", "pattern", "expected"),
    [
        ("2/11", "{session}/{number}", Name("2-11", "11", "2")),
        ("2-11", "{session}/{number}", Name("2-11", "11", "2")),
        ("74/220 B", "{session}/{number}", Name("74-220-b", "220 B", "74")),
        ("Res. 8", "Res. {number}", Name("res-8", "8")),
        ("1325 (2000)", "{number}", Name("1325-2000", "1325 (2000)")),
        ("218 B (IV)", "{session}/{number}", Name("218-b-iv", "218 B (IV)", None, "218 B (IV)")),
        ("XI", "{session}/{number}", Name("xi", "XI", None, "XI")),
        ("AL/1", "{symbol}", Name("al-1", "AL/1", None, "AL/1")),
    ],
)
def test_names(written_as: str, pattern: str, expected: Name) -> None:
    assert parse_name(written_as, pattern) == expected


# --- period ---------------------------------------------------------------------------------------

PERIOD = (
    "period", "spring-2025", "--name", "Spring report of 2025", "--first", "2025-01-01",
        "--last", "2025-06-30",
    "--as-of", "2025-05", "--as-of-basis", "inferred",
)  # fmt: skip


def test_a_period(tmp_path: Path) -> None:
    result = run(written(tmp_path), *PERIOD, "--report", "page")
    assert result.exit_code == 0, result.output
    assert gained(tmp_path) == {
        PERIODS: (
            "  - id: spring-2025\n"
            "    name: Spring report of 2025\n"
            "    first: 2025-01-01\n"
            "    last: 2025-06-30\n"
            "    report: page\n"
            "    as_of: 2025-05\n"
            "    as_of_basis: inferred\n"
        ),
    }


def test_the_report_of_a_period_is_in_the_documents(tmp_path: Path) -> None:
    output = refused(written(tmp_path), *PERIOD, "--report", "AL/REP/3")
    assert "the document AL/REP/3 is not in documents.yml" in output


def test_a_period_under_embargo_with_a_report_that_is_made_on_the_way(tmp_path: Path) -> None:
    answers = [
        "AL/REP/3",
        "y",
        "report",
        "Third report",
        "",
        "2025-06-10",
        "12",
        "",
        "",
        "",
        "",
        "",
    ]
    result = run(written(tmp_path), *PERIOD, "--held", "draft", answers="\n".join(answers))
    assert result.exit_code == 0, result.output
    assert "The document AL/REP/3 is not in documents.yml" in result.output.replace(
        "the d", "The d"
    )
    added = gained(tmp_path)
    assert added["data/documents.yml"] == (
        "  - symbol: AL/REP/3\n"
        "    kind: report\n"
        "    title: Third report\n"
        "    title_basis: unofficial\n"
        "    date: 2025-06-10\n"
        "    paragraphs: 12\n"
    )
    assert added[PERIODS].startswith("  - id: spring-2025\n    held: draft\n")
    assert "    report: AL/REP/3\n" in added[PERIODS]


# --- correction -----------------------------------------------------------------------------------

CORRECTION = ("--text", "Brooms were called nets; they are brooms.", "--published", "2025-01-20")


def test_a_correction_of_a_resolution_and_of_the_site(tmp_path: Path) -> None:
    written(tmp_path)
    assert (
        run(
            tmp_path, "correction", "1/1", *CORRECTION, "--document", "AL/REP/1", "--paragraph", "6"
        ).exit_code
        == 0
    )
    result = run(
        tmp_path,
        "correction",
        "--text",
        "The name was wrong.",
        "--published",
        "2024-12",
        "--date",
        "2025-02",
    )
    assert result.exit_code == 0, result.output
    assert gained(tmp_path) == {
        STATEMENTS: (
            "corrections:\n"
            "  - id: brooms-called-nets\n"
            "    date: 2025-03-03\n"
            "    published: 2025-01-20\n"
            "    resolution: 1-1\n"
            "    text: Brooms were called nets; they are brooms.\n"
            "    sources:\n"
            "      - {document: AL/REP/1, paragraph: 6}\n"
            "  - id: name-wrong\n"
            "    date: 2025-02\n"
            "    published: 2024-12\n"
            "    text: The name was wrong.\n"
        )
    }
    assert "open corrections/#name-wrong\n" in result.output


def test_a_correction_where_no_statements_are(tmp_path: Path) -> None:
    organ = SMALL.remove(STATEMENTS)
    result = run(written(tmp_path, organ), "correction", "1/1", *CORRECTION)
    assert result.exit_code == 0, result.output
    assert gained(tmp_path, organ)[STATEMENTS].startswith("corrections:\n  - id: brooms-")


def test_a_mistake_published_after_it_was_put_right(tmp_path: Path) -> None:
    output = refused(written(tmp_path), "correction", *CORRECTION, "--date", "2024")
    assert (
        "a mistake cannot have been published (2025-01-20) after it was put right (2024)" in output
    )


# --- all of them ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "missing"),
    [
        (("resolution", "2/1"), "--title"),
        (("period", "p"), "--name, --first, --last, --as-of, --as-of-basis"),
        (("update", "1/1"), "--text"),
        (("update", "1/1", "--period", "spring"), "--text, --paragraph"),
        (("event", "1/1"), "--kind, --title, --outcome"),
        (("event", "1/1", "--again", "shore-song", "--period", "spring"), "--outcome, --paragraph"),
        (("correction",), "--text"),
        (("assessment", "1/2"), "--status, --reason"),
        (("contribution", "1/2"), "--kind, --purpose, --state"),
        (("place", "Pier"), "--kind"),
    ],
)
def test_without_input_what_is_missing_is_named_at_once(
    tmp_path: Path, arguments: tuple[str, ...], missing: str
) -> None:
    assert f"Missing: {missing}. " in refused(written(tmp_path), *arguments)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("update", "1/3"), "there is no resolution 1/3; did you mean “1/"),
        (("correction", "9/9"), "there is no resolution 9/9; one of: 1/1"),
        (("resolution", "3/1"), "the session 3 is not in sessions.yml; one of: 1, 2"),
        (("resolution", "2/1", "--theme", "watr"),
         "--theme: the theme watr is not in vocabulary.yml; did you mean"),
        (("resolution", "2/1", "--goal", "18"), "the goal 18 is not in vocabulary.yml"),
        (("resolution", "2/1", "--title-basis", "true"), "title_basis cannot be “true”"),
        (("period", "Spring 2025"), "“Spring 2025”"),
        (("period", "spring"), "spring is already used"),
        (("period", "p", "--first", "2025-13"),
         "--first: “2025-13” has no such month"),
        (("update", "1/1", "--period", "sprig"),
         "the reporting period sprig is not in periods.yml; did you"),
        (("update", "1/1", "--document", "AL/REP/9"),
         "the document AL/REP/9 is not in documents.yml"),
        (("update", "1/1", "--paragraph", "21", "--document", "AL/REP/1"),
         "AL/REP/1 has paragraphs 1 to 20, not 21"),
        (("update", "1/1", "--operative", "3"),
         "operative paragraph 3 is not among operative_paragraphs"),
        (("update", "1/1", "--text", "x [y](javascript:z)"), "a link may not lead to"),
        (("event", "1/1", "--kind", "meetin"),
         "the kind of event meetin is not in vocabulary.yml; did you"),
        (("event", "1/1", "--place", "prot"),
         "the place prot is not in places.yml; did you mean “Port”"),
        (("event", "1/1", "--again", "shore"),
         "there is no entry shore on the page of that resolution; did you mean “shore-"),
        ((*UPDATE, "--id", "fish-day"), "--id: fish-day is already used"),
        ((*UPDATE, "--id", "op-1"),
         "the id op-1 begins like an address that the site makes by itself"),
        ((*UPDATE, "--period", "spring", "--text", "{{ x }}"), "template code is not allowed"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_in_the_words_of_the_check(
    tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    assert sentence in refused(written(tmp_path), *arguments)


def test_nothing_is_added_to_data_with_problems(tmp_path: Path) -> None:
    output = refused(written(tmp_path, SMALL.edit(FIRST, "place: port", "place: prot")), *UPDATE)
    assert "The data has problems; put them right first." in output
    assert "data/resolutions/1-1.yml:53:12: the place prot is not in places.yml" in output


def test_a_file_that_changes_while_questions_are_asked_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path)
    append = new_entries.append_entry

    def meanwhile(*arguments: Any) -> str:
        (tmp_path / SECOND).write_bytes(SMALL.files[SECOND] + b"# mine\n")
        return append(*arguments)

    monkeypatch.setattr(new_entries, "append_entry", meanwhile)
    result = run(tmp_path, *UPDATE)
    assert result.exit_code == 1 and "Nothing was written; try again." in result.output
    assert (tmp_path / SECOND).read_bytes() == SMALL.files[SECOND] + b"# mine\n"


def test_ids_that_the_site_makes_are_not_offered() -> None:
    assert new_entries.new_id("Partner meeting", set(), "event") == "event-partner-meeting"
    assert new_entries.new_id("Timeline", set(), "update") == "update-timeline"


@pytest.mark.parametrize("language", ["zh", "fr"])
@pytest.mark.parametrize("kind", ["update", "event"])
def test_questions_in_other_languages(tmp_path: Path, kind: str, language: str) -> None:
    written(tmp_path)
    found = {
        tag: run(tmp_path, kind, "1/1", "--lang", tag, answers="\n").output
        for tag in ("en", language)
    }
    assert found["en"] != found[language]
    assert "Aborted!" in found[language]
    assert tree(tmp_path) == SMALL.files


@pytest.mark.parametrize("kind", KINDS)
def test_every_subcommand_explains_itself(kind: str) -> None:
    result = CliRunner().invoke(main, ["new", kind, "--help"])
    assert result.exit_code == 0 and "--no-input" in result.output and "--lang" in result.output
    assert all(text for text, _ in options_of(KINDS[kind]).values())


@pytest.mark.parametrize("language", ["en", "zh", "fr"])
def test_every_option_has_a_question(language: str) -> None:
    entries = Catalogue.of(language).entries
    for name, kind in KINDS.items():
        for option in options_of(kind).keys() - NEVER_ASKED:
            keys = {f"new.ask.{option}", f"new.ask.{name}.{option}"}
            assert keys & entries.keys(), (name, option)


def test_an_organ_without_words_for_something_is_not_asked_for_them(tmp_path: Path) -> None:
    themes = "themes:\n  - {id: water, name: Water}\n  - {id: fish, name: Fish}\n"
    goals = "goals:\n  - {id: 6, name: Clean water}\n"
    organ = SMALL.edit(VOCABULARY, themes, "").edit(VOCABULARY, goals, "")
    organ = organ.edit(FIRST, "themes: [water]\ngoals: [6]\n", "").edit(
        SECOND, "themes: [water, fish]\n", ""
    )
    result = run(written(tmp_path, organ), "resolution", "2/1", answers="\n\nCalm\n\n")
    assert result.exit_code == 0, result.output
    assert "Themes" not in result.output


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("In seven cities of the San José area, data were collected", "cities-san-jose-area"),
        ("The Secretariat’s tool was shown at a forum on risk", "tool-shown-forum-risk"),
        ("Extraordinarily comprehensive implementation", "extraordinarily-comprehensive"),
        ("COP 29 in 2024", "cop-29-2024"),
        ("一无所知", "update-spring"),
        ("is it", "is-it"),
        ("taken", "taken-3"),
        ("x" * 90, "x" * 30),
    ],
)
def test_ids_are_short_and_telling(words: str, expected: str) -> None:
    stop_words = new_entries.latin_words("in seven of the were a on at was is it secretariat")
    made = new_entries.new_id(words, {"taken", "taken-2"}, "update-spring", stop_words)
    assert made == expected

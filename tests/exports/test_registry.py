"""Files for machines: what each says, in forms that other programs read, at addresses that hold."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest

from macros.corpus.corpus import Corpus
from macros.corpus.files import read_tree
from macros.corpus.loading import load
from macros.exports import calendars, feeds, tables
from macros.exports import registry as exports
from macros.exports.records import dump, moment, number
from macros.model.dates import parse
from macros.pages import registry as pages
from macros.queries import queries
from macros.render.view import View
from tests.published import published

ROOT = Path(__file__).parents[2]
URL = "https://example.org/tracker/"
TODAY = date(2026, 1, 15)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def tree() -> dict[str, bytes]:
    return read_tree(ROOT, ("data",))[0]


@pytest.fixture(scope="module")
def corpora(tree):
    return load(tree).corpora


@pytest.fixture(scope="module")
def site(corpora) -> dict[str, str]:
    return dict(exports.of_site(corpora, URL, TODAY))


@pytest.fixture(scope="module")
def languages(corpora) -> dict[str, dict[str, str]]:
    return {language: files_of(corpus) for language, corpus in corpora.items()}


def root_of(corpus: Corpus) -> str:
    return URL if corpus.language == corpus.body.languages[0] else f"{URL}{corpus.language}/"


def files_of(corpus: Corpus) -> dict[str, str]:
    return dict(exports.of_language(View(corpus, TODAY), root_of(corpus)))


def corpora_of(tree: dict[str, bytes]) -> dict[str, Corpus]:
    """The corpora of an organ's data; it has no errors."""
    loaded = load(tree)
    assert not loaded.errors, loaded.errors
    return dict(loaded.corpora)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


# --- all files -----------------------------------------------------------------------------------------


def test_the_same_twice(corpora, site, languages):
    assert dict(exports.of_site(corpora, URL, TODAY)) == site
    assert {language: files_of(corpus) for language, corpus in corpora.items()} == languages


def test_no_path_is_given_twice_or_leads_out(corpora, site):
    for given in (
        exports.of_site(corpora, URL, TODAY),
        *(exports.of_language(View(c, TODAY), root_of(c)) for c in corpora.values()),
    ):
        names = [name for name, _ in given]
        assert len({name.casefold() for name in names}) == len(names)
        assert not [name for name in names if name.startswith("/") or ".." in name.split("/")]


def test_both_languages_have_the_same_files(languages):
    first, *others = languages.values()
    assert all(other.keys() == first.keys() for other in others)


def test_no_file_takes_the_place_of_a_page(corpora, languages):
    for language, corpus in corpora.items():
        real = {f"{page.path}index.html" for page in pages.pages(View(corpus, TODAY))}
        assert not real & languages[language].keys()


# --- JSON ----------------------------------------------------------------------------------------------


def test_json_reads_and_says_licence_date_and_source(site):
    for name, text in site.items():
        if "/schema/" in name or name.endswith("openapi.json"):
            assert "CC BY 4.0" in text and "2024-09~" in text and text.endswith("}\n")
            continue
        if not name.startswith("api/"):
            continue
        for part in text.splitlines() if name.endswith(".ndjson") else [text]:
            document = json.loads(part)
            assert document["licence"] == "CC BY 4.0"
            assert document["as_of"] and document["source"]


def test_index_lists_every_file_at_its_address(corpora, site, languages):
    index = json.loads(site["api/v1/index.json"])
    patterns = [re.sub(r"\\{\w+\\}", "[^/]+", re.escape(file["path"])) for file in index["files"]]
    for name in (*site, *languages["en"]):
        if name.startswith("api/") and not name.endswith("index.json"):
            assert any(re.fullmatch(pattern, name) for pattern in patterns), name
    table = next(file for file in index["files"] if file["path"].endswith("statements.csv"))
    assert table["url"] == {
        language: root_of(corpus) + table["path"] for language, corpus in corpora.items()
    }
    assert all(set(file["description"]) == set(corpora) for file in index["files"])


def test_a_document_says_where_it_is_on_the_site(corpora, site):
    for document in json.loads(site["api/v1/documents.json"])["documents"]:
        assert document["url"]["zh"] == f"{URL}zh/documents/#{document['anchor']}"


def test_summaries_and_details_agree(corpora, site):
    corpus = corpora["en"]
    summaries = json.loads(site["api/v1/resolutions.json"])["resolutions"]
    assert [summary["slug"] for summary in summaries] == list(corpus.resolutions)
    lines = [json.loads(line) for line in site["api/v1/resolutions.ndjson"].splitlines()]
    for summary, line in zip(summaries, lines, strict=True):
        detail = json.loads(site[f"api/v1/resolutions/{summary['slug']}.json"])
        assert detail == line
        assert detail["computed"]["status"] == summary["status"]
        assert {key: detail[key] for key in ("slug", "label", "title", "url")} == {
            key: summary[key] for key in ("slug", "label", "title", "url")
        }


def test_a_resolution_says_everything_its_page_says(corpora, site):
    for slug, resolution in corpora["en"].resolutions.items():
        detail = json.loads(site[f"api/v1/resolutions/{slug}.json"])
        found = {
            node["id"]
            for node in nodes(detail)
            if node.get("id") and "sources" in node or node.get("reports")
        }
        assert found == {statement.id for statement in queries.statements(resolution)}
        named = detail["names"]
        for node in nodes(detail):
            for key, kind in (
                ("contributor", "organization"),
                ("status", "status"),
                ("document", "document"),
                ("place", "place"),
            ):
                if isinstance(node.get(key), str):
                    assert node[key] in named[kind]


def nodes(value):
    if isinstance(value, dict):
        yield value
        value = [entry for key, entry in value.items() if key not in ("computed", "names")]
    if isinstance(value, list):
        for entry in value:
            yield from nodes(entry)


def test_what_is_computed(site):
    detail = json.loads(site["api/v1/resolutions/2-1.json"])
    newest = detail["resources"][-1]
    assert (newest["required"], newest["mobilized"], newest["gap"]) == (1085000, 384000, 701000)
    assert detail["computed"]["gap"] == 701000
    assert detail["computed"]["gap_share"] == 0.646083
    assert sum(detail["computed"]["events"].values()) == len(detail["events"])
    assert {event["case"] for event in detail["events"]} <= set(queries.CASES)


def test_what_is_not_reported_is_null(corpora, site):
    contributions = json.loads(site["api/v1/funding.json"])["contributions"]
    assert {entry["reports"][-1]["amount"] for entry in contributions} >= {None}
    assert 0 not in [entry["reports"][-1]["amount"] for entry in contributions]
    unknown = [slug for slug, r in corpora["en"].resolutions.items() if not r.resources]
    assert json.loads(site[f"api/v1/resolutions/{unknown[0]}.json"])["computed"]["gap"] is None


def test_the_timeline_has_all_events_in_order(corpora, site):
    timeline = json.loads(site["api/v1/timeline.json"])["events"]
    expected = queries.timeline(corpora["en"], TODAY)
    assert [(e["resolution"], e["id"], e["case"]) for e in timeline] == [
        (o.slug, o.event.id, o.case) for o in expected
    ]


def test_a_missing_translation_is_left_out_and_named(tree):
    text = tree["data/translations/zh/resolutions/2-10.yml"].decode()
    entry = re.search(r"^aim\.text:\n(?:  .*\n)+", text, re.MULTILINE)[0]
    made = corpora_of(
        {**tree, "data/translations/zh/resolutions/2-10.yml": text.replace(entry, "").encode()}
    )
    detail = json.loads(dict(exports.of_site(made, URL, TODAY))["api/v1/resolutions/2-10.json"])
    assert detail["translations"]["zh"]["missing"] == ["aim.text"]
    assert list(next(u for u in detail["updates"] if u["id"] == "aim")["text"]) == ["en"]
    row = next(
        r
        for r in rows(files_of(made["zh"])["api/v1/statements.csv"])
        if r["id"] == "aim" and r["resolution"] == "2-10"
    )
    assert row["translation"] == "missing"


def test_numbers_have_no_noise():
    assert (
        json.dumps(
            [
                number(Decimal("24000000")),
                number(Decimal("24000000.0")),
                number(Decimal("0.1")),
                number(None),
            ]
        )
        == "[24000000, 24000000, 0.1, null]"
    )
    assert number(Decimal("1E+6")) == 1000000


def test_open_dates_stay_open():
    assert moment(parse("../2024-12")) == {
        "edtf": "../2024-12",
        "earliest": None,
        "latest": "2024-12-31",
    }
    assert moment(parse("2024-36")) == {
        "edtf": "2024-36",
        "earliest": "2024-10-01",
        "latest": "2024-12-31",
    }


def test_dump_is_json_with_a_line_for_each_entry():
    value = {"a": [{"b": "“中”\n"}, {"b": None}], "c": {}, "d": []}
    assert json.loads(dump(value)) == value
    assert len(dump(value).splitlines()) == 8


# --- CSV -----------------------------------------------------------------------------------------------


def test_statements_are_the_same_in_every_language(corpora, languages):
    corpus = corpora["en"]
    count = sum(
        len(list(queries.statements(record)))
        for record in (corpus.statements, *corpus.resolutions.values())
    )
    tables_ = [rows(files["api/v1/statements.csv"]) for files in languages.values()]
    assert [len(table) for table in tables_] == [count] * len(corpora)
    first, second = tables_
    for name in ("resolution", "id", "type", "value", "period"):
        assert [row[name] for row in first] == [row[name] for row in second]
    assert all(row["sources"] and row["url"].startswith(URL) for row in first)


@pytest.mark.parametrize("name", ["resolutions", "funding", "timeline", "statements"])
def test_tables_follow_rfc_4180(languages, name):
    for files in languages.values():
        text = files[f"api/v1/{name}.csv"]
        table = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        assert text.endswith("\r\n") and len({len(row) for row in table}) == 1
        assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", column) for column in table[0])
    assert (
        len({files[f"api/v1/{name}.csv"].partition("\r\n")[0] for files in languages.values()}) == 1
    )


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_formulas_are_defused(text):
    assert tables.cell(text) == "'" + text
    assert rows(tables.write(("a",), [{"a": text}])) == [{"a": "'" + text}]


def test_a_formula_in_the_data_is_defused(tree):
    vocabulary = tree["data/vocabulary.yml"].replace(b"name: Milestone", b'name: "=cmd|calc"')
    made = corpora_of({**tree, "data/vocabulary.yml": vocabulary})
    names = {row["kind_name"] for row in rows(files_of(made["en"])["api/v1/timeline.csv"])}
    assert "'=cmd|calc" in names


def test_empty_is_not_reported_and_no_is_no():
    assert [tables.cell(value) for value in (None, False, Decimal("0"), ("2", "2 (a)"))] == [
        "",
        "no",
        "0",
        "2; 2 (a)",
    ]


# --- iCalendar -----------------------------------------------------------------------------------------


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_the_calendar_has_every_dated_event_once(corpora, languages):
    dated = {
        f"{o.slug}-{o.event.id}@hsp-ha-res"
        for o in queries.timeline(corpora["en"], TODAY)
        if o.date
    }
    for files in languages.values():
        uids = [
            line[4:] for line in unfolded(files["api/v1/timeline.ics"]) if line.startswith("UID:")
        ]
        assert sorted(uids) == sorted(dated)


def test_calendars_follow_rfc_5545(languages):
    for files in languages.values():
        for name, text in files.items():
            if name.endswith(".ics"):
                assert text.startswith("BEGIN:VCALENDAR\r\n") and text.endswith("END:VCALENDAR\r\n")
                assert "\n" not in text.replace("\r\n", "")
                assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
                assert re.search(r"^BEGIN:V(EVENT|TIMEZONE)", text, re.MULTILINE)


def test_another_program_reads_the_calendars(corpora, languages):
    icalendar = pytest.importorskip("icalendar")
    for files in (*languages.values(), published("second")):
        for name, text in files.items():
            if name.endswith(".ics"):
                calendar = icalendar.Calendar.from_ical(text)
                assert not [part.errors for part in calendar.walk() if part.errors]
    calendar = icalendar.Calendar.from_ical(languages["zh"]["api/v1/resolutions/2-10.ics"])
    titles = {str(event["UID"]): str(event["SUMMARY"]) for event in calendar.walk("VEVENT")}
    assert titles["2-10-tracking-system@hsp-ha-res"].startswith("2/10 · 决议执行情况跟踪系统")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-12-09", "2024-12-09", "2024-12-09"),
        ("2024-12-09/2024-12-11", "2024-12-09", "2024-12-11"),
        ("2024-36", "2024-10-01", "2024-12-31"),
        ("../2024-12", "2024-12-31", "2024-12-31"),
        ("2024-11/..", "2024-11-01", "2024-11-01"),
    ],
)
def test_days_of_an_entry(text, first, last):
    assert calendars.span(parse(text)) == (date.fromisoformat(first), date.fromisoformat(last))


def test_a_deadline_is_one_day_and_says_by(languages):
    lines = unfolded(languages["en"]["api/v1/resolutions/2-10.ics"])
    start = lines.index("UID:2-10-tracking-system@hsp-ha-res")
    event = lines[start : lines.index("END:VEVENT", start)]
    assert "DTSTART;VALUE=DATE:20241231" in event and "DTEND;VALUE=DATE:20250101" in event
    assert (
        "SUMMARY;LANGUAGE=en:2/10 · System for tracking the implementation of resolutions (by the end of 2024\\, date to be confirmed)"
        in event
    )
    assert (
        "STATUS:TENTATIVE" in event
        and "SEQUENCE:0" in event
        and "DTSTAMP:20260115T000000Z" in event
    )


def event_of(text: str, uid: str) -> list[str]:
    lines = unfolded(text)
    start = lines.index(f"UID:{uid}")
    return lines[start : lines.index("END:VEVENT", start)]


def test_ids_of_entries_do_not_depend_on_the_address_of_the_site(corpora):
    for url in (URL, "https://mirror.example.net/", "http://127.0.0.1:8000/"):
        text = dict(exports.of_language(View(corpora["en"], TODAY), url))[
            "api/v1/resolutions/2-10.ics"
        ]
        assert event_of(text, "2-10-tracking-system@hsp-ha-res")


def test_the_sequence_grows_with_reports_and_with_revisions(tree):
    name = "data/resolutions/2-10.yml"
    revised = tree[name].replace(
        b"  - id: tracking-system\n", b"  - id: tracking-system\n    revision: 3\n", 1
    )
    made = corpora_of({**tree, name: revised})
    event = event_of(
        files_of(made["zh"])["api/v1/resolutions/2-10.ics"], "2-10-tracking-system@hsp-ha-res"
    )
    assert "SEQUENCE:3" in event
    detail = json.loads(dict(exports.of_site(made, URL, TODAY))["api/v1/resolutions/2-10.json"])
    assert {found["id"]: found["revision"] for found in detail["events"]}["tracking-system"] == 3


def test_only_what_has_not_happened_and_has_no_known_day_is_to_be_confirmed(corpora, languages):
    icalendar = pytest.importorskip("icalendar")
    entries = icalendar.Calendar.from_ical(languages["en"]["api/v1/timeline.ics"]).walk("VEVENT")
    events = {str(entry["UID"]): entry for entry in entries}
    seen = set()
    for found in queries.timeline(corpora["en"], TODAY):
        if when := found.date:
            entry = events[f"{found.slug}-{found.event.id}@hsp-ha-res"]
            said = found.case != "happened" and not (
                when.is_day or re.fullmatch(r"[\d-]{10}/[\d-]{10}", str(when))
            )
            seen.add((said, found.case))
            assert ("date to be confirmed" in str(entry["SUMMARY"])) == said
            assert ("date to be confirmed" in str(entry["DESCRIPTION"])) == said
            assert str(entry["STATUS"]) == (
                "CONFIRMED" if found.case == "happened" else "TENTATIVE"
            )
            assert entry.decoded("DTSTART") == calendars.span(when)[0]
    assert {(True, "unreported"), (False, "happened")} <= seen


def test_a_calendar_says_its_date_and_its_licence(languages):
    icalendar = pytest.importorskip("icalendar")
    for files, words in ((languages["en"], "State as of"), (languages["zh"], "截至")):
        for name in ("timeline", "resolutions/2-10"):
            calendar = icalendar.Calendar.from_ical(files[f"api/v1/{name}.ics"])
            for key in ("DESCRIPTION", "X-WR-CALDESC"):
                assert words in str(calendar[key]) and "CC BY 4.0" in str(calendar[key])


@pytest.mark.parametrize("text", ["x" * 75, "x" * 76, "中" * 200, "a" + "é" * 300, "🙂" * 60])
def test_folding_keeps_the_text_and_its_characters(text):
    folded = calendars.fold(text)
    assert folded.replace("\r\n ", "") == text + "\r\n"
    assert max(len(line.encode()) for line in folded.split("\r\n")) <= 75


# --- Atom ----------------------------------------------------------------------------------------------


def test_feeds_follow_rfc_4287(languages):
    for files in languages.values():
        for name, text in files.items():
            if name.endswith(".atom"):
                feed = ElementTree.fromstring(text.encode())
                for element in (feed, *feed.iter(f"{ATOM}entry")):
                    assert all(
                        element.find(ATOM + part) is not None
                        for part in ("id", "title", "updated", "link")
                    )
                ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
                assert len(set(ids)) == len(ids)
                links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
                assert links["self"].endswith(name)


def two_periods(tree: dict[str, bytes]) -> dict[str, Corpus]:
    period = """
  - id: eb-2025-1
    name: First session of 2025 of the Executive Board
    first: 2025-01-01
    last: 2025-05-31
    report: HSP/EB.2024/20
    as_of: 2025-05-05
    as_of_basis: verified
"""
    judged = b"""assessments:
  - id: assessment-eb-2025-1
    period: eb-2025-1
    status: implemented
    reason: Done & well.
    sources:
      - {document: HSP/EB.2024/20, paragraph: 47}
"""
    made = {
        **tree,
        "data/periods.yml": tree["data/periods.yml"].rstrip()
        + b"\n"
        + period.lstrip("\n").encode(),
    }
    name = "data/resolutions/2-10.yml"
    made[name] = tree[name].replace(b"assessments:\n", judged, 1)
    return corpora_of(made)


def test_the_newest_period_comes_first(tree):
    corpus = two_periods(tree)["en"]
    feed = ElementTree.fromstring(files_of(corpus)["api/v1/resolutions/2-10.atom"].encode())
    entries = list(feed.iter(f"{ATOM}entry"))
    assert [
        entry.findtext(f"{ATOM}id").removeprefix(URL + "resolutions/2-10/") for entry in entries
    ] == [
        "eb-2025-1/#status",
        "eb-2024-2/#first",
    ]
    assert (
        entries[0].findtext(f"{ATOM}title")
        == "Resolution 2/10: state: Under implementation → Implemented"
    )
    assert (
        entries[0].findtext(f"{ATOM}updated")
        == "2025-05-05T00:00:00Z"
        == feed.findtext(f"{ATOM}updated")
    )
    assert "Done & well." in entries[0].findtext(f"{ATOM}summary")


def test_older_entries_keep_their_bytes(tree, languages):
    old = languages["en"]["api/v1/resolutions/2-10.atom"].split("<entry>")[-1]
    assert (
        files_of(two_periods(tree)["en"])["api/v1/resolutions/2-10.atom"].split("<entry>")[-1]
        == old
    )


def test_a_long_feed_drops_whole_old_periods():
    def entries(period: str, count: int) -> list[feeds.Entry]:
        return [feeds.Entry(str(index), period, "") for index in range(count)]

    assert len(feeds.newest(entries("c", 900) + entries("b", 1))) == 900
    assert len(feeds.newest(entries("c", 200) + entries("b", 300) + entries("a", 1))) == 500
    assert feeds.newest([]) == []


def test_a_period_says_what_it_changed(tree):
    made = dict(exports.of_site(two_periods(tree), URL, TODAY))
    period = json.loads(made["api/v1/periods/eb-2025-1.json"])
    assert {
        "resolution": "2-10",
        "kind": "status",
        "entry": None,
        "before": "under-implementation",
        "after": "implemented",
    } in period["changes"]
    assert [entry["status"] for entry in period["resolutions"]] == ["implemented"]
    before = json.loads(made["api/v1/periods/eb-2024-2.json"])
    assert {entry["resolution"]: entry["status"] for entry in before["resolutions"]}[
        "2-10"
    ] == "under-implementation"


# --- pages ---------------------------------------------------------------------------------------------


def test_markdown_says_what_the_page_says(corpora, languages):
    for language, corpus in corpora.items():
        for slug, resolution in corpus.resolutions.items():
            text = languages[language][f"api/v1/resolutions/{slug}.md"]
            assert text.startswith("# ") and f"{root_of(corpus)}resolutions/{slug}/" in text
            for note in resolution.updates:
                assert note.text.strip().split("\n")[0][:40] in text
            for event in resolution.events:
                assert event.title.replace("[", "\\[")[:30] in text
            assert not re.search(r"\]\((?!https://|mailto:)", text)


def test_cards_stand_alone(corpora, languages):
    for language, corpus in corpora.items():
        for slug in corpus.resolutions:
            card = languages[language][f"embed/{slug}/index.html"]
            assert "<script" not in card and "src=" not in card and " style=" not in card
            assert f'<link rel="canonical" href="{root_of(corpus)}resolutions/{slug}/">' in card
            assert f'href="../../resolutions/{slug}/" target="_top"' in card
            assert '<meta name="robots" content="noindex">' in card and "<svg" in card

"""Files for machines: what each says, in forms that other programs read, at addresses that hold."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from macros import queries
from macros.corpus.corpus import Corpus
from macros.corpus.files import read_tree
from macros.corpus.loading import load
from macros.exports import registry as exports
from macros.exports.records import dump, moment, number
from macros.model.dates import parse
from macros.pages import registry as pages
from macros.render.view import View
from macros.site import redirects

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


# --- Atom ----------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("2/4/index.html", "../../resolutions/2-4/"),
        ("HSP/HA.2/Res.4/index.html", "../../../resolutions/2-4/"),
    ],
)
def test_aliases_lead_to_the_page(languages, path, target):
    page = languages["zh"][path]
    assert f'<noscript><meta http-equiv="refresh" content="0; url={target}"></noscript>' in page
    assert f'<link rel="canonical" href="{URL}zh/resolutions/2-4/">' in page
    assert f'<a href="{target}">第2/4号决议' in page
    assert (
        '<meta name="robots" content="noindex">' in page
        and '<html lang="zh-Hans" dir="ltr">' in page
    )
    root = "../" * path.count("/")
    assert re.findall("<script.*", page) == [
        f'<script src="{root}assets/redirect.js" data-to="{target}"></script>'
    ]


def aliases(corpus: Corpus, **former: tuple[str, ...]) -> dict[str, str]:
    resolutions = dict(corpus.resolutions)
    for slug, addresses in former.items():
        slug = slug.strip("_").replace("_", "-")
        resolutions[slug] = resolutions[slug].changed({"former_addresses": addresses})
    corpus = replace(corpus, resolutions=resolutions)
    return dict(redirects.aliases(corpus, (page.path for page in pages.pages(View(corpus, TODAY)))))


@pytest.mark.parametrize(
    "address",
    [
        "", "/", "/etc/passwd", "../x", "a/../../x", "a//b", "./a", "a\\b", "a\x00b", "a:b", "x" * 300, "index.html",
        "funding", "funding/", "Funding/", "resolutions/2-4/", "resolutions/2-4/index.html", "resolutions/2-4/index.html/x",
        "api/v1/x", "assets/x", "pagefind/x", "embed/2-4", "zh/x", "404.html", "sitemap.xml",
    ],
)  # fmt: skip
def test_aliases_that_are_left_out(corpora, address):
    plain = aliases(corpora["en"])
    assert aliases(corpora["en"], _1_1=(address,)) == plain


def test_former_addresses(corpora):
    found = aliases(
        corpora["en"], _1_1=("old/one/", "old/page.html", "Old/One", "2/4"), _1_2=("old/one",)
    )
    assert (
        found["old/one/index.html"]
        == found["Old/One/index.html"]
        == found["old/page.html"]
        == "1-1"
    )
    assert found["2/4/index.html"] == "1-1"  # the first has it
    assert sum(slug == "1-2" for slug in found.values()) == 2

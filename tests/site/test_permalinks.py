"""What was published never just disappears: the list, the check, and what is given up."""

from __future__ import annotations

import json
import re
from pathlib import Path

import feedparser
import icalendar
import pytest
from click.testing import CliRunner, Result

from macros.build.project import Project
from macros.cli.main import main
from macros.corpus import manifest
from macros.corpus.files import LOCK
from macros.pages import content
from macros.pages import registry as pages
from macros.render.view import View
from macros.site import addresses, files, hosts, permalinks
from tests.conftest import REPO
from tests.organ import BODY, FIRST, SECOND, SMALL, TODAY, Organ, told

RETIRED = "data/retired.yml"
URL = "https://example.org/lakes/"


def published(organ: Organ, pages: dict[str, dict[str, str]] | None = None) -> addresses.Published:
    corpora = organ.load().corpora
    views = {language: View(corpus, TODAY) for language, corpus in corpora.items()}
    return addresses.published(views, pages or {})


def locked(organ: Organ) -> Organ:
    """An organ whose every address is in its list."""
    return organ.add(LOCK, permalinks.locked(manifest.Lock(), published(organ)).text())


def problems(organ: Organ) -> list[str]:
    site = Project.of(Path("/nowhere"), organ.files)
    return told(site.problems).splitlines()


LOCKED = locked(SMALL)


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1740787200")  # 1 March 2025


# --- the list -------------------------------------------------------------------------------------


def test_the_list_reads_back_as_it_was_written() -> None:
    made = permalinks.locked(manifest.Lock(), published(SMALL))
    read, faults = manifest.read(made.text().encode())
    assert (read, faults) == (made, [])
    assert read.at[True, "resolutions/1-1/"] == 1 + made.text().splitlines().index(
        next(
            line for line in made.text().splitlines() if line.startswith("/<lang>resolutions/1-1/ ")
        )
    )


def test_the_lines_of_two_branches_are_joined() -> None:
    both = b"languages en\n/<lang>a/ x\n/<lang>a/ y\nlanguages en zh\n/b.json\n"
    read, faults = manifest.read(both)
    assert not faults and read.languages == ("en", "zh")
    assert read.addresses == {(True, "a/"): {"x", "y"}, (False, "b.json"): set()}


@pytest.mark.parametrize(
    "line",
    ["<<<<<<< HEAD", "resolutions/2-4/", "/<lang>../../etc/", "/a//b/", "/a?b", '/a"/', "/\\a/"],
)
def test_a_line_that_is_none_is_told(line: str) -> None:
    found = problems(SMALL.add(LOCK, f"languages en\n{line}\n"))
    assert len(found) == 1 and found[0].startswith(f"{LOCK}:2:1: “{line}” is no line of this list")


def test_a_project_without_a_list_has_no_problem() -> None:
    assert problems(SMALL) == []
    assert problems(LOCKED) == []


# --- what would disappear -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "address"),
    [
        ("id: plan-written", "id: plan-was-written", "resolutions/1-1/#plan-written"),
        ("id: shore-song", "id: song", "resolutions/1-1/#shore-song"),
        ("id: budget", "id: money", "resolutions/1-1/#budget"),
        ('number: "2 (a)"', 'number: "2 (b)"', "resolutions/1-1/#op-2-a"),
        ("id: shore-fund-seat", "id: seat", "funding/#shore-fund-seat"),
    ],
)
def test_an_anchor_that_would_disappear_is_an_error_at_its_line(
    old: str, new: str, address: str
) -> None:
    organ = LOCKED.edit(FIRST, old, new)
    if "2 (a)" in old:
        text = organ.files[FIRST].decode().replace('"2 (a)"', '"2 (b)"')
        organ = organ.add(FIRST, text)
    line = next(
        number
        for number, text in enumerate(organ.files[LOCK].decode().splitlines(), 1)
        if text.startswith(f"/<lang>{address.partition('#')[0]} ")
    )
    found = errors(organ)
    assert any(
        text.startswith(f"{LOCK}:{line}:1: {address} was published and would disappear.")
        for text in found
    ), found
    assert "data/retired.yml" in found[0]


def test_a_page_that_would_disappear_takes_its_files_and_short_addresses_along() -> None:
    found = "\n".join(problems(LOCKED.remove(SECOND)))
    for address in (
        "resolutions/1-2/",
        "resolutions/1-2/spring/",
        "embed/1-2/",
        "1/2/",
        "api/v1/resolutions/1-2.json",
    ):
        assert f" {address} was published and would disappear" in found
    assert "#" not in found  # the anchors of a page that is gone are not told one by one


def test_a_word_and_a_language_that_would_disappear() -> None:
    organ = SMALL.edit(BODY, "languages: [en]", "languages: [en, zh]")
    left = locked(organ).edit(BODY, "languages: [en, zh]", "languages: [en]")
    assert any(
        "the language zh was published and would disappear" in text for text in problems(left)
    )
    renamed = LOCKED.edit("data/vocabulary.yml", "{id: pledged,", "{id: promised,").edit(
        FIRST, "state: pledged", "state: promised"
    )
    assert any(" about/#contribution-pledged was published" in text for text in problems(renamed))


def test_a_page_written_by_hand_keeps_its_headings_in_every_language() -> None:
    organ = SMALL.edit(BODY, "languages: [en]", "languages: [en, zh]")
    both = organ.add("docs/en/guide.md", "## First {#first}\n").add(
        "docs/zh/guide.md", "## 第一 {#first}\n"
    )
    kept = both.add(LOCK, "languages en zh\n/<lang>guide/ first\n")
    assert not [
        text for text in problems(kept) if "guide" in text and "not in this list" not in text
    ]
    found = problems(kept.add("docs/zh/guide.md", "## 第一 {#first}\n\n## 第二 {#second}\n"))
    assert any(
        text.startswith(
            "docs/en/guide.md:1:1: the anchor second is on this page in another language"
        )
        for text in found
    )
    found = problems(kept.add("docs/zh/guide.md", "## 第一\n"))
    assert any(" guide/#first was published and would disappear" in text for text in found)


def test_what_is_new_is_a_notice() -> None:
    organ = LOCKED.append(FIRST, "").edit(
        FIRST,
        "events:\n",
        "events:\n  - id: new-one\n    kind: meeting\n    title: New\n    reports:\n      - "
        "period: autumn\n        outcome: planned\n        sources:\n          - {document: "
        "AL/REP/2, paragraph: 11}\n",
    )
    site = Project.of(Path("/nowhere"), organ.files)
    assert [problem.severity for problem in site.problems] == ["notice"]
    assert "tracker permalinks" in told(site.problems)


# --- what is given up -----------------------------------------------------------------------------


def given_up(organ: Organ, text: str) -> Organ:
    return organ.add(RETIRED, "retired:\n" + text)


MOVED = given_up(
    LOCKED.edit(FIRST, "id: plan-written", "id: plan-was-written"),
    "  - {address: 'resolutions/1-1/#plan-written', to: "
    "'resolutions/1-1/#plan-was-written', since: 2025-02-01}\n",
)
GONE = given_up(
    LOCKED.edit(FIRST, "id: plan-written", "id: plan-was-written"),
    "  - {address: 'resolutions/1-1/#plan-written', was: A <plan>, reason: It was "
    "<b>no</b> plan., see: funding/, since: 2025-02}\n",
)
REMOVED = given_up(
    LOCKED.remove(SECOND),
    "  - {address: resolutions/1-2/, was: Many fish, reason: Entered by mistake., see: "
    "resolutions/1-1/, since: 2025-02-01}\n"
    "  - {address: 1/2/, to: resolutions/1-2/, since: 2025-02-01}\n",
)
RENAMED = given_up(
    LOCKED.remove(SECOND).add("data/resolutions/1-2-fish.yml", SMALL.files[SECOND]),
    "  - {address: resolutions/1-2/, to: resolutions/1-2-fish/, since: 2025-02-01}\n",
)


def errors(organ: Organ) -> list[str]:
    return [told([problem]) for problem in Project.of(Path("/nowhere"), organ.files).errors]


@pytest.mark.parametrize(
    "organ", [MOVED, GONE, REMOVED, RENAMED], ids=["moved", "gone", "removed", "renamed"]
)
def test_what_is_given_up_is_no_error(organ: Organ) -> None:
    assert errors(organ) == []


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (
            "{address: resolutions/1-9/, was: X, since: 2025}",
            "resolutions/1-9/ was never published; did you mean",
        ),
        (
            "{address: 'resolutions/1-1/#no', was: X, since: 2025}",
            "resolutions/1-1/#no was never published",
        ),
        ("{address: timeline/, was: X, since: 2025}", "timeline/ is still there"),
        (
            "{address: 'resolutions/1-1/#budget', was: X, since: 2025}",
            "resolutions/1-1/#budget is still there",
        ),
        ("{address: timeline/, since: 2025}", "has either a successor or none"),
        (
            "{address: timeline/, was: X, to: funding/, since: 2025}",
            "has either a successor or none",
        ),
        ("{address: a/../b/, was: X, since: 2025}", "has a part “.” or “..”"),
        ("{address: /timeline/, was: X, since: 2025}", "cannot be address; write the address"),
    ],
)
def test_a_mistake_in_what_is_given_up_is_told(entry: str, sentence: str) -> None:
    found = errors(given_up(LOCKED, f"  - {entry}\n"))
    assert any(text.startswith(f"{RETIRED}:2:") and sentence in text for text in found), found


def test_a_successor_must_be_there() -> None:
    bad = MOVED.add(
        RETIRED, MOVED.files[RETIRED].decode().replace("#plan-was-written'", "#nothing'")
    )
    assert bad.files != MOVED.files
    assert sum("is not an address of this site" in text for text in errors(bad)) == 1
    twice = MOVED.append(
        RETIRED, "  - {address: 'resolutions/1-1/#plan-written', was: X, since: 2025}\n"
    )
    assert any("is given up twice" in text for text in errors(twice))


def page(organ: Organ, path: str) -> str:
    view = organ.view().at("../" * path.count("/"))
    page = next(page for page in pages.pages(view) if page.path == path)
    return content.page_content(view, page, path, page.title, page.body(view)).html


def test_a_moved_anchor_stands_at_its_successor() -> None:
    for path in ("resolutions/1-1/spring/", "resolutions/1-1/autumn/"):
        assert 'id="plan-was-written"><span class="rt-former" id="plan-written"></span>' in page(
            MOVED, path
        )
    html = page(MOVED, "resolutions/1-1/")
    assert (
        '<div class="rt-entry " id="plan-was-written"><span class="rt-former" '
        'id="plan-written"></span>' in html
    )
    assert "withdrawn" not in html


def test_a_withdrawn_anchor_stands_at_the_foot_with_what_it_was() -> None:
    html = page(GONE, "resolutions/1-1/")
    assert html.startswith(str(page(LOCKED, "resolutions/1-1/"))[:200])
    foot = html[html.index('<section class="rt-former-list"') :]
    assert '<li id="plan-written"><strong>A &lt;plan&gt;</strong>' in foot
    assert (
        "It was &lt;b&gt;no&lt;/b&gt; plan." in foot
        and '<a href="../../funding/">' in foot
        and "February 2025" in foot
    )


def test_a_moved_anchor_in_a_table_stands_in_a_cell() -> None:
    organ = locked(SMALL.edit(FIRST, "id: budget", "id: former"))
    moved = given_up(
        organ.edit(FIRST, "id: former", "id: budget"),
        "  - {address: 'resolutions/1-1/#former', to: 'resolutions/1-1/#budget', since: "
        "2025-02-01}\n",
    )
    html = page(moved, "resolutions/1-1/")
    before = html[: html.index('<span class="rt-former" id="former">')]
    assert re.search(r'id="budget"[^>]*>(\s*<t[hd][^>]*>)?\Z', before)


def made_files(organ: Organ) -> dict[str, str]:
    """All files of a site that are not pages."""
    view = organ.view().at(URL)
    views = {"en": view}
    made = {**dict(files.language_files(view)), **dict(files.site_files(views))}
    for slug in view.corpus.resolutions:
        made |= dict(files.language_files(view, slug))
        made |= dict(files.site_files(views, slug))
    return made


def test_a_removed_resolution_leaves_a_note_in_every_form() -> None:
    made = made_files(REMOVED)
    titles = {page.path: page for page in pages.pages(REMOVED.view()) if page.retired}
    assert titles.keys() == {"resolutions/1-2/", "resolutions/1-2/spring/"}
    assert titles["resolutions/1-2/"].title == "Many fish"
    body = titles["resolutions/1-2/"].body(REMOVED.view().at("../../"))
    assert "Withdrawn on 1 February 2025" in body and "Entered by mistake." in body
    assert '<a href="../../resolutions/1-1/">Resolution 1/1</a>' in body
    told = json.loads(made["api/v1/resolutions/1-2.json"])
    assert (
        told["retired"]
        and told["was"] == {"en": "Many fish"}
        and told["see"] == {"en": f"{URL}resolutions/1-1/"}
    )
    calendar = icalendar.Calendar.from_ical(made["api/v1/resolutions/1-2.ics"])
    assert calendar["NAME"] == "Many fish" and not calendar.walk("VEVENT")
    feed = feedparser.parse(made["api/v1/resolutions/1-2.atom"])
    assert not feed.bozo and feed.feed.title == "Many fish" and not feed.entries
    assert made["api/v1/resolutions/1-2.md"].startswith("Many fish\n")
    assert 'data-to="../../resolutions/1-2/"' in made["embed/1-2/index.html"]
    assert 'data-to="../../resolutions/1-2/"' in made["1/2/index.html"]


def test_a_renamed_resolution_is_found_at_every_old_address() -> None:
    made = made_files(RENAMED)
    for old, new in (("", ""), ("spring/", "spring/")):
        html = made[f"resolutions/1-2/{old}index.html"]
        assert f'data-to="../../{"../" if old else ""}resolutions/1-2-fish/{new}"' in html
    assert 'data-to="../../embed/1-2-fish/"' in made["embed/1-2/index.html"]
    for suffix in ("json", "md", "ics", "atom"):
        assert (
            made[f"api/v1/resolutions/1-2.{suffix}"]
            == made[f"api/v1/resolutions/1-2-fish.{suffix}"]
        )


def test_every_locked_address_has_a_file_or_a_page() -> None:
    for organ in (LOCKED, MOVED, GONE, REMOVED, RENAMED):
        made = set(made_files(organ)) | {
            f"{page.path}index.html" for page in pages.pages(organ.view())
        }
        made |= {path for path, _ in files.reports(organ.view())}
        for _, path in manifest.read(organ.files[LOCK])[0].addresses:
            assert (f"{path}index.html" if path.endswith("/") or not path else path) in made, path


def test_rules_for_hosts() -> None:
    views = {"en": REMOVED.view().at(URL)}
    made = dict(hosts.files(views))
    lines = made["_redirects"].splitlines()
    assert "/lakes/1/1/ /lakes/resolutions/1-1/ 301" in lines
    assert "/lakes/1/2/ /lakes/resolutions/1-2/ 301" in lines
    assert lines[-1] == "/lakes/* /lakes/404.html 404"
    assert '    "/lakes/1/1/" "/lakes/resolutions/1-1/";' in made["redirects.nginx.conf"]
    assert '    "/lakes/resolutions/1-2/" 1;' in made["redirects.nginx.conf"]


def test_headers_for_hosts_add_up() -> None:
    """Hosts differ in what they do with two values: no header is in two rules that fit one
    address.
    """
    languages = {"en": REMOVED.view().at(URL), "zh": REMOVED.view().at(f"{URL}zh/")}
    blocks = re.findall(
        r"^(/\S*)\n((?:  .+\n)+)", dict(hosts.files(languages))["_headers"], re.MULTILINE
    )
    rules = [
        (path, line.strip().partition(": "))
        for path, lines in blocks
        for line in lines.splitlines()
    ]

    def sent(address: str) -> list[tuple[str, str]]:
        fitting = [
            (name, value)
            for path, (name, _, value) in rules
            if re.fullmatch(re.escape(path).replace(r"\*", ".*"), address)
        ]
        return sorted(set(fitting) - set(hosts.SECURITY.items()))

    assert all(("/lakes/*", (name, ": ", value)) in rules for name, value in hosts.SECURITY.items())
    for root in ("/lakes/", "/lakes/zh/"):
        assert sent(f"{root}assets/tracker/site.0123456789.css") == [("Cache-Control", hosts.KEEP)]
        assert sent(f"{root}api/v1/funding.csv") == [("Access-Control-Allow-Origin", "*")]
        assert sent(root) == sent(f"{root}resolutions/1-1/") == [("X-Frame-Options", "DENY")]
        assert sent(f"{root}embed/1-1/") == sent(f"{root}pagefind/pagefind.js") == []


def test_what_is_in_hosting_says_the_same() -> None:
    text = (REPO / "hosting" / "nginx.conf").read_text("utf-8")
    policies = re.findall('Content-Security-Policy "(.*)\\$tracker_frames"', text)
    assert policies == [hosts.POLICY]
    lasting = (REPO / "hosting" / "lasting.txt").read_text("utf-8").split()
    assert lasting == [*(f"{folder}**" for folder in hosts.LASTING), "pagefind/*.pf_meta"]
    assert (
        all(f"add_header {name} " in text for name in hosts.SECURITY) and f'"{hosts.KEEP}";' in text
    )


# --- the command ----------------------------------------------------------------------------------


def test_the_command_writes_checks_and_only_adds(tmp_path: Path) -> None:
    for name, raw in SMALL.files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(raw)
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nplugins: [tracker, macros]\n")

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, [*arguments, "--root", str(tmp_path)])

    first = run("permalinks")
    assert first.exit_code == 0, first.output
    assert "new: resolutions/1-1/#plan-written" in first.output
    assert (tmp_path / LOCK).read_text() == LOCKED.files[LOCK].decode()
    assert run("permalinks", "--check").exit_code == 0
    (tmp_path / FIRST).write_bytes(LOCKED.edit(FIRST, "id: plan-written", "id: other").files[FIRST])
    refused = run("permalinks")
    assert (
        refused.exit_code == 1
        and "resolutions/1-1/#plan-written was published and would disappear" in refused.output
    )
    assert (tmp_path / LOCK).read_text() == LOCKED.files[LOCK].decode()
    (tmp_path / RETIRED).write_bytes(MOVED.files[RETIRED].replace(b"plan-was-written", b"other"))
    missing = run("permalinks", "--check")
    assert missing.exit_code == 1 and "new: resolutions/1-1/#other" in missing.output, (
        missing.output
    )
    assert run("permalinks").exit_code == 0
    assert "plan-written" in (tmp_path / LOCK).read_text()

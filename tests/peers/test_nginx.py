"""The site in the hands of nginx, with the configuration that hosts are given."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from macros.exports.formats import ROOT
from macros.exports.formats import Format as Kind
from macros.exports.registry import FORMATS as KINDS
from macros.site import hosts as hostrules
from tests.browser.conftest import DESK, PHONE, Tab, _tab
from tests.conftest import SUB_PATH, Built
from tests.peers import nginx
from tests.site.test_permalinks import REMOVED, URL

pytestmark = pytest.mark.peers

KEEP, ASK = hostrules.KEEP, "no-cache"
LANGUAGES = ("", "zh/")


@pytest.fixture(scope="module")
def folder(site: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site as it lies on a server, below the path it was built for."""
    built, folder = tmp_path_factory.mktemp("built"), tmp_path_factory.mktemp("srv")
    shutil.copytree(site.folder, built / SUB_PATH.strip("/"))
    nginx.publish(built, folder)
    return folder


@pytest.fixture(scope="module")
def server(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the built site, served by nginx."""
    with nginx.running(folder, tmp_path_factory.mktemp("nginx"), SUB_PATH) as address:
        yield address


@pytest.fixture(scope="module")
def removed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same for a small organ that gave an address up."""
    folder, root = tmp_path_factory.mktemp("removed"), tmp_path_factory.mktemp("organ")
    pages = {
        "resolutions/1-1/index.html": "here",
        "resolutions/1-2/index.html": "gone",
        "404.html": "missing",
    }
    for name, text in {**pages, **dict(hostrules.files({"en": REMOVED.view().at(URL)}))}.items():
        (root / "lakes" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "lakes" / name).write_text(text, encoding="utf-8")
    nginx.publish(root, folder)
    with nginx.running(folder, tmp_path_factory.mktemp("nginx"), "/lakes/") as address:
        yield address


@dataclass(frozen=True)
class Answer:
    """What the server says."""

    status: int
    headers: Message
    body: bytes


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments: object) -> None:
        """Follow nothing."""


def ask(address: str, method: str = "GET", **headers: str) -> Answer:
    """Ask once; `_` in the name of a header is a hyphen."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urllib.request.build_opener(_Stay).open(
            urllib.request.Request(address, None, named, method=method)
        ) as answer:
            return Answer(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as error:
        return Answer(error.code, error.headers, error.read())


def names(site: Built) -> list[str]:
    return sorted(
        path.relative_to(site.folder).as_posix()
        for path in site.folder.rglob("*")
        if path.is_file()
    )


# --- addresses ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("old", ["1/1/", "1/1/?from=mail"])
def test_a_further_address_leads_to_the_page(removed: str, old: str) -> None:
    answer = ask(removed + old)
    assert (answer.status, answer.headers["Location"]) == (301, "/lakes/resolutions/1-1/")
    assert answer.headers["Cache-Control"] == ASK


def test_upper_and_lower_case_are_one(removed: str) -> None:
    assert ask(removed.replace("lakes", "LAKES") + "1/1/").status == 301


def test_what_is_gone_is_told_and_shows_what_it_was(removed: str) -> None:
    answer = ask(f"{removed}resolutions/1-2/")
    assert (answer.status, answer.body, answer.headers.get_content_type()) == (
        410,
        b"gone",
        "text/html",
    )
    assert ask(f"{removed}resolutions/1-1/").body == b"here"


def test_the_file_has_no_regular_expressions_or_variables_of_the_data() -> None:
    text = dict(
        hostrules.files({"en": REMOVED.view().at(URL), "zh": REMOVED.view().at(f"{URL}zh/")})
    )["redirects.nginx.conf"]
    rules = [line.strip() for line in text.splitlines() if line.startswith("    ")]
    assert rules and not [line for line in rules if "$" in line]
    assert [line for line in rules if "~" in line] == ['"~^/lakes/zh/" "/lakes/zh/404.html";']


def test_an_alias_of_each_language(server: str) -> None:
    assert ask(f"{server}HSP/HA.2/Res.4/").headers["Location"] == f"{SUB_PATH}resolutions/2-4/"
    assert ask(f"{server}zh/2/4/").headers["Location"] == f"{SUB_PATH}zh/resolutions/2-4/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_missing_is_told_in_the_language_of_the_address(
    server: str, site: Built, language: str
) -> None:
    answer = ask(f"{server}{language}nothing/here/")
    assert (answer.status, answer.body) == (404, (site.folder / language / "404.html").read_bytes())
    assert "Cache-Control" not in answer.headers and answer.headers["Content-Security-Policy"]


def test_a_folder_without_its_slash_leads_to_it(server: str) -> None:
    assert ask(f"{server}resolutions/2-4").headers["Location"] == f"{SUB_PATH}resolutions/2-4/"


# --- keeping and asking again -------------------------------------------------------------------------------


def test_what_is_kept_for_ever_is_just_what_has_a_lasting_name(server: str, site: Built) -> None:
    kept = {
        name for name in names(site) if ask(server + name, "HEAD").headers["Cache-Control"] == KEEP
    }
    lasting = {
        name for name in names(site)
        if re.search(r"\.[0-9a-f]{10,}\.\w+$|_[0-9a-f]{7,}\.pf_\w+$", name) and "/api/" not in name
    }  # fmt: skip
    assert kept == lasting and len(kept) > 40
    assert not {name for name in names(site) if "assets/tracker/" in name} - kept


@pytest.mark.parametrize(
    "path",
    ["", "zh/resolutions/2-4/", "api/v1/resolutions.json", "api/v1/timeline.ics"],
)
def test_who_has_it_is_told_so(server: str, path: str) -> None:
    for encoding in ("identity", "gzip"):
        first = ask(server + path, Accept_Encoding=encoding)
        assert first.headers["Cache-Control"] == ASK
        again = ask(server + path, Accept_Encoding=encoding, If_None_Match=first.headers["ETag"])
        assert (again.status, again.body, again.headers["ETag"]) == (
            304,
            b"",
            first.headers["ETag"],
        )
        assert ask(server + path, If_Modified_Since=first.headers["Last-Modified"]).status == 304
        assert ask(server + path, If_None_Match='"other"').status == 200


def test_a_part_of_a_file(server: str, site: Built) -> None:
    part = ask(f"{server}api/v1/statements.csv", Range="bytes=10-19")
    assert (part.status, part.body) == (
        206,
        (site.folder / "api/v1/statements.csv").read_bytes()[10:20],
    )


def test_text_is_compressed_and_nothing_else(server: str, site: Built) -> None:
    text = (
        ".html",
        ".js",
        ".css",
        ".json",
        ".ndjson",
        ".csv",
        ".ics",
        ".atom",
        ".md",
        ".bib",
        ".txt",
        ".xml",
    )
    for name in names(site):
        answer, body = ask(server + name, Accept_Encoding="gzip"), (site.folder / name).read_bytes()
        if answer.headers["Content-Encoding"] == "gzip":
            assert (
                answer.headers["Vary"] == "Accept-Encoding" and gzip.decompress(answer.body) == body
            ), name
        else:
            assert answer.body == body, name
        assert (answer.headers["Content-Encoding"] == "gzip") == (
            name.endswith(text) and len(body) >= 1000
        ), name


def test_a_site_that_is_published_keeps_the_scripts_of_the_one_before(
    site: Built, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    new, folder = tmp_path / "new", tmp_path / "srv"
    folder.mkdir()
    for text in ("one", "two", "three"):
        shutil.rmtree(new, ignore_errors=True)
        (new / "assets/tracker").mkdir(parents=True)
        (new / f"assets/tracker/{text}.js").write_text(text)
        (new / "index.html").write_text(text)
        (new / "redirects.nginx.conf").write_text('map $uri $tracker_missing { default "/404.html"; } '
            'map $uri $tracker_successor { default ""; } map $uri $tracker_gone { default ""; }')  # fmt: skip
        nginx.publish(new, folder)
    with nginx.running(folder, tmp_path_factory.mktemp("nginx")) as address:
        assert ask(address).body == b"three"
        assert [
            ask(f"{address}assets/tracker/{text}.js").status for text in ("one", "two", "three")
        ] == [404, 200, 200]
        nginx.publish(new, folder)  # nothing is to be told to nginx
        assert [
            ask(f"{address}assets/tracker/{text}.js").status for text in ("one", "two", "three")
        ] == [404, 404, 200]


# --- types and headers --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.path)
def test_every_kind_of_data_has_its_type_and_may_be_read_by_other_sites(
    server: str, kind: Kind
) -> None:
    path = kind.path.format(slug="2-4", id="eb-2024-2", name="index")
    for language in LANGUAGES if kind.per_language else LANGUAGES[:1]:
        answer = ask(f"{server}{language}{ROOT}{path}")
        assert (answer.status, answer.headers.get_content_type()) == (200, kind.media_type)
        assert answer.headers.get_content_charset("utf-8") == "utf-8"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", "text/html; charset=utf-8"),
        ("assets/redirect.js", "application/javascript; charset=utf-8"),
        ("api/v1/timeline.ics", "text/calendar; charset=utf-8"),
        ("sitemap.xml", "text/xml; charset=utf-8"),
        ("assets/images/favicon.png", "image/png"),
    ],
)
def test_types(server: str, path: str, kind: str) -> None:
    headers = ask(server + path).headers
    assert headers["Content-Type"] == kind
    assert "Access-Control-Allow-Origin" not in headers or path.startswith("api/")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "resolutions/2-4/",
        "embed/2-4/",
        "zh/embed/2-4/",
        "api/v1/index.json",
        "nothing",
    ],
)
def test_headers_for_safety(server: str, path: str) -> None:
    headers = ask(server + path).headers
    frames = "" if "embed/" in path else "; frame-ancestors 'none'"
    assert headers.get_all("Content-Security-Policy") == [hostrules.POLICY + frames]
    for name, value in hostrules.SECURITY.items():
        assert headers[name] == value or name == "Content-Security-Policy"
    assert headers["Strict-Transport-Security"].startswith("max-age=")
    assert headers["Server"] == "nginx"


def test_nginx_takes_the_file_as_it_is(folder: Path, tmp_path: Path) -> None:
    """With a certificate in its place, ports of its own, and the folder of this test."""
    names = ["-keyout", "privkey.pem", "-out", "fullchain.pem", "-subj", "/CN=tracker.example.org"]
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *names]
    subprocess.run(make, cwd=tmp_path, check=True, capture_output=True)
    text = nginx.CONF.read_text("utf-8").replace(
        "/srv/tracker/site/", f"/srv/tracker/site{SUB_PATH}"
    )
    text = re.sub(
        r"listen (\[::\]:)?(80|443)",
        lambda found: f"listen unix:{tmp_path}/{len(found[0])}{found[2]}",
        text,
    )
    text = text.replace("/etc/ssl/tracker", str(tmp_path)).replace("/srv/tracker", str(folder))
    run = subprocess.run([*nginx.command(tmp_path, text), "-t"], capture_output=True, text=True)
    assert run.returncode == 0 and "[warn]" not in run.stderr, run.stderr


# --- in a browser -------------------------------------------------------------------------------------------


@pytest.fixture
def tab(browser: Browser, server: str) -> Iterator[Tab]:
    """A tab in which everything that the policy forbids is a problem."""
    made = _tab(browser, server, DESK, "light", True)
    yield made
    made.page.context.close()


PAGES = (
    "", "resolutions/", "resolutions/2-4/", "resolutions/2-4/eb-2024-2/", "sessions/2/", "funding/", "timeline/", "documents/",
    "partners/", "periods/eb-2024-2/", "data/", "about/", "search/", "accessibility/", "corrections/", "embed/2-4/", "2/4/",
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_whole_under_the_policy(tab: Tab, language: str) -> None:
    for path in PAGES:
        page = tab.open(language + path)
        page.wait_for_load_state("networkidle")
        tab.assert_clean()
    tab.open(f"{language}embed/2-4/")
    assert tab.page.evaluate("getComputedStyle(document.body).borderRadius") == "8px"


def test_the_policy_is_in_force(tab: Tab) -> None:
    page = tab.open("")
    page.evaluate("document.body.setAttribute('onclick', 'window.ran = 1'); document.body.click()")
    assert page.evaluate("window.ran") is None
    assert any("Content Security Policy" in problem for problem in tab.problems)


@pytest.mark.parametrize(("language", "query"), [("", "slum"), ("zh/", "贫民窟")])
def test_search_finds_under_the_policy(tab: Tab, language: str, query: str) -> None:
    page = tab.open(f"{language}search/?q={query}")
    page.wait_for_selector(f".tracker-search__result a[href*='{language}resolutions/2-2/']")
    page.fill("header input[type=search]", query)
    page.wait_for_selector("header .tracker-search a[href*='resolutions/']")
    tab.assert_clean()


def test_colours_menus_and_the_drawer_under_the_policy(
    browser: Browser, server: str, tab: Tab
) -> None:
    page = tab.open("resolutions/")
    page.click("[data-tracker-colours]:visible")
    assert page.get_attribute("body", "data-md-color-scheme") == "slate"
    page.reload()
    assert page.get_attribute("body", "data-md-color-scheme") == "slate"
    page.click("form[data-filters] summary >> nth=0")
    tab.assert_clean()
    phone = _tab(browser, server, PHONE, "dark", True)
    phone.open("resolutions/2-4/").click("[data-tracker-menu]")
    phone.assert_clean()
    phone.page.context.close()


@pytest.mark.parametrize(("path", "shown"), [("embed/2-4/", True), ("resolutions/2-4/", False)])
def test_cards_may_stand_in_frames_of_other_sites_and_pages_may_not(
    tab: Tab, server: str, served: str, path: str, shown: bool
) -> None:
    tab.page.goto(f"{served}embed/2-4/")
    tab.page.set_content(f'<iframe src="{server}{path}"></iframe>', wait_until="load")
    [frame] = tab.page.frames[1:]
    assert bool(frame.query_selector("main h1")) == shown
    assert any("frame-ancestors 'none'" in problem for problem in tab.problems) != shown

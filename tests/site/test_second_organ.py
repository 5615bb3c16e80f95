"""Nothing is hard-wired: another, invented organ is built from its own folder alone."""

from __future__ import annotations

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from macros.build.project import Project
from macros.i18n.messages import Catalogue
from tests.conftest import REPO, once, run_tracker

URL = "https://example.org/lac/"
NBSP, NNBSP = "\u00a0", "\u202f"
ORGAN = REPO / "tests" / "fixtures" / "second-organ"


def test_its_data_has_no_problem(tmp_path: Path) -> None:
    folder = tmp_path / "organ"
    shutil.copytree(ORGAN, folder)
    shutil.copy(REPO / "mkdocs.yml", folder)
    assert Project.load(folder).problems == ()


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the Lake Commission."""

    def make(folder: Path) -> None:
        shutil.copytree(ORGAN, folder)
        shutil.copy(REPO / "mkdocs.yml", folder)
        run = run_tracker("build", "--root", str(folder), SITE_URL=URL)
        assert run.returncode == 0, run.stdout + run.stderr

    folder = once(tmp_path_factory, "second-organ", make)
    assert (folder / "site" / "index.html").is_file(), "the site was not built"
    return folder / "site"


class _Seen(HTMLParser):
    """What a reader sees or hears of a page: its text, and the attributes that are read out."""

    READ = ("title", "alt", "aria-label", "placeholder", "data-label", "content")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in ("script", "style")
        self.found += [value for name, value in attrs if name in self.READ and value]
        self.found += [
            text
            for name, value in attrs
            if name == "data-strings"
            for text in _strings(json.loads(value or "{}"))
        ]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.silent and data.strip():
            self.found.append(" ".join(data.split()))


def _strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in _strings(inner)]
    return [str(value)]


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def read(site: Path, path: str) -> str:
    return (site / path / "index.html").read_text("utf-8")


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", " ".join(_Seen(html).found).replace(NBSP, " ").replace(NNBSP, " "))


@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    [
        "",
        "resolutions",
        "sessions/7",
        "funding",
        "timeline",
        "partners",
        "documents",
        "about",
        "data",
        "search",
        "accessibility",
        "corrections",
        "periods/annee-2023",
        "periods/annee-2024",
        "resolutions/7-1",
        "resolutions/7-2",
        "resolutions/217-a-iii",
        "resolutions/7-1/annee-2023",
        "resolutions/7-1/annee-2024",
        "resolutions/217-a-iii/annee-2024",
    ],
)
def test_every_page_is_there(lake: Path, path: str) -> None:
    html = read(lake, path)
    assert '<html lang="fr" dir="ltr"' in html
    assert html.count("<h1") == 1


@pytest.mark.slow
def test_there_is_one_language_at_the_root_and_no_other(lake: Path) -> None:
    assert not (lake / "fr").exists() and not (lake / "en").exists() and not (lake / "zh").exists()
    for page in pages(lake):
        assert re.findall(r'<html lang="([^"]+)"', page.read_text("utf-8")) == ["fr"], page


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "words"),
    [
        (
            "",
            [
                "Suivi des résolutions du lac",
                "Les dons ont doublé en un an",
                "7.1",
                "217 A (III)",
                "Financement",
            ],
        ),
        (
            "resolutions/7-1",
            [
                "Résolution 7.1",
                "Protection des roseaux",
                "En cours",
                "L’application est freinée",
                "Le Bourg",
            ],
        ),
        (
            "resolutions/7-1/annee-2023",
            ["Dormante", "Rien n’avait commencé", "Elle ne change plus"],
        ),
        ("resolutions/7-2", ["Résolution 7.2", "non communiqué", "Complète", "titre non officiel"]),
        (
            "resolutions/217-a-iii",
            ["Résolution 217 A (III)", "Achevée", "10 décembre 1948", "par acclamation"],
        ),
        ("sessions/7", ["Septième session", "1er–2 mars 2022"]),
        ("periods/annee-2024", ["CL/RAP/2", "état : Dormante → En cours"]),
        (
            "timeline",
            [
                "Visite des roselières",
                "1er juin 2024",
                "Tenue",
                "Remise du plan",
                "d’ici à la fin d’avril 2030",
                "À venir",
            ],
        ),
        ("about", ["Dormante", "Rien n’a encore été fait", "Versé"]),
    ],
)
def test_it_speaks_french(lake: Path, path: str, words: list[str]) -> None:
    html = read(lake, path)
    text = plain(html)
    assert [word for word in words if word.replace(NBSP, " ") not in text] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "amount"),
    [
        ("resolutions/7-1", f"1{NNBSP}250{NNBSP}000{NBSP}CHF"),
        ("resolutions/7-1", f"312{NNBSP}500{NBSP}CHF"),
        ("resolutions/7-1", f"937{NNBSP}500{NBSP}CHF"),
        ("resolutions/7-1", f"environ 12{NNBSP}500,50{NBSP}CHF"),
        ("funding", f"1{NNBSP}250{NNBSP}000{NBSP}CHF"),
        ("funding", f"environ 12{NNBSP}500,50{NBSP}CHF"),
    ],
)
def test_amounts_are_francs_in_the_french_manner(lake: Path, path: str, amount: str) -> None:
    assert amount in read(lake, path)


@pytest.mark.slow
def test_the_share_of_the_gap_is_written_in_the_french_manner(lake: Path) -> None:
    assert re.search(rf"75[{NBSP}{NNBSP}]%", read(lake, "resolutions/7-1"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("alias", "slug"),
    [
        ("7/1", "7-1"),
        ("7/2", "7-2"),
        ("CL/7/R.1", "7-1"),
        ("CL/7/R.2", "7-2"),
        ("CL/217/A-III", "217-a-iii"),
        ("charte", "217-a-iii"),
    ],
)
def test_its_own_patterns_and_former_addresses_lead_to_its_pages(
    lake: Path, alias: str, slug: str
) -> None:
    html = read(lake, alias)
    [target] = re.findall(r'http-equiv="refresh" content="0; url=([^"]+)"', html)
    assert (lake / alias / target / "index.html").resolve() == (
        lake / "resolutions" / slug / "index.html"
    ).resolve()
    assert f'<link rel="canonical" href="{URL}resolutions/{slug}/">' in html


@pytest.mark.slow
def test_official_texts_are_where_its_data_says(lake: Path) -> None:
    assert 'href="https://lac.example/docs/CL/7/R.1"' in read(lake, "resolutions/7-1")
    assert 'href="https://lac.example/docs/CL/RAP/1"' in read(lake, "documents")


@pytest.mark.slow
def test_the_next_report_is_due_after_its_own_interval(lake: Path) -> None:
    assert "31 décembre 2025" in plain(read(lake, ""))


FOREIGN = re.compile(
    r"Habitat|\bHSP\b|\bUSD\b|United Nations|undocs|Nairobi|not reported|人居|决议",
    re.IGNORECASE,
)


DESCRIBED = re.compile("/schema/")
"""Files that describe data to programmers do so in the words of the model, which are English."""


@pytest.mark.slow
def test_nothing_of_the_first_organ_is_anywhere(lake: Path) -> None:
    for path in sorted(lake.rglob("*")):
        if path.suffix in (
            ".html",
            ".json",
            ".csv",
            ".ics",
            ".atom",
            ".md",
            ".xml",
            ".ndjson",
            ".txt",
        ):
            text = path.read_text("utf-8")
            if DESCRIBED.search(path.as_posix()):
                text = text.replace("not reported", "").replace("Not Reported", "")
            found = FOREIGN.search(text)
            assert not found, f"{found[0] if found else ''} in {path.relative_to(lake)}"


def _english() -> set[str]:
    """Interface strings as English has them and French does not."""

    def values(tag: str) -> set[str]:
        entries = Catalogue.of(tag).entries
        return {
            text
            for entry in entries.values()
            for text in ([entry] if isinstance(entry, str) else entry.values())
        }

    return {text for text in values("en") - values("fr") if "{" not in text and len(text) > 3}


MATERIAL = {
    "Light colours",
    "Dark colours",
    "Skip to content",
    "Back to top",
    "Table of contents",
    "Next",
    "Previous",
    "Navigation menu",
}


@pytest.mark.slow
def test_no_page_shows_an_english_word_of_the_interface(lake: Path) -> None:
    english = _english() | MATERIAL
    for page in pages(lake):
        shown = {text.strip() for text in _Seen(page.read_text("utf-8")).found}
        assert not english & shown, page.relative_to(lake)


@pytest.mark.slow
def test_the_choice_of_colours_speaks_french(lake: Path) -> None:
    for page in pages(lake):
        html = page.read_text("utf-8")
        assert "Light colours" not in html and "Dark colours" not in html, page.relative_to(lake)
        if "md-header" in html:  # redirects have none
            assert "Passer aux couleurs claires" in html and "Passer aux couleurs sombres" in html


@pytest.mark.slow
def test_its_data_is_published_too(lake: Path) -> None:
    resolution = json.loads(
        (lake / "api" / "v1" / "resolutions" / "217-a-iii.json").read_text("utf-8")
    )
    assert "Charte du lac" in json.dumps(resolution, ensure_ascii=False)

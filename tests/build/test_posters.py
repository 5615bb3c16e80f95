"""Pictures for sharing: all their characters are in the fonts, they tell what the pages tell, the cache is never trusted blindly."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from macros.build import gallery, posters
from macros.build.gallery import Gallery
from macros.build.posters import Poster
from macros.build.project import Site
from macros.render.view import View
from tests.conftest import REPO

FONTS = REPO / "macros" / "fonts"
POSTER = Poster(
    "An organ",
    "First session",
    "2 résolutions",
    (("done", "1/1"), ("unknown", "1/2")),
    (("done", "1", "Fait"),),
    "",
)


@pytest.fixture(params=["en", "zh"])
def view(request: pytest.FixtureRequest, project: Site) -> View:
    return project.view(request.param)


def test_the_fonts_have_every_character_that_a_picture_shows(view: View) -> None:
    missing = {
        name: found for name, poster in posters.posters(view) if (found := posters.missing(poster))
    }
    assert not missing, f"run make fonts, which takes the characters of data/: {missing}"


def test_the_fonts_have_every_name_of_a_state(view: View) -> None:
    """Any state may be in a picture tomorrow."""
    words = "".join(
        [*(status.name for status in view.corpus.vocabulary.statuses), view.t("not_reported")]
    )
    assert set(words) <= posters.characters()


@pytest.mark.parametrize("file", sorted(FONTS.glob("*.otf")), ids=lambda file: file.stem)
def test_the_lists_of_characters_are_those_of_the_fonts(file: Path) -> None:
    listed = (FONTS / f"{file.stem.partition('-')[0]}.txt").read_text("utf-8").rstrip("\n")
    assert set(TTFont(file).getBestCmap()) == set(map(ord, listed))


def test_the_fonts_are_small_and_have_their_licence() -> None:
    assert sum(file.stat().st_size for file in FONTS.glob("*.otf")) < 700_000
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text("utf-8")


def test_what_the_picture_of_a_session_says(view: View) -> None:
    shown = dict(posters.posters(view))
    assert list(shown) == ["site", *(f"session-{key}" for key in view.corpus.sessions)]
    poster = shown["session-2"]
    assert poster.title == view.corpus.sessions["2"].name
    assert view.t("session.resolutions", count=10) in poster.facts
    assert [label for _, label in poster.states] == [f"2/{number}" for number in range(1, 11)]
    assert sum(int(count) for _, count, _ in poster.legend) == 10
    assert (
        not shown["session-3"].states
        and not shown["session-3"].legend
        and not shown["session-3"].note
    )


def test_the_colours_are_those_of_the_pages() -> None:
    css = (REPO / "macros/theme/assets/tracker/tracker.css").read_text("utf-8")
    light = dict(
        re.findall(
            r"--rt-([a-z]+): (#[0-9a-f]+);", css[css.index("--rt-line") : css.index("slate")]
        )
    )
    assert {name: light[name] for name in posters.COLOURS} == posters.COLOURS


TONES = ["idle", "preparing", "active", "standing", "done", "past", "unknown"]


@pytest.mark.parametrize(
    ("tone", "count"),
    [*((tone, 3) for tone in TONES), *(("done", count) for count in (0, 12, 40, 1500))],
)
def test_drawing(tone: str, count: int) -> None:
    states = tuple((tone, f"S-10/{number}") for number in range(count))
    poster = replace(
        POSTER,
        title="A name of two lines " * 3,
        states=states,
        legend=((tone, str(count), "Word " * 3),) * 7,
    )
    data = posters.draw(poster)
    assert data == posters.draw(poster), "not the same bytes"
    image = Image.open(io.BytesIO(data))
    assert (image.format, image.size) == ("PNG", (posters.WIDTH, posters.HEIGHT))
    assert len(data) < 100_000


def test_no_character_is_drawn_as_a_box() -> None:
    """With a character that no font has there is no picture."""
    assert posters.missing(replace(POSTER, title="Սեսիա")) == "Սաեիս"


class Drawn:
    """Counts how often something is drawn."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, poster: Poster) -> bytes:
        self.count += 1
        return b"picture of " + poster.title.encode()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[Drawn]:
    counter = Drawn()
    monkeypatch.setattr(posters, "draw", counter)
    yield counter


def test_a_picture_is_drawn_once(tmp_path: Path, drawn: Drawn) -> None:
    shown = Gallery({"site": POSTER})
    for site in ("first", "second"):
        shown.write(tmp_path / site, tmp_path)
        assert (tmp_path / site / shown.files["site"]).read_bytes() == b"picture of First session"
    assert drawn.count == 1


@pytest.mark.parametrize("damage", [b"", b"x", b"x" * 40, None])
def test_a_damaged_cache_is_not_trusted(tmp_path: Path, drawn: Drawn, damage: bytes | None) -> None:
    shown = Gallery({"site": POSTER})
    shown.write(tmp_path / "site", tmp_path)
    (kept,) = (tmp_path / gallery.CACHE).iterdir()
    kept.write_bytes(kept.read_bytes()[:-1] if damage is None else damage)
    shown.write(tmp_path / "site", tmp_path)
    assert (tmp_path / "site" / shown.files["site"]).read_bytes() == b"picture of First session"
    assert drawn.count == 2


def test_a_cache_that_cannot_be_written_is_none(tmp_path: Path, drawn: Drawn) -> None:
    (tmp_path / ".cache").write_text("a file, not a folder")
    shown = Gallery({"site": POSTER})
    shown.write(tmp_path / "site", tmp_path)
    assert (tmp_path / "site" / shown.files["site"]).is_file()


def test_the_name_of_a_file_changes_with_what_it_shows() -> None:
    shown = Gallery({"site": POSTER, "other": replace(POSTER, facts="3 résolutions")})
    first, second = (
        re.fullmatch(r"assets/cards/\w+\.([0-9a-f]{16})\.png", shown.files[name])
        for name in shown.posters
    )
    assert first and second and first[1] != second[1]


def test_a_language_whose_script_no_font_has_gets_no_pictures(view: View) -> None:
    body = view.corpus.body.model_copy(update={"site_name": "Сайт ไทย"})
    shown = Gallery.of(replace(view, corpus=replace(view.corpus, body=body)))
    assert shown.missing == "ทยไ" and not shown.posters and shown.of_page(None, view) is None

"""Pictures that stand for a page where its address is shared: from values to the bytes of a PNG, without a browser.

Pillow and the fonts are loaded only when something is drawn. Colours and shapes are those of the pages in daylight.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from macros import queries
from macros.render.view import View

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
"""The size that services ask for, in pixels."""

COLOURS = {
    "idle": "#59636d", "preparing": "#8a5200", "active": "#0b5cad", "standing": "#00686b", "done": "#1b6b36",
    "past": "#6f4b86", "unknown": "#59636d", "line": "#d5dce2", "quiet": "#55616b",
}  # fmt: skip
"""The variables `--rt-…` of the style sheet."""
_NAVY, _INK, _PAPER = "#0a3a5a", "#1b2733", "#ffffff"
_LEFT, _INNER = 60, WIDTH - 120
_MOST_CELLS = 36
_FONTS = ("latin", "han")
_BREAKS = re.compile(r"[^\s\u2e80-\uffff]+\s*|\s+|.[，。、；：）》”！？]?")


@dataclass(frozen=True)
class Poster:
    """What it says. `states` are tone and label of each resolution, `legend` tone, number and name of each state."""

    over: str
    title: str
    facts: str
    states: tuple[tuple[str, str], ...]
    legend: tuple[tuple[str, str, str], ...]
    note: str

    @property
    def words(self) -> str:
        """Everything that is written on it."""
        return " ".join(
            (self.over, self.note, self.description, *(label for _, label in self.states))
        )

    @property
    def description(self) -> str:
        """What it shows, for those who do not see it."""
        states = (f"{count} {name}" for _, count, name in self.legend)
        return " · ".join(filter(None, (self.title, self.facts, *states)))


def posters(view: View) -> Iterator[tuple[str, Poster]]:
    """What the pictures of a language say, by name: `site`, and `session-2` for each session."""
    corpus, t = view.corpus, view.t
    body = corpus.body
    yield "site", _poster(view, list(corpus.resolutions), body.name, body.site_name, [])
    for session in corpus.sessions.values():
        facts = [body.name, *(view.date(when) for when in session.meetings)]
        if session.expected:
            facts.append(t("session.expected", date=view.date(session.expected)))
        slugs = queries.of_session(corpus, session.id)
        yield f"session-{session.id}", _poster(view, slugs, body.site_name, session.name, facts)


def _poster(view: View, slugs: list[str], over: str, title: str, facts: list[str]) -> Poster:
    corpus, t, period = view.corpus, view.t, view.corpus.latest_period
    counts = queries.by_status(corpus, slugs)
    states = [*((status.id, status.tone, status.name) for status in corpus.vocabulary.statuses)]
    states.append((None, "unknown", t("not_reported")))
    legend = tuple(
        (tone, view.number(counts[key]), name) for key, tone, name in states if counts[key]
    )
    cells = []
    for slug in slugs:
        status = view.status(queries.assessment(corpus.resolutions[slug], corpus))
        cells.append((status.tone if status else "unknown", corpus.label(slug)))
    if slugs:
        facts = [*facts, t("session.resolutions", count=len(slugs))]
    note = ""
    if slugs and period:
        report = view.document_name(period.report)
        note = t("resolution.state_as_of", date=view.date(period.as_of), report=report)
    return Poster(over, title, t("separator").join(facts), tuple(cells), legend, note)


@cache
def characters() -> frozenset[str]:
    """All characters that the fonts have."""
    return frozenset("".join(_file(f"{name}.txt").decode().rstrip("\n") for name in _FONTS))


def missing(poster: Poster) -> str:
    """The characters of a poster that no font has: with any, there can be no picture."""
    return "".join(sorted(set(poster.words) - characters()))


@cache
def _file(name: str) -> bytes:
    return files("macros.build").joinpath("fonts", name).read_bytes()


def sources() -> Iterator[bytes]:
    """What a picture depends on beside its poster: this module and the fonts."""
    yield files("macros.build").joinpath("posters.py").read_bytes()
    yield from (_file(f"{name}-{weight}.otf") for name in _FONTS for weight in ("regular", "bold"))


# --- writing ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pen:
    """A size and weight of the fonts; each character is taken from the first font that has it."""

    fonts: tuple[tuple[frozenset[str], FreeTypeFont], ...]

    @staticmethod
    @cache
    def of(size: int, weight: str = "regular") -> Pen:
        """Load the fonts."""
        from PIL import ImageFont

        def font(name: str) -> FreeTypeFont:
            data = io.BytesIO(_file(f"{name}-{weight}.otf"))
            return ImageFont.truetype(data, size, layout_engine=ImageFont.Layout.BASIC)

        return Pen(
            tuple(
                (frozenset(_file(f"{name}.txt").decode().rstrip("\n")), font(name))
                for name in _FONTS
            )
        )

    def _runs(self, text: str) -> Iterator[tuple[FreeTypeFont, str]]:
        run, last = "", self.fonts[0][1]
        for character in text:
            font = next((font for known, font in self.fonts if character in known), last)
            if font is not last and run:
                yield last, run
                run = ""
            run, last = run + character, font
        yield last, run

    def width(self, text: str) -> float:
        """How wide a text is."""
        return sum(font.getlength(run) for font, run in self._runs(text))

    def write(self, draw: ImageDraw, at: tuple[float, float], text: str, colour: str) -> float:
        """Write a text from a point on its baseline; gives where it ends."""
        x, y = at
        for font, run in self._runs(text):
            draw.text((x, y), run, colour, font=font, anchor="ls")
            x += font.getlength(run)
        return x

    def lines(self, text: str, width: float) -> list[str]:
        """A text in lines of a width: broken at spaces, and between characters of scripts that have none."""
        lines = [""]
        for part in _BREAKS.findall(text):
            if lines[-1] and self.width((lines[-1] + part).rstrip()) > width:
                lines.append("")
            lines[-1] += part if lines[-1] else part.lstrip()
        return [line.rstrip() for line in lines]


def _fit(text: str, weight: str, *ways: tuple[int, int]) -> tuple[Pen, int, list[str]]:
    """A text in the first way, a size and a number of lines, that it fits into; in the last the rest is cut off."""
    for size, most in ways:
        pen = Pen.of(size, weight)
        lines = pen.lines(text, _INNER)
        if len(lines) <= most:
            return pen, size, lines
    return pen, size, [*lines[: most - 1], lines[most - 1] + " …"]


# --- drawing ------------------------------------------------------------------------------------------


def draw(poster: Poster) -> bytes:
    """The picture as a PNG: the same bytes for the same poster."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    canvas = ImageDraw.Draw(image)
    canvas.rectangle((0, 0, WIDTH, 104), _NAVY)
    pen, _, (line, *_) = _fit(poster.over, "bold", (40, 1), (34, 1), (28, 1))
    pen.write(canvas, (_LEFT, 66), line, _PAPER)
    y = 208 if poster.states else 318
    pen, size, lines = _fit(poster.title, "bold", (72, 1), (60, 1), (50, 1), (42, 2))
    for line in lines:
        pen.write(canvas, (_LEFT, y - (len(lines) - 1) * 32), line, _INK)
        y += round(size * 1.2)
    y += 58 - round(size * 1.2) - (len(lines) - 1) * 32
    pen, size, lines = _fit(poster.facts, "regular", (32, 1), (28, 1), (25, 2))
    for line in lines:
        pen.write(canvas, (_LEFT, y), line, COLOURS["quiet"])
        y += round(size * 1.3)
    _strip(image, canvas, poster, 326)
    _legend(image, canvas, poster.legend, 480)
    if poster.note:
        canvas.line((_LEFT, 560, WIDTH - _LEFT, 560), COLOURS["line"], 2)
        pen, _, (line, *_) = _fit(poster.note, "regular", (24, 1), (20, 1))
        pen.write(canvas, (_LEFT, 600), line, COLOURS["quiet"])
    stream = io.BytesIO()
    image.quantize(128, dither=Image.Dither.NONE).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _strip(image: Any, canvas: ImageDraw, poster: Poster, top: int) -> None:
    """A cell for each resolution in up to three rows; of too many, a bar with a part for each state."""
    count = len(poster.states)
    if not count:
        return
    if count > _MOST_CELLS:
        _bar(canvas, poster, top + 20)
        return
    pen = Pen.of(24, "bold")
    width = max(92, 62 + round(max(pen.width(label) for _, label in poster.states)))
    per_row = max(1, (_INNER + 10) // (width + 10))
    rows = -(-count // per_row)
    if rows * 58 > 140:
        _bar(canvas, poster, top + 20)
        return
    for place, (tone, label) in enumerate(poster.states):
        x = _LEFT + place % per_row * (width + 10)
        y = top + place // per_row * 58 + (0 if rows > 1 else 16)
        canvas.rounded_rectangle((x, y, x + width, y + 48), 7, outline=COLOURS[tone], width=2)
        _glyph(image, tone, x + 12, y + 10, 28)
        pen.write(canvas, (x + 48, y + 33), label, _INK)


def _bar(canvas: ImageDraw, poster: Poster, top: int) -> None:
    x, total = float(_LEFT), len(poster.states)
    for tone in dict.fromkeys(tone for tone, _, _ in poster.legend):
        width = _INNER * sum(state == tone for state, _ in poster.states) / total
        canvas.rectangle((x, top, x + max(width - 3, 1), top + 56), COLOURS[tone])
        x += width


def _legend(
    image: Any, canvas: ImageDraw, legend: tuple[tuple[str, str, str], ...], top: int
) -> None:
    """Shape, number and name of each state, in the largest size in which they take two rows at most."""
    for size in (28, 24, 20, 16):
        bold, plain, gap = Pen.of(size, "bold"), Pen.of(size - 2), size + 4
        rows: list[list[tuple[str, str, str]]] = [[]]
        x = 0.0
        for entry in legend:
            width = gap + 10 + bold.width(entry[1]) + 10 + plain.width(entry[2]) + gap
            if x and x + width > _INNER:
                rows.append([])
                x = 0.0
            rows[-1].append(entry)
            x += width
        if len(rows) <= 2:
            break
    for place, row in enumerate(rows):
        x, y = float(_LEFT), top + place * round(size * 1.5)
        for tone, count, name in row:
            _glyph(image, tone, round(x), y - 5, gap)
            x = bold.write(canvas, (x + gap + 10, y + round(size * 0.75)), count, _INK)
            x = plain.write(canvas, (x + 10, y + round(size * 0.75)), name, _INK) + gap


def _glyph(image: Any, tone: str, x: int, y: int, size: int) -> None:
    """The shape of a state, as `charts.glyph` draws it, at a point of the image."""
    image.paste(COLOURS[tone], (x, y), _mask(tone, size))


@cache
def _mask(tone: str, size: int) -> Any:
    """A shape drawn large and made small, so that its edges are smooth."""
    from PIL import Image, ImageDraw

    unit = (
        size // 2
    )  # an eighth of the size, eight times enlarged: the shapes are drawn in a square of 16
    large = Image.new("L", (16 * unit, 16 * unit), 0)
    canvas = ImageDraw.Draw(large)

    def circle(radius: float) -> tuple[float, float, float, float]:
        return ((8 - radius) * unit, (8 - radius) * unit, (8 + radius) * unit, (8 + radius) * unit)

    line = round(1.6 * unit)
    outer = circle(6.8)
    if tone == "unknown":
        for part in range(9):
            canvas.arc(outer, part * 40, part * 40 + 20, 255, line)
    else:
        canvas.ellipse(outer, outline=255, width=line)
    match tone:
        case "preparing":
            canvas.pieslice(outer, -90, 0, 255)
        case "active":
            canvas.pieslice(outer, -90, 90, 255)
        case "standing":
            canvas.ellipse(circle(3), 255)
        case "done":
            canvas.ellipse(outer, 255)
            canvas.line(
                [(5 * unit, 8.2 * unit), (7.1 * unit, 10.3 * unit), (11.2 * unit, 6 * unit)],
                0,
                line,
                "curve",
            )
        case "past":
            canvas.line([(4 * unit, 12 * unit), (12 * unit, 4 * unit)], 255, line)
    return large.resize((size, size), Image.Resampling.LANCZOS)

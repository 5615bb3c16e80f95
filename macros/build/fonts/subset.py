"""Makes the fonts of this folder again: subsets of Noto Sans with what pictures for sharing may have to write.

Run it with `make fonts` when the test says that a character is missing. It needs fonttools, which the tests bring, and
the whole fonts of Noto (as root on Debian: `apt-get install fonts-noto-core fonts-noto-cjk`). A picture takes each
character from `latin`, and what that lacks from `han`. Bytes are the same from the same fonts.
"""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
PROJECT = HERE.parent.parent
NOTO = Path("/usr/share/fonts")
WHOLE = {
    "latin": ("truetype/noto/NotoSans-{weight}.ttf", 0),
    "han": (
        "opentype/noto/NotoSansCJK-{weight}.ttc",
        2,
    ),  # the third face is that for simplified Chinese
}
WEIGHTS = ("Regular", "Bold")
LATIN = (
    range(0x20, 0x7F), range(0xA0, 0x250), range(0x370, 0x3FF), range(0x400, 0x460), range(0x1E00, 0x1F00),
    range(0x2010, 0x2028), range(0x2030, 0x203B), range(0x20A0, 0x20C0), range(0x2116, 0x2117), range(0x2212, 0x2213),
)  # fmt: skip
"""Latin, Greek and Cyrillic with their marks, punctuation and signs of currencies."""


def characters(project: Path) -> set[str]:
    """All characters of the data and the catalogues of a project that are neither Latin, Greek, Cyrillic nor controls."""
    names = [*project.glob("data/**/*.yml"), *project.glob("macros/catalogues/*.yml")]
    found = set("".join(name.read_text("utf-8") for name in names))
    latin = {chr(code) for codes in LATIN for code in codes}
    return {
        character
        for character in found - latin
        if not unicodedata.category(character).startswith("C")
    }


def main() -> None:
    """Write the fonts, and the characters that they have."""
    wanted = {"latin": {chr(code) for codes in LATIN for code in codes}, "han": characters(PROJECT)}
    for name, (file, face) in WHOLE.items():
        known: set[int] = set()
        for weight in WEIGHTS:
            font = TTFont(NOTO / file.format(weight=weight), fontNumber=face, recalcTimestamp=False)
            options = subset.Options(
                layout_features=[],
                hinting=False,
                notdef_outline=True,
                name_IDs=[0, 1, 2, 13, 14],
                desubroutinize=False,
            )
            options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "GDEF", "GPOS", "GSUB", "STAT"]
            cutter = subset.Subsetter(options)
            cutter.populate(unicodes=map(ord, wanted[name]))
            cutter.subset(font)
            known = set(font.getBestCmap())
            font.save(HERE / f"{name}-{weight.lower()}.otf")
        (HERE / f"{name}.txt").write_text(
            "".join(map(chr, sorted(known))) + "\n", encoding="utf-8", newline="\n"
        )


if __name__ == "__main__":
    sys.exit(main())

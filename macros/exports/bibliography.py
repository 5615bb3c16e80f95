"""A citation in the forms that reference managers read: BibTeX, RIS, CSL-JSON. Pure: values in, text out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from macros.model.dates import PartialDate, Point


@dataclass(frozen=True)
class Citation:
    """What is cited, and how a footnote cites it (`text`).

    `key` is the same in all languages and never changes; `anchor` is empty for the page as a whole. `issued` is as
    exact as it is known, `issued_text` the same in words; `accessed` is the day whose version of the page is cited.
    """

    key: str
    anchor: str
    text: str
    author: str
    title: str
    number: str | None
    issued: PartialDate | None
    issued_text: str
    container: str
    url: str
    accessed: date
    language: str
    note: str


# --- BibTeX ----------------------------------------------------------------------------------------------

_TEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}", **{sign: "\\" + sign for sign in "%&$#_"},
}  # fmt: skip
_TEX_SIGN = re.compile(r"[\\{}^~%&$#_]|(?<=-)(?=-)|(?<=')(?=')|(?<=`)(?=`)")


def bibtex(found: Iterable[Citation]) -> str:
    """Entries of the type `@misc`, which BibTeX, biber and all programs know, with an empty line between them.

    Letters of all scripts stay as they are, in UTF-8. A brace is written as a command, for BibTeX counts even `\\{`;
    what TeX would draw together (`--`) is kept apart. `date` is EDTF, which biber reads; `year` is for BibTeX.
    """
    return "\n\n".join(map(_bibtex, found)) + "\n"


def _bibtex(found: Citation) -> str:
    fields = {
        "author": f"{{{_tex(found.author)}}}",  # further braces: an organ is no person, a title keeps its capitals
        "title": f"{{{_tex(found.title)}}}",
        "date": str(found.issued) if found.issued else None,
        "year": _year(found.issued),
        "howpublished": _tex(found.container),
        "number": found.number and _tex(found.number),
        "url": quote(found.url, safe="!#$%&'()*+,/:;=?@[]~"),
        "urldate": found.accessed.isoformat(),
        "note": _tex(found.note),
        "language": found.language,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{found.key},", *lines, "}"])


def _tex(text: str) -> str:
    return _TEX_SIGN.sub(lambda sign: _TEX.get(sign[0], "{}"), _line(text))


# --- RIS -------------------------------------------------------------------------------------------------


def ris(found: Iterable[Citation]) -> str:
    """Records of the type `ELEC`; lines end as RIS asks for. A date that is not a day stands there in words too."""
    return "".join(map(_ris, found))


def _ris(found: Citation) -> str:
    tags = (
        ("TY", "ELEC"),
        ("ID", found.key),
        ("AU", found.author),
        ("TI", found.title),
        ("T2", found.container),
        ("PY", _year(found.issued)),
        ("DA", _ris_date(found.issued, found.issued_text) if found.issued else None),
        ("AN", found.number),
        ("N1", found.note),
        ("UR", found.url),
        ("Y2", found.accessed.strftime("%Y/%m/%d/")),
        ("LA", found.language),
    )
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in tags if value) + "ER  - \r\n"


def _ris_date(when: PartialDate, words: str) -> str:
    """`2023/06/09/`; for anything else than a day: what is known, and the date in words."""
    if when.is_day:
        return when.earliest.strftime("%Y/%m/%d/")
    month = (
        ""
        if when.is_interval or not when.start.month or when.start.is_grouping
        else f"{when.start.month:02}"
    )
    return f"{_year(when) or ''}/{month}//{words}"


# --- CSL-JSON --------------------------------------------------------------------------------------------


def csl(found: Citation) -> dict[str, Any]:
    """One item of CSL-JSON, as Zotero, Pandoc and citeproc read it. An open date is given in words alone."""
    item = {
        "id": found.key,
        "type": "webpage",
        "title": _line(found.title),
        "author": [{"literal": _line(found.author)}],
        "container-title": _line(found.container),
        "number": found.number,
        "issued": _csl_date(found.issued, found.issued_text) if found.issued else None,
        "accessed": {"date-parts": [_day(found.accessed)]},
        "URL": found.url,
        "language": found.language,
        "note": _line(found.note),
    }
    return {name: value for name, value in item.items() if value}


def _csl_date(when: PartialDate, words: str) -> dict[str, Any]:
    if when.start is None or when.end is None:
        return {"literal": words}
    ends = [when.start, when.end] if when.is_interval else [when.start]
    spans = [part for point in ends for part in _parts(point)]
    parts = spans if len(spans) == 1 else [spans[0], spans[-1]]
    marked = any(point.mark for point in ends)
    return {"date-parts": parts, **({"circa": True} if marked else {})}


def _parts(point: Point) -> list[list[int]]:
    """A point as date parts; a quarter or season as its first and last month."""
    if point.is_grouping:
        return [[day.year, day.month] for day in (point.first, point.last)]
    return [[part for part in (point.year, point.month, point.day) if part]]


def _year(when: PartialDate | None) -> str | None:
    """The year for programs that know no other date; none where the date says only by or from when."""
    return f"{when.start.year:04}" if when and when.start and when.end else None


def _day(day: date) -> list[int]:
    return [day.year, day.month, day.day]


def _line(text: str) -> str:
    """A text on one line, without signs that cannot be seen."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())

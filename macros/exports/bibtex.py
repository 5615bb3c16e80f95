"""Bibliographies for reference managers: BibTeX.

Entries are of the type `@misc`, which BibTeX, biber and all programs know. `date` is EDTF, which
biber reads; `year` is for BibTeX. Above each entry stands the citation as a footnote: BibTeX takes
text outside entries as a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from macros.render import citations
from macros.render.citations import Citation
from macros.render.view import View

_COMMANDS = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
    **{sign: f"\\{sign}" for sign in "%&$#_"},
}  # fmt: skip
"""How TeX writes special signs: a brace as a command, for BibTeX counts even `\\{`."""
_SPECIAL = re.compile(r"[\\{}^~%&$#_]|(?<=-)(?=-)|(?<=')(?=')|(?<=`)(?=`)")


def bibliography(view: View, slug: str) -> str:
    """Write the citations of a resolution and of everything on its page.

    Args:
        view: A view whose base is the address of the language's root, as in all exports.
        slug: The resolution.
    """
    return write(view, citations.citations(view, slug))


def write(view: View, cited: Iterable[Citation]) -> str:
    """Write citations as entries with an empty line between them, in UTF-8."""
    return "\n\n".join(_entry(view, citation) for citation in cited) + "\n"


def _entry(view: View, citation: Citation) -> str:
    body, issued = view.corpus.body, citation.issued
    fields = {
        "author": f"{{{_tex(body.name)}}}",  # an organ is no person with a family name
        "title": f"{{{_tex(citation.title)}}}",  # keeps its capitals
        "date": issued and str(issued),
        "year": f"{issued.start.year:04}" if issued and issued.start and issued.end else None,
        "howpublished": _tex(body.site_name),
        "number": citation.number and _tex(citation.number),
        "url": quote(citation.url, safe="!#$%&'()*+,/:;=?@[]~"),
        "urldate": view.today.isoformat(),
        "note": _tex(citation.note),
        "language": view.locale.html_lang,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    footnote = _line(citation.text).replace("@", "(at)")
    return "\n".join([footnote, f"@misc{{{citation.key},", *lines, "}"])


def _tex(text: str) -> str:
    """Escape a text for TeX; what it would draw together (`--`) stays apart."""
    return _SPECIAL.sub(lambda sign: _COMMANDS.get(sign[0], "{}"), _line(text))


def _line(text: str) -> str:
    """Put a text on one line, without signs that cannot be seen."""
    if not text.isprintable():
        text = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(text.split())

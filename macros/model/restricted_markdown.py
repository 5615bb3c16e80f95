"""Restricted Markdown in the texts of the data: emphasis, lists and links, and nothing else.

Raw HTML is never passed through; a link may lead to `https:`, `mailto:` or, from `/`, to a page of
the site.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from macros.model.fields import HOST

_LINK = re.compile(rf"({HOST}(?=[/?#]|\Z)|mailto:|/(?!/))[^\s\"'<>\\]*\Z")
_MARKUP = re.compile(r"[*_\[\]\\&<>\n]|^[-+#\d]")


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False}).enable(
        ["emphasis", "list", "link", "escape", "entity", "newline"]
    )
    parser.validateLink = lambda url: bool(_LINK.match(url))  # type: ignore[method-assign]
    return parser


@lru_cache(4096)
def _render(text: str) -> str:
    """The same text stands on the pages of a resolution, now and in the past, and in lists."""
    return str(_parser().render(text))


def to_html(text: str, base: str = "") -> str:
    """Render restricted Markdown as HTML blocks.

    Args:
        text: Restricted Markdown.
        base: The relative way from the page to the root of its language; it replaces the `/` that
            links to
            pages of the site begin with.
    """
    return _render(text).replace('href="/', f'href="{base or "./"}')


def to_inline(text: str, base: str = "") -> str:
    """Render without the paragraph around a text that is a single paragraph."""
    html = to_html(text, base).strip()
    inner = html.removeprefix("<p>").removesuffix("</p>")
    return inner if html.startswith("<p>") and "<p>" not in inner else html


def to_plain(text: str) -> str:
    """Give the words alone, for search, exports and descriptions."""
    if not _MARKUP.search(text):
        return text
    words = "".join(map(_plain, _parser().parse(text)))
    return "\n".join(line for line in words.split("\n") if line).strip()


def _plain(token: Token) -> str:
    if token.type in ("paragraph_close", "list_item_close"):
        return "\n"
    return "".join(
        child.content if child.type.startswith("text") else " " if "break" in child.type else ""
        for child in token.children or ()
    )


def faults(text: str) -> list[tuple[str, str]]:
    """List what is not allowed in a text: `(code of the problem, the passage)`."""
    problems, opened = [], set()
    for match in re.finditer(r"<(/?)([a-zA-Z!][a-zA-Z0-9]*)[^>]{0,40}>?", text):
        if not match[1] or match[2] not in opened:  # once for each element, not again at its end
            problems.append(("html_in_text", match[0]))
        opened.add(match[2])
    for match in re.finditer(r"\]\(\s*<?([^)\s>]*)", text):
        if not _LINK.match(match[1]):
            problems.append(("link_in_text", match[1]))
    if template := re.search(r"\{[{%#].{0,20}", text):
        problems.append(("template_in_text", template[0]))
    return problems

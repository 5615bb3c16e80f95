"""Restricted Markdown: emphasis, lists and links, and nothing else, from the texts of the data to HTML.

Raw HTML is never passed through; a link may lead to `https:`, `mailto:` or, from `/`, to a page of the site.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from markdown_it import MarkdownIt

_LINK = re.compile(r"(https://|mailto:|/)[^\s\"'<>\\]*\Z")
_MARKUP = re.compile(r"[*_\[\]\\&<>\n]|^[-+#\d]")


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False}).enable(
        ["emphasis", "list", "link", "escape", "entity", "newline"]
    )
    parser.validateLink = lambda url: bool(_LINK.match(url)) and not url.startswith("//")
    return parser


def to_html(text: str, base: str = "") -> str:
    """Restricted Markdown to HTML blocks.

    `base` is the relative way from the page to the root of its language; it replaces the `/` that links to
    pages of the site begin with.
    """
    html = _rendered(text)
    return html.replace('href="/', f'href="{base or "./"}') if 'href="/' in html else html


@lru_cache(4096)
def _rendered(text: str) -> str:
    """The same text stands on the page of a resolution, on those of its past states, and in lists."""
    return _parser().render(text)


def to_inline(text: str, base: str = "") -> str:
    """The same, without the paragraph around a text that is a single paragraph."""
    html = to_html(text, base).strip()
    inner = html.removeprefix("<p>").removesuffix("</p>")
    return inner if html.startswith("<p>") and "<p>" not in inner else html


def to_plain(text: str) -> str:
    """The words alone, for search, exports and descriptions."""
    if not _MARKUP.search(text):
        return text
    words = []
    for token in _parser().parse(text):
        for child in token.children or ():
            words.append(
                child.content
                if child.type in ("text", "text_special")
                else " "
                if "break" in child.type
                else ""
            )
        if token.type in ("paragraph_close", "list_item_close"):
            words.append("\n")
    return "\n".join(line for line in "".join(words).split("\n") if line).strip()


def faults(text: str) -> list[tuple[str, str]]:
    """What restricted Markdown does not allow in a text: `(code of the problem, what was found)`."""
    found, opened = [], set()
    for match in re.finditer(r"<(/?)([a-zA-Z!][a-zA-Z0-9]*)[^>]{0,40}>?", text):
        if (
            not match[1] or match[2] not in opened
        ):  # an element is told of once, not again at its end
            found.append(("html_in_text", match[0]))
        opened.add(match[2])
    for match in re.finditer(r"\]\(\s*<?([^)\s>]*)", text):
        if not _LINK.match(match[1]) or match[1].startswith("//"):
            found.append(("link_in_text", match[1]))
    if re.search(r"\{[{%#]", text):
        found.append(("template_in_text", re.search(r"\{[{%#].{0,20}", text)[0]))
    return found

"""A resolution's page as Markdown (CommonMark), for reading, quoting and other tools."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

from macros import queries
from macros.corpus.translations import LocalText
from macros.exports.values import LICENCE, LICENCE_URL, absolute
from macros.model.fields import Source
from macros.render.view import View

_SPECIAL = re.compile(r"([\\`*_\[\]<])")
_START = re.compile(r"^(?:(\d+)(?=[.)])|(?=[#>+=~-]))", re.MULTILINE)
_FOREIGN = re.compile(r"(?<!\\)(?=`)|^(?=[#>~=|]|--)", re.MULTILINE)
"""Where code, headings and other blocks begin that restricted Markdown does not have."""


def page(view: View, slug: str) -> str:
    """Write the page of a resolution.

    Args:
        view: A view whose base is the address of the language's root, as in all exports.
        slug: The resolution.
    """
    resolution = view.corpus.resolutions[slug]
    text = view.render(
        "resolution.md",
        slug=slug,
        resolution=resolution,
        occurrences=queries.timeline(view.corpus, view.today, [slug]),
        reported=queries.reported_in(resolution, view.corpus),
        licence=f"{view.t('export.licence', licence=LICENCE)} <{LICENCE_URL}>",
        escape=escape,
        link=link,
        plain=partial(_plain, view),
        rich=partial(_rich, view),
        sourced=partial(_sourced, view),
        sources=partial(_sources, view),
    )
    return re.sub(r"\n{3,}", "\n\n", str(text).strip()) + "\n"


def escape(text: str) -> str:
    """Escape a text so that Markdown shows it letter for letter."""
    return _SPECIAL.sub(r"\\\1", str(text))


def link(text: str, url: str | None) -> str:
    """Link finished Markdown, if there is an address."""
    if not url:
        return text
    return f"[{text}]({url.replace('(', '%28').replace(')', '%29').replace(' ', '%20')})"


def _plain(view: View, text: str) -> str:
    """Write a plain text; nothing in it begins a block."""
    return _START.sub(r"\1\\", escape(text)) + _translation_note(view, text)


def _rich(view: View, text: str) -> str:
    """Write restricted Markdown as CommonMark understands the same."""
    return _FOREIGN.sub("\\\\", absolute(text, view.base)) + _translation_note(view, text)


def _translation_note(view: View, text: str) -> str:
    if not isinstance(text, LocalText):
        return ""
    return f" *{view.t('in_brackets', text=view.t(f'translation.{text.state}'))}*"


def _sourced(
    view: View, text: str, sources: Iterable[Source], paragraphs: Iterable[str] = ()
) -> str:
    """Add the sources to finished Markdown; below it, where it has several lines."""
    note = _sources(view, sources, paragraphs)
    if "\n" in text:
        return f"{text}\n\n{note}"
    return view.t("export.bracketed", text=text, note=note)


def _sources(view: View, sources: Iterable[Source], paragraphs: Iterable[str] = ()) -> str:
    """List sources, each document linked and named once: `para. 2 · Source: HSP/EB.2024/20`."""
    cited = view.citations(sources).items()
    links = [link(escape(name), view.document_url(key)) for key, name in cited]
    numbers = [view.t("paragraph.short", number=escape(number)) for number in paragraphs]
    line = view.t("export.source", sources=view.t("source.separator").join(links))
    return view.t("separator").join([*numbers, line])

"""A resolution as a small page without scripts, to be framed by another site (from 320 pixels)."""

from __future__ import annotations

from importlib.resources import files

from markupsafe import Markup

from macros import queries
from macros.render.view import View

STYLE = (files("macros.render") / "templates/embed.css").read_text("utf-8")
"""The same in every card, so that one hash in a content security policy allows it."""

WIDTH, HEIGHT = 320, 480
"""The frame that a card is made for; where a card is longer, the frame scrolls."""

_FRAME = Markup(
    '<iframe src="{}" title="{}" width="{}" height="{}" style="max-width:100%;border:0"'
    ' loading="lazy"></iframe>'
)


def card(view: View, slug: str, is_draft: bool = False) -> str:
    """Write the card of a resolution, the page `embed/<slug>/`.

    Args:
        view: A view whose base is the address of the language's root, as in all exports.
        slug: The resolution.
        is_draft: Whether to say that the card shows what is not published yet.
    """
    resolution, title = view.corpus.resolutions[slug], _title(view, slug)
    occurrences = queries.timeline(view.corpus, view.today, [slug])
    values = {"slug": slug, "resolution": resolution, "page_title": title, "is_draft": is_draft}
    return str(view.render("embed.html", style=Markup(STYLE), occurrences=occurrences, **values))


def snippet(view: View, slug: str) -> str:
    """Write the HTML by which another site shows a card."""
    return str(_FRAME.format(view.url(f"embed/{slug}/"), _title(view, slug), WIDTH, HEIGHT))


def _title(view: View, slug: str) -> str:
    return f"{view.resolution_name(slug)} – {view.corpus.body.site_name}"

"""A resolution as a small page without scripts, to be framed by another site (from 320 pixels)."""

from __future__ import annotations

from decimal import Decimal
from importlib.resources import files

from markupsafe import Markup

from macros.queries import queries
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
    resolution, counting = view.corpus.resolutions[slug], view.counting_states()
    given = [
        found
        for found in resolution.contributions
        if found.latest.state in counting and found.latest.amount is not None
    ]
    given.sort(key=lambda found: (-(found.latest.amount or Decimal(0)), found.id))
    html = view.render(
        "embed.html",
        slug=slug,
        resolution=resolution,
        page_title=_title(view, slug),
        style=Markup(STYLE),
        period=view.corpus.latest_period,
        largest=given[:2],
        occurrences=queries.timeline(view.corpus, view.today, [slug]),
        is_draft=is_draft,
    )
    return str(html)


def snippet(view: View, slug: str) -> str:
    """Write the HTML by which another site shows a card."""
    return str(_FRAME.format(view.url(f"embed/{slug}/"), _title(view, slug), WIDTH, HEIGHT))


def _title(view: View, slug: str) -> str:
    return f"{view.resolution_name(slug)} – {view.corpus.body.site_name}"

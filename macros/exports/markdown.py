"""Adapter."""

from __future__ import annotations

from macros.exports import plaintext
from macros.queries import queries
from macros.render.view import View


def page(view: View, slug: str) -> str:
    """Write the page of one resolution as plain Markdown."""
    own = queries.timeline(view.corpus, view.today, [slug])
    reported = queries.reported_in(view.corpus.resolutions[slug], view.corpus)
    return plaintext.page(view, slug, own, reported)

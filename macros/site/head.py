"""The files that the head of a page names as other forms of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from macros.exports import ROOT, formats
from macros.render.view import View

SUBSCRIPTIONS = frozenset(("application/atom+xml", "text/calendar"))
"""Types of the files that every page names: what can be subscribed to."""


@dataclass(frozen=True)
class Link:
    """Another form of a page; `href` is relative, `title` only for what one subscribes to."""

    href: str
    media_type: str
    title: str | None


def list_files(view: View, slug: str | None) -> Iterator[Link]:
    """List the files of the resolution that a page is of, else what can be subscribed to.

    Args:
        view: The view from the page.
        slug: The resolution.
    """
    for export in formats(view.corpus):
        is_subscription = export.media_type in SUBSCRIPTIONS
        if export.is_single if slug else "{" not in export.path and is_subscription:
            url = view.url if export.per_language else view.site_url
            title = export.describe(view.corpus.language) if is_subscription else None
            yield Link(url(ROOT + export.path.format(slug=slug)), export.media_type, title)

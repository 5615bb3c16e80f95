"""What stands in the head of a page for programs: its languages, its files, its picture, what it is. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from macros.exports.formats import ROOT
from macros.exports.registry import FORMATS
from macros.i18n.locale import Locale
from macros.site import structured_data as structured
from macros.site.structured_data import Subject

SUBSCRIBED = frozenset(("application/atom+xml", "application/feed+json", "text/calendar"))
"""Types of the files that every page names: what can be subscribed to."""


@dataclass(frozen=True)
class Link:
    """Another form of what a page tells; `href` is relative, `title` only for what one subscribes to."""

    href: str
    media_type: str
    title: str | None


@dataclass(frozen=True)
class Picture:
    """A picture that stands for a page where its address is shared."""

    address: str
    width: int
    height: int
    description: str


@dataclass(frozen=True)
class Head:
    """For the template of the theme: `properties` are Open Graph's, in order; `linked_data` is JSON-LD."""

    properties: tuple[tuple[str, str], ...]
    files: tuple[Link, ...]
    linked_data: Markup
    indexed: bool
    has_picture: bool


def head(subject: Subject, base: str, site_base: str, picture: Picture | None = None) -> Head:
    """What stands in the head of a page.

    In: the page; the relative ways from it to the root of its language and to that of the site; its picture.
    """
    made = subject.made
    return Head(
        properties=tuple(_open_graph(subject, picture)),
        files=tuple(_files(subject, base, site_base)),
        linked_data=Markup(structured.text(subject)),
        indexed=made is None or made.indexed,
        has_picture=picture is not None,
    )


def _open_graph(subject: Subject, picture: Picture | None) -> list[tuple[str, str]]:
    body, language = subject.view.corpus.body, subject.view.corpus.language
    found = [
        ("og:type", "article" if subject.made and subject.made.slug else "website"),
        ("og:title", subject.title),
        ("og:description", subject.description),
        ("og:url", subject.address),
        ("og:site_name", body.site_name),
        ("og:locale", subject.view.locale.with_territory),
        *(
            ("og:locale:alternate", Locale.of(other).with_territory)
            for other in body.languages
            if other != language
        ),
    ]
    if picture:
        found += [
            ("og:image", picture.address),
            ("og:image:type", "image/png"),
            ("og:image:width", str(picture.width)),
            ("og:image:height", str(picture.height)),
            ("og:image:alt", picture.description),
        ]
    return found


def _files(subject: Subject, base: str, site_base: str) -> list[Link]:
    """On the page of a resolution its own files, on every other page those of the site to subscribe to.

    What readers are offered to subscribe to has a title.
    """
    made = subject.made
    values: Mapping[str, str] = {"slug": made.slug} if made and made.slug else {}
    found = []
    for kind in FORMATS:
        wanted = (
            "{slug}" in kind.path
            if values
            else "{" not in kind.path and kind.media_type in SUBSCRIBED
        )
        if wanted:
            way = base if kind.per_language else site_base
            path = kind.path.format(**values)
            told = (
                kind.describe(subject.view.corpus.language)
                if kind.media_type in SUBSCRIBED
                else None
            )
            found.append(Link(way + ROOT + path, kind.media_type, told))
    return found

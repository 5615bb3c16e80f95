"""What stands in the head of a page for programs: its files, its picture, what it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from macros.exports.formats import ROOT
from macros.exports.registry import FORMATS
from macros.i18n.locale import Locale
from macros.site import structured_data
from macros.site.structured_data import Subject

SUBSCRIPTIONS = frozenset(("application/atom+xml", "text/calendar"))
"""Types of the files that every page names: what can be subscribed to."""


@dataclass(frozen=True)
class Link:
    """Another form of a page; `href` is relative, `title` only for what one subscribes to."""

    href: str
    media_type: str
    title: str | None


@dataclass(frozen=True)
class Head:
    """For the template: `properties` are Open Graph's, in order; `linked_data` is JSON-LD."""

    properties: tuple[tuple[str, str], ...]
    files: tuple[Link, ...]
    linked_data: Markup
    is_indexed: bool
    has_picture: bool


def make_head(subject: Subject, base: str, site_base: str) -> Head:
    """Make what stands in the head of a page.

    Args:
        subject: The page.
        base: The relative way from it to the root of its language.
        site_base: The relative way from it to the root of the site.
    """
    return Head(
        properties=tuple(_list_properties(subject)),
        files=tuple(_list_files(subject, base, site_base)),
        linked_data=Markup(structured_data.text(subject)),
        is_indexed=subject.made is None or subject.made.indexed,
        has_picture=subject.picture is not None,
    )


def _list_properties(subject: Subject) -> Iterator[tuple[str, str]]:
    body, language = subject.view.corpus.body, subject.view.corpus.language
    yield "og:type", "article" if subject.made and subject.made.slug else "website"
    yield "og:title", subject.title
    yield "og:description", subject.description
    yield "og:url", subject.address
    yield "og:site_name", body.site_name
    yield "og:locale", subject.view.locale.with_territory
    for other in body.languages:
        if other != language:
            yield "og:locale:alternate", Locale.of(other).with_territory
    if subject.picture:
        yield "og:image", subject.picture
        yield "og:image:type", "image/png"
        yield "og:image:alt", body.site_name


def _list_files(subject: Subject, base: str, site_base: str) -> Iterator[Link]:
    """A resolution names its own files, every other page what can be subscribed to."""
    slug = subject.made.slug if subject.made else None
    for kind in FORMATS:
        is_subscription = kind.media_type in SUBSCRIPTIONS
        if "{slug}" in kind.path if slug else "{" not in kind.path and is_subscription:
            start = base if kind.per_language else site_base
            title = kind.describe(subject.view.corpus.language) if is_subscription else None
            yield Link(start + ROOT + kind.path.format(slug=slug), kind.media_type, title)

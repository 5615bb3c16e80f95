"""The files of a site in parts, each made only if it is not as the last build left it (see `ledger`)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from macros.build.inputs import Inputs
from macros.build.ledger import Ledger, Texts, key
from macros.exports import embeds as cards
from macros.exports.converter import Views
from macros.pages.content import SearchEntry
from macros.pages.registry import Page
from macros.render.view import View
from macros.site import files, redirects

Whole = Callable[[Page, list[Any]], tuple[str, str]]
"""Makes the file of a page, and puts into the list what search knows of it."""


def of_language(
    ledger: Ledger, inputs: Inputs, view: View, public: View | None, pages: Iterable[Page], whole: Whole,
    around: Callable[[Page], object], only: Collection[str] | None = None,
) -> Iterator[Any]:  # fmt: skip
    """Write the files of one language.

    In: a view at the address of its root; the same as the public sees it, if that is another; its pages that come from
    data; what else each depends on; the resolutions whose files alone are written, if not all. Out: what search knows of
    the pages.
    """
    own: dict[str, list[Page]] = {
        slug: [] for slug in view.corpus.resolutions if only is None or slug in only
    }
    for page in pages:
        if page.slug in own:
            own[page.slug].append(page)
        elif page.slug is None and only is None:
            made_from = inputs.of_page(page.reads, _facts(page), around(page))
            yield from _part(
                ledger,
                f"page {page.path}",
                made_from,
                lambda found, page=page: [whole(page, found)],
            )

    for slug, those in own.items():

        def make(found: list[Any], slug: str = slug, those: list[Page] = those) -> Texts:
            yield from (whole(page, found) for page in those)
            yield from exported(view, public, slug)

        made_from = inputs.of_resolution(
            slug, [(_facts(page), around(page)) for page in those], redirects.by_resolution(view).get(slug)
        )
        yield from _part(ledger, f"resolution {slug}", made_from, make)
    if only is None:
        ledger.write(files.language_files(view))


def search_entry(values: Mapping[str, Any]) -> SearchEntry:
    """An entry from its fields, with lists for tuples as JSON has them."""
    return SearchEntry(**{name: _tuples(value) for name, value in values.items()})


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, (list, tuple)) else value


def _part(
    ledger: Ledger, name: str, made_from: str, make: Callable[[list[Any]], Texts]
) -> list[Any]:
    """A part with pages. Out: what search knows of them."""

    def with_entries(told: dict[str, Any]) -> Texts:
        told["search"] = found = []
        yield from make(found)

    ledger.part(name, made_from, with_entries)
    return ledger.told(name, "search")


def _facts(page: Page) -> tuple[object, ...]:
    return (
        page.path,
        page.title,
        page.description,
        page.period,
        page.searchable,
        page.retired,
        page.beside,
    )


def exported(view: View, public: View | None, slug: str) -> Texts:
    """The files of a resolution that are not pages; a card that is not what the public sees says so."""
    shown = (
        dict(files.resolution_files(public, slug))
        if public and slug in public.corpus.resolutions
        else {}
    )
    for name, text in files.resolution_files(view, slug):
        is_card = public and name.startswith("embed/") and name.endswith(".html")
        yield name, cards.with_notice(view, text) if is_card and shown.get(name) != text else text


def of_site(
    ledger: Ledger,
    inputs: Mapping[str, Inputs],
    views: Views,
    only: Collection[str] | None = None,
) -> None:
    """Write the files that hold all languages at once; of some resolutions alone, if they are given."""
    first = next(iter(views.values()))
    for slug in first.corpus.resolutions if only is None else only:

        def make(told: dict[str, Any], slug: str = slug) -> Texts:
            return files.site_resolution_files(views, slug)

        made_from = key([of_one.of_resolution(slug) for of_one in inputs.values()])
        ledger.part(f"data {slug}", made_from, make)
    if only is None:
        ledger.write(files.site_files(views))

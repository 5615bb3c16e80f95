"""The files of a site in parts, each made only if it is not as the last build left it (see `ledger`)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from macros import cards, exports, tables
from macros.inputs import Inputs
from macros.ledger import Ledger, Texts, key
from macros.pages import Page
from macros.records import Editions
from macros.render import View

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
    own: dict[str, list[Page]] = {slug: [] for slug in view.corpus.resolutions if only is None or slug in only}
    for page in pages:
        if page.slug in own:
            own[page.slug].append(page)
        elif page.slug is None and only is None:
            made_from = inputs.of_page(page.reads, _facts(page), around(page))
            yield from ledger.part(f"page {page.path}", made_from, lambda found, page=page: [whole(page, found)])
    for slug, those in own.items():

        def make(found: list[Any], slug: str = slug, those: list[Page] = those) -> Texts:
            yield from (whole(page, found) for page in those)
            yield from exported(view, public, slug)

        made_from = inputs.of_resolution(slug, [(_facts(page), around(page)) for page in those])
        yield from ledger.part(f"resolution {slug}", made_from, make)
    if only is None:
        ledger.write(exports.of_all(view, _statements(ledger, inputs, view)))


def _statements(ledger: Ledger, inputs: Inputs, view: View) -> Iterator[str]:
    """The lines of each resolution in the table of all statements: of the longest table, most stays from build to build."""
    for slug in view.corpus.resolutions:

        def make(found: list[Any], slug: str = slug) -> Texts:
            found.append(tables.statements_of(view, slug))
            return ()

        yield from ledger.part(f"statements {slug}", inputs.of_record(slug), make)


def _facts(page: Page) -> tuple[object, ...]:
    return page.path, page.title, page.description, page.period, page.searchable, page.retired, page.beside


def exported(view: View, public: View | None, slug: str) -> Texts:
    """The files for machines of a resolution; a card that is not what the public sees says so."""
    shown = dict(exports.of_resolution(public, slug)) if public and slug in public.corpus.resolutions else {}
    for name, text in exports.of_resolution(view, slug):
        is_card = public and name.startswith("embed/") and name.endswith(".html")
        yield name, cards.with_notice(view, text) if is_card and shown.get(name) != text else text


def of_site(
    ledger: Ledger, inputs: Mapping[str, Inputs], editions: Editions, url: str, only: Collection[str] | None = None
) -> None:
    """Write the files that hold all languages at once; of some resolutions alone, if they are given."""
    lines = []
    for slug in editions.corpus.resolutions if only is None else only:

        def make(found: list[Any], slug: str = slug) -> Texts:
            files, line = exports.site_resolution(editions, slug)
            found.append(line)
            return files

        made_from = key([of_one.of_resolution(slug) for of_one in inputs.values()])
        lines += ledger.part(f"data {slug}", made_from, make)
    if only is None:
        ledger.write(exports.site_all(editions, url, lines))

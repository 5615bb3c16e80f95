"""Pages on the site itself: methodology, data, accessibility, corrections, search."""

from __future__ import annotations

from collections.abc import Iterator

from macros.exports import registry
from macros.exports.formats import GROUPS, ROOT
from macros.pages.page import MacroError, Page, PageKind, index_page
from macros.render.view import View


def status_list(view: View) -> str:
    """Say what each status means, and what *not reported* means."""
    return view.render("statuses.html")


def contribution_states(view: View) -> str:
    """Say what each state of a contribution means, and whether its amounts count as given."""
    return view.render("contribution_states.html")


def data_files(view: View, *groups: str) -> str:
    """List the data exports (all, or of some groups), each with its address and what it holds."""
    for group in groups:
        if group not in GROUPS:
            raise MacroError("unknown_group", group, GROUPS)
    formats = [
        format for format in registry.formats(view.corpus) if not groups or format.group in groups
    ]
    return view.render("data_files.html", formats=formats, root=ROOT)


def accessibility_contact(view: View) -> str:
    """Say whom to tell of a barrier."""
    return view.render("accessibility_contact.html")


def correction_list(view: View) -> str:
    """List what was wrong in what was published, and since when it is put right."""
    return view.render("corrections.html")


def search_page(view: View) -> str:
    """Show the search field and its results."""
    return view.render("search.html")


def _pages(view: View) -> Iterator[Page]:
    yield index_page(view, "about", status_list, contribution_states)
    yield index_page(view, "data", data_files)
    yield index_page(view, "corrections", correction_list)
    yield index_page(view, "accessibility", accessibility_contact)
    yield index_page(view, "search", search_page, searchable=False)


KIND = PageKind(
    _pages,
    (
        status_list,
        contribution_states,
        correction_list,
        data_files,
        accessibility_contact,
        search_page,
    ),
    anchors={
        "status_list": lambda view: {f"status-{s.id}" for s in view.corpus.vocabulary.statuses},
        "contribution_states": lambda view: {
            f"contribution-{state.id}" for state in view.corpus.vocabulary.contribution_states
        },
        "correction_list": lambda view: {c.id for c in view.corpus.statements.corrections},
    },
    navigation=lambda view: [
        (view.t("nav.about_data"), "about/"),
        (view.t("nav.data"), "data/"),
        (view.t("nav.corrections"), "corrections/"),
        (view.t("nav.accessibility"), "accessibility/"),
    ],
    group="nav.about",
)

"""All pages of a site: one module for each kind of page, the registry, and hand-written pages.

A page is the HTML of macros, plain functions from a view to HTML that hand-written pages may call.
Imported by search, site, diff, authoring, build, plugin and cli.
"""

from macros.pages.content import Content, SearchEntry, page_content
from macros.pages.page import MacroCall, MacroError, Page, PageKind
from macros.pages.registry import MACROS, macro_anchors, navigation, page_anchors, pages
from macros.pages.resolution import pages_of_resolution

__all__ = [
    "MACROS",
    "Content",
    "MacroCall",
    "MacroError",
    "Page",
    "PageKind",
    "SearchEntry",
    "macro_anchors",
    "navigation",
    "page_anchors",
    "page_content",
    "pages",
    "pages_of_resolution",
]

"""The MkDocs plugin: events, assets of the theme, live preview, macros of hand-written pages.

The only package that imports mkdocs, material or mkdocs-macros; nothing but `cli` may import it.
"""

from macros.plugin.building import build_site
from macros.plugin.registration import bind_macros

__all__ = ["bind_macros", "build_site"]

"""Adapter."""

from __future__ import annotations

from macros.exports import bibliography as forms
from macros.render.view import View


def bibliography(view: View, slug: str) -> str:
    """Write the citations of one resolution in BibTeX."""
    from macros.render import citations

    return forms.bibtex(list(citations.citations(view, slug)))

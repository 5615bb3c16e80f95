"""The report as a file of HTML that stands by itself."""

from __future__ import annotations

from macros.render.view import View
from macros.report.outline import Outline


def html_file(view: View, outline: Outline) -> str:
    """Write the report as a page that can be printed or pasted into a word processor."""
    return view.render("report_file.html", report=outline)

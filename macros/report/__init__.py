"""The report of a reporting period to the governing body: one outline, as HTML and as a Word file.

Imported by exports, pages, build and cli. It imports render and everything below; the look of the
Word file is in `template.docx` (and `template.<lang>.docx`), which an organ can replace.
"""

from macros.report.outline import Outline, make_outline
from macros.report.word import missing_styles, word_file

__all__ = ["Outline", "make_outline", "missing_styles", "word_file"]

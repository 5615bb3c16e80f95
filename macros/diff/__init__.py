"""Two revisions of an organ's data and pages: what readers will see change, in words.

It is given the day of the build. May be imported by `cli` alone.
"""

from macros.diff.comparisons import Comparison, compare_with_revision
from macros.diff.revisions import RevisionError
from macros.diff.rewriting import find_rewritten

__all__ = ["Comparison", "RevisionError", "compare_with_revision", "find_rewritten"]

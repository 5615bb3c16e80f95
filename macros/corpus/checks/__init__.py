"""Checks across records and files: everything that one record alone cannot know to be wrong.

`files` runs them all; each other module holds the checks of one subject in its `CHECKS`.
"""

from macros.corpus.checks.dates import find_future_outcomes
from macros.corpus.checks.files import check
from macros.corpus.checks.references import RESERVED

__all__ = ["RESERVED", "check", "find_future_outcomes"]

"""Files of an organ → one immutable corpus per language, with all problems in them.

Every package but `model` and `i18n` may import it; it imports these two.
"""

from macros.corpus.corpus import Corpus
from macros.corpus.embargo import published, with_drafts
from macros.corpus.files import read_tree
from macros.corpus.loading import KINDS, Loaded, load, renewed
from macros.corpus.problems import Problem, Translate, hint, shorten

__all__ = [
    "KINDS", "Corpus", "Loaded", "Problem", "Translate", "hint", "load", "published", "read_tree",
    "renewed", "shorten", "with_drafts",
]  # fmt: skip

"""Search: pages → search documents → an index by Pagefind, one for each language.

May be imported by `site` and everything above it.
"""

from macros.search.documents import write_index
from macros.search.pagefind import SearchError

__all__ = ["SearchError", "write_index"]

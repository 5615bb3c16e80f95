"""What a template sees of a corpus: words, addresses, HTML; templates, charts, citations.

Everything above may import it, from exports to cli. It imports queries, corpus, i18n and model.
"""

from macros.render.view import View

__all__ = ["View"]

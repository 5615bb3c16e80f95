"""Languages: interface strings, and how each language writes dates, numbers, money and lists.

Every package but `model` may import it; it imports `model`.
"""

from macros.i18n.locale import Locale, is_language
from macros.i18n.messages import Catalogue

__all__ = ["Catalogue", "Locale", "is_language"]

"""The model: frozen, strict records, partial dates, restricted Markdown.

Every package may import it; it imports none.
"""

from macros.model.dates import DateError, PartialDate
from macros.model.fields import Record, Ref, Source, Statement, TextKind
from macros.model.resolution import Resolution

__all__ = [
    "DateError", "PartialDate", "Record", "Ref", "Resolution", "Source", "Statement", "TextKind",
]  # fmt: skip

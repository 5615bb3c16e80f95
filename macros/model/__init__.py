"""The model: frozen, strict records, partial dates, restricted Markdown.

Every package may import it; it imports none.
"""

from macros.model.dates import DateError, PartialDate
from macros.model.fields import Record, Source, Statement
from macros.model.resolution import Resolution

__all__ = ["DateError", "PartialDate", "Record", "Resolution", "Source", "Statement"]

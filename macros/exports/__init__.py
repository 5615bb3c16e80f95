"""Data exports: one module per format or kind of file, and one registry of all of them.

Output models are at once the JSON files and their published schemas.
May be imported by `pages`, `site` and what stands above them.
"""

from macros.exports.formats import GROUPS, ROOT, Format
from macros.exports.registry import FORMATS, SCHEMAS, formats, language_files, paths, site_files

__all__ = [
    "FORMATS", "GROUPS", "ROOT", "SCHEMAS", "Format", "formats", "language_files", "paths",
    "site_files",
]  # fmt: skip

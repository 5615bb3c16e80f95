"""Writing data files, with one YAML editor: `tracker new`, `init`, `schema`, `translations`.

Only `cli` imports it; it imports `queries`, `corpus` and what stands below them.
"""

from macros.authoring.entry_kinds import KINDS, EntryKind, options_of
from macros.authoring.new_entries import stop_at_errors
from macros.authoring.po_files import from_po, to_po
from macros.authoring.scaffolding import write_starter
from macros.authoring.writing import add_by_prompts
from macros.authoring.yaml_editor import EditError

__all__ = [
    "KINDS", "EditError", "EntryKind", "add_by_prompts", "from_po", "options_of", "stop_at_errors",
    "to_po", "write_starter",
]  # fmt: skip

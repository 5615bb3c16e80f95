"""Writing data files, with one YAML editor: `tracker new`, `init`, `schema`, `translations`.

Only `cli` imports it; it imports `queries`, `corpus` and what stands below them.
"""

from macros.authoring.po_files import from_po, to_po
from macros.authoring.scaffolding import write_starter
from macros.authoring.writing import add_by_prompts, stop_at_errors
from macros.authoring.yaml_editor import EditError

__all__ = ["EditError", "add_by_prompts", "from_po", "stop_at_errors", "to_po", "write_starter"]

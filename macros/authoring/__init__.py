"""Writing data files: `tracker new`, `init`, `schema` and `translations`.

One YAML editor that keeps what people laid out, prompts, PO files, and JSON Schemas for editors.
Only `cli` imports it; it imports `corpus` and what lies below, `queries` and `render`.
"""

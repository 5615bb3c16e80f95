"""A whole build: reading the project, worker processes, writing, replacing the site.

Imported by `plugin` and `cli`; nothing below may import it.
"""

"""Commands of `tracker`, each a thin function over the packages below.

Nothing imports this package but the entry point `macros.cli.main:main`.
"""

"""A resolution tracker: YAML data files, one per resolution, to a searchable static site."""

from typing import Any


def define_env(env: Any) -> None:
    """Register the macros with mkdocs-macros, which calls this with its own environment."""
    from macros.plugin import bind_macros

    for name, function in bind_macros(env.conf.plugins.get("tracker")).items():
        env.macro(function, name)

"""A resolution tracker: YAML data files, one per resolution, to a searchable static site."""


def define_env(env):  # type: ignore[no-untyped-def]
    """Register the macros with mkdocs-macros-plugin, which calls this with its own environment."""
    from macros.plugin.registration import macros_of

    for name, function in macros_of(env).items():
        env.macro(function, name)

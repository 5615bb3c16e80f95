"""Options that several subcommands share."""

from __future__ import annotations

from pathlib import Path

import click

from macros.build.project import Project
from macros.errors import TrackerError
from macros.i18n.messages import Catalogue

root_option = click.option(
    "--root", default=".", show_default=True, help="Folder of the project (it holds mkdocs.yml)."
)
lang_option = click.option(
    "--lang", default="en", show_default=True, help="Language of the messages."
)


def project_root(folder: str) -> Path:
    """Find the folder of the project that an option names."""
    root = Path(folder).resolve()
    if not (root / "mkdocs.yml").is_file():
        raise click.ClickException(
            f"{root} has no mkdocs.yml: go to the folder of the project, or name it with --root."
        )
    return root


def load_project(folder: str, drafts: bool = True) -> Project:
    """Read and check a project, with everything in it unless `drafts` is false."""
    try:
        return Project.load(project_root(folder), drafts=drafts)
    except TrackerError as error:
        raise click.ClickException(str(error)) from error


def catalogue_of(lang: str, option: str = "--lang") -> Catalogue:
    """Load the messages of the language that an option names."""
    from macros.i18n.locale import is_language

    if not is_language(lang):
        raise click.BadParameter(
            f"{lang} is not a language; write en, zh or fr.", param_hint=option
        )
    return Catalogue.of(lang)

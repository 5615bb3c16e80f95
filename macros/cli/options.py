"""Options that several subcommands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from macros.build.project import Project
from macros.errors import TrackerError
from macros.i18n import Catalogue, is_language

root_option = click.option(
    "--root", default=".", show_default=True, help="Folder of the project (it holds mkdocs.yml)."
)
lang_option = click.option(
    "--lang", default="en", show_default=True, help="Language of the messages."
)
check_option = click.option(
    "--check",
    "checking",
    is_flag=True,
    help="Write nothing; exit status 1 if a file is out of date.",
)


def format_option(*forms: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make the option for the form of what a command prints, the first being the default."""
    choice = click.Choice(forms)
    return click.option("--format", "form", type=choice, default=forms[0], show_default=True)


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
    if not is_language(lang):
        raise click.BadParameter(
            f"{lang} is not a language; write en, zh or fr.", param_hint=option
        )
    return Catalogue.of(lang)

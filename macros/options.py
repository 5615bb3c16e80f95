"""Options that several commands of the command line share."""

from __future__ import annotations

from pathlib import Path

import click

root_option = click.option(
    "--root", default=".", show_default=True, help="Folder of the project (it holds mkdocs.yml)."
)


def project_root(folder: str) -> Path:
    """The folder of a project; a sentence for who names another."""
    root = Path(folder).resolve()
    if not (root / "mkdocs.yml").is_file():
        raise click.ClickException(
            f"{root} has no mkdocs.yml: go to the folder of the project, or name it with --root."
        )
    return root

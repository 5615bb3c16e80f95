"""Builds by MkDocs: of a whole site, and of one language in a worker."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

from macros.build.site import LanguageResult
from macros.build.workers import current_project
from macros.errors import BuildError


def build_part(file: str, language: str, site_dir: str, strict: bool) -> LanguageResult:
    """Build the hand-written pages of one language, in a worker.

    Args:
        file: The configuration of MkDocs.
        language: The language.
        site_dir: The folder of the language.
        strict: Whether warnings stop the build.
    """
    config = load_config(file, site_dir=site_dir, strict=strict)
    plugin: Any = config.plugins["tracker"]
    plugin.begin_part(current_project(), language)
    try:
        build(config)
    except Abort as error:
        raise BuildError(str(error) or f"The pages in {language} cannot be built.") from error
    result: LanguageResult = plugin.result()
    return result


def build_site(root: Path, site_dir: Path) -> None:
    """Build the whole site of a project into an empty folder, as `mkdocs build --strict` does.

    Raises:
        BuildError: Why it cannot be built.
    """
    logging.basicConfig(format="%(levelname)s: %(message)s", level=logging.WARNING)
    try:
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(site_dir), strict=True)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
    except (Abort, MkDocsException) as error:
        raise BuildError(str(error)) from error

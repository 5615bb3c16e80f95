"""The command line: one subcommand for each thing a person does."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from pathlib import Path

import click

from macros.catalogue import Catalogue
from macros.desk import translations
from macros.options import project_root as _root
from macros.options import root_option


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="resolution-tracker")
def main() -> None:
    """Check, build and preview a resolution tracker."""


@main.command()
@root_option
@click.option("--complete", is_flag=True, help="Missing and outdated translations are errors too.")
@click.option("--lang", default="en", show_default=True, help="Language of the messages.")
def check(root: str, complete: bool, lang: str) -> None:
    """Check data/ and docs/, and show every problem of every file at once.

    Exit status 1 with any error, 0 with notices only.
    """
    from macros.builds import BuildFailed, Site
    from macros.locale import is_language

    if not is_language(lang):
        raise click.BadParameter(f"{lang} is not a language; write en, zh or fr.", param_hint="--lang")
    t = Catalogue.of(lang).t
    try:
        site = Site.load(_root(root))
    except BuildFailed as error:
        raise click.ClickException(str(error)) from error
    errors = site.problems if complete else site.errors
    notices = [] if complete else [problem for problem in site.problems if problem not in errors]
    for problem in [*errors, *notices]:
        click.echo(problem.line_of_text(t) if problem in errors else t("check.notice", text=problem.line_of_text(t)))
    click.echo(t("check.summary", files=site.files, count=len(errors)))
    if notices:
        click.echo(t("check.notices", count=len(notices)))
    sys.exit(1 if errors else 0)


@main.command()
@root_option
@click.option("--into", default="site", show_default=True, help="Folder to build into, from the project's folder.")
def build(root: str, into: str) -> None:
    """Build the whole site, all languages, and swap it in; a failed build leaves the last good one."""
    from macros.builds import swap

    home = _root(root)
    target = home / into
    staging = target.with_name(f".{target.name}.{os.getpid()}")
    t = Catalogue.of("en").t
    start = time.monotonic()
    try:
        _mkdocs_build(home, staging)
    except (Exception, SystemExit) as error:
        shutil.rmtree(staging, ignore_errors=True)
        if not isinstance(error, (click.ClickException, SystemExit)):
            raise
        if str(error):
            click.echo(str(error).removeprefix("\n"), err=True)
        click.echo(t("build.failed", folder=into) if target.exists() else t("build.failed_first"), err=True)
        sys.exit(1)
    swap(staging, target)
    count = sum(sitemap.read_text("utf-8").count("<loc>") for sitemap in target.glob("**/sitemap.xml"))
    seconds = f"{time.monotonic() - start:.1f}"
    click.echo(t("build.done", count=count, seconds=seconds, folder=into))
    click.echo(t("build.look", command=f"{Path(sys.executable).name} -m http.server -d {into} 8000"))


def _mkdocs_build(root: Path, target: Path) -> None:
    import logging

    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build as build_site
    from mkdocs.config import load_config

    logging.basicConfig(format="%(levelname)s: %(message)s", level=logging.WARNING)
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(target), strict=True)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build_site(config)
    finally:
        config.plugins.on_shutdown()


@main.command()
@root_option
@click.option("--lang", default=None, help="Language to preview; the default one if left out.")
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where to serve.")
def serve(root: str, lang: str | None, address: str) -> None:
    """Preview the site; it is built again whenever a file is saved."""
    from macros.builds import LANGUAGE_VARIABLE

    if lang:
        os.environ[LANGUAGE_VARIABLE] = lang
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "-a", address, "-f", str(_root(root) / "mkdocs.yml")]
    os.execv(sys.executable, command)


@main.command()
@click.argument("kind", required=False)
def schema(kind: str | None) -> None:
    """Print the JSON Schema of a kind of data file (body, resolution, documents …), or the list of kinds."""
    from macros.loading import KINDS
    from macros.model import Resolution

    kinds = {**KINDS, "resolution": Resolution}
    if kind is None:
        click.echo("\n".join(sorted(kinds)))
    elif kind in kinds:
        click.echo(json.dumps(kinds[kind].model_json_schema(), indent=2, ensure_ascii=False))
    else:
        raise click.BadParameter(f"{kind} is not one of: {', '.join(sorted(kinds))}")


@main.command()
@click.argument("folder")
@click.option("--name", prompt="Name of the organ", help="Name of the organ.")
@click.option("--language", default="en", show_default=True, help="Its working language.")
@click.option("--currency", default="USD", show_default=True, help="ISO 4217 code of its currency.")
def init(folder: str, name: str, language: str, currency: str) -> None:
    """Begin a tracker for another organ in a new FOLDER: data, docs and configuration, ready to build."""
    from macros.beginnings import write_starter

    written = write_starter(Path(folder), name=name, language=language, currency=currency)
    click.echo("\n".join(f"wrote {path}" for path in written))
    click.echo(f"Next: edit data/, then run: tracker check --root {folder} && tracker build --root {folder}")


main.add_command(translations)


if __name__ == "__main__":
    main()

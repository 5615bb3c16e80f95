"""The command line: one subcommand for each thing a person does."""

from __future__ import annotations

import json
import os
import socket
import sys
import time
from pathlib import Path

import click

from macros.authoring import migration, schemas, write_starter
from macros.build.history import build_day, history_gap
from macros.build.output import OutputError, staged
from macros.build.project import DRAFTS_VARIABLE, LANGUAGE_VARIABLE, lock_addresses
from macros.cli.new import new
from macros.cli.options import (
    catalogue_of,
    check_option,
    format_option,
    lang_option,
    load_project,
    root_option,
)
from macros.cli.options import project_root as _root
from macros.cli.reports import coverage, coverage_notice, report
from macros.cli.translations import translations
from macros.corpus import load, read_tree
from macros.corpus.configuration import check_configuration
from macros.corpus.translations import TRANSLATION_NOTICES
from macros.diff import RevisionError, compare_with_revision, find_rewritten
from macros.errors import TrackerError
from macros.i18n.messages import Catalogue

drafts_option = click.option(
    "--drafts",
    is_flag=True,
    help="Show what is held from publication, marked; never publish the result.",
)


def _show_drafts(drafts: bool) -> None:
    if drafts:
        os.environ[DRAFTS_VARIABLE] = "1"
    else:
        os.environ.pop(DRAFTS_VARIABLE, None)


def _stop_at_configuration(root: Path) -> None:
    """Stop where MkDocs could not even begin."""
    t = Catalogue.of("en").t
    if problems := list(check_configuration(root)):
        raise click.ClickException("\n".join(problem.line_of_text(t) for problem in problems))


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="resolution-tracker")
def main() -> None:
    """Check, build and preview a resolution tracker."""


@main.command()
@root_option
@click.option("--complete", is_flag=True, help="Missing and outdated translations are errors too.")
@lang_option
@click.option("--quiet", is_flag=True, help="Show errors only.")
@format_option("text", "json", "github")
def check(root: str, complete: bool, lang: str, quiet: bool, form: str) -> None:
    """Check data/, docs/ and mkdocs.yml, and show every problem of every file at once.

    Exit status 1 with any error, 0 with notices only. The format github is that of annotations for
    GitHub's checks.
    """
    t = catalogue_of(lang).t
    site = load_project(root)
    problems = list(site.problems)
    if site.corpora and (newest := next(iter(site.corpora.values())).latest_period):
        problems += find_rewritten(site.root, site.contents, newest.id)
    codes = TRANSLATION_NOTICES if complete else ()
    errors = [p for p in problems if p.severity == "error" or p.code in codes]
    notices = [] if quiet else [problem for problem in problems if problem not in errors]
    if form == "json":
        click.echo(json.dumps(
            {"files": len(site.contents), "errors": [p.values_for_programs(t) for p in errors],
             "notices": [p.values_for_programs(t) for p in notices]},
            ensure_ascii=False, indent=2))  # fmt: skip
        sys.exit(1 if errors else 0)
    for problem in notices:  # errors come last, where they are seen
        line = t("check.notice", text=problem.line_of_text(t))
        click.echo(problem.annotation(t, "notice") if form == "github" else line)
    if notices:
        click.echo(t("check.notices", count=len(notices)))
    if form == "text" and not complete and not quiet and (gaps := coverage_notice(site, t)):
        click.echo(t("check.notice", text=gaps))
    for problem in errors:
        is_text = form == "text"
        click.echo(problem.line_of_text(t) if is_text else problem.annotation(t, "error"))
    click.echo(t("check.summary", files=len(site.contents), count=len(errors)))
    sys.exit(1 if errors else 0)


@main.command()
@root_option
@click.option("--into", default="site", show_default=True, help="Folder of the site, below --root.")
@drafts_option
def build(root: str, into: str, drafts: bool) -> None:
    """Build the whole site, all languages; a failed build leaves the last good one."""
    from macros.plugin import build_site

    _show_drafts(drafts)
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    home, t = _root(root), Catalogue.of("en").t
    _stop_at_configuration(home)
    target = home / into
    start = time.monotonic()
    try:
        with staged(home, target) as staging:
            build_site(home, staging)
            count = sum(1 for _ in staging.rglob("index.html"))
    except OutputError as error:
        raise click.ClickException(str(error)) from error
    except (TrackerError, click.ClickException) as error:
        click.echo(str(error).removeprefix("\n"), err=True)
        key = "build.failed" if target.exists() else "build.failed_first"
        click.echo(t(key, folder=into), err=True)
        sys.exit(1)
    seconds = f"{time.monotonic() - start:.1f}"
    click.echo(t("build.done", count=count, seconds=seconds, folder=into))
    command = f"{Path(sys.executable).name} -m http.server -d {into} 8000"
    click.echo(t("build.look", command=command))
    if gap := history_gap(home):
        click.echo(t(f"build.history.{gap}", folder=home))


@main.command()
@root_option
@click.option("--lang", default=None, help="Language to preview; the default one if left out.")
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where to serve.")
@drafts_option
def serve(root: str, lang: str | None, address: str, drafts: bool) -> None:
    """Preview the site; it is built again whenever a file is saved."""
    _show_drafts(drafts)
    home = _root(root)
    _stop_at_configuration(home)
    host, _, port = address.rpartition(":")
    try:
        with socket.create_server((host.strip("[]"), int(port))):
            pass
    except (OSError, OverflowError, ValueError) as error:
        raise click.BadParameter(
            f"{address} cannot be served ({error}); write another port, such as 127.0.0.1:8001",
            param_hint="--address",
        ) from error
    if lang:
        os.environ[LANGUAGE_VARIABLE] = lang
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    options = ["--livereload", "-a", address, "-f", str(home / "mkdocs.yml")]
    os.execv(sys.executable, [sys.executable, "-m", "mkdocs", "serve", *options])


@main.command()
@click.argument("kind", required=False)
@root_option
@check_option
@lang_option
def schema(kind: str | None, root: str, checking: bool, lang: str) -> None:
    """Write the JSON Schemas of the data files into schema/, or print that of one KIND (body …).

    They are made from the model and the data: editors use them to complete, to explain and to mark
    mistakes.
    """
    t, home = catalogue_of(lang).t, _root(root)
    if kind is not None and kind not in schemas.KINDS:
        raise click.BadParameter(f"{kind} is not one of: {', '.join(schemas.KINDS)}")
    files, problems = read_tree(home, ("data",))
    loaded = load(files)
    if problems or loaded.errors:
        raise click.ClickException(t("schema.data", count=len(problems) + len(loaded.errors)))
    corpus = next(iter(loaded.corpora.values()))
    if kind is not None:
        click.echo(schemas.text(schemas.schema(kind, corpus)), nl=False)
        return
    texts = schemas.files(corpus)
    old = [name for name, text in texts.items() if not _holds(home / name, text)]
    if checking and old:
        raise click.ClickException(t("schema.old", files=", ".join(old)))
    for name in old:
        (home / name).parent.mkdir(exist_ok=True)
        (home / name).write_text(texts[name], encoding="utf-8", newline="\n")
        click.echo(t("schema.written", file=name))
    if not old:
        click.echo(t("schema.current", count=len(texts)))


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text("utf-8") == text


@main.command()
@root_option
@check_option
@lang_option
def permalinks(root: str, checking: bool, lang: str) -> None:
    """Add every new address and anchor to data/permalinks.lock, the list of what must never die.

    Do it whenever the site is published. What is in the list can only be given up in
    data/retired.yml.
    """
    t = catalogue_of(lang).t
    site = load_project(root)
    if site.errors:
        raise click.ClickException(site.report(t))
    (addresses, anchors), new = lock_addresses(site, write=not checking)
    for address in new:
        click.echo(t("permalinks.new", address=address))
    click.echo(t("permalinks.done", addresses=addresses, anchors=anchors, count=len(new)))
    sys.exit(1 if checking and new else 0)


@main.command()
@click.argument("folder")
@click.option("--name", prompt="Name of the organ", help="Name of the organ.")
@click.option("--language", default="en", show_default=True, help="Its working language.")
@click.option("--currency", default="USD", show_default=True, help="ISO 4217 code of its currency.")
def init(folder: str, name: str, language: str, currency: str) -> None:
    """Begin a tracker for another organ in a new FOLDER: data, docs and configuration."""
    written = write_starter(Path(folder), name=name, language=language, currency=currency)
    click.echo("\n".join(f"wrote {path}" for path in written))
    commands = f"tracker check --root {folder} && tracker build --root {folder}"
    click.echo(f"Next: edit data/, then run: {commands}")


@main.command()
@root_option
@lang_option
def migrate(root: str, lang: str) -> None:
    """Bring data of an older format up to date; comments and layout stay as they are."""
    t, home = catalogue_of(lang).t, _root(root)
    files, _ = read_tree(home, ("data",))
    if not migration.is_outdated(files):
        click.echo(t("migrate.current"))
        return
    try:
        changed = migration.migrate(files)
    except TrackerError as error:
        raise click.ClickException(t("migrate.failed", reason=error)) from error
    for name, raw in changed.items():
        (home / name).write_bytes(raw)
        click.echo(t("schema.written", file=name))
    click.echo(t("migrate.done"))


@main.command()
@root_option
@click.argument("revision", default="HEAD")
@click.option(
    "--since-fork", is_flag=True, help="Compare with the last commit in common with REVISION."
)
@click.option("--drafts", is_flag=True, help="Compare what is held from publication too.")
@format_option("markdown", "json")
@click.option(
    "--fail-on-dead", is_flag=True, help="Exit status 1 if a published address would die."
)
@click.option("--lang", default="en", show_default=True, help="Language of the report.")
def diff(
    root: str,
    revision: str,
    since_fork: bool,
    drafts: bool,
    form: str,
    fail_on_dead: bool,
    lang: str,
) -> None:
    """Tell what readers will see change, against a git REVISION: a branch, a tag or a commit.

    Without one: what was edited since the last commit. Looks at data/ and docs/ alone. Exit status
    2 if git does not know the revision.
    """
    t = catalogue_of(lang).t
    try:
        comparison = compare_with_revision(
            _root(root),
            revision,
            lang,
            build_day(),
            migration.upgrade,
            since_fork=since_fork,
            drafts=drafts,
        )
    except RevisionError as error:
        click.echo(t(f"diff.{error.code}", **error.values), err=True)
        sys.exit(2)
    except TrackerError as error:
        raise click.ClickException(str(error)) from error
    click.echo(comparison.json if form == "json" else comparison.markdown)
    sys.exit(1 if fail_on_dead and comparison.dead else 0)


main.add_command(new)
main.add_command(report)
main.add_command(coverage)
main.add_command(translations)


if __name__ == "__main__":
    main()

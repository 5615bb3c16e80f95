"""`tracker report` and `tracker coverage`: the report of a period, and what its data lacks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import click

from macros import queries
from macros.build.project import Project
from macros.cli.options import catalogue_of, lang_option, load_project, root_option


def _check_name(t: Callable[..., str], key: str, name: str, known: Iterable[str]) -> None:
    """Refuse what is not known, naming what there is: exit status 2."""
    if name not in known:
        raise click.UsageError(t(key, name=name, known=t("list.comma").join(known)))


@click.command()
@click.argument("period")
@root_option
@click.option("--lang", default=None, help="Language of the report; the default one if left out.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write, .docx or .html; report-PERIOD.LANG.docx if left out.",
)
@click.option("--force", is_flag=True, help="Write over a file that is already there.")
@click.option("--drafts", is_flag=True, help="Include what is held from publication, marked.")
def report(
    period: str, root: str, lang: str | None, output: Path | None, force: bool, drafts: bool
) -> None:
    """Write the report of a PERIOD to the governing body, made from the data, as a Word file.

    Exit status 2 if there is no such period or language.
    """
    from macros.report import make_outline, word_file

    t = catalogue_of("en").t
    project = load_project(root, drafts)
    if project.errors:
        raise click.ClickException(project.report(t))
    language = lang or project.languages[0]
    _check_name(t, "report.unknown_language", language, project.languages)
    view = project.view(language)
    _check_name(t, "report.unknown_period", period, view.corpus.periods)
    file = output or Path(f"report-{period}.{language}.docx")
    if file.suffix not in (".docx", ".html"):
        raise click.UsageError(t("report.unknown_suffix", file=file))
    if file.exists() and not force:
        raise click.UsageError(t("report.exists", file=file))
    outline = make_outline(view, period)
    if file.suffix == ".docx":
        content = word_file(view, outline)
    else:
        content = view.render("report_file.html", report=outline).encode()
    try:
        file.write_bytes(content)
    except OSError as error:
        raise click.ClickException(
            t("report.not_writable", file=file, reason=error.strerror or error)
        ) from error
    click.echo(t("report.written", file=file))


@click.command()
@click.argument("period")
@root_option
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
@lang_option
def coverage(period: str, root: str, as_json: bool, lang: str) -> None:
    """List what the data lacks of a PERIOD, under embargo or not.

    Which paragraphs of its report nothing cites, which resolutions and operative paragraphs have no
    assessment, which milestones are past due without an outcome. Exit status 2 if there is no such
    period.
    """
    t = catalogue_of(lang).t
    project = load_project(root)
    if project.errors:
        raise click.ClickException(project.report(t))
    corpus = project.corpora[project.languages[0]]
    _check_name(t, "coverage.unknown_period", period, corpus.periods)
    lists = queries.coverage(corpus, period)
    if as_json:
        click.echo(json.dumps({"period": period, **lists}, indent=2))
        return
    for name, items in lists.items():
        if items:
            click.echo(t(f"coverage.{name}", count=len(items), items=", ".join(items)))
    if not any(lists.values()):
        click.echo(t("coverage.nothing", period=period))


def coverage_notice(project: Project, t: Callable[..., str]) -> str | None:
    """Say how much the data lacks of the newest period; `None` if nothing, or nothing is right."""
    corpus = next(iter(project.corpora.values()), None)
    if corpus is None or corpus.latest_period is None:
        return None
    period = corpus.latest_period.id
    lists = queries.coverage(corpus, period)
    counts = {name: len(items) for name, items in lists.items()}
    return t("check.coverage", period=period, **counts) if any(counts.values()) else None

"""`tracker new`: asks for what is needed, checks what would come of it, and only then writes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from macros.cli.options import catalogue_of, lang_option, project_root, root_option

_Command = Callable[..., None]


@click.group()
def new() -> None:
    """Begin a resolution or a reporting period, or add an update, an event or a correction.

    Each asks for what is needed, or takes everything as options. Nothing is written that would not pass the check,
    and nothing that is there is changed.
    """


def _common(command: _Command) -> _Command:
    for option in (
        click.option("--no-input", is_flag=True, help="Ask nothing; fail with what is missing."),
        lang_option,
        root_option,
    ):
        command = option(command)
    return command


def _sourced(command: _Command) -> _Command:
    for option in (
        click.option(
            "--paragraph", multiple=True, help="Paragraph of that document; may be given again."
        ),
        click.option("--document", help="Symbol of the document it is taken from."),
    ):
        command = option(command)
    return command


def _reported(command: _Command) -> _Command:
    for option in (
        click.option(
            "--id",
            "key",
            help="Its permanent address on the page; made from its words if left out.",
        ),
        _sourced,
        click.option(
            "--operative",
            multiple=True,
            help="Operative paragraph it is about; may be given again.",
        ),
        click.option("--period", help="Reporting period; the newest if left out."),
    ):
        command = option(command)
    return command


def _run(what: str, subject: str | None, options: dict[str, Any]) -> None:
    from macros.authoring.writing import add_by_prompts

    root, lang, no_input = (options.pop(name) for name in ("root", "lang", "no_input"))
    # an option that may be given again is an empty tuple when it is not given
    given = {name: value for name, value in options.items() if value not in (None, ())}
    add_by_prompts(
        what, project_root(root), catalogue_of(lang).t, subject, given, interactive=not no_input
    )


@new.command()
@click.argument("label")
@click.option("--session", help="Session that adopted it, where its name does not say so.")
@click.option("--title", help="Its title.")
@click.option("--title-basis", help="verified, cited or unofficial.")
@click.option(
    "--symbol", help="Its symbol as seen in a source; made from the organ's pattern if left out."
)
@click.option("--adopted", help="Day of its adoption, where known.")
@click.option("--theme", multiple=True, help="Id of a theme; may be given again.")
@click.option(
    "--goal", multiple=True, help="Number of a Sustainable Development Goal; may be given again."
)
@_common
def resolution(label: str, **options: Any) -> None:
    """Begin the file of a resolution, LABEL being its name, such as 2/11."""
    _run("resolution", label, options)


@new.command()
@click.argument("key", metavar="ID")
@click.option("--name", help="Its name.")
@click.option("--first", help="First day covered.")
@click.option("--last", help="Last day covered.")
@click.option("--report", help="Symbol of its report; a new document is added to documents.yml.")
@click.option("--report-kind", help="Kind of a new document.")
@click.option("--report-title", help="Title of a new document.")
@click.option("--report-title-basis", help="verified, cited or unofficial.")
@click.option("--report-paragraphs", help="Number of paragraphs of a new document, where known.")
@click.option("--as-of", help="The date its statements hold for.")
@click.option("--as-of-basis", help="verified or inferred.")
@click.option("--note", help="How the dates are known.")
@_common
def period(key: str, **options: Any) -> None:
    """Begin a reporting period, ID being its permanent address, such as eb-2025-1."""
    _run("period", key, options)


@new.command()
@click.argument("label", metavar="RESOLUTION")
@click.option("--about", help="progress, plan or funding.")
@click.option("--text", help="The note, in your own words.")
@_reported
@_common
def update(label: str, **options: Any) -> None:
    """Add a progress note to a RESOLUTION, such as 2/4."""
    _run("update", label, options)


@new.command()
@click.argument("label", metavar="RESOLUTION")
@click.option(
    "--again",
    metavar="ID",
    help="Id of an event that is in the data: add what a later report says of it.",
)
@click.option("--kind", help="Id of a kind of event.")
@click.option("--title", help="What it is, without the date and the place.")
@click.option("--place", help="Id of a place, where reported.")
@click.option("--said", help="happened or planned, as the source tells it.")
@click.option("--date", help="When, as the source says it; leave out if not reported.")
@_reported
@_common
def event(label: str, **options: Any) -> None:
    """Add an event to a RESOLUTION, such as 2/4, or what a later report says of one."""
    _run("event", label, options)


@new.command()
@click.argument("label", metavar="[RESOLUTION]", required=False)
@click.option("--text", help="What was wrong, and what it says now.")
@click.option("--published", help="Since when the mistake stood on the site.")
@click.option("--date", help="Day on which it was put right; today if left out.")
@click.option(
    "--id", "key", help="Its permanent address on the page; made from its words if left out."
)
@_sourced
@_common
def correction(label: str | None, **options: Any) -> None:
    """Say what was wrong in what was published of a RESOLUTION, or of the site as a whole, and what it says now."""
    _run("correction", label, options)

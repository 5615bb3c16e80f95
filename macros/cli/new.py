"""`tracker new`: asks for what is needed, checks what would come of it, and only then writes."""

from __future__ import annotations

import click

from macros.authoring import add_by_prompts
from macros.cli.options import catalogue_of, lang_option, project_root, root_option

_HELP = {
    "session": "Session that adopted it, where its name does not say so.",
    "title": "Its title, without the date and the place of an event.",
    "title-basis": "verified, cited or unofficial.",
    "symbol": "Its symbol as seen in a source; made from the organ's pattern if left out.",
    "adopted": "Day of its adoption, where known.",
    "theme": "Id of a theme; may be given again.",
    "goal": "Number of a Sustainable Development Goal; may be given again.",
    "name": "Its name.",
    "first": "First day covered.",
    "last": "Last day covered.",
    "report": "Symbol of its report, which is in documents.yml.",
    "as-of": "The date its statements hold for.",
    "as-of-basis": "verified or inferred.",
    "note": "How the dates are known.",
    "about": "progress, plan or funding.",
    "text": "The note, or what was wrong and what it says now.",
    "again": "Id of an event that is in the data: add what a later report says of it.",
    "kind": "Id of a kind of event.",
    "place": "Id of a place, where reported.",
    "outcome": "planned, completed, postponed, cancelled or not-mentioned.",
    "date": "When, as the source says it; of a correction the day, today if left out.",
    "published": "Since when the mistake stood on the site.",
    "period": "Reporting period; the newest if left out.",
    "operative": "Operative paragraph it is about; may be given again.",
    "document": "Symbol of the document it is taken from.",
    "paragraph": "Paragraph of that document; may be given again.",
    "id": "Its permanent address on the page; made from its words if left out.",
}
_Value = str | tuple[str, ...] | None
_MULTIPLE = ("theme", "goal", "operative", "paragraph")

_COMMANDS = {
    "resolution": (
        "LABEL",
        "session title title-basis symbol adopted theme goal",
        "Begin the file of a resolution, LABEL being its name, such as 2/11.",
    ),
    "period": (
        "ID",
        "name first last report as-of as-of-basis note",
        "Begin a reporting period, ID being its permanent address, such as eb-2025-1.",
    ),
    "update": (
        "RESOLUTION",
        "about text period operative document paragraph id",
        "Add a progress note to a RESOLUTION, such as 2/4.",
    ),
    "event": (
        "RESOLUTION",
        "again kind title place outcome date period operative document paragraph id",
        "Add an event to a RESOLUTION, such as 2/4, or what a later report says of one.",
    ),
    "correction": (
        "[RESOLUTION]",
        "text published date document paragraph id",
        "Say what was wrong in what was published of a RESOLUTION, or of the whole site.",
    ),
}
"""What each subcommand takes: its argument, its options, and its help."""


@click.group()
def new() -> None:
    """Begin a resolution or a reporting period, or add an update, an event or a correction.

    Each asks for what is needed, or takes everything as options. Nothing is written that would not
    pass the check, and nothing that is there is changed.
    """


def _add_command(kind: str, argument: str, names: str, text: str) -> None:
    @click.argument("subject", metavar=argument, required=not argument.startswith("["))
    @click.option("--no-input", is_flag=True, help="Ask nothing; fail with what is missing.")
    @lang_option
    @root_option
    def run(subject: str | None, root: str, lang: str, no_input: bool, **options: _Value) -> None:
        given = {name: value for name, value in options.items() if value}
        t = catalogue_of(lang).t
        add_by_prompts(kind, project_root(root), t, subject, given, interactive=not no_input)

    command = new.command(kind, help=text)(run)
    command.params[1:1] = [
        click.Option(
            ["--id", "key"] if name == "id" else [f"--{name}"],
            multiple=name in _MULTIPLE,
            help=_HELP[name],
        )
        for name in names.split()
    ]


for _kind, _parts in _COMMANDS.items():
    _add_command(_kind, *_parts)

"""`tracker new`: asks for what is needed, checks what would come of it, and only then writes."""

from __future__ import annotations

import click

from macros.authoring import KINDS, EntryKind, add_by_prompts, options_of
from macros.build.history import build_day
from macros.cli.options import catalogue_of, lang_option, project_root, root_option

_Value = str | tuple[str, ...] | None


@click.group()
def new() -> None:
    """Add an entry to the data: an update, an assessment, a period, a document and more.

    Each subcommand asks for what is needed, or takes everything as options. Nothing is written that
    would not pass the check, and nothing that is there is changed.
    """


def _add_command(name: str, kind: EntryKind) -> None:
    @click.option("--no-input", is_flag=True, help="Ask nothing; fail with what is missing.")
    @lang_option
    @root_option
    def run(
        root: str, lang: str, no_input: bool, subject: str | None = None, **options: _Value
    ) -> None:
        given = {name: value for name, value in options.items() if value}
        day = build_day().isoformat()
        t, folder = catalogue_of(lang).t, project_root(root)
        add_by_prompts(name, folder, t, subject, given, day, interactive=not no_input)

    command = new.command(name, help=kind.help)(run)
    if kind.argument:
        is_required = not kind.argument.startswith("[")
        argument = click.Argument(["subject"], metavar=kind.argument, required=is_required)
        command.params.insert(0, argument)
    for option, (text, is_multiple) in options_of(kind).items():
        declaration = ["--id", "key"] if option == "key" else [f"--{option.replace('_', '-')}"]
        command.params.append(click.Option(declaration, help=text, multiple=is_multiple))


for _name, _kind in KINDS.items():
    _add_command(_name, _kind)

"""The last steps of `tracker new`: the check of what would be written, the writing, and what to do next."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from macros.authoring import prompts as asking
from macros.authoring.new_entries import Addition, apply
from macros.authoring.yaml_editor import AuthoringError
from macros.build.history import build_epoch
from macros.build.project import Project as Site
from macros.corpus.files import read_tree


def run(
    kind: str,
    root: Path,
    t: Callable[..., str],
    subject: str | None,
    given: Mapping[str, Any],
    *,
    interactive: bool,
) -> None:
    """Ask, check, write, and say what is next. In: see `asking.ask`; `given` are the options, by name.

    Raises `click.ClickException` with everything that keeps it from being done; then nothing is written.
    """
    files, problems = read_tree(root)
    before = Site.of(root, files, problems)
    if before.errors:
        raise click.ClickException(f"{t('new.data_has_errors')}\n{before.report(t)}")
    corpus = before.corpora[before.languages[0]]
    try:
        added = asking.ask(kind, asking.Asker(t, given, interactive), corpus, subject, _today(root))
        changed = apply(files, added)
    except asking.Missing as missing:
        raise click.UsageError(
            t("new.missing", options=t("list.comma").join(missing.options))
        ) from missing
    except asking.Refused as refused:
        raise click.ClickException(str(refused)) from refused
    except AuthoringError as error:
        raise click.ClickException(
            t("new.not_added", file=added[-1].file, place=str(error))
        ) from error
    after = Site.of(root, {**files, **changed})
    if after.errors:
        raise click.ClickException(f"{t('new.would_not_pass')}\n{after.report(t)}")
    _write(root, files, changed, t)
    for addition in added:
        line = _line(files.get(addition.file, b""), changed[addition.file])
        click.echo(t("new.added" if addition.path else "new.wrote", file=addition.file, line=line))
    _next(kind, added[-1], before, after, t)


def _today(root: Path) -> date:
    """The day of the build where one is set, else today: what is put right now is dated now, not by the last commit."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        return datetime.fromtimestamp(build_epoch(root), UTC).date()
    return datetime.now(UTC).date()


def _write(
    root: Path, files: Mapping[str, bytes], changed: Mapping[str, bytes], t: Callable[..., str]
) -> None:
    """Write, but never over anything that was not there, or not so, when it was read."""
    for name in changed:
        path = root / name
        if (path.read_bytes() if path.exists() else None) != files.get(name):
            raise click.ClickException(t("new.changed_meanwhile", file=name))
    for name, raw in changed.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb" if name in files else "xb") as file:
            file.write(raw)


def _line(before: bytes, after: bytes) -> int:
    """The first line that is new."""
    old, new = before.split(b"\n"), after.split(b"\n")
    same = next(
        (index for index, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )
    return same + 1


def _next(kind: str, addition: Addition, before: Site, after: Site, t: Callable[..., str]) -> None:
    """What a person does now: translate, check, look."""
    key = addition.id
    slug = Path(addition.file).stem
    steps = []
    if kind in ("update", "event"):
        page = f"resolutions/{slug}/#{key}"
    elif kind == "resolution":
        page = f"resolutions/{slug}/"
        steps.append(t("new.next.resolution", label=after.corpora[after.languages[0]].label(slug)))
    else:
        page = f"periods/{key}/" if kind == "period" else f"corrections/#{key}"
        steps.append(t(f"new.next.{kind}", id=key))
    if key:
        click.echo(t("new.id", id=key))
    known = {(problem.file, problem.values.get("key_name")) for problem in before.problems}
    untranslated: dict[str, list[str]] = {}
    for problem in after.problems:
        name = problem.values.get("key_name")
        if problem.code == "untranslated" and (problem.file, name) not in known:
            untranslated.setdefault(problem.file, []).append(name)
    for file, names in untranslated.items():
        steps.append(t("new.next.translate", file=file, names=t("list.comma").join(sorted(names))))
    steps += [t("new.next.check"), t("new.next.look", page=page)]
    click.echo(t("new.next"))
    for number, step in enumerate(steps, 1):
        click.echo(f"  {number}. {step}")

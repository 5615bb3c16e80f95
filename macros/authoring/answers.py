"""Answers of `tracker new`: what a field may hold, and how an answer becomes a value."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, get_args, get_origin

import click

from macros.authoring.entry_kinds import is_list
from macros.authoring.new_entries import bare, names_of_entries
from macros.authoring.prompts import Choices, Prompter
from macros.corpus.source import SourceFile
from macros.corpus.validation import validate
from macros.model import PartialDate, Record, Ref, TextKind, restricted_markdown
from macros.model.traversal import annotation_parts, marked_fields


def list_choices(prompter: Prompter, record: type[Record], name: str) -> Choices | None:
    """List what a field may hold, with names; `None` where it is free."""
    if mark := marked_fields(record, Ref).get(name):
        return list_names(prompter, mark.kind)
    parts = list(annotation_parts(record.model_fields[name].annotation))
    if bool in parts:
        return {prompter.t("new.yes"): "", prompter.t("new.no"): ""}
    return next((dict.fromkeys(get_args(p), "") for p in parts if get_origin(p) is Literal), None)


def list_names(prompter: Prompter, kind: str) -> Choices:
    """List the entries of a kind that a field may name, with their names."""
    corpus = prompter.files.corpus
    if kind == "paragraph" and prompter.slug:
        paragraphs = corpus.resolutions[prompter.slug].operative_paragraphs
        return {paragraph.number: paragraph.gist for paragraph in paragraphs}
    if kind == "mechanism":
        return {key: mechanism.name for key, (_, mechanism) in corpus.mechanisms.items()}
    return names_of_entries(corpus).get(kind, {})


def read_value(prompter: Prompter, record: type[Record], name: str, text: str) -> object:
    """Give an answer the type in which it stands in the data.

    Raises:
        click.UsageError: It does not fit the field; in the words of the check.
    """
    value = _plain_value(prompter, record, name, text)
    source = SourceFile("", {name: (value,) if is_list(record, name) else value})
    validate(source, record)
    for problem in source.problems:
        if problem.code != "missing_key":
            raise click.UsageError(problem.sentence(prompter.files.t))
    if is_rich(record, name):
        for code, passage in restricted_markdown.faults(text):
            raise prompter.error(code, passage=passage)
    return value


def is_rich(record: type[Record], name: str) -> bool:
    """Whether a field holds restricted Markdown."""
    kind = marked_fields(record, TextKind).get(name)
    return kind is not None and kind.rich


def _plain_value(prompter: Prompter, record: type[Record], name: str, text: str) -> object:
    parts = list(annotation_parts(record.model_fields[name].annotation))
    if bool in parts:
        words = {"yes": True, "no": False}
        words |= {prompter.t(f"new.{key}"): value for key, value in words.items()}
        return words.get(text.casefold(), text)
    if int in parts or Decimal in parts:
        is_number = re.fullmatch(r"[0-9]+(\.[0-9]+)?", text)
        return text if not is_number else float(text) if "." in text else int(text)
    is_date = any(isinstance(part, type) and issubclass(part, PartialDate) for part in parts)
    return bare(text) if is_date or name == "session" else text

"""From plain values to records: pydantic's errors as problems with a place and a mend."""

from __future__ import annotations

from typing import Any, get_args

from pydantic import ValidationError

from macros.corpus.problems import Problem, hint
from macros.corpus.source import Path, SourceFile
from macros.model.dates import DateError
from macros.model.fields import NO_SPACE, HoldError, Known, Record, record_in, spared

WHOLE_FILE = "file"
"""Stands for the name of a key where a whole file does not fit; the catalogues have a word for it."""


def validate(
    source: SourceFile, kind: type[Record], path: Path = (), known: Known | None = None
) -> Record | None:
    """Make a record of the value at a path of a source file. In: the sources of other records (see `spared`).

    Out: the record, or `None` where the value does not fit; then all its problems are added to `source.problems`.
    """
    value = source.value
    for part in path:
        value = value[part]
    try:
        return spared(kind.model_validate(value), {} if known is None else known)
    except ValidationError as error:
        details = error.errors(include_url=False)
        guessed = {
            (
                *d["loc"][:-1],
                hint(str(d["loc"][-1]), record_at(kind, d["loc"][:-1]).model_fields).get("guess"),
            )
            for d in details
            if d["type"] == "extra_forbidden"
        }
        for detail in details:
            if detail["type"] == "missing" and tuple(detail["loc"]) in guessed:
                continue  # it is there under a misspelt name, which is told
            # of a list whose only entry does not fit pydantic also says that it is too short
            loc = detail["loc"]
            if detail["type"] == "too_short" and any(
                d["loc"][: len(loc)] == loc and d["loc"] != loc for d in details
            ):
                continue
            source.problems.append(_problem(source, kind, path, detail))
        return None


def _problem(source: SourceFile, kind: type[Record], top: Path, detail: dict[str, Any]) -> Problem:
    path, code, context = tuple(detail["loc"]), detail["type"], detail.get("ctx", {})
    name = next((part for part in reversed((*top, *path)) if isinstance(part, str)), WHOLE_FILE)
    parent = record_at(kind, path[:-1])

    def at(code: str, *, key: bool = False, path: Path = path, **values: Any) -> Problem:
        return source.problem((*top, *path), code, key=key, **values)

    if code == "extra_forbidden":
        return at("unknown_key", key=True, name=name, **hint(name, parent.model_fields))
    if code == "missing":
        field = parent.model_fields[name]
        return at("missing_key", path=path[:-1], name=name, meaning=_meaning(field))
    if code in ("model_type", "model_attributes_type", "dict_type"):
        return at("mapping_expected", name=name, found=_kind_of(detail["input"]))
    if code in ("tuple_type", "list_type"):
        return at("list_expected", name=name, found=_kind_of(detail["input"]))
    if code == "literal_error":
        options = [str(option) for option in _literal_options(parent.model_fields[name].annotation)]
        return at(
            "not_an_option",
            value=_short(detail["input"]),
            name=name,
            **hint(_short(detail["input"]), options),
        )
    if code == "string_type":
        return at("text_expected", name=name, found=_kind_of(detail["input"]))
    if code in ("bool_type", "bool_parsing"):
        return at("boolean_expected", name=name, value=_short(detail["input"]))
    if code in ("int_type", "int_parsing", "is_instance_of", "decimal_type", "decimal_parsing"):
        return at("number_expected", name=name, value=_short(detail["input"]))
    if code == "value_error":  # the only validators of ours that raise are those of dates and holds
        error = context.get("error")
        if isinstance(error, HoldError):
            return at("held", name=name, value=_short(detail["input"]))
        if isinstance(error, DateError):
            return at("date", name=name, date_code=error.code, value=error.text)
        return at("date", name=name, date_code="form", value=_short(detail["input"]))
    if code == "string_pattern_mismatch":
        return at(
            "leading_space" if context.get("pattern") == NO_SPACE else "pattern",
            name=name,
            value=_short(detail["input"]),
            pattern=context.get("pattern", ""),
        )
    if code in ("too_short", "string_too_short"):
        return at("empty", name=name)
    if code in ("greater_than_equal", "less_than_equal", "string_too_long", "too_long"):
        limit = str(next((context[k] for k in ("ge", "le", "max_length") if k in context), ""))
        limit = limit.removeprefix("Decimal('").removesuffix("')")
        return at("out_of_range", name=name, value=_short(detail["input"]), limit=limit)
    return at("invalid", name=name, value=_short(detail["input"]), reason=detail["msg"])


def record_at(kind: type[Record], path: Path) -> type[Record]:
    """The record class of the value at a path."""
    for part in path:
        if isinstance(part, str) and part in kind.model_fields:
            kind = record_in(kind.model_fields[part].annotation) or kind
    return kind


def _literal_options(annotation: Any) -> list[Any]:
    options = []
    for part in get_args(annotation):
        options += _literal_options(part) if get_args(part) else [part]
    return [option for option in options if option is not type(None)]


def _meaning(field: Any) -> str:
    return (field.description or "").rstrip(".")


def _kind_of(value: Any) -> str:
    """A word of the catalogue for what was found (`problem.kind.…`)."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, dict):
        return "mapping"
    return "list" if isinstance(value, (tuple, list)) else "text"


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"

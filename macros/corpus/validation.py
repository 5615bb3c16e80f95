"""From plain values to records: pydantic's errors as problems with a place and a remedy."""

from __future__ import annotations

import re
from typing import Any, TypeVar

from pydantic import ValidationError

from macros.corpus.problems import Problem, hint, shorten
from macros.corpus.source import SourceFile, find_mistyped_key
from macros.model.dates import DateError
from macros.model.fields import (
    CONTACT,
    CURRENCY,
    ID,
    LANGUAGE,
    LINK,
    NO_SPACE,
    HoldError,
    Path,
    Record,
    descriptions,
)
from macros.model.retirements import ADDRESS
from macros.model.traversal import annotation_parts, record_fields

R = TypeVar("R", bound=Record)

WHOLE_FILE = "file"
"""Stands for the name of a key where a whole file does not fit; the catalogues have a word for
it."""

_CODES = {
    "bool_parsing": "boolean_expected", "bool_type": "boolean_expected",
    "decimal_parsing": "number_expected", "decimal_type": "number_expected",
    "dict_type": "mapping_expected", "model_attributes_type": "mapping_expected",
    "greater_than_equal": "out_of_range", "less_than_equal": "out_of_range",
    "int_parsing": "number_expected", "int_type": "number_expected",
    "is_instance_of": "number_expected", "literal_error": "not_an_option",
    "list_type": "list_expected", "tuple_type": "list_expected",
    "model_type": "mapping_expected", "string_pattern_mismatch": "id_expected",
    "string_too_long": "too_long", "too_long": "out_of_range",
    "string_too_short": "empty", "too_short": "empty",
    "string_type": "text_expected", "value_error": "date",
}  # fmt: skip
"""Codes of our problems by pydantic's types of errors."""

_PATTERNS = {
    ADDRESS: "address_expected", CONTACT: "contact_expected", CURRENCY: "unknown_currency",
    ID: "id_expected", LANGUAGE: "language", LINK: "link_expected", NO_SPACE: "leading_space",
}  # fmt: skip
"""Codes of our problems by patterns."""

_KINDS = {bool: "boolean", int: "number", float: "number", dict: "mapping", str: "text"}


def validate(source: SourceFile, kind: type[R], path: Path = ()) -> R | None:
    """Make a record of the value at a path of a source file.

    Returns:
        The record, or `None` where the value does not fit; then all its problems are added to
        `source.problems`.
    """
    value = source.value
    for part in path:
        value = value[part]
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        details = error.errors(include_url=False)
    paths = [tuple(detail["loc"]) for detail in details]
    guessed = {
        (*at[:-1], hint(str(at[-1]), _record_at(kind, at[:-1]).model_fields).get("guess"))
        for at, detail in zip(paths, details, strict=True)
        if detail["type"] == "extra_forbidden"
    }
    for at, detail in zip(paths, details, strict=True):
        # what is there under a misspelt name is not also missing, and a list whose only entry does
        # not fit is not also too short
        misspelt = detail["type"] == "missing" and at in guessed
        inside = any(other[: len(at)] == at and other != at for other in paths)
        if not misspelt and not (detail["type"] == "too_short" and inside):
            source.problems.append(_problem(source, kind, path, detail))
    return None


def _problem(source: SourceFile, kind: type[Record], top: Path, detail: Any) -> Problem:
    path, code, context = tuple(detail["loc"]), detail["type"], detail.get("ctx", {})
    name = next((part for part in reversed((*top, *path)) if isinstance(part, str)), WHOLE_FILE)
    parent = _record_at(kind, path[:-1])
    fields = parent.model_fields
    given = detail["input"]
    place, value = (*top, *path), shorten(str(given))
    problem = _CODES.get(code, "invalid")
    is_key = code == "extra_forbidden"
    if is_key or (problem == "mapping_expected" and isinstance(given, str)):
        mistake = find_mistyped_key(name if is_key else given)
        if mistake:
            return source.problem(place, mistake[0], key=is_key, key_name=mistake[1])
    if is_key:
        return source.problem(place, "unknown_key", key=True, name=name, **hint(name, fields))
    if code == "missing":
        meaning = descriptions(parent).get(name, "").rstrip(".")
        return source.problem(place[:-1], "missing_key", name=name, meaning=meaning)
    values: dict[str, Any] = {"name": name, "value": value}
    match problem:
        case "text_expected" if given is None:
            problem = "empty"
        case "text_expected" if isinstance(given, tuple):
            problem = "one_text_expected"
        case "mapping_expected" | "list_expected" | "text_expected":
            values["found"] = _kind_of(given)
        case "number_expected" if isinstance(given, str) and re.fullmatch(r"\d+(\.\d+)?", given):
            problem = "number_quoted"
        case "not_an_option":
            parts = annotation_parts(fields[name].annotation)
            values |= hint(value, [str(part) for part in parts if isinstance(part, str | int)])
        case "date":  # the only validators of ours that raise are those of dates and embargoes
            error = context.get("error")
            values["date_code"] = "form"
            if isinstance(error, HoldError):
                return source.problem(place, "held", name=name, value=value)
            if isinstance(error, DateError):
                values |= {"date_code": error.code, "value": error.text}
        case "id_expected":
            problem = _PATTERNS[context["pattern"]]
            words = re.findall(r"[a-z0-9]+", value.lower())
            values["example"] = "-".join(words) or "expert-meeting"
        case "too_long":
            values |= {"size": len(given), "limit": context["max_length"]}
        case "out_of_range":
            limit = next((context[k] for k in ("ge", "le", "max_length") if k in context), "")
            values["limit"] = str(limit).removeprefix("Decimal('").removesuffix("')")
        case "invalid":
            values["reason"] = detail["msg"]
    return source.problem(place, problem, **values)


def _record_at(kind: type[Record], path: Path) -> type[Record]:
    """The record class of the value at a path."""
    for part in path:
        kind = record_fields(kind).get(str(part), kind)
    return kind


def _kind_of(value: Any) -> str:
    """A word of the catalogue for what was found (`problem.kind.…`)."""
    return "nothing" if value is None else _KINDS.get(type(value), "list")

"""Single values as the exported files write them, and what every file says of licence and date."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from macros.render.view import View

LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"

_SITE_LINK = re.compile(r"\]\((<?)/(?!/)")
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def number(value: Decimal | None) -> int | float | None:
    """Convert a number for JSON: six decimals at most, whole ones without a decimal point."""
    if value is None:
        return None
    value = round(value, 6)
    return int(value) if value == value.to_integral_value() else float(value)


def absolute(text: str, root: str) -> str:
    """Make links of restricted Markdown to pages of the site absolute."""
    return _SITE_LINK.sub(rf"](\1{root}", text) if "](" in text else str(text)


def provenance(view: View) -> str:
    """Say of when the statements of a file are, from which report, and its licence."""
    licence = f"{view.t('export.licence', licence=LICENCE)} {LICENCE_URL}"
    if (period := view.corpus.latest_period) is None:
        return licence
    date, report = view.date(period.as_of), view.report_name(period)
    return f"{view.t('report.latest', date=date, report=report)}\n{licence}"


def dump(document: Mapping[str, Any]) -> str:
    """Write JSON with a line for each key and each entry of a list, for comparisons."""
    lines = []
    for key, value in document.items():
        is_list = isinstance(value, list) and value and isinstance(value[0], dict)
        text = "[\n  " + ",\n  ".join(map(_encode, value)) + "\n ]" if is_list else _encode(value)
        lines.append(f" {_encode(key)}: {text}")
    return "{\n" + ",\n".join(lines) + "\n}\n"

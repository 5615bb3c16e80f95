"""The forms that filter the lists of the shipped content."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from macros.build.project import Project
from macros.pages import MACROS


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("macro", ["resolution_list", "funding_index", "timeline_index"])
def test_the_form_offers_what_the_rows_have_and_counts_it(
    project: Project, language: str, macro: str
) -> None:
    html = str(MACROS[macro](project.public_view(language)))
    (strings,) = re.findall(r'data-filters="([^"]*)"', html)
    first = next(iter(json.loads(unescape(strings))["all"]))
    rows = [
        row.split()
        for row, kind in re.findall(r'data-facets="([^"]*)"(?: data-filters-kind="(\w+)")?', html)
        if kind in ("", first)
    ]
    pattern = (
        r'name="(\w+)" value="([\w-]+)"><span>(.*?)</span> <span class="rt-quiet">(\d+)</span>'
    )
    boxes = {
        f"{name}:{value}": int(count)
        for name, value, text, count in re.findall(pattern, html)
        if text.strip()
    }
    assert {token: count for token, count in boxes.items() if count} == {
        token: sum(token in row for row in rows) for row in rows for token in row
    }

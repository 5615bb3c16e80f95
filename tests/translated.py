"""An invented organ one of whose resolutions is partly translated into Chinese."""

from __future__ import annotations

from tests.organ import BODY, SMALL

FILE = "data/translations/zh/resolutions/1-1.yml"
ORGAN = SMALL.edit(BODY, "languages: [en]", "languages: [en, zh]").add(
    FILE,
    """\
title: {original: Clean shores, text: 清洁的湖岸, basis: verified}
plan-written.text:
  original: A plan was drawn; see [a page](https://example.org/page).
  text: 已制定计划。
money-came.text:
  original: Money came.
  text:
""",
)

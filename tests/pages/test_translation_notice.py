"""A page in another language says how many of its passages are not translated."""

from __future__ import annotations

import pytest

from macros.i18n.messages import Catalogue
from macros.pages import content as article
from macros.pages.registry import MACROS
from tests.translated import ORGAN


def test_a_page_counts_its_marked_passages_below_its_title() -> None:
    view = ORGAN.view("zh")
    body = MACROS["resolution_summary"](view, "1-1")
    count = body.count('class="rt-translation"')
    html = article.with_translation_notice(view, body)
    assert count > 1
    notice = f'<p class="rt-notice">{view.t("page.translation_notice", count=count)}</p>'
    assert f"</h1>{notice}" in html
    assert html.replace(notice, "").split() == body.split()
    assert type(html) is str


def test_a_page_without_marks_has_no_notice() -> None:
    view = ORGAN.view("en")
    body = MACROS["resolution_summary"](view, "1-1")
    assert article.with_translation_notice(view, body) == body
    quoted = '<h1>Page</h1><code>&lt;span lang="en" class="rt-translation"&gt;</code>'
    assert article.with_translation_notice(view, quoted) == quoted


@pytest.mark.parametrize(
    ("language", "one"), [("en", "One passage"), ("zh", "1处"), ("fr", "Un passage")]
)
def test_the_notice_counts_in_every_language(language: str, one: str) -> None:
    assert one in Catalogue.of(language).t("page.translation_notice", count=1)

"""Hand-written pages: what they may say between braces and at their top, and that nothing else
gets through.
"""

from __future__ import annotations

import pytest

from macros.corpus.problems import Problem
from macros.i18n.messages import Catalogue
from macros.pages.handwritten import check_page, check_pages
from macros.pages.registry import MACROS
from macros.render.view import View
from tests.organ import SMALL, told

NAME = "docs/en/page.md"


@pytest.fixture(scope="module")
def view() -> View:
    return SMALL.view()


def check(view: View, text: str | bytes) -> list[Problem]:
    return list(check_page(NAME, text if isinstance(text, bytes) else text.encode(), view))


ALLOWED = [
    "",
    "Words, 中文, { braces } and 100 %.",
    "{{ overview() }}",
    "{{overview()}}",
    "{{- overview() -}}",
    '{{ resolution_summary("1-1") }}',
    "{{ resolution_summary('1/1') }}",
    '{{ resolution_summary("217 A (III)") }}',
    '{{ resolution_summary(resolution="1-1") }}',
    '{{ resolution_list() }} and {{ resolution_list("1") }} and {{ resolution_list(session="2") }}',
    '{{ resolution_details("1-1", "progress", "funding") }}',
    '{{ mechanism("shore-fund") }}',
    '{{ period_summary("spring") }}',
    "{% raw %}{{ anything.at.all }} {% if x %}{% endraw %}",
    "```\n{% raw %}{{ overview() }}{% endraw %}\n```",
    "{%- raw -%}{% x %}{%- endraw -%}",
    "{## a comment ##}",
    "## Why it matters {#why-it-matters}\n\n### And {#how}\n",
    "## 为什么 {#why}",
]


@pytest.mark.parametrize("text", ALLOWED)
def test_what_is_allowed(view: View, text: str) -> None:
    assert told(check(view, text)) == ""


FORBIDDEN = [
    "{{ overview }}",
    "{{ config }}",
    "{{ config.site_name }}",
    "{{ 1 + 1 }}",
    "{{ 'text' }}",
    "{{ ''.__class__.__mro__ }}",
    "{{ overview.__globals__ }}",
    "{{ overview()() }}",
    "{{ overview().upper() }}",
    "{{ overview()[0] }}",
    "{{ overview() | safe }}",
    "{{ overview() ~ 'x' }}",
    "{{ overview() if true }}",
    "{{ overview() if true else funding_index() }}",
    "{{ not overview() }}",
    "{{ (overview(), 1) }}",
    "{{ [overview()] }}",
    "{{ mechanism(overview()) }}",
    "{{ mechanism(name) }}",
    "{{ mechanism(config.site_name) }}",
    "{{ mechanism(*['shore-fund']) }}",
    "{{ mechanism(**{'name': 'shore-fund'}) }}",
    "{% set x = 1 %}",
    "{% set x %}y{% endset %}",
    "{% for x in [1, 2] %}x{% endfor %}",
    "{% if true %}x{% endif %}",
    "{% include 'secret.html' %}",
    "{% import 'x' as y %}",
    "{% from 'x' import y %}",
    "{% extends 'x' %}",
    "{% block a %}{% endblock %}",
    "{% macro overview() %}{% endmacro %}",
    "{% call overview() %}{% endcall %}",
    "{% filter upper %}x{% endfilter %}",
    "{% with a = 1 %}{% endwith %}",
    "{% print(1) %}",
    "{% autoescape false %}{% endautoescape %}",
    "{{ mechanism('a' * 3) }}",
    "{{ mechanism('shore' ~ '-fund') }}",
    "{{ mechanism('shore' '-fund' | trim) }}",
    "{{ mechanism(['shore-fund'][0]) }}",
    "{{ mechanism(-1) }}",
    "{{ mechanism(name={'a': 1}) }}",
    '{{ mechanism(["a"]) }}',
    "{{ mechanism(('a',)) }}",
    "```\n{{ in_a_fence }}\n```",
]


@pytest.mark.parametrize("text", FORBIDDEN)
def test_what_is_forbidden(view: View, text: str) -> None:
    [problem] = check(view, f"---\ntitle: T\n---\nWords.\n\n{text}\n")
    assert problem.code == "template_construct"
    assert (problem.file, problem.line, problem.severity) == (
        NAME,
        7 if text.startswith("```") else 6,
        "error",
    )
    assert "{% raw %}" in told([problem]) and '{{ resolution_summary("2/4") }}' in told([problem])


@pytest.mark.parametrize(
    "text",
    [
        "{{ overview() ",
        "{{ }}",
        "{% endraw %}",
        "{% do x %}",
        "{% nonsense %}",
        "{{ 'x }}",
        "{{ overview( }}",
        "{% for %}",
    ],
)
def test_what_cannot_be_read(view: View, text: str) -> None:
    [problem] = check(view, f"\n\n{text}")
    assert (problem.line, problem.code) == (3, "template_syntax")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("{{ overview() }} {{ overviw() }}", [(1, 18)]),
        ("{{ a() }} {{ overview() }}{{b()}}", [(1, 1), (1, 27)]),
        ("{% raw %}{{ a() }}{% endraw %} {{ b() }}", [(1, 32)]),
        ("{## {{ a() }} ##} {{ b() }}", [(1, 19)]),
        ("{{ a() }}\n\n  {{- b() -}}\n", [(1, 1), (3, 3)]),
        ("住房 {{ a() }} 住房 {{ a() }}", [(1, 4), (1, 17)]),
        ("a\r\n\r\n{{ b() }}\r\n", [(3, 1)]),
    ],
)
def test_the_place_of_each_call(view: View, text: str, places: list) -> None:
    assert [(problem.line, problem.column) for problem in check(view, text)] == places


def test_the_place_of_a_call(view: View) -> None:
    [problem] = check(view, "# Title\n\n住房 {{ overviw() }}\n")
    assert (problem.line, problem.column) == (3, 4)


@pytest.mark.parametrize(
    ("written", "guess"),
    [
        ("overviw", "overview"),
        ("resolution_sumary", "resolution_summary"),
        ("Funding_Index", "funding_index"),
        ("xyz", None),
        ("range", None),
    ],
)
def test_an_unknown_macro(view: View, written: str, guess: str | None) -> None:
    [problem] = check(view, f'{{{{ {written}("1-1") }}}}')
    assert (problem.code, problem.values["value"], problem.values.get("guess")) == (
        "unknown_macro",
        written,
        guess,
    )
    assert guess or set(MACROS) == set(problem.values["options"])


@pytest.mark.parametrize(
    ("call", "code", "value", "guess"),
    [
        ('resolution_summary("1-11")', "unknown_resolution", "1-11", "1-1"),
        ('resolution_details("9-9")', "unknown_resolution", "9-9", None),
        ('resolution_details("1-1", "progres")', "unknown_section", "progres", "progress"),
        ('data_files("feeds", "table")', "unknown_group", "table", "tables"),
        ('resolution_list("9")', "unknown_session", "9", None),
        ('session_summary("first")', "unknown_session", "first", None),
        ('mechanism("shore-found")', "unknown_mechanism", "shore-found", "shore-fund"),
        ('period_summary("sprin")', "unknown_period", "sprin", "spring"),
        ('resolution_summary("")', "unknown_resolution", "", None),
    ],
)
def test_names_that_the_data_does_not_have(
    view: View, call: str, code: str, value: str, guess: str | None
) -> None:
    [problem] = check(view, f"{{{{ {call} }}}}")
    assert (problem.code, problem.values["value"], problem.values.get("guess")) == (
        code,
        value,
        guess,
    )
    assert told([problem]).startswith(f"{NAME}:1:1: ")


@pytest.mark.parametrize(
    "call",
    [
        "mechanism()",
        'mechanism("a", "b")',
        'mechanism(nom="a")',
        "mechanism(1)",
        "mechanism(none)",
        "mechanism(true)",
        "mechanism(name=1.5)",
        'overview("x")',
    ],
)
@pytest.mark.parametrize("language", ["en", "zh", "fr"])
def test_arguments_that_do_not_fit(view: View, call: str, language: str) -> None:
    [problem] = check(view, f"{{{{ {call} }}}}")
    assert problem.code == "macro_arguments"
    macro = call.partition("(")[0]
    assert (problem.values["value"], problem.values["macro"]) == (macro, macro)
    assert Catalogue.of(language).t(f"macro.{macro}.call") in told([problem], language)


FRONT_MATTER = [
    ("title: T\ndescription: D", []),
    ("# only a comment", [(1, 1, "front_matter")]),
    ("# <script>alert(1)</script>", [(1, 1, "front_matter")]),
    ("# x\ntitle: 2024-02-30", [(3, 8, "text_expected")]),
    ("title: 2024-12-09", [(2, 8, "text_expected")]),
    ("title: =", [(2, 8, "text_expected")]),
    ("title: '{##'", [(2, 8, "template_in_text")]),
    ("title: '2024-02-30'", []),
    ("title: '2024'", []),
    ("titel: T", [(2, 1, "front_matter_key")]),
    ("title: T\nrender_macros: false", [(3, 1, "front_matter_key")]),
    (
        "title: T\ntemplate: evil.html\nhide: [x]",
        [(3, 1, "front_matter_key"), (4, 1, "front_matter_key")],
    ),
    ("title: 2024", [(2, 8, "text_expected")]),
    ("title:", [(2, 7, "text_expected")]),
    ("title: T\ntitle: U", [(3, 1, "duplicate_key")]),
    ("title: no", [(2, 8, "ambiguous_word")]),
    ("title: [T", [(2, 10, "syntax")]),
    ("\ttitle: T", [(2, 1, "tab")]),
    ("- title", [(2, 1, "front_matter")]),
    ("title: &a T\ndescription: *a", [(2, 8, "anchor"), (3, 14, "alias")]),
    ("title: !!python/name:os.system T", [(2, 8, "tag")]),
    ("title: '{{ config }}'", [(2, 8, "template_in_text")]),
    ("title: '{% raw %}'", [(2, 8, "template_in_text")]),
    ("description: T\nrender_macros: false", [(3, 1, "front_matter_key")]),
    ("title: ''", [(2, 8, "text_expected")]),
    ("title: [T, U]", [(2, 8, "text_expected")]),
    ("title: {a: T}", [(2, 8, "text_expected")]),
    ("title: true", [(2, 8, "text_expected")]),
    ("title", [(2, 1, "front_matter")]),
]


@pytest.mark.parametrize(("text", "expected"), FRONT_MATTER)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_front_matter(view: View, text: str, expected: list, end: str) -> None:
    found = check(view, f"---\n{text}\n---\n\n# Title {{#title}}\n".replace("\n", end))
    assert [(problem.line, problem.column, problem.code) for problem in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # whatever MkDocs would take for front matter is checked as such …
        ("--- \nrender_macros: false\n---\n", [(2, 1, "front_matter_key")]),
        ("---\t\ntemplate: x.html\n--- \t\n\nWords.\n", [(2, 1, "front_matter_key")]),
        ("---\ntemplate: x\n...\n", [(2, 1, "front_matter_key")]),
        ("---\ntitle: T\n...\n\nWords.\n", []),
        (
            "---\ntitle: T\n---\n---\ntemplate: x\n---\n",
            [],
        ),  # only the first is; the other is a heading
        # … or refused
        ("template: x.html\n\n# E\n", [(1, 1, "front_matter")]),
        ("title: T\n", [(1, 1, "front_matter")]),
        ("   Render-Macros:false\nmore\n", [(1, 1, "front_matter")]),
        ("render_macros:\n", [(1, 1, "front_matter")]),
        ("\ufeff---\ntemplate: x\n---\n", [(1, 1, "byte_order_mark")]),
        ("\n---\ntemplate: x\n---\n", []),  # a line before it: MkDocs takes it for a heading
        ("\ntemplate: x\n", []),
        ("    template: x\n", []),
        ("Words: as they are\n", [(1, 1, "front_matter")]),
        ("Two words: as they are\n", []),
    ],
)
def test_other_forms_of_front_matter(view: View, text: str, expected: list) -> None:
    assert [
        (problem.line, problem.column, problem.code) for problem in check(view, text)
    ] == expected


def test_front_matter_cannot_hide_the_page(view: View) -> None:
    found = check(view, '---\ntitle: "{##"\n---\n{{ config }}\n\n##}\n')
    assert [(problem.line, problem.code) for problem in found] == [
        (2, "template_in_text"),
        (4, "template_construct"),
    ]
    found = check(view, '---\ntitle: "{% raw %}"\n---\n{% endraw %}\n')
    assert [(problem.line, problem.code) for problem in found] == [
        (2, "template_in_text"),
        (4, "template_syntax"),
    ]


@pytest.mark.parametrize(
    "text", ["{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "- " * 2000 + "x", "> " * 5000 + "x"]
)
def test_what_is_nested_too_deep_is_told(view: View, text: str) -> None:
    assert {problem.code for problem in check(view, text)} <= {"too_deep"}


def test_what_only_looks_like_front_matter_is_checked_as_text(view: View) -> None:
    """Without the end of its last line MkDocs does not take it for front matter."""
    found = check(view, '---\ntitle: "<script>alert(1)</script>"\n---')
    assert [(problem.line, problem.code) for problem in found] == [
        (1, "front_matter_open"),
        (2, "script"),
    ]


def test_the_nearest_key_is_named(view: View) -> None:
    assert "did you mean “title”?" in told(check(view, "---\ntitel: T\n---\n"))


def test_a_rule_in_the_middle_is_no_front_matter(view: View) -> None:
    assert check(view, "Words\n\n---\n\nfoo: bar\n\n---\n") == []


@pytest.mark.parametrize(
    ("raw", "line"), [(b"\xff", 1), ("a\n\nb \xe9".encode("latin-1"), 3), ("x".encode("utf-16"), 1)]
)
def test_a_page_that_is_not_utf8(view: View, raw: bytes, line: int) -> None:
    [problem] = check(view, raw)
    assert (problem.line, problem.code) == (line, "not_utf8")


def test_all_problems_of_a_page_come_at_once(view: View) -> None:
    found = check(
        view, "---\nfoo: x\n---\n{{ a() }}\n\n{{ overview() }}\n\n{% if x %}{% endif %}\n"
    )
    assert [(problem.line, problem.code) for problem in found] == [
        (2, "front_matter_key"),
        (4, "unknown_macro"),
        (8, "template_construct"),
    ]


def test_only_pages_below_docs_are_checked_in_their_own_language(view: View) -> None:
    files = {
        "docs/en/a.md": b"{{ a() }}",
        "docs/fr/b.md": b"{{ b() }}",
        "docs/en/sub/c.md": b"{{ c() }}",
        "data/d.md": b"{{ d() }}",
        "README.md": b"{{ e() }}",
        "docs/en/data.yml": b"{{ f() }}",
        "docs/en/data.yaml": b"{{ g() }}",
    }
    assert [problem.file for problem in check_pages(files, {"en": view})] == [
        "docs/en/a.md",
        "docs/fr/b.md",
        "docs/en/sub/c.md",
    ]


@pytest.mark.parametrize("suffix", ["markdown", "mdown", "mkdn", "mkd", "MD", "Md"])
def test_other_names_of_pages_are_refused(view: View, suffix: str) -> None:
    [problem] = check_pages({f"docs/en/x.{suffix}": b"{{ config }}"}, {"en": view})
    assert (problem.file, problem.code) == (f"docs/en/x.{suffix}", "page_suffix")
    assert ".md" in told([problem])


def test_without_views_a_page_is_checked_as_far_as_it_can_be() -> None:
    pages = {
        "docs/en/x.md": b'{{ overviw() }} {{ mechanism("nobody") }} {{ config }}',
        "docs/en/y.md": b"<script>",
    }
    assert [problem.code for problem in check_pages(pages, {})] == [
        "unknown_macro",
        "template_construct",
        "script",
    ]

"""Restricted Markdown: emphasis, lists, links; all else comes out as harmless text."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from macros.model import restricted_markdown as richtext

ALLOWED = [
    ("Plain.", "<p>Plain.</p>"),
    (
        "An *emphasis* and a **strong** word.",
        "<p>An <em>emphasis</em> and a <strong>strong</strong> word.</p>",
    ),
    ("_emphasis_ too", "<p><em>emphasis</em> too</p>"),
    ("snake_case_stays", "<p>snake_case_stays</p>"),
    ("住房和**适足**住房", "<p>住房和<strong>适足</strong>住房</p>"),
    ("Two\n\nparagraphs", "<p>Two</p>\n<p>paragraphs</p>"),
    ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
    ("1. one\n2. two", "<ol>\n<li>one</li>\n<li>two</li>\n</ol>"),
    (
        "[site](https://example.org/a?b=c#d)",
        '<p><a href="https://example.org/a?b=c#d">site</a></p>',
    ),
    ("[post](mailto:a@example.org)", '<p><a href="mailto:a@example.org">post</a></p>'),
    ("[page](/funding/#x)", '<p><a href="/funding/#x">page</a></p>'),
    ("[*both*](https://example.org)", '<p><a href="https://example.org"><em>both</em></a></p>'),
    ("AT&T and 1 < 2 > 0", "<p>AT&amp;T and 1 &lt; 2 &gt; 0</p>"),
    ("\\*no emphasis\\*", "<p>*no emphasis*</p>"),
]


@pytest.mark.parametrize(("text", "html"), ALLOWED)
def test_what_is_allowed(text: str, html: str) -> None:
    base = "/"  # leaves links to pages of the site as they are
    assert richtext.to_html(text, base).strip() == html
    assert richtext.faults(text) == []


NOT_MARKED_UP = [
    "# heading",
    "> quote",
    "```\ncode\n```",
    "`code`",
    "![picture](https://example.org/x.png)",
    "a | b\n--|--\n1 | 2",
    "***",
    "<https://example.org>",
]


@pytest.mark.parametrize("text", NOT_MARKED_UP)
def test_what_is_left_as_it_is_written(text: str) -> None:
    html = richtext.to_html(text)
    assert not any(
        f"<{tag}" in html for tag in ("h1", "blockquote", "pre", "code", "img", "table", "hr")
    )


HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)//",
    "<svg onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<!-- --><b>x</b>",
    "<style>*{}</style>",
    "text <b onmouseover=alert(1)>bold</b>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x]( javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](java&#115;cript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](&#x6a;avascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](data:image/svg+xml;base64,AAAA)",
    "[x](vbscript:x)",
    "[x](file:///etc/passwd)",
    "[x](http://example.org)",
    "[x](//evil.example)",
    "[x](/\\evil.example)",
    "[x](\\\\evil.example)",
    "[x](/&#47;evil.example)",
    "[x](https:evil)",
    "[x](../../up)",
    '[x](https://example.org/" onclick="alert(1))',
    "[x](https://example.org 'a\" onclick=\"alert(1)')",
    "[x][1]\n\n[1]: javascript:alert(1)",
    "![x](javascript:alert(1))",
    "![x](x onerror=alert(1))",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)",
    "`<script>`",
    "- <script>x</script>",
    "**<img src=x onerror=y>**",
]


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    handle_startendtag = handle_starttag


def _elements(html: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = _Elements()
    parser.feed(html)
    parser.close()
    return parser.found


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("render", [richtext.to_html, richtext.to_inline])
def test_hostile_input_comes_out_as_text(text: str, render) -> None:
    for tag, attributes in _elements(render(text, "../")):
        assert tag in ("p", "em", "strong", "ul", "ol", "li", "a", "br")
        assert attributes.keys() <= {"href", "title", "start"}
        target = attributes.get("href", "")
        assert not target or target.startswith(("https://", "mailto:", "../")), target
        assert not target.startswith(("//", "..//")), target


@pytest.mark.parametrize("text", ["<b>x</b>", "<script>", "</p>", "a <!-- b", "x <img src=y"])
def test_html_is_a_fault(text: str) -> None:
    assert [code for code, _ in richtext.faults(text)][:1] == ["html_in_text"]


@pytest.mark.parametrize(
    "target",
    [
        "javascript:x",
        "http://example.org",
        "//example.org",
        "page.md",
        "../up",
        "data:x",
        "ftp://x",
        "#anchor",
    ],
)
def test_other_links_are_a_fault(target: str) -> None:
    assert richtext.faults(f"a [b]({target}) c") == [("link_in_text", target)]
    assert "<a" not in richtext.to_html(f"a [b]({target}) c")


@pytest.mark.parametrize("text", ["{{ config }}", "{% for x in y %}", "{# hidden #}", "a {{ b"])
def test_template_code_is_a_fault(text: str) -> None:
    assert [code for code, _ in richtext.faults(text)] == ["template_in_text"]


@pytest.mark.parametrize("text", ["1 < 2", "a <3 b", "{x}", "100 %}", "[x] (y)", "a & b", "2 (a)"])
def test_what_only_looks_like_it_is_no_fault(text: str) -> None:
    assert richtext.faults(text) == []


def test_links_to_pages_of_the_site_become_relative() -> None:
    assert (
        richtext.to_html("[x](/funding/#a)", "../../")
        == '<p><a href="../../funding/#a">x</a></p>\n'
    )


@pytest.mark.parametrize("base", ["", "./", "../", "../../"])
@pytest.mark.parametrize("path", ["/javascript:alert(1)", "/data:text/html,x", "/a:b", "/"])
def test_a_link_to_a_page_never_becomes_one_with_a_scheme(path: str, base: str) -> None:
    [(_, attributes)] = [
        element
        for element in _elements(richtext.to_html(f"[x]({path})", base))
        if element[0] == "a"
    ]
    assert attributes["href"] == f"{base or './'}{path[1:]}"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One *paragraph*.", "One <em>paragraph</em>."),
        ("Two\n\nparagraphs.", "<p>Two</p>\n<p>paragraphs.</p>"),
        ("- a list", "<ul>\n<li>a list</li>\n</ul>"),
    ],
)
def test_inline(text: str, html: str) -> None:
    assert richtext.to_inline(text) == html


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("An *emphasis*, a **strong** word.", "An emphasis, a strong word."),
        ("See [the page](https://example.org).", "See the page."),
        ("One:\n\n- a\n- b\n\nEnd", "One:\na\nb\nEnd"),
        ("folded\nline", "folded line"),
        ("\\*stars\\* &amp; <b>", "*stars* & <b>"),
        ("《世界城市报告》", "《世界城市报告》"),
    ],
)
def test_plain(text: str, words: str) -> None:
    assert richtext.to_plain(text) == words

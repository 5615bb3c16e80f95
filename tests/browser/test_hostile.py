"""Hostile text that the check accepts, in every field of the data and in pages, opened in a browser: nothing of it runs."""

from __future__ import annotations

import functools
import http.server
import itertools
import json
import re
import threading
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from macros.corpus.loading import KINDS
from macros.corpus.source import read
from macros.corpus.validation import validate
from macros.model import restricted_markdown as richtext
from macros.model.fields import TextKind
from macros.model.resolution import Resolution
from macros.model.traversal import marked_fields, records, texts
from tests.browser.conftest import DESK, Tab, _tab
from tests.browser.test_pages import FRAME
from tests.browser.test_search_real import listed, suggested
from tests.conftest import REPO, SUB_PATH, Handler, once, run_tracker
from tests.organ import BODY, DOCUMENTS, FIRST, SECOND, SMALL, STATEMENTS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PWN = "window.pwned=1"
EVIL = "https://evil.example/"

PLAIN = [
    f"<script>{PWN}</script>",
    f"</script><script>{PWN}</script>",
    f"</title><script>{PWN}</script>",
    f"</style></textarea></noscript></template></svg><img src=x onerror={PWN}>",
    f'"><img src=x onerror="{PWN}">',
    f"' autofocus onfocus='{PWN}' onmouseover='{PWN}' x='",
    f'" autofocus tabindex=1 onfocus="{PWN}" onload="{PWN}',
    f"javascript:{PWN}",
    f"[x](javascript:{PWN}) ![x](javascript:{PWN}) <javascript:{PWN}>",
    f"&lt;script&gt;{PWN}&lt;/script&gt;",
    f"&amp;lt;img src=x onerror={PWN}&amp;gt; &#60;svg onload={PWN}&#62;",
    f"]]><script>{PWN}</script>",
    f"--><script>{PWN}</script><!--",
    "{{ config }}{% for x in y %}{{ ''.__class__.__mro__ }}{# {##",
    f"${{{PWN}}}`${{{PWN}}}` \\u003cscript\\u003e{PWN}\\u003c/script\\u003e \\x3cscript\\x3e",
    f"<svg><script>{PWN}</script></svg><math><style><!--</style><img src=x onerror={PWN}>",
    f"<a href=javascript:{PWN} id=__search name=config>x</a>",
    f'<iframe srcdoc="<script>parent.{PWN}</script>"></iframe>',
    f'=HYPERLINK("{EVIL}","x")',
    f"<base href={EVIL}><meta http-equiv=refresh content='0;url={EVIL}'>",
    f"<link rel=stylesheet href={EVIL}x.css><form action={EVIL}><button formaction={EVIL}>",
    '<div data-tracker-slot="0"></div>',
    f"{{#x onclick={PWN}}} {{: onclick={PWN} }} **x**{{onclick={PWN}}}",
    f"<img src=x onerror={PWN} é 住房",
]
"""Plain texts: the check allows everything in them, for they are never markup."""

RICH = [text for text in PLAIN if not richtext.faults(text)] + [
    f"*&lt;img src=x onerror={PWN}&gt;* and **&#x3c;script&#x3e;{PWN}**",
    f"< script>{PWN}</ script> <\\script> 1 < 2 > 0 & &amp; &quot; onmouseover={PWN} \"'",
    f'[&lt;svg onload={PWN}&gt; " onclick={PWN}](https://example.org/?a=1&b=javascript:{PWN})',
    f"[x](mailto:a@example.org?subject=%22%3E%3Cscript%3E{PWN})",
    f"- [x](/resolutions/1-1/#%22onclick={PWN})\n- `{PWN}`",
    f"$&#123;{PWN}&#125; &#123;&#123; config &#125;&#125; ]]&gt; --&gt;",
]
"""Restricted Markdown that the check lets through."""

LABELS = ["\"><i onclick=1>'", "<svg/onload=pwned=1>", "</script><b>", "&lt;b&gt;'\"{{x}}"]
"""Short words that are shown: numbers, symbols, paragraphs."""

PAGE = f"""\
---
title: "</title><script>{PWN}</script> 'quoted' \\"twice\\" {{x}}"
description: "\\"><script>{PWN}</script>"
---
# A &lt;/title&gt;&lt;script&gt;{PWN}&lt;/script&gt; {{#heading}}

&lt;script&gt;{PWN}&lt;/script&gt; \\<script\\> {PWN} and `<script>{PWN}</script>` and &quot; onclick={PWN}.

## &lt;img src=x onerror={PWN}&gt; "quoted" {{#second}}

```html
<script>{PWN}</script>
<img src=x onerror={PWN}>
<div data-tracker-slot="0"></div>
```

    <script>{PWN}</script>

{{% raw %}}{{{{ config }}}} {{% for x in y %}} ${{{PWN}}}{{% endraw %}}

[a link](https://example.org/?a=%22%3E%3Cscript%3E "&quot; onmouseover={PWN}") and javascript:{PWN}

<p title="&quot; onclick=&quot;{PWN}">A paragraph.</p>

{{{{ funding_index() }}}}
"""


def spoil(folder: Path) -> None:
    """A small organ in two languages, every text of which is hostile, absent ones filled in."""
    organ = (
        SMALL.edit(BODY, "languages: [en]", f"languages: [en, zh]\ncontact: mailto:a@example.org?body=%22%3E%3Cscript%3E{PWN}")
        .edit(FIRST, "symbol: {value: AL/1/1, basis: inferred}", "adoption: {date: 2023-05-02, proposed_by: [acme]}\n"
                     f"label: {json.dumps(LABELS[1])}\nresponsible_unit: baker\n"
                     f"symbol: {{value: {json.dumps('AL/' + LABELS[0])}, basis: verified}}")
        .append(DOCUMENTS, f"  - {{symbol: {json.dumps('AL/' + LABELS[2])}, kind: report, title: T}}\n"
                           f"  - {{symbol: {json.dumps(LABELS[3])}, kind: report, title: T, url: 'https://example.org/{{{{x}}}}`'}}\n")
        .edit(SECOND, "number: 2\n", f"number: {json.dumps(LABELS[3])}\ndocuments: [{json.dumps('AL/' + LABELS[2])}]\n"
                                     "responsible_unit: baker\n")
        .edit(BODY, 'alias_patterns: ["{session}/{number}"]', 'alias_patterns: ["{session}/{number}", "{symbol}"]')
        .edit(BODY, 'label_pattern: "{session}/{number}"', 'label_pattern: "{session}/{number}\\"\'<u>"')
        .append(STATEMENTS, "corrections:\n  - {id: c, date: 2024-05-06, resolution: 1-1, text: T}\n"
                            "resources:\n  - {id: r, period: spring, currency: USD, required: 5, mobilized: 1, sources: [{document: AL/REP/1}]}\n")
        .edit("data/organizations.yml", "    name: Baker\n", "    name: Baker\n    contact: 'https://example.org/?q={{x}}&y=`'\n")
    )  # fmt: skip
    numbers = itertools.count()  # a source stands only once in a list
    for name in (FIRST, SECOND):
        hostile = re.sub(
            r"\{document: AL/REP/2, paragraph: [^}]*\}",
            lambda _: (
                f"{{document: AL/REP/2, paragraph: {json.dumps(LABELS[0] + str(next(numbers)))}}}"
            ),
            organ.files[name].decode(),
        )
        organ = organ.add(name, hostile)
    turn = 0
    for name, raw in organ.files.items():
        source = read(name, raw)
        record = validate(source, KINDS.get(Path(name).stem, Resolution))
        assert record, source.problems
        value = _lists(source.value)
        for path, found in records(record):
            owner = (
                functools.reduce(lambda inner, key: inner[key], path, value)
                if _is_there(value, path)
                else None
            )
            for field, kind in (
                marked_fields(type(found), TextKind).items() if owner is not None else ()
            ):
                turn += 1
                owner[field] = (RICH if kind.rich else PLAIN)[
                    turn % len(RICH if kind.rich else PLAIN)
                ] + f" zq{turn}"
        text = json.dumps(value, ensure_ascii=False)  # JSON is YAML
        _write(folder / name, text)
        spoilt = validate(read(name, text.encode()), KINDS.get(Path(name).stem, Resolution))
        table = {
            key: {"original": getattr(owner, field), "text": _other(type(owner), field, index)}
            for index, (key, owner, field) in enumerate(texts(spoilt))
        }
        _write(
            folder / name.replace("data/", "data/translations/zh/", 1),
            json.dumps(table, ensure_ascii=False),
        )
    for name in ("en/about", 'en/it\'s <b>&"q"', "en/resolutions/1-2", "zh/about", "zh/index"):
        _write(folder / f"docs/{name}.md", PAGE)
    _write(
        folder / "mkdocs.yml",
        (REPO / "mkdocs.yml").read_text("utf-8")
        + "\nrepo_url: https://example.org/r\nedit_uri: edit/main/docs/\n",
    )


def _other(kind: type, field: str, index: int) -> str:
    """Another hostile text for the translation of a field."""
    known = RICH if marked_fields(kind, TextKind)[field].rich else PLAIN
    return f"{known[(index * 7 + 3) % len(known)]} 住房 zq{index}"


def _is_there(value: Any, path: tuple[str | int, ...]) -> bool:
    for key in path:
        if isinstance(value, dict) and key not in value:
            return False
        value = value[key]
    return True


def _lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _lists(entry) for key, entry in value.items()}
    return [_lists(entry) for entry in value] if isinstance(value, tuple) else value


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the hostile organ."""

    def make(folder: Path) -> None:
        spoil(folder)
        run = run_tracker("build", "--root", str(folder), SITE_URL=f"https://example.org{SUB_PATH}")
        (folder / "log").write_text(run.stdout + run.stderr, "utf-8")

    folder = once(tmp_path_factory, "hostile-project", make)
    assert (folder / "site" / "index.html").exists(), (folder / "log").read_text("utf-8")
    return folder / "site"


@pytest.fixture(scope="session")
def tab(browser: Browser, hostile: Path) -> Iterator[Tab]:
    """A tab on the hostile site that writes down dialogs too."""
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Handler, directory=str(hostile))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found = _tab(browser, f"http://127.0.0.1:{server.server_port}{SUB_PATH}", DESK, "light", True)
    found.page.on(
        "dialog",
        lambda dialog: (found.problems.append(f"dialog: {dialog.message}"), dialog.dismiss()),
    )
    yield found
    found.page.context.close()
    server.shutdown()


ODD = """() => {
    const odd = [];
    if (window.pwned !== undefined) odd.push("something ran");
    for (const element of document.querySelectorAll("*")) {
        for (const {name, value} of element.attributes) {
            if (/^on/i.test(name)) odd.push(`${element.tagName} ${name}=${value}`);
            if (/^(href|src|action|formaction|data|poster|xlink:href|srcset)$/i.test(name)) {
                const url = new URL(value, document.baseURI);
                if (!["http:", "https:", "mailto:"].includes(url.protocol) && !value.startsWith("data:image/"))
                    odd.push(`${element.tagName} ${name}=${value}`);
                if (/evil\\.example/.test(url.host)) odd.push(`${element.tagName} ${name}=${value}`);
            }
        }
        if (/^(BASE|IFRAME|OBJECT|EMBED|FRAME|APPLET|MATH)$/i.test(element.tagName)) odd.push(element.outerHTML.slice(0, 80));
        if (element.tagName === "SCRIPT" && /pwned/.test(element.textContent) && !/json/.test(element.type))
            odd.push(element.outerHTML.slice(0, 120));
        if (element.matches("meta[http-equiv=refresh]") && !document.querySelector("body > p > a")) odd.push("refresh");
    }
    return odd;
}"""

SHAPE = "() => ['header.md-header', 'footer.md-footer', 'article h1', 'main'].map((s) => document.querySelectorAll(s).length)"


def addresses(site: Path) -> list[str]:
    """The addresses of all pages but aliases."""
    found = []
    for path in sorted(site.rglob("*.html")):
        if 'http-equiv="refresh"' not in path.read_text("utf-8").split("<body")[0].replace(
            "&quot;", ""
        ):
            found.append(quote(path.relative_to(site).as_posix().removesuffix("index.html")))
    return found


def test_the_check_accepts_it(hostile: Path) -> None:
    run = run_tracker("check", "--root", str(hostile.parent), "--complete")
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("language", ["", "zh/"])
def test_nothing_runs_on_any_page(hostile: Path, tab: Tab, language: str) -> None:
    opened = [path for path in addresses(hostile) if path.startswith("zh/") == (language == "zh/")]
    assert len(opened) > 20
    wrong = []
    for address in opened:
        page = tab.open(address)
        page.evaluate(FRAME)
        wrong += [
            f"/{address}: {found}" for found in page.evaluate(ODD) + tab.problems + tab.foreign
        ]
        if "embed/" not in address:
            shape = page.evaluate(SHAPE)
            wrong += [] if shape == [1, 1, 1, 1] else [f"/{address} is broken: {shape}"]
    assert wrong == []


def test_nothing_runs_on_an_alias(hostile: Path, tab: Tab) -> None:
    aliases = [path for path in sorted(hostile.rglob("*.html"))
               if quote(path.relative_to(hostile).as_posix().removesuffix("index.html")) not in addresses(hostile)]  # fmt: skip
    assert len(aliases) >= 4
    for path in aliases:
        text = path.read_text("utf-8")
        own = f'<script src="{"../" * path.relative_to(hostile).as_posix().count("/")}assets/redirect.js" data-to="'
        own = own if path.relative_to(hostile).parts[0] != "zh" else own.replace("../", "", 1)
        assert (
            text.count("<script") == text.count(own) == 1
            and "<img" not in text
            and "<u>" not in text
        ), path
        [target] = re.findall(r'http-equiv="refresh" content="0; url=([^"]+)"', text)
        assert re.fullmatch(r"(\.\./)+resolutions/[a-z0-9-]+/", target)


@pytest.mark.parametrize("language", ["", "zh/"])
@pytest.mark.parametrize(
    "query",
    ["pwned", "script", "1/1", f"<img src=x onerror={PWN}>", '"><svg onload=pwned=1>', "zq12"],
)
def test_nothing_runs_in_results_of_a_search(tab: Tab, language: str, query: str) -> None:
    page = tab.open(f"{language}search/?q={quote(query)}")
    found = listed(tab)
    assert found or query not in ("pwned", "script")
    page.evaluate(FRAME)
    assert page.evaluate(ODD) + tab.problems + tab.foreign == []
    tab.open(f"{language}timeline/")
    suggested(tab, query)
    page.evaluate(FRAME)
    assert page.evaluate(ODD) + tab.problems + tab.foreign == []


def test_files_for_machines_are_sound(hostile: Path) -> None:
    for path in sorted(hostile.rglob("*")):
        if path.suffix in (".xml", ".atom"):
            tree = ET.fromstring(path.read_text("utf-8"))
            assert not [
                e
                for e in tree.iter()
                if e.tag.rpartition("}")[2] in ("script", "img", "svg", "iframe")
            ], path
        elif path.suffix == ".json":
            json.loads(path.read_text("utf-8"))
        elif path.suffix == ".csv":
            cells = re.findall(r'(?:^|,)"?([=+@\t])', path.read_text("utf-8"), re.MULTILINE)
            assert not cells, f"{path}: a cell begins like a formula"
        elif path.suffix == ".ics":
            assert not re.search(
                r"(?m)^(?![A-Z-]+[:;]| )", path.read_text("utf-8").replace("\r\n", "\n").strip()
            ), path


def test_what_was_hostile_is_shown_as_it_was_written(tab: Tab) -> None:
    page = tab.open("resolutions/1-1/")
    assert PWN in page.inner_text("article")
    page = tab.open("about/")
    assert f"<script>{PWN}</script>" in page.inner_text("article")
    assert page.title().startswith(f"</title><script>{PWN}</script> 'quoted' \"twice\" {{x}}")
    assert page.get_attribute("meta[name=description]", "content") == f'"><script>{PWN}</script>'

"""Golden cases: a call or a file of data beside what comes of it, one named behaviour each.

`cases/<name>.call` is a template snippet → `<name>.html`; `cases/<name>.yml` a resolution with
mistakes → `<name>.txt`. A comment may name the language (`language: zh`). After a wanted change,
RENEW_GOLDEN=1 writes the files anew; read the difference before committing it.
"""

from __future__ import annotations

import difflib
import os
import re
from pathlib import Path

import pytest

from macros.pages.registry import MACROS
from macros.render.view import environment
from tests.organ import BODY, SMALL, told

HERE = Path(__file__).parent
CASES = sorted(path for path in (HERE / "cases").iterdir() if path.suffix in (".call", ".yml"))
ORGAN = (
    SMALL.edit(BODY, "languages: [en]", "languages: [en, zh]")
    .add("data/resolutions/sample.yml", (HERE / "sample.yml").read_bytes())
    .add("data/translations/zh/resolutions/sample.yml", (HERE / "sample.zh.yml").read_bytes())
)


def rendered(call: str, language: str) -> str:
    """What a snippet gives, a tag a line."""
    view = ORGAN.view(language).at("../../")
    sample = view.corpus.resolutions["sample"]
    html = str(view.render(environment().from_string(call), sample=sample, macros=MACROS))
    lines = (line.strip() for line in html.replace("><", ">\n<").splitlines())
    return "\n".join(line for line in lines if line) + "\n"


def problems(text: str, language: str) -> str:
    """The lines that people see for a resolution with mistakes."""
    return told(SMALL.add("data/resolutions/1-8.yml", text).load().problems, language) + "\n"


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_golden(case: Path) -> None:
    make, suffix = (rendered, ".html") if case.suffix == ".call" else (problems, ".txt")
    text = case.read_text("utf-8")
    language = re.search(r"\A(?:{#|#) language: (\w+)", text)
    golden, found = case.with_suffix(suffix), make(text, language[1] if language else "en")
    if os.environ.get("RENEW_GOLDEN"):
        golden.write_text(found, "utf-8")
    expected = golden.read_text("utf-8") if golden.exists() else ""
    changes = difflib.unified_diff(
        expected.splitlines(), found.splitlines(), str(golden.relative_to(HERE)), "now", lineterm=""
    )
    assert found == expected, "\n".join(
        ["what came out has changed (see the head of this file):", *changes]
    )


def test_no_golden_file_is_left_over() -> None:
    expected = {case.with_suffix(".html" if case.suffix == ".call" else ".txt") for case in CASES}
    assert set((HERE / "cases").iterdir()) == expected | set(CASES)

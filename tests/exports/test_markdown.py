"""The Markdown of a resolution: what its page says, and nothing that a text smuggles in."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

from macros.exports import markdown
from tests.organ import BODY, FIRST, SMALL, Organ

ROOT = "https://example.org/"


def page_of(organ: Organ = SMALL, language: str = "en") -> str:
    return markdown.page(organ.view(language).at(ROOT), "1-1")


def test_the_page_has_every_section() -> None:
    text = page_of()
    assert text.startswith("# Resolution 1/1: Clean shores\n\n- [AL/1/1](")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == [
        "Operative paragraphs", "Progress", "Timeline", "Funding", "Partners", "Documents",
        "Related resolutions",
    ]  # fmt: skip
    assert "**: Implemented\n" in text
    assert "[AL/REP/2, paras. 7 and 8](https://example.org/documents/#al-rep-2)" in text
    assert text.endswith("<https://creativecommons.org/licenses/by/4.0/>\n")


def test_blocks_are_apart_by_one_blank_line() -> None:
    text = page_of()
    assert "\n\n\n" not in text
    assert not re.search(r"[^\n]\n#", text)


def test_all_links_are_absolute() -> None:
    assert not re.search(r"\]\((?!https://)", page_of())


def test_a_text_is_shown_letter_for_letter() -> None:
    title = "# *1*. [x](y) <script> `code` \\"
    text = page_of(SMALL.edit(FIRST, "title: Clean shores", f"title: '{title}'"))
    html = MarkdownIt().render(text)
    assert "# *1*. [x](y) &lt;script&gt; `code` \\</h1>" in html


def test_several_blocks_stay_in_their_entry() -> None:
    organ = SMALL.edit(FIRST, "text: Money came.", 'text: "Money came.\\n\\n- once\\n- twice"')
    assert "- Money came.\n  \n  - once\n  - twice\n  \n  Source: [AL/REP/2" in page_of(organ)


def test_a_text_that_is_not_translated_says_so() -> None:
    organ = SMALL.edit(BODY, "languages: [en]", "languages: [en, zh]")
    assert "Clean shores *（尚未翻译）*" in page_of(organ, "zh")

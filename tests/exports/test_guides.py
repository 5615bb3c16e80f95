"""The short guide to a site for programs that read texts (llms.txt)."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from macros.corpus.files import read_tree
from macros.corpus.loading import load
from macros.exports import guides
from macros.render.view import View
from tests.published import ORGANS, TODAY, URL, published

GUIDES = [("own", ""), ("own", "zh/"), ("second", "")]


@pytest.mark.parametrize(("organ", "folder"), GUIDES)
def test_it_follows_the_convention(organ: str, folder: str) -> None:
    """A title, a summary as a quotation, then sections that hold nothing but lists of links."""
    blocks = published(organ)[f"{folder}llms.txt"].rstrip("\n").split("\n\n")
    assert blocks[0].startswith("# ") and blocks[1].startswith("> ")
    first = next(index for index, block in enumerate(blocks) if block.startswith("## "))
    assert (
        "CC BY 4.0" in "".join(blocks[:first])
        and sum(block.startswith("# ") for block in blocks) == 1
    )
    sections = blocks[first:]
    assert len(sections) % 2 == 0
    for heading, links in zip(sections[::2], sections[1::2], strict=True):
        assert re.fullmatch("## .+", heading)
        assert all(
            re.fullmatch(r"- \[.+?\]\(https://\S+\): .+", line) for line in links.splitlines()
        ), links


@pytest.mark.parametrize(("organ", "folder"), GUIDES)
def test_its_links_to_files_lead_to_files(organ: str, folder: str) -> None:
    text = published(organ)[f"{folder}llms.txt"]
    files = [
        url.removeprefix(URL)
        for url in re.findall(r"\]\((https://[^)]+)\)", text)
        if "/api/" in url
    ]
    assert len(files) > 20
    assert not [file for file in files if file not in published(organ)]


def test_of_very_many_resolutions_it_says_where_they_are_listed() -> None:
    corpus = load(read_tree(ORGANS["own"], ("data",))[0]).corpora["en"]
    one = corpus.resolutions["2-1"].model_copy(update={"relations": ()})
    many = {f"x-{number}": one for number in range(guides.MOST + 1)}
    text = guides.page(View(replace(corpus, resolutions=many), TODAY, URL))
    assert (
        "201 resolutions" in text
        and f"<{URL}api/v1/resolutions.csv>" in text
        and "x-200.md" not in text
    )

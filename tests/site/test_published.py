"""The built site holds the files for machines that it says it has, and says where in its own pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from macros.exports.formats import ROOT
from macros.exports.registry import FORMATS as KINDS
from tests.conftest import Built
from tests.site.markup import Document


def of_site(site: Built, address: str) -> Path:
    assert address.startswith(site.url)
    return site.folder / address.removeprefix(site.url)


def test_the_index_leads_to_every_kind_of_file(site: Built) -> None:
    index = json.loads((site.folder / ROOT / "index.json").read_text("utf-8"))
    assert [file["path"] for file in index["files"]] == [ROOT + kind.path for kind in KINDS]
    for file in index["files"]:
        values = zip(
            ("{slug}", "{id}", "{name}"),
            (index["resolutions"][0], index["periods"][0], "index"),
            strict=True,
        )
        addresses = json.dumps(file["url"])
        for field, value in values:
            addresses = addresses.replace(field, value)
        found = json.loads(addresses)
        for address in found.values() if isinstance(found, dict) else [found]:
            assert of_site(site, address).is_file(), address
    assert of_site(site, index["describedby"]).is_file()


def test_every_json_file_of_the_site_is_json(site: Built) -> None:
    found = [path for path in site.folder.rglob("*.json") if ROOT in path.as_posix()]
    assert len(found) > 20
    for path in found:
        assert json.loads(path.read_text("utf-8")), path


def test_the_data_page_has_a_link_for_every_kind_of_file(
    site: Built, documents: Mapping[str, Document], folder: str
) -> None:
    page = documents[f"{folder}data/"]
    anchors = {
        "link",
        "cite",
        "embed",
        "subscribe",
        "download",
        "texts",
        "programs",
        "formats",
        "permanence",
        "reuse",
    }
    assert anchors <= {heading.get("id") for heading in page.root.all("h2")}
    items = [
        item
        for files in page.root.all("ul")
        if "rt-files" in files.classes
        for item in files.all("li")
    ]
    assert len(items) == len(KINDS)
    for item in items:
        [link] = item.all("a")
        assert (site.folder / folder / "data" / link.get("href")).resolve().is_file()

"""What a reader may keep."""

import json

from macros.build.offline import LIST, WORKER, files, kept

SITE = {
    "index.html": b"home",
    "resolutions/2-4/index.html": b"2/4",
    "2/4/index.html": b'<meta http-equiv="refresh" content="0; url=../../resolutions/2-4/">',
    "404.html": b"not found",
    "api/v1/funding.json": b"{}",
    "embed/2-4/index.html": b"card",
    "sitemap.xml": b"",
    "_headers": b"",
    "_redirects": b"",
    "redirects.nginx.conf": b"",
    "assets/tracker/search.js": b"",
    "zh/index.html": b"home",
    "zh/api/v1/funding.csv": b"",
}


def listed(site: dict[str, bytes]) -> dict:
    return json.loads(
        files({name: kept(name, content, ("zh/",)) for name, content in site.items()})[LIST]
    )


def test_pages_and_what_they_need_are_kept() -> None:
    assert set(listed(SITE)["files"]) == {
        "",
        "zh/",
        "resolutions/2-4/",
        "404.html",
        "assets/tracker/search.js",
    }


def test_version_changes_with_any_file_that_is_kept() -> None:
    version = listed(SITE)["version"]
    assert listed(SITE | {"zh/index.html": b"other"})["version"] != version
    assert listed(SITE | {"zh/api/v1/funding.csv": b"other"})["version"] == version


def test_the_list_does_not_list_itself() -> None:
    assert listed(SITE | {LIST: b"", WORKER: b""}) == listed(SITE)


def test_size_is_that_of_what_is_kept() -> None:
    assert listed(SITE)["bytes"] == len(b"home2/4not foundhome")

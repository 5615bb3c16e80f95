"""Compare two built sites: addresses, visible text of pages, data in JSON and CSV.

Usage: python tests/compare_sites.py OLD NEW
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import defaultdict
from pathlib import Path

from lxml import html

UNNAMED = re.compile(r"^(zh/)?(assets/|pagefind/)")
"""Files whose names change with their contents."""


def read(folder: Path) -> dict[str, Path]:
    """The files of a site by path."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in files}


def text(path: Path) -> str:
    """The visible text of a page."""
    root = html.parse(str(path)).getroot()
    for element in root.xpath("//script|//style"):
        element.drop_tree()
    return " ".join(root.text_content().split())


def data(path: Path) -> object:
    """What a data export says."""
    raw = path.read_text("utf-8")
    if path.suffix == ".csv":
        return list(csv.reader(raw.splitlines()))
    return (
        [json.loads(line) for line in raw.splitlines()]
        if path.suffix == ".ndjson"
        else json.loads(raw)
    )


def first_difference(old: str, new: str) -> str:
    """Where two texts begin to differ, with some of both."""
    pairs = enumerate(zip(old, new, strict=False))
    at = next((at for at, (one, other) in pairs if one != other), min(len(old), len(new)))
    start = max(0, at - 30)
    return f"…{old[start : at + 60]}… → …{new[start : at + 60]}…"


def keys_that_differ(old: object, new: object, path: str = "") -> set[str]:
    """The keys below which two JSON values differ; entries of lists have no number."""
    if isinstance(old, dict) and isinstance(new, dict):
        names = old.keys() | new.keys()
        found = (keys_that_differ(old.get(n), new.get(n), f"{path}/{n}") for n in names)
        return set().union(*found)
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return set().union(
            *(keys_that_differ(*pair, f"{path}[]") for pair in zip(old, new, strict=True))
        )
    return set() if old == new else {path}


def main(old_folder: str, new_folder: str) -> None:
    """Print every difference, those of one kind together."""
    old, new = read(Path(old_folder)), read(Path(new_folder))
    for title, names in (("gone", old.keys() - new.keys()), ("new", new.keys() - old.keys())):
        groups: dict[str, list[str]] = defaultdict(list)
        for name in sorted(names):
            groups[
                re.sub(r"\d+-\d+|[0-9a-f]{8,}", "*", name)
                if not UNNAMED.match(name)
                else "assets, pagefind"
            ].append(name)
        print(f"{title}: {len(names)}")
        for group, members in groups.items():
            print(f"  {group} ({len(members)})")
    both = sorted(old.keys() & new.keys())
    pages = [name for name in both if name.endswith(".html")]
    differing: dict[str, list[str]] = defaultdict(list)
    for name in pages:
        one, other = text(old[name]), text(new[name])
        if one != other:
            differing[first_difference(one, other)].append(name)
    print(f"pages: {len(pages)}, other text: {sum(map(len, differing.values()))}")
    for difference, names in sorted(differing.items(), key=lambda item: item[1]):
        print(
            f"  {', '.join(names[:3])}{' …' if len(names) > 3 else ''} ({len(names)}): {difference}"
        )
    exports = [
        name
        for name in both
        if Path(name).suffix in (".json", ".ndjson", ".csv")
        and "/schema/" not in name
        and not UNNAMED.match(name)
    ]
    changed = {name: keys_that_differ(data(old[name]), data(new[name])) for name in exports}
    changed = {name: keys for name, keys in changed.items() if keys}
    print(f"data exports: {len(exports)}, other data: {len(changed)}")
    for name, keys in changed.items():
        print(f"  {name}: {', '.join(sorted(keys)[:6])}")


if __name__ == "__main__":
    main(*sys.argv[1:])

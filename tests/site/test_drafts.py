"""What is held is in no file of a published site, and is marked wherever a preview of drafts shows it."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros.corpus.files import read_tree
from macros.corpus.loading import KINDS, load
from macros.corpus.source import read
from macros.corpus.validation import validate
from macros.model.resolution import Resolution
from macros.model.traversal import texts
from tests.conftest import DAY, REPO, Built, once, run_tracker
from tests.site.markup import Document, Element
from tests.site.test_build import copy_project

pytestmark = pytest.mark.slow

MARK = "zqheld"
"""Begins every word and id of what is held in the copy, and is found nowhere else."""

SHOWN = "zqshown"
"""Stands in what was held until the day of the build."""

REPORT = "HSP/EB.2024/20"
TOMORROW = "2025-12-02"  # of the day of the build
SOURCES = [{"document": REPORT, "paragraph": 1}]
SLUG = f"{MARK}-resolution"
PERIOD = f"{MARK}-period"

RESOLUTION = "data/resolutions/2-7.yml"


def edit(root: Path, name: str, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the values in a data file; what it looks like does not matter here."""
    value = _lists(read(name, (root / name).read_bytes()).value)
    change(value)
    (root / name).write_text(
        json.dumps(value, ensure_ascii=False, indent=1), "utf-8"
    )  # JSON is YAML


def _lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _lists(entry) for key, entry in value.items()}
    return [_lists(entry) for entry in value] if isinstance(value, tuple) else value


def _period(value: dict[str, Any]) -> None:
    value["periods"].append(
        {"id": PERIOD, "name": f"{MARK} period", "first": "2025-01-01", "last": "2025-06-30", "report": f"{MARK.upper()}/1",
         "as_of": "2025-06", "as_of_basis": "inferred", "note": f"{MARK} periodnote", "held": "draft"}
    )  # fmt: skip


def _resolution(value: dict[str, Any]) -> None:
    held, later = {"held": "draft"}, {"held": TOMORROW}
    reports = [{"period": "eb-2024-2", "sources": SOURCES}]
    said = [{"period": "eb-2024-2", "outcome": "planned", "date": "2026-01", "sources": SOURCES}]
    given = [
        {
            "period": "eb-2024-2",
            "state": "received",
            "amount": 98765,
            "currency": "USD",
            "sources": SOURCES,
        }
    ]
    value["operative_paragraphs"].append(
        {"number": "98", "gist": f"{MARK} gist", "sources": SOURCES, **held}
    )
    value["assessments"] += [
        {"id": f"{MARK}-assessment", "period": PERIOD, "status": "implemented", "reason": f"{MARK} reason", "sources": SOURCES},
        {"id": f"{MARK}-judgement", "period": "eb-2024-2", "paragraph": "98", "status": "implemented",
         "reason": f"{MARK} judgement", "sources": SOURCES},
    ]  # fmt: skip
    value["updates"] += [
        {
            "id": f"{MARK}-update",
            "period": "eb-2024-2",
            "text": f"{MARK} *update*",
            "sources": SOURCES,
            **held,
        },
        {
            "id": f"{MARK}-later",
            "period": "eb-2024-2",
            "text": f"{MARK} later",
            "sources": SOURCES,
            **later,
        },
        {
            "id": f"{MARK}-of-period",
            "period": PERIOD,
            "text": f"{MARK} ofperiod",
            "sources": SOURCES,
        },
        {
            "id": f"{SHOWN}-update",
            "period": "eb-2024-2",
            "text": f"{SHOWN} update",
            "sources": SOURCES,
            "held": "2025-12-01",
        },
    ]
    value["events"][-1]["reports"].append(
        {
            "period": PERIOD,
            "outcome": "completed",
            "date": "2025-05-17",
            "sources": [{"document": f"{MARK.upper()}/2"}],
        }
    )
    value["events"].append(
        {
            "id": f"{MARK}-event",
            "kind": "meeting",
            "title": f"{MARK} event",
            "place": f"{MARK}-town",
            "reports": said,
            **later,
        }
    )
    value.setdefault("resources", []).append(
        {"id": f"{MARK}-resource", "period": "eb-2024-2", "currency": "USD", "required": 31415926, "mobilized": 1, "note": f"{MARK} resource",
         "sources": SOURCES, **held}
    )  # fmt: skip
    value["contributions"] += [
        {"id": f"{MARK}-gift", "kind": "voluntary", "contributor": f"{MARK}-organization", "purpose": f"{MARK} gift",
         "reports": given, **held},
        {"id": f"{SHOWN}-gift", "kind": "voluntary", "purpose": f"{SHOWN} gift", "mechanism": f"{MARK}-fund", "reports": given},
    ]  # fmt: skip
    value["mechanisms"] = [
        {"id": f"{MARK}-fund", "name": f"{MARK} fund", "purpose": f"{MARK} fundpurpose",
         "terms": [{"id": f"{MARK}-term", "text": f"{MARK} term", "sources": SOURCES}], **held}
    ]  # fmt: skip
    value["partners"].append(
        {"organization": f"{MARK}-organization", "role": f"{MARK} role", "reports": reports, **held}
    )
    value["relations"] = [
        {"kind": "follows-up", "resolution": SLUG, "sources": SOURCES},
        {
            "kind": "follows-up",
            "resolution": "1-3",
            "sources": [{"document": f"{MARK.upper()}/2"}],
            **held,
        },
    ]


WHOLE = {
    "number": 99, "session": 2, "label": f"{MARK} label", "title": f"{MARK} title", "title_basis": "cited", "held": TOMORROW,
    "symbol": {"value": f"HSP/{MARK}", "basis": "verified"}, "former_addresses": [f"{MARK}/former"],
    "updates": [{"id": f"{MARK}-inner", "period": "eb-2024-2", "text": f"{MARK} inner", "sources": SOURCES}],
    "events": [{"id": f"{MARK}-inner-event", "kind": "meeting", "title": f"{MARK} innerevent",
                "reports": [{"period": "eb-2024-2", "outcome": "planned", "date": "2026-02-03", "sources": SOURCES}]}],
}  # fmt: skip

PAGES = {
    f"docs/en/{MARK}-page.md": f"---\ntitle: {MARK} page\nheld: draft\n---\n{MARK} words\n",
    f"docs/zh/{MARK}-page.md": f"---\ntitle: {MARK} page\nheld: {TOMORROW}\n---\n{MARK} words\n",
    f"docs/en/{MARK}-old.md": f"---\rtitle: {MARK} old\rheld: 'draft'\r---\r{MARK} lines of an old kind\r",
    f"docs/en/resolutions/{SLUG}.md": f'{{{{ resolution_summary("{SLUG}") }}}}\n\n{MARK} narrative\n',
    f"docs/zh/resolutions/2-7/{PERIOD}.md": f"{MARK} narrative of a period\n",
    f"docs/en/periods/{PERIOD}.md": f'{MARK} words of a period\n\n{{{{ period_summary("{PERIOD}") }}}}\n',
    "docs/zh/timeline.md": f"---\nheld: draft\n---\n{MARK} 时间表\n\n{{{{ timeline_index() }}}}\n",
    f"docs/en/{SHOWN}-page.md": f"---\ntitle: {SHOWN} page\nheld: 2025-12-01\n---\n{SHOWN} words\n",
}


def spoil(root: Path) -> Path:
    """A copy of the project with something of every kind held, in both languages."""
    copy_project(REPO, root)
    edit(root, "data/periods.yml", _period)
    edit(root, RESOLUTION, _resolution)
    (root / f"data/resolutions/{SLUG}.yml").write_text(json.dumps(WHOLE), "utf-8")
    edit(root, "data/documents.yml", lambda value: value["documents"].extend(
        {"symbol": f"{MARK.upper()}/{n}", "kind": "report", "title": f"{MARK} document", "url": f"https://{MARK}.example/"}
        for n in (1, 2)
    ))  # fmt: skip
    edit(root, "data/organizations.yml", lambda value: value["organizations"].append(
        {"id": f"{MARK}-organization", "name": f"{MARK} organization", "kind": "government", "country": f"{MARK}-land"}
    ))  # fmt: skip
    edit(root, "data/places.yml", lambda value: value["places"].extend([
        {"id": f"{MARK}-land", "name": f"{MARK} land", "kind": "country"},
        {"id": f"{MARK}-town", "name": f"{MARK} town", "kind": "city", "country": f"{MARK}-land"},
    ]))  # fmt: skip
    edit(root, "data/statements.yml", lambda value: value.update(
        statements=[*value["statements"],
                    {"id": f"{MARK}-said", "period": "eb-2024-2", "text": f"{MARK} said", "sources": SOURCES, "held": "draft"},
                    {"id": f"{MARK}-sum", "period": PERIOD, "text": f"{MARK} sum", "sources": SOURCES}],
        corrections=[{"id": f"{MARK}-put-right", "date": "2025-11-01", "text": f"{MARK} putright", "held": "draft"},
                     {"id": f"{MARK}-of-held", "date": "2025-11-02", "resolution": SLUG, "text": f"{MARK} ofheld"},
                     {"id": f"{SHOWN}-put-right", "date": "2025-11-03", "text": f"{SHOWN} putright"}],
    ))  # fmt: skip
    for name, text in PAGES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(text.encode())
    translate(root)
    return root


def translate(root: Path) -> None:
    """Add the translations that are missing: the same words with a Chinese one before them."""
    files, _ = read_tree(root)
    missing: dict[str, list[str]] = {}
    for problem in load(files).problems:
        assert problem.code == "untranslated", problem
        missing.setdefault(problem.file, []).append(problem.values["key_name"])
    for name, keys in missing.items():
        original = name.replace("translations/zh/", "")
        record = validate(read(original, files[original]), KINDS.get(Path(name).stem, Resolution))
        known = {key: getattr(owner, field) for key, owner, field in texts(record)}
        added = {key: {"original": known[key], "text": f"中文 {known[key]}"} for key in keys}
        with (root / name).open("a", encoding="utf-8") as file:
            file.write("\n" + yaml.safe_dump(added, allow_unicode=True))


@pytest.fixture(scope="session")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy with its site as it is published (`site`) and as a preview of drafts shows it (`drafts`)."""

    def make(folder: Path) -> None:
        spoil(folder)
        for into, options in (("site", ()), ("drafts", ("--drafts",))):
            run = run_tracker(
                "build",
                "--root",
                str(folder),
                "--into",
                into,
                *options,
                SITE_URL="https://example.org/t/",
            )
            (folder / f"{into}.log").write_text(run.stdout + run.stderr, "utf-8")

    folder = once(tmp_path_factory, "held-project", make)
    for into in ("site", "drafts"):
        assert (folder / into / "index.html").exists(), (folder / f"{into}.log").read_text("utf-8")
    return folder


def documents(folder: Path) -> dict[str, Document]:
    """The HTML files of a site by their address, without aliases."""
    site = Built(folder, "")
    found = (Document.read(file, folder) for file in site.pages())
    return {document.path: document for document in found if document.kind in ("page", "card")}


@pytest.fixture(scope="session")
def public(held: Path) -> Mapping[str, Document]:
    return documents(held / "site")


@pytest.fixture(scope="session")
def preview(held: Path) -> Mapping[str, Document]:
    return documents(held / "drafts")


def contents(folder: Path) -> dict[str, bytes]:
    """What every file of a site holds, unpacked, with its name."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name, raw = path.relative_to(folder).as_posix(), path.read_bytes()
            found[name] = name.encode() + b"\0" + unpacked(raw)
    return found


def unpacked(raw: bytes) -> bytes:
    """What is in a packed file (the search index, a Word file), or the file itself."""
    if raw[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            return b"\0".join(map(packed.read, packed.namelist()))
    return gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw


def is_marked(title: str) -> bool:
    """Whether the name of a page says that it is not published."""
    return title.strip().endswith(("(draft, not published)", "（草稿，尚未发布）"))


def main_text(document: Document) -> Element:
    """What a page says: without navigation and foot."""
    return document.root.one("main") if document.kind == "card" else document.article


# --- published --------------------------------------------------------------------------------------------------


def test_nothing_that_is_held_is_in_any_file_of_a_published_site(held: Path) -> None:
    files = contents(held / "site")
    assert {Path(name).suffix for name in files} >= {
        ".html",
        ".json",
        ".ndjson",
        ".csv",
        ".ics",
        ".atom",
        ".md",
        ".xml",
    }
    assert any(
        name.startswith("pagefind/") and SHOWN.encode() in raw for name, raw in files.items()
    ), "search is not looked at"
    assert [name for name, raw in files.items() if MARK.encode() in raw.lower()] == []


@pytest.mark.parametrize(
    "trace",
    ["31415926", "31,415,926", "2025-05-17", "17 May 2025", "op-98", "Res.99", "2026-02-03"],
)
def test_nor_are_its_figures_dates_and_numbers(held: Path, trace: str) -> None:
    assert [name for name, raw in contents(held / "site").items() if trace.encode() in raw] == []


def test_what_was_held_until_the_day_of_the_build_is_published(held: Path) -> None:
    files = contents(held / "site")
    for name in (f"{SHOWN}-page/index.html", "resolutions/2-7/index.html", "zh/resolutions/2-7/index.html", "sitemap.xml",
                 "api/v1/resolutions/2-7.json", "zh/api/v1/resolutions/2-7.md", "api/v1/statements.csv",
                 "corrections/index.html"):  # fmt: skip
        assert SHOWN.encode() in files[name], name


def test_a_published_site_says_nothing_of_drafts(public: Mapping[str, Document]) -> None:
    for document in public.values():
        assert not document.root.all(class_="rt-draft") and "note--draft" not in document.source, (
            document
        )


def test_a_held_translation_of_a_page_leaves_the_page_of_the_default_language(
    public: Mapping[str, Document],
) -> None:
    assert "zh/timeline/" in public
    notice, heading = [
        child for child in public["zh/timeline/"].article.children if isinstance(child, Element)
    ][:2]
    assert ("rt-notice" in notice.classes, heading.tag) == (True, "h1")


def test_building_with_mkdocs_publishes_no_more(held: Path, tmp_path: Path) -> None:
    for name in ("data", "docs"):
        shutil.copytree(held / name, tmp_path / name)
    shutil.copy(held / "mkdocs.yml", tmp_path)
    environment = {
        **os.environ,
        "SOURCE_DATE_EPOCH": DAY,
        "SITE_URL": "https://example.org/t/",
        "NO_MKDOCS_2_WARNING": "1",
    }
    environment.pop("TRACKER_DRAFTS", None)
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    ours, published = contents(tmp_path / "site"), contents(held / "site")
    pages = {name for name in published if "pagefind/" not in name}  # two indexes are never equal
    assert ours.keys() >= pages
    assert [name for name in ours if "pagefind/" not in name and name not in pages] == []
    assert [name for name in sorted(pages) if ours[name] != published[name]] == []


# --- previews ---------------------------------------------------------------------------------------------------

WORDS = ["gist", "reason", "judgement", "update", "later", "ofperiod", "event", "resource", "gift", "fund", "fundpurpose",
         "term", "role", "title", "inner", "innerevent", "said", "sum", "putright", "ofheld", "period", "periodnote",
         "words", "narrative"]  # fmt: skip


@pytest.mark.parametrize("folder", ["", "zh/"])
@pytest.mark.parametrize("word", WORDS)
def test_a_preview_shows_what_is_held(
    preview: Mapping[str, Document], word: str, folder: str
) -> None:
    pages = [d for path, d in preview.items() if path.startswith("zh/") == (folder == "zh/")]
    assert any(f"{MARK} {word}" in main_text(document).text for document in pages)


def test_a_preview_says_so_at_the_top_of_every_page_that_shows_a_draft_and_only_there(
    public: Mapping[str, Document], preview: Mapping[str, Document]
) -> None:
    shown, expected = set(), set()
    for path, document in preview.items():
        article = main_text(document)
        first = next(child for child in article.children if isinstance(child, Element))
        draft = "not published yet" in first.text or "尚未发布" in first.text
        if draft:
            shown.add(path)
            article.children.remove(first)
        if path not in public or main_text(public[path]).text != article.text:
            expected.add(path)
        if draft:
            article.children.insert(0, first)
    assert shown == expected
    assert {
        "",
        "zh/",
        "resolutions/2-7/",
        "zh/embed/2-7/",
        "funding/",
        f"{MARK}-page/",
        f"zh/{MARK}-old/",
    } <= shown
    assert (
        not {"about/", "zh/accessibility/", "resolutions/1-1/eb-2024-2/", f"{SHOWN}-page/"} & shown
    )


def test_a_preview_marks_every_text_that_is_held(preview: Mapping[str, Document]) -> None:
    unheld = (
        "organization",
        "land",
        "town",
        "document",
        "label",
        "words",
        "narrative",
        "page",
        "old",
        "lines",
        "时间表",
    )
    unmarked = []
    for document in preview.values():
        for element in [main_text(document), *main_text(document).walk()]:
            for child in element.children:
                named = (
                    element.tag in ("title", "desc") or "rt-notice" in element.classes
                )  # beside what is marked
                named = named or any(
                    "rt-files" in e.classes for e in element.ancestors
                )  # pieces of files
                text = (
                    re.sub(r"https?://\S+", "", child) if isinstance(child, str) else ""
                )  # whole addresses are shown as such
                if MARK in text and not named:
                    words = text.partition(MARK)[2].split()
                    marked = is_marked(text) or any(
                        "rt-translation" in e.classes for e in (element, *element.ancestors)
                    )
                    if words and not words[0].startswith(unheld) and not marked:
                        unmarked.append(f"{document}: {element}: {text.strip()[:60]}")
    assert unmarked == []


def test_a_preview_marks_the_names_of_held_pages_in_the_navigation(
    preview: Mapping[str, Document],
) -> None:
    for path in ("about/", "zh/about/"):
        links = [a for a in preview[path].root.all("a") if f"periods/{PERIOD}/" in a.get("href")]
        assert links
        assert all(is_marked(link.text) for link in links)


# --- problems ---------------------------------------------------------------------------------------------------


def test_pages_cannot_hold_on_nonsense_or_show_what_is_held(held: Path, tmp_path: Path) -> None:
    for name in ("data", "docs"):
        shutil.copytree(held / name, tmp_path / name)
    shutil.copy(held / "mkdocs.yml", tmp_path)
    (tmp_path / "docs/en/a.md").write_text("---\ntitle: A\nheld: nonsense\n---\nWords.\n")
    (tmp_path / "docs/en/b.md").write_text(f'Words.\n\n{{{{ resolution_summary("{SLUG}") }}}}\n')
    (tmp_path / "docs/en/c.md").write_text(
        f'---\nheld: draft\n---\n{{{{ resolution_summary("{SLUG}") }}}}\n'
    )
    (tmp_path / "docs/en/d.md").write_text('{{ resolution_summary("2-777") }}\n')
    run = run_tracker("check", "--quiet", "--root", str(tmp_path))
    assert run.returncode == 1
    told = run.stdout.splitlines()
    assert told[0] == (
        "docs/en/a.md:3:7: held cannot be “nonsense”; write draft, or the day from which this is published, such as 2025-06-01"
    )
    assert told[1].startswith(
        f"docs/en/b.md:3:1: {SLUG} is held from publication, but this page is not; hold the page too"
    )
    assert told[2].startswith("docs/en/d.md:1:1: there is no resolution 2-777; ")
    assert len([line for line in told if line.startswith("docs/")]) == 3

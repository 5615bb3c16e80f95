"""A build after another: it makes what changed, and the site is the same to the byte as one that is made anew."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import corpus
from macros.build import ledger
from macros.build.project import Site
from macros.pages import registry as pages
from macros.site import context as frame
from tests.conftest import run_tracker

Change = Callable[[Path], object]


def put(name: str, pattern: str, new: str) -> Change:
    """Replace the first passage of a file that fits a pattern."""

    def change(root: Path) -> None:
        text = (root / name).read_text("utf-8")
        assert re.search(pattern, text), f"{pattern} is not in {name}"
        (root / name).write_text(re.sub(pattern, new, text, count=1), encoding="utf-8")

    return change


def by_hand(root: Path) -> None:
    page = root / "docs/en/resolutions/1-4.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text('Words, and [another](1-3.md).\n\n{{ resolution_summary("1-4") }}\n')


def without_last(root: Path) -> None:
    (root / "data/resolutions/1-8.yml").unlink()
    (root / "data/translations/zh/resolutions/1-8.yml").unlink()


def spoil(root: Path) -> None:
    for file in (root / ".cache/build").rglob("*.json"):
        file.write_bytes(file.read_bytes()[:-1])


CHANGES: dict[str, Change] = {
    "a text": put("data/resolutions/1-3.yml", 'text: "', 'text: "Changed: '),
    "a title, which others show": put(
        "data/resolutions/1-5.yml", r"title: (\"?)", r"title: \1New "
    ),
    "a translation": put(
        "data/translations/zh/resolutions/1-2.yml", r'(op-1.gist: .*?text: ")', r"\1新"
    ),
    "a word": put("data/vocabulary.yml", r"name: (\"?)", r"name: \1Very "),
    "a page by hand": by_hand,
    "no page by hand": lambda root: (root / "docs/en/resolutions/1-4.md").unlink(),
    "the configuration": put(
        "mkdocs.yml",
        "strict: true",
        "strict: true\nrepo_url: https://example.org/x\nedit_uri: edit/main/docs/",
    ),
    "one resolution less": without_last,
    "damaged ledgers": spoil,
    "a file of the site changed by hand": lambda root: (
        root / "site/resolutions/1-1/index.html"
    ).write_text("x"),
    "no cache": lambda root: shutil.rmtree(root / ".cache/build"),
}


def build(root: Path) -> str:
    done = run_tracker("build", "--root", str(root))
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def tree(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def organ(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An invented organ, built once."""
    root = tmp_path_factory.mktemp("again") / "organ"
    corpus.write(root, 8)
    build(root)
    return root


def test_a_page_from_data_is_as_the_theme_renders_it(organ: Path, tmp_path: Path) -> None:
    """What is filled in (macros/theming.py) is the same as what MkDocs makes of a page by hand that shows the same."""
    root = tmp_path / "organ"
    shutil.copytree(organ, root)
    site = Site.load(root)
    made = {page.path: page for page in pages.pages(site.view("en"))}
    paths = ("resolutions/1-4/", "sessions/1/", "funding/", "documents/")
    for path in paths:
        text = root / "docs/en" / made[path].source
        text.parent.mkdir(parents=True, exist_ok=True)
        text.write_text(frame.begun(made[path]), encoding="utf-8")
    build(root)
    for path in paths:
        filled, rendered = (
            (top / "site" / path / "index.html").read_text("utf-8") for top in (organ, root)
        )
        assert _plain(filled) == _plain(rendered), path


def _plain(html: str) -> str:
    """HTML without blanks between elements, and without indents and blank lines; blanks within a line count."""
    lines = re.sub(r"\n\s+", "\n", html)
    return re.sub(r">\s+<", "><", re.sub(r"(?<=>)\n|\n(?=<)", "", lines))


def test_nothing_is_built_if_nothing_changed(organ: Path) -> None:
    before = ledger.stamps(organ / "site")
    assert "Nothing has changed" in build(organ)
    assert ledger.stamps(organ / "site") == before


def test_after_every_change_the_site_is_as_if_made_anew(organ: Path, tmp_path: Path) -> None:
    for name, change in CHANGES.items():
        change(organ)
        build(organ)
        anew = tmp_path / "anew"
        shutil.copytree(organ, anew, ignore=shutil.ignore_patterns("site", ".cache"))
        build(anew)
        one, other = tree(organ / "site"), tree(anew / "site")
        assert {
            path for path in one.keys() | other.keys() if one.get(path) != other.get(path)
        } == set(), name
        shutil.rmtree(anew)


def test_what_fails_leaves_the_site_and_can_be_mended(organ: Path) -> None:
    file = organ / "data/resolutions/1-3.yml"
    good, before = file.read_text("utf-8"), tree(organ / "site")
    file.write_text(good + "nonsense: true\n", encoding="utf-8")
    done = run_tracker("build", "--root", str(organ))
    assert done.returncode == 1 and "1-3.yml" in done.stderr
    file.write_text(good, encoding="utf-8")
    build(organ)
    assert tree(organ / "site") == before


def test_what_every_build_writes_again_does_not_grow_with_resolutions(organ: Path) -> None:
    ledgers = [
        file for file in (organ / ".cache/build").rglob("*.json") if file.name != "site.json"
    ]
    again = {saved.prefix + name for saved in map(ledger.read, ledgers) for name in saved.rest}
    site = Site.load(organ)
    slugs = site.public_view("en").corpus.resolutions
    aliases = {f"{site.folder(language)}{file}" for language in site.languages
               for files in pages.aliases(site.public_view(language)).values() for file in files}  # fmt: skip
    assert len(aliases) >= 2 * len(slugs)
    assert aliases <= tree(organ / "site").keys()
    assert not again & aliases
    assert not [name for name in again if any(slug in name.split("/")[-1] for slug in slugs)]

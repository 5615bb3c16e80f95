"""After any changes in any order, interrupted or not, a build gives the same to the byte as one that is made anew."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import corpus
from tests.conftest import DAY, REPO
from tests.site.test_again import tree

Change = Callable[[Path, random.Random], object]
LANGUAGES = "languages: [en, zh]"


def resolutions(root: Path) -> list[str]:
    return sorted(path.stem for path in (root / "data/resolutions").glob("*.yml"))


def unnamed(root: Path) -> list[str]:
    """The resolutions that no other file names."""
    texts = {
        path: path.read_text("utf-8")
        for folder in ("data", "docs")
        for path in (root / folder).rglob("*.*")
    }
    return [
        slug for slug in resolutions(root)
        if not any(re.search(rf"(?<![\w-]){slug}(?![\w-])", text) for path, text in texts.items() if path.stem != slug)
    ]  # fmt: skip


def replace(path: Path, pattern: str, new: str, number: random.Random) -> None:
    """Replace one of the passages that fit a pattern, if there is any."""
    text = path.read_text("utf-8")
    if found := list(re.finditer(pattern, text)):
        match = number.choice(found)
        path.write_text(
            text[: match.start()] + match.expand(new) + text[match.end() :], encoding="utf-8"
        )


def a_text(root: Path, number: random.Random) -> None:
    slug = number.choice(resolutions(root))
    replace(
        root / f"data/resolutions/{slug}.yml",
        r'((?:text|title|gist|reason|role|purpose): )"',
        r'\1"Changed: ',
        number,
    )


def a_translation(root: Path, number: random.Random) -> None:
    slug = number.choice(resolutions(root))
    replace(root / f"data/translations/zh/resolutions/{slug}.yml", r'(text: )"', r'\1"新', number)


def a_resolution_less(root: Path, number: random.Random) -> None:
    if found := unnamed(root):
        slug = number.choice(found)
        for folder in ("data", "data/translations/zh"):
            (root / f"{folder}/resolutions/{slug}.yml").unlink(missing_ok=True)


def another_resolution(root: Path, number: random.Random) -> None:
    """A copy of one, under a number that no other has."""
    slug, new = number.choice(resolutions(root)), number.randrange(20, 99)
    for folder in ("data", "data/translations/zh"):
        if (source := root / f"{folder}/resolutions/{slug}.yml").is_file():
            text = re.sub(r"(?m)^number: .*$", f"number: {new}", source.read_text("utf-8"))
            text = re.sub(r"(?m)^symbol: .*$", "", text)
            (root / f"{folder}/resolutions/1-{new}.yml").write_text(text, encoding="utf-8")


def another_name(root: Path, number: random.Random) -> None:
    """A file that is renamed, and so has another address."""
    if found := unnamed(root):
        slug = number.choice(found)
        for folder in ("data", "data/translations/zh"):
            if (source := root / f"{folder}/resolutions/{slug}.yml").is_file():
                source.rename(source.with_stem(f"{slug}x"))


def a_word(root: Path, number: random.Random) -> None:
    replace(root / "data/vocabulary.yml", r"(name: )(\"?)(?=\w)", r"\1\2Very ", number)


def a_page_by_hand(root: Path, number: random.Random) -> None:
    page = (
        root
        / "docs/en"
        / number.choice(
            ["funding.md", "notes.md", f"resolutions/{number.choice(resolutions(root))}.md"]
        )
    )
    if page.exists():
        page.unlink()
    else:
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"# Words {number.random()}\n\n{{{{ funding_index() }}}}\n")


def another_language(root: Path, number: random.Random) -> None:
    body = root / "data/body.yml"
    text = body.read_text("utf-8")
    body.write_text(
        text.replace(LANGUAGES, "languages: [en, zh, fr]")
        if LANGUAGES in text
        else text.replace(", fr]", "]", 1)
    )


def the_configuration(root: Path, number: random.Random) -> None:
    replace(root / "mkdocs.yml", "strict: true", "strict: true\ncopyright: Words", number)
    replace(root / "mkdocs.yml", "copyright: .*", f"copyright: Words {number.random()}", number)


def a_template(root: Path, number: random.Random) -> None:
    """Of the copy of the package that this project is built with."""
    replace(
        root / "package/macros/templates/corrections.html",
        r"\A",
        f"<!-- {number.random()} -->",
        number,
    )


def damage(root: Path, number: random.Random) -> None:
    files = sorted(
        path
        for folder in (".cache", "site")
        for path in (root / folder).rglob("*")
        if path.is_file()
    )
    for file in number.sample(files, min(3, len(files))):
        data = file.read_bytes()
        number.choice(
            [
                lambda: file.write_bytes(data[: len(data) // 2]),
                lambda: file.write_bytes(data + b"x"),
                file.unlink,
            ]
        )()


def an_interruption(root: Path, number: random.Random) -> None:
    """A change whose build is killed in the middle of whatever it does, with its helpers."""
    a_text(root, number)
    process = subprocess.Popen(
        command(root),
        env=environment(root),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(number.uniform(0.3, 3))
    try:
        os.killpg(process.pid, 9)
    except ProcessLookupError:
        pass
    process.wait()


CHANGES: tuple[Change, ...] = (
    a_text, a_translation, a_resolution_less, another_resolution, another_name, a_word, a_page_by_hand, another_language,
    the_configuration, a_template, damage, an_interruption,
)  # fmt: skip


def command(root: Path, into: str = "site") -> list[str]:
    return [sys.executable, "-m", "macros.cli.main", "build", "--root", str(root), "--into", into]


def environment(root: Path) -> dict[str, str]:
    return {
        **os.environ,
        "SOURCE_DATE_EPOCH": DAY,
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONPATH": str(root / "package"),
    }


def build(root: Path, into: str = "site") -> None:
    done = subprocess.run(
        command(root, into),
        env=environment(root),
        cwd=root / "package",
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


SEEDS = os.environ.get("TRACKER_SEEDS", "1 2").split()
"""Each is a sequence of changes; more can be asked for."""


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_changes_a_build_is_as_if_made_anew(tmp_path: Path, seed: str) -> None:
    number, root, done = random.Random(seed), tmp_path / "organ", []
    corpus.write(root, 5)
    shutil.copytree(
        REPO / "macros", root / "package/macros", ignore=shutil.ignore_patterns("__pycache__")
    )
    build(root)
    left = list(CHANGES)
    number.shuffle(left)
    while left:  # every change once, some together
        for change in [left.pop() for _ in range(min(len(left), number.randint(1, 3)))]:
            change(root, number)
            done.append(change.__name__)
        build(root)
        shutil.rmtree(root / "anew", ignore_errors=True)
        build(root, "anew")
        one, other = tree(root / "site"), tree(root / "anew")
        assert [
            path for path in sorted(one.keys() | other.keys()) if one.get(path) != other.get(path)
        ] == [], done

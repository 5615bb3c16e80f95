"""The translators' desk on the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from macros.cli.main import main
from tests.conftest import REPO
from tests.organ import BODY, SMALL, Organ

FIRST_ZH = "data/translations/zh/resolutions/1-1.yml"
ORGAN = (
    SMALL.edit(BODY, "languages: [en]", "languages: [en, zh, fr]")
    .add(FIRST_ZH, "# 注\ntitle:\n  original: Clean shore # first draft\n  text: 清洁的湖岸\n")
    .add("docs/en/page.md", "# Page {#page}\n")
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The organ on the disk."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764547200")
    return written(tmp_path / "organ", ORGAN)


def written(folder: Path, organ: Organ) -> Path:
    for name, raw in organ.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(raw)
    (folder / "docs" / "en").mkdir(parents=True, exist_ok=True)
    shutil.copy(REPO / "mkdocs.yml", folder)
    return folder


def desk(*arguments: object, colour: bool = False) -> Result:
    """A command in this process; anything but an orderly exit is raised."""
    words = ["translations", *(str(argument) for argument in arguments)]
    return CliRunner().invoke(main, words, catch_exceptions=False, color=colour)


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.yml")
    }


def test_the_list_shows_every_language(home: Path) -> None:
    result = desk("--root", home)
    assert result.exit_code == 0
    assert "zh: " in result.output and "fr: " in result.output
    assert (
        f"{FIRST_ZH}:2: title: outdated\n    - Clean shore\n    + Clean shores\n    清洁的湖岸\n"
        in result.output
    )
    assert "docs/fr/page.md" in result.output


def test_the_list_of_one_language(home: Path) -> None:
    result = desk("--root", home, "--lang", "zh")
    assert "fr: " not in result.output
    assert desk("--root", home, "--lang", "zh", "--messages", "zh").output.startswith("zh：共")


def test_strict_is_for_scripts(home: Path) -> None:
    assert desk("--root", home, "--strict").exit_code == 1
    assert desk("--root", REPO, "--strict").exit_code == 0
    assert desk("--root", REPO).output.startswith("zh: complete (")


def test_fill_writes_what_is_missing_and_then_nothing_more(home: Path) -> None:
    result = desk("fill", "--root", home, "--lang", "zh")
    assert result.exit_code == 0
    assert f"wrote {FIRST_ZH}" in result.output and "texts to fill in" in result.output
    assert not (home / "data/translations/fr").exists()
    assert (
        (home / FIRST_ZH)
        .read_bytes()
        .startswith(ORGAN.files[FIRST_ZH] + b"op-2-a.gist:\n  original: Asks")
    )
    before = content(home)
    assert (
        desk("fill", "--root", home, "--lang", "zh").output
        == "zh: nothing to write; all files stay as they are.\n"
    )
    assert content(home) == before
    check = CliRunner().invoke(main, ["check", "--root", str(home)], catch_exceptions=False)
    assert check.exit_code == 0


def test_accept_puts_the_new_original_beside_the_text(home: Path) -> None:
    assert desk("accept", "--root", home, "--lang", "zh", "title").exit_code == 0
    assert (home / FIRST_ZH).read_text("utf-8") == (
        "# 注\ntitle:\n  original: Clean shores # first draft\n  text: 清洁的湖岸\n"
    )
    again = desk("accept", "--root", home, "--lang", "zh", "title")
    assert again.exit_code == 1 and "title does not name exactly one outdated text" in again.output


def test_export_and_import_change_nothing_by_themselves(home: Path, tmp_path: Path) -> None:
    before, po = content(home), tmp_path / "zh.po"
    assert "1 outdated (marked fuzzy)" in desk("export", "--root", home, "--lang", "zh", po).output
    result = desk("import", "--root", home, "--lang", "zh", po)
    assert result.exit_code == 0
    assert "0 taken in" in result.output and "1 still marked fuzzy" in result.output
    assert content(home) == before


def test_import_writes_what_was_translated(home: Path, tmp_path: Path) -> None:
    po = tmp_path / "zh.po"
    desk("export", "--root", home, "--lang", "zh", po)
    text = po.read_text("utf-8").replace(
        'msgid "Lakeland"\nmsgstr ""', 'msgid "Lakeland"\nmsgstr "湖国"'
    )
    po.write_text(text.replace("#, fuzzy\n", ""), "utf-8")
    result = desk("import", "--root", home, "--lang", "zh", po)
    assert result.exit_code == 0 and "2 taken in" in result.output
    assert "original: Clean shores # first draft" in (home / FIRST_ZH).read_text("utf-8")
    assert (
        (home / "data/translations/zh/places.yml")
        .read_text("utf-8")
        .endswith("lakeland.name:\n  original: Lakeland\n  text: 湖国\n")
    )


def test_a_text_that_is_no_longer_there_is_left_with_a_notice(home: Path, tmp_path: Path) -> None:
    before, po = content(home), tmp_path / "zh.po"
    po.write_text('msgctxt "places.atlantis.name"\nmsgid "Atlantis"\nmsgstr "大西洲"\n', "utf-8")
    result = desk("import", "--root", home, "--lang", "zh", po)
    assert result.exit_code == 0 and "places.atlantis.name" in result.output
    assert content(home) == before


def test_with_an_error_nothing_at_all_is_written(home: Path, tmp_path: Path) -> None:
    before, po = content(home), tmp_path / "zh.po"
    desk("export", "--root", home, "--lang", "zh", po)
    text = po.read_text("utf-8").replace(
        'msgid "Lakeland"\nmsgstr ""', 'msgid "Lakeland"\nmsgstr "湖国"'
    )
    po.write_text(
        text.replace('msgid "Money came."\nmsgstr ""', 'msgid "Money came."\nmsgstr "<script>"'),
        "utf-8",
    )
    result = desk("import", "--root", home, "--lang", "zh", po)
    assert result.exit_code == 1 and "Nothing was written." in result.output
    assert (
        f"{po.as_posix()}:" in result.output
        and "HTML is not allowed in texts (<script>)" in result.output
    )
    assert content(home) == before


def test_export_does_not_write_over_a_translators_work(home: Path, tmp_path: Path) -> None:
    po = tmp_path / "zh.po"
    po.write_text("work")
    result = desk("export", "--root", home, "--lang", "zh", po)
    assert result.exit_code == 1 and "already there" in result.output and po.read_text() == "work"
    assert desk("export", "--root", home, "--lang", "zh", "--force", po).exit_code == 0
    assert (
        desk("export", "--root", home, "--lang", "zh", tmp_path / "no" / "folder.po").exit_code == 1
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--lang", "xx"], "xx is not a language to translate into; there are: zh, fr"),
        (["--messages", "!!"], "!! is not a language"),
        (["--lang", "zh", "fill"], "Write --lang after the name of the command fill"),
    ],
)
def test_mistakes_on_the_command_line_get_a_sentence(
    home: Path, arguments: list[str], sentence: str
) -> None:
    result = desk(*(["--root", home] if "fill" not in arguments else []), *arguments)
    assert result.exit_code and sentence in result.output


def test_data_with_errors_is_mended_first(home: Path) -> None:
    (home / FIRST_ZH).write_text("titel: {original: o, text: t}\n")
    result = desk("fill", "--root", home)
    assert result.exit_code == 1
    assert (
        f"{FIRST_ZH}:1:1: there is no text titel to translate" in result.output
        and "Mend this first" in result.output
    )


def test_a_file_in_one_pair_of_braces_is_not_touched(home: Path) -> None:
    (home / FIRST_ZH).write_text("{title: {original: Clean shores, text: t}}\n")
    before = content(home)
    result = desk("fill", "--root", home, "--lang", "zh")
    assert result.exit_code == 1 and f"{FIRST_ZH} is written in a form" in result.output
    assert content(home) == before

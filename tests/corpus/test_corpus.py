"""Loading all files of an organ: what comes out, problems, translations; nothing raises."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from functools import cache

import pytest

from macros.corpus.files import read_tree
from macros.corpus.loading import KINDS, REQUIRED, load, natural
from macros.corpus.translations import LocalText
from macros.i18n.messages import Catalogue
from tests.conftest import REPO, essential
from tests.organ import BODY, FIRST, SECOND, SMALL, VOCABULARY, Organ, told

# --- what comes out ---


def test_an_organ_without_fault_loads_without_any_problem() -> None:
    loaded = SMALL.load()
    assert told(loaded.problems) == ""
    assert list(loaded.corpora) == ["en"]


def test_resolutions_are_ordered_by_session_then_by_number_as_people_count() -> None:
    organ = SMALL.add(
        "data/resolutions/early.yml",
        "number: 1\nsession: 2\ntitle: Of session two\ntitle_basis: cited\n",
    )
    assert list(organ.corpus().resolutions) == ["1-1", "1-2", "1-10", "early", "217-a-iii"]


@pytest.mark.parametrize(
    "ordered",
    [["1", "2", "10"], ["2", "2 A", "2 B", "10"], ["A", "B"], ["s-1", "s-2", "s-10"], ["", "1"]],
)
def test_natural_order(ordered: list[str]) -> None:
    assert sorted([*reversed(ordered)], key=natural) == ordered


@pytest.mark.parametrize("number", ["²", "٣", "二", "½"])
def test_numbers_that_are_no_plain_digits_are_ordered_too(number: str) -> None:
    corpus = SMALL.edit(SECOND, "number: 2", f"number: {number}").corpus()
    assert corpus.resolutions["1-2"].number == number


@pytest.mark.parametrize(
    ("slug", "label"), [("1-1", "1/1"), ("1-10", "1/10"), ("217-a-iii", "217 A (III)")]
)
def test_labels_come_from_the_pattern_or_the_record(slug: str, label: str) -> None:
    assert SMALL.corpus().label(slug) == label


def test_a_resolution_that_the_pattern_does_not_fit_is_called_by_its_slug() -> None:
    organ = SMALL.edit("data/resolutions/217-a-iii.yml", "label: 217 A (III)\n", "")
    assert organ.corpus().label("217-a-iii") == "217-a-iii"


def test_entries_are_found_by_symbol_or_id() -> None:
    corpus = SMALL.corpus()
    assert list(corpus.documents) == ["AL/REP/1", "AL/REP/2", "page", "XX/9"]
    assert corpus.words["statuses"]["implemented"].name == "Implemented"
    assert corpus.latest_period and corpus.latest_period.id == "autumn"
    assert [(slug, mechanism.id) for slug, mechanism in corpus.mechanisms.values()] == [
        ("1-1", "shore-fund")
    ]


def test_a_corpus_cannot_be_changed() -> None:
    corpus = SMALL.corpus()
    with pytest.raises(AttributeError):
        corpus.language = "fr"  # type: ignore[misc]
    with pytest.raises(TypeError):
        corpus.resolutions["1-1"] = corpus.resolutions["1-2"]  # type: ignore[index]


def test_the_order_of_the_files_does_not_matter() -> None:
    backwards = Organ(dict(reversed(SMALL.files.items())))
    assert list(backwards.corpus().resolutions) == list(SMALL.corpus().resolutions)
    assert backwards.corpus().resolutions == SMALL.corpus().resolutions


# --- which files there may be ---


@pytest.mark.parametrize("stem", REQUIRED)
def test_a_missing_file_that_every_organ_needs(stem: str) -> None:
    loaded = SMALL.remove(f"data/{stem}.yml").load()
    assert (f"data/{stem}.yml", "missing_file") in [
        (problem.file, problem.code) for problem in loaded.problems
    ]
    assert not loaded.corpora


OPTIONAL = sorted(KINDS.keys() - set(REQUIRED))


@pytest.mark.parametrize("stem", OPTIONAL)
def test_the_other_files_may_be_missing(stem: str) -> None:
    """Only what names an entry of the missing file is a problem."""
    loaded = SMALL.remove(f"data/{stem}.yml").load()
    assert {problem.code.removeprefix("unknown_") + "s" for problem in loaded.errors} <= {stem}


def test_an_organ_may_consist_of_the_needed_files_alone() -> None:
    organ = Organ({name: SMALL.files[name] for name in (f"data/{stem}.yml" for stem in REQUIRED)})
    assert not organ.corpus().resolutions


@pytest.mark.parametrize(
    ("name", "guess"),
    [
        ("data/bodies.yml", "data/body.yml"),
        ("data/organisations.yml", "data/organizations.yml"),
        ("data/resolution/2-4.yml", None),
        ("data/resolutions/2-4.yaml", None),
        ("data/notes.md", None),
    ],
)
def test_a_file_of_an_unknown_name(name: str, guess: str | None) -> None:
    problem = SMALL.add(name, "a: 1\n").problem()
    assert (problem.file, problem.line, problem.column, problem.code) == (
        name,
        1,
        1,
        "unknown_file",
    )
    assert guess is None or problem.values["guess"] == guess


@pytest.mark.parametrize("slug", ["2_4", "A", "2-4-", "-2", "2--4", "2.4", "a/b", "é", ".", "2 4"])
def test_a_slug_that_cannot_be_an_address(slug: str) -> None:
    problem = SMALL.add(f"data/resolutions/{slug}.yml", "number: 4\n").problem()
    assert (problem.code, problem.values) == ("slug", {"slug": slug})


@pytest.mark.parametrize("slug", ["2-4", "s-10-2", "a", "0", "217-b-iii"])
def test_a_slug_is_opaque(slug: str) -> None:
    organ = SMALL.add(
        f"data/resolutions/{slug}.yml", "number: 99\ntitle: T\ntitle_basis: cited\nlabel: L\n"
    )
    assert slug in organ.corpus().resolutions


def test_other_folders_are_none_of_its_business() -> None:
    other = SMALL.add("docs/en/index.md", b"\xff").add("README.md", "x").load()
    assert other.originals == SMALL.load().originals and not other.problems


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "~\n", "---\n"])
def test_an_empty_file(text: str) -> None:
    problems = SMALL.add(SECOND, text).load().problems
    assert [(problem.file, problem.code) for problem in problems] == [(SECOND, "empty_file")]


# --- all problems at once ---


def test_the_problems_of_several_files_come_at_once_and_in_order() -> None:
    organ = (
        SMALL.edit(FIRST, "place: port", "place: prot")
        .edit(FIRST, "themes: [water]", "themes: [wine]")
        .edit(SECOND, "status: under-implementation", "status: unknown")
        .append(VOCABULARY, "status: []\n")
        .add("data/notes.txt.yml", "x: 1\n")
        .add("data/places.yml", b"\xff")
    )
    found = organ.load()
    assert not found.corpora
    places = [(problem.file, problem.line) for problem in found.problems]
    assert places == sorted(places)
    assert {problem.file for problem in found.problems} >= {
        "data/notes.txt.yml",
        "data/places.yml",
        VOCABULARY,
    }


def test_problems_within_records_and_across_files_come_at_once() -> None:
    organ = SMALL.edit(FIRST, "place: port", "place: prot").edit(
        SECOND, "number: 2", "number: 2\nnote: x"
    )
    assert {(problem.file, problem.code) for problem in organ.load().problems} >= {
        (FIRST, "unknown_place"),
        (SECOND, "unknown_key"),
    }


def test_with_any_error_there_is_no_corpus() -> None:
    loaded = SMALL.edit(FIRST, "place: port", "place: prot").load()
    assert loaded.errors and not loaded.corpora


# --- translations ---

TRANSLATED = "data/translations/zh/resolutions/1-1.yml"
BILINGUAL = SMALL.edit(BODY, "languages: [en]", "languages: [en, zh]")


def translated(text: str) -> Organ:
    return BILINGUAL.add(TRANSLATED, text)


def test_without_any_translation_there_are_notices_and_a_corpus() -> None:
    loaded = BILINGUAL.load()
    assert not loaded.errors
    assert {(problem.code, problem.severity) for problem in loaded.problems} == {
        ("untranslated", "notice")
    }
    assert "plan-written.text" in {
        problem.values["key_name"] for problem in loaded.problems if problem.file == TRANSLATED
    }
    title = loaded.corpora["zh"].resolutions["1-1"].title
    assert isinstance(title, LocalText)
    assert (title, title.language, title.state) == ("Clean shores", "en", "missing")


def test_a_translated_text_is_a_plain_one() -> None:
    corpus = translated(
        "title:\n  original: Clean shores\n  text: 清洁的湖岸\n  basis: verified\n"
    ).corpus("zh")
    resolution = corpus.resolutions["1-1"]
    assert (resolution.title, resolution.title_basis) == ("清洁的湖岸", "verified")
    assert not isinstance(resolution.title, LocalText)
    assert corpus.language == "zh"


def test_a_translated_title_is_unofficial_unless_it_says_otherwise() -> None:
    corpus = translated("title: {original: Clean shores, text: 清洁的湖岸}\n").corpus("zh")
    assert corpus.resolutions["1-1"].title_basis == "unofficial"


@pytest.mark.parametrize(
    ("key", "original", "get"),
    [
        (
            "plan-written.text",
            "A plan was written; see [the page](https://example.org/page).",
            lambda r: r.updates[0].text,
        ),
        ("op-2-a.gist", "Asks for clean shores.", lambda r: r.operative_paragraphs[0].gist),
        ("shore-atlas.title", "Atlas of the shores", lambda r: r.events[1].title),
        ("acme-gift.purpose", "Brooms", lambda r: r.contributions[0].purpose),
        ("shore-fund.name", "Shore Fund", lambda r: r.mechanisms[0].name),
        ("shore-fund-seat.text", "It lies at the shore.", lambda r: r.mechanisms[0].terms[0].text),
        ("partner-acme.role", "gives brooms", lambda r: r.partners[0].role),
    ],
)
def test_texts_are_translated_by_their_ids(key: str, original: str, get) -> None:
    corpus = translated(f'"{key}": {{original: "{original}", text: 译文}}\n').corpus("zh")
    assert get(corpus.resolutions["1-1"]) == "译文"


def test_entries_of_lists_and_of_the_vocabulary_are_translated() -> None:
    organ = (
        BILINGUAL.add(
            "data/translations/zh/vocabulary.yml",
            "themes.water.name: {original: Water, text: 水}\n",
        )
        .add(
            "data/translations/zh/documents.yml",
            "AL/REP/1.title: {original: First report, text: 第一份报告}\n",
        )
        .add(
            "data/translations/zh/body.yml",
            "name: {original: Assembly of the Lakes, text: 湖泊大会}\n",
        )
    )
    corpus = organ.corpus("zh")
    assert corpus.words["themes"]["water"].name == "水"
    assert corpus.documents["AL/REP/1"].title == "第一份报告"
    assert corpus.body.name == "湖泊大会"


def test_a_translation_of_an_earlier_original_is_outdated() -> None:
    organ = translated("title:\n  original: Clean shore\n  text: 清洁的湖岸\n")
    [problem] = [
        problem for problem in organ.load().problems if problem.code == "outdated_translation"
    ]
    assert (problem.file, problem.line, problem.column, problem.severity) == (
        TRANSLATED,
        2,
        13,
        "notice",
    )
    title = organ.corpus("zh").resolutions["1-1"].title
    assert isinstance(title, LocalText)
    assert (title, title.language, title.state) == ("清洁的湖岸", "zh", "outdated")


def test_a_translation_of_a_text_that_nobody_has_is_an_error() -> None:
    organ = translated("titel:\n  original: Clean shores\n  text: 清洁的湖岸\n")
    [problem] = organ.load().errors
    assert (problem.file, problem.line, problem.column) == (TRANSLATED, 1, 1)
    assert (problem.code, problem.values["guess"]) == ("unknown_text", "title")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("data/translations/fr/body.yml", "unknown_language"),
        ("data/translations/zh/resolutions/9-9.yml", "translation_of_nothing"),
        ("data/translations/zh/nobody.yml", "translation_of_nothing"),
        ("data/translations/zh.yml", "unknown_file"),
    ],
)
def test_a_translation_that_belongs_nowhere(name: str, code: str) -> None:
    [problem] = BILINGUAL.add(name, "title: {original: a, text: b}\n").load().errors
    assert (problem.file, problem.code) == (name, code)


@pytest.mark.parametrize(
    ("text", "line", "column", "code"),
    [
        ("- title\n", 1, 1, "mapping_expected"),
        ("title: 清洁的湖岸\n", 1, 8, "mapping_expected"),
        ("title: {original: Clean shores, txt: 清}\n", 1, 33, "unknown_key"),
        ("title: {original: Clean shores, text: ''}\n", 1, 39, "empty"),
        ("title: {original: Clean shores, text: 清, basis: oficial}\n", 1, 49, "not_an_option"),
        ("title: {original: a, text: b}\ntitle: {original: a, text: b}\n", 2, 1, "duplicate_key"),
        ("\ttitle: x\n", 1, 1, "tab"),
    ],
)
def test_faults_of_translation_files(text: str, line: int, column: int, code: str) -> None:
    found = [
        (problem.line, problem.column, problem.code) for problem in translated(text).load().errors
    ]
    assert (line, column, code) in found


def test_the_original_stays_as_it_is() -> None:
    organ = translated("title: {original: Clean shores, text: 清洁的湖岸}\n")
    assert organ.corpus("en").resolutions == SMALL.corpus().resolutions


# --- no content raises ---

SPECIALS = (
    b"\t",
    b"- ",
    b"? ",
    b": ",
    b"&a ",
    b"*a",
    b"!!python/object:x ",
    b"---\n",
    b"...\n",
    b"|\n",
    b">\n",
    b"%TAG\n",
    b"{",
    b"}",
    b"[",
    b"]",
    b"'",
    b'"',
    b"#",
    b",",
    b"@",
    b"`",
    b"~",
    b"no",
    b"0x1F",
    b"1e9",
    b"\x00",
    b"\x85",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xe2\x80\xa8",
    b"\r",
    b"\r\n",
    b"<<: ",
    b"../..",
    b"9" * 50,
    b"\\",
    b"\xf0\x9f\x98\x80",
    b"<b>",
    b"{{",
    b"{%",
    "²".encode(),
    "٣".encode(),
    b"2024-02-30",
    b"\n\n",
)


@cache
def _real() -> dict[str, bytes]:
    files, problems = read_tree(REPO, ("data",))
    assert not problems
    return files


@cache
def _small() -> dict[str, bytes]:
    """The invented organ in two languages, a tenth of the size."""
    texts = "title:\n  original: Clean shores\n  text: 清洁的湖岸\n"
    texts += "money-came.text: {original: Money came., text: 资金到位。}\n"
    return dict(translated(texts).files)


def _mutated(raw: bytes, chance: random.Random) -> bytes:
    """One file's content with one to three faults such as people and disks make."""
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(raw) + 1)
        match chance.choice(
            ("flip", "delete line", "repeat line", "insert", "insert at line", "cut", "swap")
        ):
            case "flip" if at < len(raw):
                raw = raw[:at] + bytes([raw[at] ^ (1 << chance.randrange(8))]) + raw[at + 1 :]
            case "delete line":
                lines = raw.splitlines(keepends=True)
                raw = b"".join(lines[: (n := chance.randrange(len(lines) or 1))] + lines[n + 1 :])
            case "repeat line":
                lines = raw.splitlines(keepends=True)
                n = chance.randrange(len(lines) or 1)
                raw = b"".join([*lines[: n + 1], *lines[n:]])
            case "insert":
                raw = raw[:at] + chance.choice(SPECIALS) + raw[at:]
            case "insert at line":
                at = raw.rfind(b"\n", 0, at) + 1
                raw = raw[:at] + chance.choice(SPECIALS) + raw[at:]
            case "cut":
                raw = raw[:at]
            case "swap":
                raw = raw[at:] + raw[:at]
    return raw


def _mutants(files: Mapping[str, bytes], many: int, seed: int) -> Iterator[tuple[str, bytes]]:
    chance = random.Random(seed)
    for _ in range(many):
        name = chance.choice(sorted(files))
        yield name, _mutated(files[name], chance)


def _lines(raw: bytes) -> list[str]:
    """The lines of a file; an empty one has one empty line."""
    return [line.decode("utf-8", "replace") for line in raw.splitlines()] or [""]


@pytest.mark.parametrize(
    ("organ", "many", "seed"),
    essential(
        [(_small, 100, 1), (_small, 500, 2), *((_real, 20, seed) for seed in range(3, 6))],
        (_small, 100, 1),
    ),
)
def test_no_content_raises_and_every_problem_has_a_place_and_a_sentence(
    organ, many: int, seed: int
) -> None:
    """Every mutant is accepted or refused with problems that lie inside its files."""
    told_in = [Catalogue.of(language).t for language in ("en", "zh", "fr")]
    for name, raw in _mutants(organ(), many, seed):
        files = {**organ(), name: raw}
        loaded = load(files)
        assert loaded.errors or loaded.corpora
        assert len(loaded.corpora) == (
            0 if loaded.errors else len(next(iter(loaded.corpora.values())).body.languages)
        )
        for problem in loaded.problems:
            lines = _lines(files.get(problem.file, b""))
            assert 1 <= problem.line <= len(lines), (problem, raw)
            assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1, (problem, raw)
            for t in told_in:
                assert problem.sentence(t).strip()

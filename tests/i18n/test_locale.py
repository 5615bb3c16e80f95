"""How each language writes dates, numbers, money and lists, and where its words come from."""

import string
from datetime import date
from decimal import Decimal
from importlib.resources import files

import babel
import pytest
import yaml

from macros.i18n.locale import Locale
from macros.i18n.messages import Catalogue
from macros.model.dates import parse

NBSP = "\u00a0"  # no-break space
NNBSP = "\u202f"  # narrow no-break space

# --- dates ----------------------------------------------------------------------------------------

DATES = [
    # EDTF, English, Chinese, French
    # one day, month, year
    ("2023-06-09", "9 June 2023", "2023年6月9日", "9 juin 2023"),
    ("2025-01-01", "1 January 2025", "2025年1月1日", "1er janvier 2025"),
    ("2024-12", "December 2024", "2024年12月", "décembre 2024"),
    ("2024", "2024", "2024年", "2024"),
    # a part of a year
    ("2024-21", "spring 2024", "2024年春季", "printemps 2024"),
    ("2024-22", "summer 2024", "2024年夏季", "été 2024"),
    ("2024-23", "autumn 2024", "2024年秋季", "automne 2024"),
    ("2024-24", "winter 2024", "2024年冬季", "hiver 2024"),
    ("2024-33", "first quarter of 2024", "2024年第一季度", "premier trimestre de 2024"),
    ("2024-34", "second quarter of 2024", "2024年第二季度", "deuxième trimestre de 2024"),
    ("2024-35", "third quarter of 2024", "2024年第三季度", "troisième trimestre de 2024"),
    ("2024-36", "fourth quarter of 2024", "2024年第四季度", "quatrième trimestre de 2024"),
    ("2024-37", "first third of 2024", "2024年前四个月", "premier quadrimestre de 2024"),
    ("2024-38", "second third of 2024", "2024年中间四个月", "deuxième quadrimestre de 2024"),
    ("2024-39", "last third of 2024", "2024年最后四个月", "troisième quadrimestre de 2024"),
    ("2024-40", "first half of 2024", "2024年上半年", "premier semestre de 2024"),
    ("2024-41", "second half of 2024", "2024年下半年", "second semestre de 2024"),
    # intervals: what both ends share is written once
    ("2024-12-09/2024-12-11", "9–11 December 2024", "2024年12月9日至11日", "9–11 décembre 2024"),
    (
        "2025-05-30/2025-06-02",
        "30 May – 2 June 2025",
        "2025年5月30日至6月2日",
        "30 mai – 2 juin 2025",
    ),
    (
        "2024-12-30/2025-01-01",
        "30 December 2024 – 1 January 2025",
        "2024年12月30日至2025年1月1日",
        "30 décembre 2024 – 1er janvier 2025",
    ),
    ("2024-06/2024-08", "June–August 2024", "2024年6月至8月", "juin–août 2024"),
    (
        "2024-12/2025-01",
        "December 2024 – January 2025",
        "2024年12月至2025年1月",
        "décembre 2024 – janvier 2025",
    ),
    ("2020/2023", "2020–2023", "2020–2023年", "2020–2023"),
    ("2024-12-09/2024-12-09", "9 December 2024", "2024年12月9日", "9 décembre 2024"),
    ("2024-12/2024-12", "December 2024", "2024年12月", "décembre 2024"),
    # intervals whose ends share nothing that could be left out
    (
        "2024-06/2024-08-15",
        "June 2024 – 15 August 2024",
        "2024年6月至2024年8月15日",
        "juin 2024 – 15 août 2024",
    ),
    (
        "2024-36/2025-33",
        "fourth quarter of 2024 – first quarter of 2025",
        "2024年第四季度至2025年第一季度",
        "quatrième trimestre de 2024 – premier trimestre de 2025",
    ),
    # deadlines: the beginning is open
    (
        "../2024-10-28",
        "no later than 28 October 2024",
        "至迟2024年10月28日",
        "au plus tard le 28 octobre 2024",
    ),
    (
        "../2024-12-31",
        "no later than 31 December 2024",
        "至迟2024年12月31日",
        "au plus tard le 31 décembre 2024",
    ),
    ("../2024-06", "by the end of June 2024", "2024年6月底前", "d’ici à la fin de juin 2024"),
    ("../2024-04", "by the end of April 2024", "2024年4月底前", "d’ici à la fin d’avril 2024"),
    ("../2024-12", "by the end of 2024", "2024年底前", "d’ici à la fin de 2024"),
    ("../2024", "by the end of 2024", "2024年底前", "d’ici à la fin de 2024"),
    (
        "../2024-36",
        "by the end of the fourth quarter of 2024",
        "2024年第四季度末前",
        "d’ici à la fin du quatrième trimestre de 2024",
    ),
    (
        "../2024-40",
        "by the end of the first half of 2024",
        "2024年上半年结束前",
        "d’ici à la fin du premier semestre de 2024",
    ),
    ("../2024-22", "by the end of summer 2024", "2024年夏季结束前", "d’ici à la fin de l’été 2024"),
    # beginnings: the end is open
    ("2024-11-05/..", "from 5 November 2024", "2024年11月5日起", "à partir du 5 novembre 2024"),
    ("2024-11/..", "from November 2024", "2024年11月起", "à partir de novembre 2024"),
    ("2024-10/..", "from October 2024", "2024年10月起", "à partir d’octobre 2024"),
    ("2024-12/..", "from December 2024", "2024年12月起", "à partir de décembre 2024"),
    ("2024/..", "from 2024", "2024年起", "à partir de 2024"),
    (
        "2024-36/..",
        "from the fourth quarter of 2024",
        "2024年第四季度起",
        "à partir du quatrième trimestre de 2024",
    ),
    # approximate, uncertain, both
    ("2024~", "about 2024", "2024年前后", "2024 (date approximative)"),
    ("2024-09~", "about September 2024", "2024年9月前后", "septembre 2024 (date approximative)"),
    ("2024?", "2024 (uncertain)", "2024年（不确定）", "2024 (date incertaine)"),
    (
        "2024%",
        "about 2024 (uncertain)",
        "2024年前后（不确定）",
        "2024 (date approximative et incertaine)",
    ),
    (
        "2024-36~",
        "fourth quarter of 2024 (approximate)",
        "2024年第四季度（大致）",
        "quatrième trimestre de 2024 (date approximative)",
    ),
    (
        "../2024-12~",
        "by the end of 2024 (approximate)",
        "2024年底前（大致）",
        "d’ici à la fin de 2024 (date approximative)",
    ),
    (
        "2024-11?/..",
        "from November 2024 (uncertain)",
        "2024年11月起（不确定）",
        "à partir de novembre 2024 (date incertaine)",
    ),
    (
        "2024-06~/2024-08~",
        "about June–August 2024",
        "2024年6月至8月前后",
        "juin–août 2024 (date approximative)",
    ),
    ("2024~/2026", "about 2024 – 2026", "2024年前后至2026年", "2024 (date approximative) – 2026"),
]


@pytest.mark.parametrize(
    ("text", "english", "chinese", "french"), DATES, ids=[row[0] for row in DATES]
)
def test_date(text, english, chinese, french):
    when = parse(text)
    assert {tag: Locale.of(tag).date(when) for tag in ("en", "zh", "fr")} == {
        "en": english,
        "zh": chinese,
        "fr": french,
    }


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ("es", "2024-12-09/2024-12-11", "9–11 de diciembre de 2024"),
        ("ru", "2024-12-09/2024-12-11", f"9–11 декабря 2024{NNBSP}г."),
        ("ar", "2024-12-09/2024-12-11", "9–11 ديسمبر 2024"),
        ("en-US", "2024-12-09/2024-12-11", "December 9–11, 2024"),
        (
            "sw",
            "2025-05-30/2025-06-02",
            "30 Mei 2025 – 2 Juni 2025",
        ),  # CLDR's own pattern leaves out "Mei"
    ],
)
def test_date_needs_no_code_for_a_further_language(tag, text, expected):
    assert Locale.of(tag).date(parse(text)) == expected


@pytest.mark.parametrize(
    ("tag", "month"), [("en", "September 2024"), ("zh", "2024年9月"), ("fr", "septembre 2024")]
)
def test_month(tag, month):
    assert Locale.of(tag).month(date(2024, 9, 1)) == month


# --- numbers and money ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "english", "chinese", "french"),
    [
        (0, "0", "0", "0"),
        (1500, "1,500", "1,500", f"1{NNBSP}500"),
        (Decimal("24000000"), "24,000,000", "24,000,000", f"24{NNBSP}000{NNBSP}000"),
        (Decimal("24000000.00"), "24,000,000", "24,000,000", f"24{NNBSP}000{NNBSP}000"),
        (Decimal("1234.56789"), "1,234.56789", "1,234.56789", f"1{NNBSP}234,56789"),
    ],
)
def test_number(value, english, chinese, french):
    assert [Locale.of(tag).number(value) for tag in ("en", "zh", "fr")] == [
        english,
        chinese,
        french,
    ]


@pytest.mark.parametrize(
    ("value", "english", "chinese", "french"),
    [
        ("0", "0%", "0%", f"0{NBSP}%"),
        ("0.0001", "under 0.1%", "不足0.1%", f"moins de 0,1{NBSP}%"),
        ("0.0005", "0.1%", "0.1%", f"0,1{NBSP}%"),
        ("0.57", "57%", "57%", f"57{NBSP}%"),
        ("0.5654", "56.5%", "56.5%", f"56,5{NBSP}%"),
        ("0.5645", "56.5%", "56.5%", f"56,5{NBSP}%"),  # half up, not to the even neighbour
        ("0.99949", "99.9%", "99.9%", f"99,9{NBSP}%"),
        ("0.9999", "over 99.9%", "超过99.9%", f"plus de 99,9{NBSP}%"),
        ("1", "100%", "100%", f"100{NBSP}%"),
    ],
)
def test_share(value, english, chinese, french):
    assert [Locale.of(tag).share(Decimal(value)) for tag in ("en", "zh", "fr")] == [
        english,
        chinese,
        french,
    ]


@pytest.mark.parametrize(
    ("amount", "currency", "english", "chinese", "french"),
    [
        ("24000000", "USD", "USD 24,000,000", "24,000,000美元", f"24{NNBSP}000{NNBSP}000{NBSP}USD"),
        ("429000", "EUR", "EUR 429,000", "429,000欧元", f"429{NNBSP}000{NBSP}EUR"),
        ("0", "USD", "USD 0", "0美元", f"0{NBSP}USD"),
        ("1234.5", "USD", "USD 1,234.50", "1,234.50美元", f"1{NNBSP}234,50{NBSP}USD"),
    ],
)
def test_money(amount, currency, english, chinese, french):
    assert [Locale.of(tag).money(Decimal(amount), currency) for tag in ("en", "zh", "fr")] == [
        english,
        chinese,
        french,
    ]


@pytest.mark.parametrize(
    ("tag", "full", "short"),
    [
        ("en", "about USD 24,000,000", "about USD 24 million"),
        ("zh", "约24,000,000美元", "约2,400万美元"),
        ("fr", f"environ 24{NNBSP}000{NNBSP}000{NBSP}USD", f"environ 24 millions{NBSP}USD"),
    ],
)
def test_money_approximate(tag, full, short):
    assert Locale.of(tag).money(Decimal(24_000_000), "USD", approximate=True) == full
    assert Locale.of(tag).money_short(Decimal(24_000_000), "USD", approximate=True) == short


@pytest.mark.parametrize(
    ("amount", "english", "chinese", "french"),
    [
        ("0", "USD 0", "0美元", f"0{NBSP}USD"),
        ("950", "USD 950", "950美元", f"950{NBSP}USD"),
        ("429000", "USD 429,000", "42.9万美元", f"429{NNBSP}000{NBSP}USD"),
        ("1000000", "USD 1 million", "100万美元", f"1 million{NBSP}USD"),
        ("1858000", "USD 1.86 million", "186万美元", f"1,86 million{NBSP}USD"),
        ("20018000", "USD 20 million", "2,002万美元", f"20 millions{NBSP}USD"),
        ("46057000", "USD 46.1 million", "4,606万美元", f"46,1 millions{NBSP}USD"),
        ("99999999", "USD 100 million", "1亿美元", f"100 millions{NBSP}USD"),
        ("999999999", "USD 1 billion", "10亿美元", f"1 milliard{NBSP}USD"),
        ("2500000000", "USD 2.5 billion", "25亿美元", f"2,5 milliards{NBSP}USD"),
    ],
)
def test_money_short(amount, english, chinese, french):
    expected = [english, chinese, french]
    assert [
        Locale.of(tag).money_short(Decimal(amount), "USD") for tag in ("en", "zh", "fr")
    ] == expected


def test_money_short_counts_as_the_number_is_written():
    assert Locale.of("de").money_short(Decimal("999999.6"), "USD") == "USD 1 Million"
    assert Locale.of("ru").money_short(Decimal("99999999"), "USD") == "USD 100 миллионов"


# --- lists ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("items", "english", "chinese", "french"),
    [
        ([], "", "", ""),
        (["a"], "a", "a", "a"),
        (["a", "b"], "a and b", "a和b", "a et b"),
        (["a", "b", "c"], "a, b and c", "a、b和c", "a, b et c"),
    ],
)
def test_items(items, english, chinese, french):
    assert [Locale.of(tag).items(items) for tag in ("en", "zh", "fr")] == [english, chinese, french]


@pytest.mark.parametrize(
    ("tag", "in_order"),
    [
        ("en", ["Brazil", "côte", "Côte d’Ivoire", "Cyprus", "Égypte", "Eritrea", "zambia"]),
        ("zh", ["Zambia", "阿根廷", "安哥拉", "巴西", "日本", "中国"]),
    ],
)
def test_collate(tag, in_order):
    assert Locale.of(tag).collate(reversed(in_order)) == in_order
    pairs = [(number, name) for number, name in enumerate(in_order)]
    assert Locale.of(tag).collate(reversed(pairs), key=lambda pair: pair[1]) == pairs


# --- the languages themselves ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "html_lang", "direction", "name", "pagefind"),
    [
        ("en", "en", "ltr", "English", "en"),
        ("zh", "zh-Hans", "ltr", "中文", "zh"),
        ("fr", "fr", "ltr", "Français", "fr"),
        ("es", "es", "ltr", "Español", "es"),
        ("ru", "ru", "ltr", "Русский", "ru"),
        ("ar", "ar", "rtl", "العربية", "ar"),
        ("he", "he", "rtl", "עברית", "he"),
        ("pt-BR", "pt-BR", "ltr", "Português (Brasil)", "pt"),
        ("zh-Hant", "zh-Hant", "ltr", "中文 (繁體)", "zh"),
        ("sw", "sw", "ltr", "Kiswahili", "sw"),
    ],
)
def test_language(tag, html_lang, direction, name, pagefind):
    locale = Locale.of(tag)
    assert locale.tag == tag
    assert locale.html_lang == html_lang
    assert locale.direction == direction
    assert locale.name == name
    assert locale.pagefind == pagefind


@pytest.mark.parametrize("tag", ["", "xx", "english", "zh_Hans", "../en"])
def test_unknown_language_is_refused(tag):
    with pytest.raises(ValueError, match="not the tag of a known language"):
        Locale.of(tag)


def test_is_one_immutable_value_per_language():
    assert Locale.of("en") is Locale.of("en")
    assert Locale.of("en") != Locale.of("zh")
    with pytest.raises(AttributeError):
        Locale.of("en").tag = "zh"


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", "en_GB"),
        ("zh", "zh_CN"),
        ("fr", "fr_FR"),
        ("ar", "ar_EG"),
        ("pt-BR", "pt_BR"),
        ("zh-Hant", "zh_TW"),
    ],
)
def test_language_with_its_territory(tag, expected):
    assert Locale.of(tag).with_territory == expected


@pytest.mark.parametrize(
    ("tag", "expected"), [("en", "JFMAMJJASOND"), ("fr", "JFMAMJJASOND"), ("zh", "123456789101112")]
)
def test_letters_of_months(tag, expected):
    letters = Locale.of(tag).month_letters()
    assert len(letters) == 12
    assert "".join(letters) == expected


# --- catalogues -----------------------------------------------------------------------------------

CATALOGUES = sorted(
    file.name.removesuffix(".yml") for file in (files("macros.i18n") / "catalogues").iterdir()
)
OWN = ("date.", "number.", "money.")


def fields(entry):
    """The names of the fields in a string, or in all its plural forms together."""
    forms = [entry] if isinstance(entry, str) else entry.values()
    return {
        name
        for form in forms
        for _, name, _, _ in string.Formatter().parse(form)
        if name is not None
    }


@pytest.mark.parametrize("tag", CATALOGUES)
def test_catalogue_is_well_formed(tag):
    text = (files("macros.i18n") / "catalogues" / f"{tag}.yml").read_text("utf-8")
    keys = [key.value for key, _ in yaml.compose(text).value]
    assert len(keys) == len(set(keys)), "a key is there twice"
    original = Catalogue.of("en").entries
    for key, entry in Catalogue.of(tag).entries.items():
        assert key in original, f"{key} is not in English"
        forms = [entry] if isinstance(entry, str) else [*entry.values(), entry["other"]]
        assert all(isinstance(form, str) for form in forms), f"{key} is not text"
        known = fields(original[key]) | {"count"} | ({"name"} if key == "money.amount" else set())
        assert fields(entry) <= known, f"{key} has a field that English has not"


@pytest.mark.parametrize("tag", CATALOGUES)
def test_catalogue_has_all_that_dates_and_money_need(tag):
    needed = {key for key in Catalogue.of("en").entries if key.startswith(OWN)}
    assert needed <= set(Catalogue.of(tag).entries)


@pytest.fixture
def catalogue():
    """A small catalogue in French with an English one behind it."""

    def make(tag, entries, fallback=None):
        return Catalogue(tag, entries, fallback, babel.Locale.parse(tag))

    hits = {"=0": "none", "one": "{count} hit", "other": "{count} hits"}
    english = make("en", {"hello": "Hello, {name}", "found": hits})
    return make(
        "fr",
        {"plain": "oui", "found.fr": {"one": "{count} résultat", "other": "{count} résultats"}},
        english,
    )


def test_string_is_filled_in(catalogue):
    assert catalogue.t("plain") == "oui"
    assert catalogue.t("hello", name="Ana") == "Hello, Ana"


@pytest.mark.parametrize(
    ("key", "count", "expected"),
    [
        ("found.fr", 0, "0 résultat"),
        ("found.fr", 1, "1 résultat"),
        ("found.fr", 2, "2 résultats"),
        (
            "found.fr",
            1_000_000,
            f"1{NNBSP}000{NNBSP}000 résultats",
        ),  # French "many" is not given: other
        ("found", 0, "none"),  # English words, English forms and English figures
        ("found", 1, "1 hit"),
        ("found", 1500, "1,500 hits"),
    ],
)
def test_plural_form(catalogue, key, count, expected):
    assert catalogue.t(key, count=count) == expected


def test_unknown_key_and_missing_value_are_errors(catalogue):
    with pytest.raises(KeyError, match="nowhere"):
        catalogue.t("nowhere")
    with pytest.raises(KeyError, match="name"):
        catalogue.t("hello")
    with pytest.raises(KeyError, match="count"):
        catalogue.t("found")


def test_a_language_without_a_catalogue_has_english_words():
    assert Catalogue.of("sw").t("date.from.year", date="2024", year="2024", count=0) == "from 2024"


def test_a_regional_language_has_the_words_of_the_wider_one():
    assert (
        Catalogue.of("fr-CA").t("date.from.year", date="2024", year="2024", count=0)
        == "à partir de 2024"
    )

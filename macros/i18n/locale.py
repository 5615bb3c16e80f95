"""How each language writes dates, numbers, money and lists.

Babel (the Unicode CLDR) knows the forms; what it has no words for ("by the end of", "about") comes
from the catalogue. A further language therefore needs a catalogue, and nothing here.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from typing import Literal, TypeVar

import babel
from babel.core import get_global
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import (
    NumberPattern,
    format_currency,
    format_decimal,
    format_percent,
    get_currency_name,
)

from macros.i18n.messages import Catalogue
from macros.model.dates import PartialDate, Point

T = TypeVar("T")

# English as the United Nations writes it, Chinese in simplified characters.
_CLDR = {"en": "en-GB", "zh": "zh-Hans"}
_HTML = {"zh": "zh-Hans"}

# CLDR's names ("skeletons") of an interval between two days, months or years; the best first.
_INTERVALS = {"day": ("yMMMMd", "yMMMd"), "month": ("yMMMM", "yMMM"), "year": ("y",)}
_FINEST = {"day": "d", "month": "M", "year": "y"}
_FIELDS = {"d": re.compile("d"), "M": re.compile("[ML]"), "y": re.compile("y")}

_MARKS = {"~": "approximate", "?": "uncertain", "%": "doubtful"}

_DASH = re.compile(r"\s*–\s*")
_SHORT_MONTH = re.compile(r"(?<![ML])(MMM|LLL)(?![ML])")
_DAY_NUMBER = re.compile(r"\bd\b")


@dataclass(frozen=True, slots=True)
class Locale:
    """One language of the site and how it writes things; get it by `Locale.of`."""

    tag: str
    """The language as the organ's data names it, such as `en` or `pt-BR`."""
    catalogue: Catalogue = field(repr=False, compare=False)
    """Its interface strings."""
    _cldr: babel.Locale = field(repr=False, compare=False)

    @staticmethod
    @cache
    def of(tag: str) -> Locale:
        """The locale of a language.

        Args:
            tag: A BCP 47 tag, such as `en`, `zh` or `pt-BR`.

        Raises:
            ValueError: Nobody knows the language.
        """
        try:
            cldr = babel.Locale.parse(_CLDR.get(tag, tag), sep="-")
        except (ValueError, babel.UnknownLocaleError) as error:
            raise ValueError(f"{tag!r} is not the tag of a known language") from error
        return Locale(tag, Catalogue.of(tag), cldr)

    # --- the language itself ---

    @property
    def html_lang(self) -> str:
        """The value of `<html lang>` and `hreflang` (BCP 47)."""
        return _HTML.get(self.tag, self.tag)

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """The value of `<html dir>`."""
        return "rtl" if self._cldr.text_direction == "rtl" else "ltr"

    @property
    def with_territory(self) -> str:
        """Language and (likely) territory, where both are asked for: `en_GB`, `zh_CN`."""
        known, cldr = get_global("likely_subtags"), self._cldr
        likely = known.get(f"{cldr.language}_{cldr.script}") or known.get(cldr.language) or ""
        return "_".join(filter(None, (cldr.language, cldr.territory or likely.rpartition("_")[2])))

    @property
    def name(self) -> str:
        """The language's own name as a heading: `Français`, `中文`, `Português (Brasil)`."""
        whole = "-" in self.tag
        name = (self._cldr.get_display_name() if whole else self._cldr.get_language_name()) or ""
        return name[:1].upper() + name[1:]

    @property
    def pagefind(self) -> str:
        """The code for Pagefind's `--force-language`: the language without script or country.

        Pagefind looks an index up by `<html lang>`, then by its first part, so that this one is
        found.
        """
        return self._cldr.language

    # --- dates ---

    @lru_cache(4096)  # noqa: B019 - one locale per language is never freed
    def date(self, value: PartialDate) -> str:
        """A date as a careful editor writes it, no more exact than its source.

        `9–11 December 2024`, `fourth quarter of 2024`, `by the end of 2024`, `from November 2024`,
        `about 2024`. An open beginning is a deadline: a day, or the end of a month, year or
        quarter.
        """
        start, end = value.start, value.end
        if start is None or end is None:
            return self._open("from" if start else "by", value.given)
        if start == end:
            return self._point(start)
        if start.mark == end.mark and (interval := self._interval(start, end)):
            return self._marked(interval, start.mark)
        return self.catalogue.t("date.range", start=self._point(start), end=self._point(end))

    def month(self, day: datetime.date) -> str:
        """The month a day lies in, as a heading: `December 2024`."""
        return self._write(day, self._cldr.datetime_skeletons["yMMMM"].pattern)

    def month_letters(self) -> list[str]:
        """The twelve months as narrowly as the language writes them, for an axis: `J`, `F`, `M`."""
        narrow = self._cldr.months["stand-alone"]["narrow"]
        return [narrow[month] for month in range(1, 13)]

    def _point(self, point: Point) -> str:
        return self._marked(self._bare(point), point.mark, phrase=point.is_grouping)

    def _bare(self, point: Point) -> str:
        """A point without its mark."""
        if point.is_grouping:
            return self.catalogue.t(f"date.grouping.{point.month}", year=str(point.year))
        if point.day:
            return self._write(point.first, self._cldr.date_formats["long"].pattern)
        if point.month:
            return self.month(point.first)
        return self._write(point.first, self._cldr.datetime_skeletons["y"].pattern)

    def _open(self, kind: Literal["by", "from"], point: Point) -> str:
        """A deadline or a beginning. The end of December is the end of the year."""
        if kind == "by" and point.month == 12 and not point.day:
            point = replace(point, month=None)
        text = self.catalogue.t(
            f"date.{kind}.{_precision(point)}",
            date=self._bare(point),
            year=str(point.year),
            count=point.month or 0,
        )
        return self._marked(text, point.mark, phrase=True)

    def _interval(self, start: Point, end: Point) -> str | None:
        """Two days, months or years with what they share written once; `None` for any other pair.

        The dash is closed up between single words or figures (`June–August 2024`), spaced
        otherwise.
        """
        precision = _precision(start)
        if precision != _precision(end) or precision not in _INTERVALS:
            return None
        differs = "y" if start.year != end.year else "M" if start.month != end.month else "d"
        formats = (self._cldr.interval_formats.get(name) or {} for name in _INTERVALS[precision])
        halves = next((patterns[differs] for patterns in formats if differs in patterns), ())
        if len(halves) != 2 or not all(map(_FIELDS[differs].search, halves)):
            return None  # CLDR has none, or one that leaves out what differs (Swahili)
        dash = "–" if differs == _FINEST[precision] else " – "
        patterns = (
            _DASH.sub(dash, _SHORT_MONTH.sub(lambda month: month[0] + month[0][0], half))
            for half in halves
        )
        return "".join(map(self._write, (start.first, end.first), patterns))

    def _marked(self, text: str, mark: str, phrase: bool = False) -> str:
        """A date with its mark of doubt; `phrase` where "about" cannot stand before it."""
        if not mark:
            return text
        return self.catalogue.t(f"date.{'phrase.' if phrase else ''}{_MARKS[mark]}", date=text)

    def _write(self, day: datetime.date, pattern: str) -> str:
        """A day in a CLDR pattern; the first of a month as the language has it (`1er janvier`)."""
        if day.day == 1:
            pattern = _DAY_NUMBER.sub(f"'{self.catalogue.t('date.first_of_month')}'", pattern)
        return format_date(day, pattern, locale=self._cldr)

    # --- numbers and money ---

    def number(self, value: int | Decimal) -> str:
        """A number with all its digits: `24,000,000`."""
        return format_decimal(value, locale=self._cldr, decimal_quantization=False)

    def share(self, value: Decimal) -> str:
        """A share from 0 to 1 as a percentage with one decimal at most, rounded half up: `56.5%`.

        Only nothing is `0%` and only everything is `100%`; what lies close is `under 0.1%`, `over
        99.9%`.
        """
        if 0 < value < Decimal("0.0005"):
            return self.catalogue.t("number.under", share=self._percent(Decimal("0.001")))
        if Decimal("0.9995") <= value < 1:
            return self.catalogue.t("number.over", share=self._percent(Decimal("0.999")))
        return self._percent(_round(Decimal(value), 3))

    def money(self, amount: Decimal, currency: str, approximate: bool = False) -> str:
        """A sum in full, with decimals only where it is not whole: `about USD 24,000,000`.

        Args:
            amount: In whole units.
            currency: ISO 4217 code.
            approximate: Whether the source says "about".
        """
        if amount == amount.to_integral_value():
            figure = self.number(amount)
        else:  # the decimals the currency has; the pattern has no place for its sign
            figure = format_currency(amount, currency, self._cldr.decimal_formats[None], self._cldr)
        return self._money(figure, amount, currency, approximate)

    def money_short(self, amount: Decimal, currency: str, approximate: bool = False) -> str:
        """A sum for table cells and charts: `USD 46.1 million`, `4,606万美元`.

        Rounded half up to three significant digits, but never beyond the unit; in full below the
        language's first unit over a thousand. The amount is not negative.
        """
        return self._money(self._compact(amount), amount, currency, approximate)

    def _money(self, figure: str, amount: Decimal, currency: str, approximate: bool) -> str:
        name = get_currency_name(currency, count=_plain(amount), locale=self._cldr)
        text = self.catalogue.t("money.amount", figure=figure, code=currency, name=name)
        return self.catalogue.t("money.approximate", money=text) if approximate else text

    def _percent(self, value: Decimal) -> str:
        return format_percent(value, locale=self._cldr, decimal_quantization=False)

    def _compact(self, amount: Decimal) -> str:
        """A number in millions, 万 or the like."""
        unit, _ = self._unit(amount)
        decimals = max(0, 2 - (amount / unit).adjusted()) if unit > 1 else 0
        amount = _round(amount / unit, decimals) * unit
        unit, magnitude = self._unit(amount)  # rounding may have carried it into the next
        count = _plain(amount / unit)
        if magnitude is None:
            return self.number(count)
        form = self._cldr.plural_form(count)
        pattern = self._units.get(form, self._units["other"])[magnitude]
        return f"{pattern.prefix[0]}{self.number(count)}{pattern.suffix[0]}"

    def _unit(self, amount: Decimal) -> tuple[int, str | None]:
        """The unit to write an amount in, and CLDR's key for its pattern; `(1, None)` for none."""
        patterns = self._units["other"]
        for magnitude in sorted((int(key) for key in patterns), reverse=True):
            pattern = patterns[str(magnitude)]
            unit = magnitude // 10 ** (pattern.int_prec[0] - 1)
            if amount >= magnitude and unit > 1000 and pattern.pattern != "0":
                return unit, str(magnitude)
        return 1, None

    @property
    def _units(self) -> Mapping[str, Mapping[str, NumberPattern]]:
        """CLDR's compact patterns, by plural category and magnitude; short ones if need be."""
        formats = self._cldr.compact_decimal_formats
        units: Mapping[str, Mapping[str, NumberPattern]] = formats.get("long") or formats["short"]
        return units

    # --- lists ---

    def items(self, items: Iterable[str]) -> str:
        """Several things in a row: `a, b and c`, `a、b和c`; nothing for none."""
        return format_list(tuple(items), locale=self._cldr)

    def collate(self, items: Iterable[T], key: Callable[[T], str] = str) -> list[T]:
        """Things in the alphabetical order of their names.

        Accents, case and width are set aside.
        Simplified Chinese goes by its national encoding, whose 3,755 common characters are in the
        order of their Latin spelling (pinyin); a character with several readings is filed under
        one. No full collation.
        """
        pinyin = self._cldr.language == "zh" and self._cldr.script != "Hant"

        def order(item: T) -> tuple[bytes, str]:
            name = key(item)
            signs = unicodedata.normalize("NFKD", name.casefold())
            folded = "".join(sign for sign in signs if not unicodedata.combining(sign))
            return folded.encode("gb18030" if pinyin else "utf-8"), name

        return sorted(items, key=order)


def _precision(point: Point) -> str:
    """`day`, `month`, `year`, or the code of a grouping such as `36`."""
    if point.is_grouping:
        return str(point.month)
    return "day" if point.day else "month" if point.month else "year"


def _round(value: Decimal, decimals: int) -> Decimal:
    """Rounded half up, as readers expect, not to the even neighbour."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _plain(value: Decimal) -> Decimal:
    """The number without trailing zeros, which plural rules would count (`1.0 millions`)."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()


def is_language(tag: str) -> bool:
    """Whether something can be written in a language: whether its tag is known."""
    try:
        Locale.of(tag)
    except ValueError:
        return False
    return True


def is_currency(code: str) -> bool:
    """Whether a code of ISO 4217 is, or was, that of a currency."""
    return code in get_global("all_currencies")

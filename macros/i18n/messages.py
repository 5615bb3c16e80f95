"""Interface strings: the words the package itself puts on a page, one catalogue per language.

A catalogue is `catalogues/<tag>.yml`, a flat mapping of key → string with `{name}` fields. Where
the words depend on a number, the entry is a mapping of plural forms instead, chosen by the value
`count`:

    results.found:
      =0: "No resolution found"          # exactly this number, as in ICU MessageFormat
      one: "{count} resolution found"    # otherwise the CLDR plural category
      other: "{count} resolutions found" # always there

A string that a language lacks is taken from the wider language (`pt-BR` → `pt`), at last from
English.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import babel
import yaml
from babel.numbers import format_decimal

ORIGINAL = "en"
"""The language in which every string exists."""

Entry = str | Mapping[str, str]

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """The interface strings of one language; get it by `Catalogue.of`."""

    tag: str
    entries: Mapping[str, Entry]
    fallback: Catalogue | None
    _cldr: babel.Locale = field(repr=False)

    @staticmethod
    @cache
    def of(tag: str) -> Catalogue:
        """The catalogue of a language.

        A language that has no file has all its strings from the fallback.

        Args:
            tag: Its tag, such as `zh`.
        """
        fallback = None if tag == ORIGINAL else Catalogue.of(tag.rpartition("-")[0] or ORIGINAL)
        return Catalogue(tag, _read(tag), fallback, babel.Locale.parse(tag, sep="-"))

    def t(self, key: str, /, **values: Any) -> str:
        """One string, its fields filled in.

        Args:
            key: The key.
            **values: A value for every field. `count`, a number, chooses the plural form and is
                written as the language writes numbers; other values appear as they are.

        Raises:
            KeyError: Not even English has the key, or a field has no value.
        """
        if key not in self.entries and self.fallback:
            return self.fallback.t(key, **values)
        entry = self.entries[key]
        if not isinstance(entry, str):
            entry = self._plural(entry, values["count"])
        if "count" in values:
            values["count"] = format_decimal(
                values["count"], locale=self._cldr, decimal_quantization=False
            )
        return entry.format_map(values)

    def _plural(self, forms: Mapping[str, str], count: Any) -> str:
        """The form for a number: exact (`=4`), else of its plural category, else `other`."""
        return next(
            forms[form]
            for form in (f"={count}", self._cldr.plural_form(count), "other")
            if form in forms
        )


def _read(tag: str) -> Mapping[str, Entry]:
    """The entries of one file; empty where there is none."""
    file = files("macros.i18n").joinpath("catalogues").joinpath(f"{tag}.yml")
    entries = yaml.load(file.read_text("utf-8"), Loader=_Loader) if file.is_file() else {}
    return MappingProxyType(entries)

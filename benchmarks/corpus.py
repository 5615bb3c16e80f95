"""An invented organ of any size in the project's own data format, complete in English and Chinese.

    python -m benchmarks.corpus 1500 /tmp/organ

The same numbers give the same bytes, and a resolution is the same however many follow it.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from benchmarks import words
from benchmarks.words import Pair

SESSIONS_OF = 100
"""Resolutions in a session."""
COUNTRIES, CITIES, ORGANIZATIONS, PARAGRAPHS = 40, 160, 240, 400
PERIODS = tuple(f"{year}-{half}" for year in (2023, 2024, 2025) for half in (1, 2))
STATUSES = {
    "not-started": ("idle", "尚未开始"),
    "in-preparation": ("preparing", "筹备中"),
    "under-way": ("active", "执行中"),
    "continuing": ("standing", "持续义务"),
    "done": ("done", "已落实"),
    "overtaken": ("past", "不再适用"),
}
NAMES_OF_WORDS = {
    "contribution_kinds": {"voluntary": "自愿捐助", "project": "项目资金", "in-kind": "实物捐助"},
    "organization_kinds": {
        "government": "政府", "academia": "学术界", "ngo": "非政府组织", "fund": "基金", "network": "网络",
    },
    "document_kinds": {"report": "报告", "note": "资料说明"},
    "relation_kinds": {"follows-up": "后续", "see-also": "另见"},
}  # fmt: skip

Entry = dict[str, object]


class Text(NamedTuple):
    """A text in both languages."""

    english: str
    chinese: str


class Organ:
    """The organ: what all its resolutions refer to."""

    def __init__(self, resolutions: int, seed: int = 1) -> None:
        """Invent the names of countries, cities and organizations."""
        self.resolutions, self.seed = resolutions, seed
        self.sessions = -(-resolutions // SESSIONS_OF)
        self.first_year = 2023 - self.sessions
        chance = self.chance("organ")
        self.countries = [_invent(chance) for _ in range(COUNTRIES)]
        self.cities = [_invent(chance) for _ in range(CITIES)]
        self.organizations = [self._organization(chance, index) for index in range(ORGANIZATIONS)]

    def chance(self, name: object) -> random.Random:
        """Give a source of chance of its own for each file."""
        return random.Random(f"{self.seed}/{name}")

    def _organization(self, chance: random.Random, index: int) -> tuple[str, Text]:
        kind, forms = list(words.ORGANIZATIONS.items())[index % len(words.ORGANIZATIONS)]
        return kind, _fill(forms, country=self.countries[index % COUNTRIES], word=_invent(chance))

    def slug(self, index: int) -> str:
        """Give the slug of the resolution at an index."""
        return f"{index // SESSIONS_OF + 1}-{index % SESSIONS_OF + 1}"

    def files(self) -> Iterator[tuple[str, str]]:
        """Write all files, one after the other."""
        records = self._references()
        for index in range(self.resolutions):
            records = {**records, f"resolutions/{self.slug(index)}": Resolution(self, index).data}
            for name, record in records.items():
                yield f"data/{name}.yml", _write_yaml(record)
                yield f"data/translations/zh/{name}.yml", _write_translation(record, name)
            records = {}

    def _references(self) -> dict[str, Entry]:
        source = {"document": _report(PERIODS[-1]), "paragraph": 1}
        text = Text(
            "A lack of money holds back much of the work.", "许多工作因资金不足而受到制约。"
        )
        reported = {"period": f"h-{PERIODS[-1]}", "sources": [source]}
        resource = {"id": "all", "currency": "USD", "required": 90000000, **reported}
        statement = {"id": "money", "text": text, **reported}
        return {
            "body": {
                "format": 2,
                "site_name": Text("Resolutions of the Council of Rivers", "河流理事会决议"),
                "description": Text("What became of every resolution.", "每项决议的落实情况。"),
                "name": Text("Council of Rivers", "河流理事会"),
                "short_name": Text("Council", "理事会"),
                "secretariat": Text("Secretariat of the Council", "理事会秘书处"),
                "languages": ["en", "zh"],
                "currency": "USD",
                "reporting_interval_months": 6,
                "label_pattern": "{session}/{number}",
                "symbol_pattern": "CR/{session}/RES/{number}",
                "alias_patterns": ["{session}/{number}"],
                "document_links": [
                    {"prefixes": ["CR/"], "address": "https://example.org/{symbol}"}
                ],
            },
            "vocabulary": _vocabulary(),
            "sessions": {"sessions": [self._session(n) for n in range(1, self.sessions + 1)]},
            "periods": {"periods": [_period(period) for period in PERIODS]},
            "documents": {"documents": list(self._documents())},
            "organizations": {
                "organizations": [
                    {"id": f"org-{i}", "name": name, "kind": kind, "country": _home(i)}
                    for i, (kind, name) in enumerate(self.organizations)
                ]
            },
            "places": {"places": [*self._places()]},
            "statements": {"statements": [statement], "resources": [resource]},
        }

    def _places(self) -> Iterator[Entry]:
        for i, name in enumerate(self.countries):
            yield {"id": f"country-{i}", "name": name, "kind": "country"}
        for i, name in enumerate(self.cities):
            yield {"id": f"city-{i}", "name": name, "kind": "city", "country": _home(i)}

    def _session(self, number: int) -> Entry:
        year = self.first_year + number - 1
        name = Text(f"Session of {year}", f"{year}年会议")
        meetings = [f"{year}-06-05/{year}-06-09"]
        return {
            "id": number,
            "name": name,
            "place": f"city-{number % CITIES}",
            "meetings": meetings,
        }

    def _documents(self) -> Iterator[Entry]:
        for period in PERIODS:
            title = Text(f"Report on resolutions, {period}", f"决议执行情况报告（{period}）")
            entry: Entry = {"symbol": _report(period), "kind": "report", "title": title}
            yield {**entry, "paragraphs": PARAGRAPHS}
        for number in range(1, self.resolutions // 5 + 1):
            theme = words.THEMES[number % len(words.THEMES)]
            title = Text(
                f"Information note {number} on {theme[0].lower()}",
                f"关于{theme[1]}的第{number}号资料说明",
            )
            yield {"symbol": f"CR/INF/{number}", "kind": "note", "title": title}


class Resolution:
    """One resolution: its `data`, and the chance that it is made by."""

    def __init__(self, organ: Organ, index: int) -> None:
        """Invent all its entries."""
        self.organ, self.chance = organ, organ.chance(index)
        self.count = 0
        self.themes = self.chance.sample(range(len(words.THEMES)), self.chance.choice((1, 2, 2, 3)))
        self.periods = PERIODS[-self.chance.choice((1, 2, 2, 3)) :]
        self.paragraphs = [str(n) for n in range(1, self.chance.randint(3, 6))]
        session, number = map(int, organ.slug(index).split("-"))
        many, pick = self.chance.randint, self.chance.choice
        self.data: Entry = {
            "number": number,
            "session": session,
            "symbol": {"value": f"CR/{session}/RES/{number}", "basis": "inferred"},
            "title": self.text(words.PURPOSES),
            "title_basis": "unofficial",
            "adoption": {"date": f"{organ.first_year + session - 1}-06-09"},
            "themes": [f"theme-{theme}" for theme in self.themes],
            "goals": sorted(self.chance.sample(range(1, 18), pick((1, 2, 3)))),
            "documents": [f"CR/INF/{many(1, index // 5)}"] if index >= 25 else [],
            "operative_paragraphs": [self._paragraph(number) for number in self.paragraphs],
            "assessments": [
                self._assessment(period, paragraph)
                for period in self.periods
                for paragraph in (None, pick(self.paragraphs))
            ],
            "updates": [self._update(p) for p in self.periods for _ in range(many(4, 6))],
            "events": [self._event() for _ in range(many(3, 6))],
            "resources": [self._resource(period) for period in self.periods[-2:]],
            "contributions": [self._contribution() for _ in range(many(1, 4))],
            "mechanisms": [self._mechanism(index)] if index % 50 == 7 else [],
            "partners": [
                self._partner(partner)
                for partner in self.chance.sample(range(ORGANIZATIONS), many(2, 4))
            ],
            "relations": [
                {"kind": "follows-up", "resolution": organ.slug(self.chance.randrange(index)), **self.sources()}
            ]
            if index and self.chance.random() < 0.5
            else [],
        }  # fmt: skip

    def text(self, forms: tuple[Pair, ...]) -> Text:
        """Choose a piece of text and fill its gaps."""
        chance, organ = self.chance, self.organ
        theme = words.THEMES[chance.choice(self.themes)]
        return _fill(
            chance.choice(forms),
            theme=Text(theme[0].lower(), theme[1]),
            name=_fill(chance.choice(words.NAMES), word=_invent(chance)),
            place=chance.choice(organ.cities),
            country=chance.choice(organ.countries),
            org=chance.choice(organ.organizations)[1],
            n=Text(*[str(chance.randint(3, 260))] * 2),
        )

    def id(self, name: str) -> str:
        """Give an id that no other entry has."""
        self.count += 1
        return f"{name}-{self.count}"

    def sources(self, period: str = PERIODS[-1]) -> Entry:
        """Give one to three sources in the report of a period."""
        numbers = self.chance.sample(range(1, PARAGRAPHS), self.chance.choice((1, 1, 2, 3)))
        return {"sources": [{"document": _report(period), "paragraph": n} for n in sorted(numbers)]}

    def _paragraph(self, number: str) -> Entry:
        entry = {"number": number, "gist": self.text(words.GISTS)}
        entry |= {"addressee": self.text(words.ADDRESSEES)}
        return entry | self.sources(self.periods[0])

    def _assessment(self, period: str, paragraph: str | None) -> Entry:
        entry: Entry = {"id": self.id("assessment"), "period": f"h-{period}"}
        if paragraph:
            entry["paragraph"] = paragraph
        if (is_held_back := self.chance.choice((None, True, False))) is not None:
            entry["constrained_by_funding"] = is_held_back
        entry["status"] = self.chance.choice(tuple(STATUSES))
        return {**entry, "reason": self.text(words.REASONS), **self.sources(period)}

    def _update(self, period: str) -> Entry:
        kinds = (
            *[("progress", words.UPDATES)] * 4,
            ("plan", words.PLANS),
            ("funding", words.FUNDING),
        )
        about, forms = self.chance.choice(kinds)
        entry = {"id": self.id("update"), "period": f"h-{period}", "about": about}
        paragraphs = [self.chance.choice(self.paragraphs)]
        return {**entry, "paragraphs": paragraphs, "text": self.text(forms), **self.sources(period)}

    def _event(self) -> Entry:
        kind, title = self.chance.choice(tuple(words.EVENTS.items()))
        year, month = self.chance.choice((2023, 2024, 2025, 2026)), self.chance.randint(1, 12)
        quarter = self.chance.randint(33, 36)
        date = self.chance.choice(
            (f"{year}-{month:02}-14", f"{year}-{month:02}", f"{year}-{quarter}")
        )
        reports = []
        for period in self.periods[-2:]:
            is_over = year < 2025 and period == self.periods[-1]
            outcome = "completed" if is_over else "planned"
            dated = {"date": date} if self.chance.random() < 0.9 else {}
            report = {"period": f"h-{period}", "outcome": outcome, **dated}
            reports.append(report | self.sources(period))
        place = f"city-{self.chance.randrange(CITIES)}"
        named = {"id": self.id("event"), "kind": kind, "title": self.text((title,))}
        return {**named, "place": place, "reports": reports}

    def _resource(self, period: str) -> Entry:
        required = self.chance.randint(200, 9000) * 1000
        entry: Entry = {"id": self.id("resource"), "period": f"h-{period}", "as_of": period[:4]}
        found = self.chance.randint(0, required // 1000) * 1000
        entry |= {
            "currency": "USD",
            "required": required,
            "mobilized": found,
            "note": self.text(words.NOTES),
        }
        return entry | self.sources(period)

    def _contribution(self) -> Entry:
        pick = self.chance.choice
        state = pick(("sought", "pledged", "received", "received", "none"))
        report: Entry = {"period": f"h-{PERIODS[-1]}", "state": state}
        if state != "none":
            amount = self.chance.randint(10, 900) * 1000
            report |= {"amount": amount, "currency": pick(("USD", "USD", "EUR"))}
        entry: Entry = {
            "id": self.id("contribution"),
            "kind": pick(("voluntary", "project", "in-kind")),
        }
        if self.chance.random() < 0.85:
            entry["contributor"] = f"org-{self.chance.randrange(ORGANIZATIONS)}"
        entry |= {
            "purpose": self.text(words.PURPOSES_OF_FUNDING),
            "paragraphs": [pick(self.paragraphs)],
        }
        return {**entry, "reports": [report | self.sources()]}

    def _mechanism(self, index: int) -> Entry:
        term = {"id": self.id("term"), "text": self.text(words.FUNDING), **self.sources()}
        name, purpose = self.text((("{name}", "{name}"),)), self.text(words.PLANS)
        return {"id": f"window-{index}", "name": name, "purpose": purpose, "terms": [term]}

    def _partner(self, number: int) -> Entry:
        reports = [{"period": f"h-{PERIODS[-1]}", **self.sources()}]
        return {"organization": f"org-{number}", "role": self.text(words.ROLES), "reports": reports}


def _home(index: int) -> str:
    return f"country-{index % COUNTRIES}"


def _vocabulary() -> Entry:
    definition = Text("What it says.", "如其所述。")
    chinese = ("会议", "讲习班", "出版物", "启动", "截止", "磋商")
    states = {"sought": "正在寻求", "pledged": "已认捐", "received": "已收到", "none": "未收到"}
    return {
        "statuses": [
            {**_word(key, name), "definition": definition, "tone": tone}
            for key, (tone, name) in STATUSES.items()
        ],
        "themes": [
            {"id": f"theme-{i}", "name": Text(*name)} for i, name in enumerate(words.THEMES)
        ],
        "goals": [{"id": n, "name": Text(f"Goal {n}", f"目标{n}")} for n in range(1, 18)],
        "event_kinds": [
            {
                **_word(kind, name),
                "happened": Text("Held", "已举行"),
                "planned": Text("To be held", "待举行"),
            }
            for kind, name in zip(words.EVENTS, chinese, strict=True)
        ],
        "contribution_states": [
            {
                **_word(key, name),
                "definition": definition,
                "counts": key == "received",
                "absent": key == "none",
            }
            for key, name in states.items()
        ],
        **{
            kind: [_word(*item) for item in names.items()] for kind, names in NAMES_OF_WORDS.items()
        },
    }


def _word(key: str, chinese: str) -> Entry:
    return {"id": key, "name": Text(key.replace("-", " ").capitalize(), chinese)}


def _period(period: str) -> Entry:
    year, half = period.split("-")
    first, last = ("01-01", "06-30") if half == "1" else ("07-01", "12-31")
    name = Text(f"{year}, half {half}", f"{year}年{'上' if half == '1' else '下'}半年")
    entry: Entry = {"id": f"h-{period}", "name": name, "report": _report(period)}
    entry |= {"first": f"{year}-{first}", "last": f"{year}-{last}"}
    return entry | {"as_of": f"{year}-{last}", "as_of_basis": "verified"}


def _report(period: str) -> str:
    return f"CR/REP/{period.replace('-', '/')}"


def _invent(chance: random.Random) -> Text:
    """Invent a name."""
    parts = [chance.choice(words.SYLLABLES) for _ in range(chance.choice((2, 3, 3, 4)))]
    return Text("".join(p[0] for p in parts).capitalize(), "".join(p[1] for p in parts))


def _fill(forms: Pair, **gaps: Text) -> Text:
    filled = (form.format(**{k: v[i] for k, v in gaps.items()}) for i, form in enumerate(forms))
    english, chinese = filled
    return Text(english[:1].upper() + english[1:], chinese)


def _write_yaml(record: Entry) -> str:
    """Write a file: one line for each field, and for each entry of a list."""
    lines = []
    for key, value in _in_english(record).items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            lines += [
                f"{key}:",
                *(f"  - {json.dumps(entry, ensure_ascii=False)}" for entry in value),
            ]
        elif value != []:
            lines.append(f"{key}: {json.dumps(value, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


def _in_english(value: object) -> object:
    if isinstance(value, Text):
        return value.english
    if isinstance(value, dict):
        return {key: _in_english(inner) for key, inner in value.items()}
    return [_in_english(inner) for inner in value] if isinstance(value, list) else value


def _write_translation(record: Entry, name: str) -> str:
    pairs = _list_texts(record, "", name == "vocabulary")
    lines = (
        f"{key}: {json.dumps({'original': text.english, 'text': text.chinese}, ensure_ascii=False)}\n"
        for key, text in pairs
    )
    return "".join(lines)


def _list_texts(
    record: Mapping[str, object], prefix: str, names_lists: bool
) -> Iterator[tuple[str, Text]]:
    """List the texts of a record, and of the entries in its lists, by their ids."""
    for field, value in record.items():
        if isinstance(value, Text):
            yield f"{prefix}{field}", value
        for entry in value if isinstance(value, list) else ():
            if isinstance(entry, dict) and not isinstance(entry, Text):
                yield from _list_texts(entry, f"{field}." * names_lists + f"{_key(entry)}.", False)


def _key(entry: Mapping[str, object]) -> object:
    if "number" in entry:
        return f"op-{entry['number']}"
    partner = f"partner-{entry.get('organization')}"
    return entry.get("id") or entry.get("symbol") or partner


def write(folder: Path, resolutions: int, seed: int = 1) -> None:
    """Write the organ's data below a folder, with the configuration of this project."""
    for part in ("data/resolutions", "data/translations/zh/resolutions", "docs/en"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for name, text in Organ(resolutions, seed).files():
        (folder / name).write_text(text, encoding="utf-8")
    configuration = Path(__file__).parent.parent / "mkdocs.yml"
    (folder / "mkdocs.yml").write_bytes(configuration.read_bytes())


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]), *map(int, sys.argv[3:]))

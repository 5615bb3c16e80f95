"""An invented organ of any size in the project's own data format, complete in English and Chinese.

    python -m benchmarks.corpus 1500 /tmp/organ

The same numbers give the same bytes, and a resolution is the same however many follow it. The texts are put together
from a few hundred pieces and some thousand invented names, so that they repeat more than real ones do.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from benchmarks import words
from benchmarks.words import Pair

SESSIONS_OF = 100
"""Resolutions in a session."""

COUNTRIES, CITIES, ORGANIZATIONS, REPORT_PARAGRAPHS = 40, 160, 240, 400
PERIODS = tuple(f"{year}-{half}" for year in (2023, 2024, 2025) for half in (1, 2))
STATES = ("not-started", "in-preparation", "under-way", "continuing", "done", "overtaken")
TONES = ("idle", "preparing", "active", "standing", "done", "past")

Texts = list[tuple[str, Pair]]
"""What is to be translated in one file: the id of each text with the text in both languages."""


class Organ:
    """The organ: what all its resolutions refer to."""

    def __init__(self, resolutions: int, seed: int = 1) -> None:
        self.resolutions, self.seed = resolutions, seed
        self.sessions = -(-resolutions // SESSIONS_OF)
        chance = self.chance("organ")
        self.countries = [_word(chance) for _ in range(COUNTRIES)]
        self.cities = [(_word(chance), chance.randrange(COUNTRIES)) for _ in range(CITIES)]
        self.organizations = [self._organization(chance, index) for index in range(ORGANIZATIONS)]

    def chance(self, name: object) -> random.Random:
        """A source of chance of its own for each file."""
        return random.Random(f"{self.seed}/{name}")

    def _organization(self, chance: random.Random, index: int) -> tuple[str, Pair, int]:
        kind, *forms = words.ORGANIZATIONS[index % len(words.ORGANIZATIONS)]
        home = index // len(words.ORGANIZATIONS) % COUNTRIES
        word = _word(chance)
        english, chinese = (
            form.format(country=country, word=own)
            for form, country, own in zip(forms, self.countries[home], word)
        )
        return kind, (english, chinese), home

    def slug(self, index: int) -> str:
        """The slug of the resolution at an index."""
        return f"{index // SESSIONS_OF + 1}-{index % SESSIONS_OF + 1}"

    @cached_property
    def first_year(self) -> int:
        """The year of the first session; there is one a year until 2025."""
        return 2026 - self.sessions

    # --- files ------------------------------------------------------------------------------------------

    def files(self) -> Iterator[tuple[str, str]]:
        """All files, one after the other."""
        for name, (text, texts) in self._reference().items():
            yield f"data/{name}.yml", text
            yield f"data/translations/zh/{name}.yml", translation(texts)
        for index in range(self.resolutions):
            text, texts = resolution(self, index)
            yield f"data/resolutions/{self.slug(index)}.yml", text
            yield f"data/translations/zh/resolutions/{self.slug(index)}.yml", translation(texts)

    def _reference(self) -> dict[str, tuple[str, Texts]]:
        return {
            "body": _body(),
            "vocabulary": _vocabulary(),
            "sessions": _listed("sessions", map(self._session, range(1, self.sessions + 1))),
            "periods": _listed("periods", map(_period, PERIODS)),
            "documents": _listed("documents", self._documents()),
            "organizations": _listed("organizations", self._organizations()),
            "places": _listed("places", self._places()),
            "statements": _statements(),
        }

    def _session(self, number: int) -> tuple[str, Texts]:
        year = self.first_year + number - 1
        name = (f"Session of {year}", f"{year}年会议")
        line = f"{{id: {number}, name: {q(name[0])}, place: city-{number % CITIES}, meetings: [{year}-06-05/{year}-06-09]}}"
        return line, [(f"{number}.name", name)]

    def _documents(self) -> Iterator[tuple[str, Texts]]:
        for period in PERIODS:
            title = (
                f"Report on the implementation of resolutions, {period}",
                f"决议执行情况报告（{period}）",
            )
            symbol = _report(period)
            yield (
                f"{{symbol: {symbol}, kind: report, title: {q(title[0])}, paragraphs: {REPORT_PARAGRAPHS}}}",
                [(f"{symbol}.title", title)],
            )
        for number in range(self.resolutions // 5):
            theme = words.THEMES[number % len(words.THEMES)][1:]
            title = (
                f"Information note {number + 1} on {theme[0].lower()}",
                f"关于{theme[1]}的第{number + 1}号资料说明",
            )
            yield (
                f"{{symbol: CR/INF/{number + 1}, kind: note, title: {q(title[0])}}}",
                [(f"CR/INF/{number + 1}.title", title)],
            )

    def _organizations(self) -> Iterator[tuple[str, Texts]]:
        for index, (kind, name, home) in enumerate(self.organizations):
            yield (
                f"{{id: org-{index}, name: {q(name[0])}, kind: {kind}, country: country-{home}}}",
                [(f"org-{index}.name", name)],
            )

    def _places(self) -> Iterator[tuple[str, Texts]]:
        for index, name in enumerate(self.countries):
            yield (
                f"{{id: country-{index}, name: {q(name[0])}, kind: country}}",
                [(f"country-{index}.name", name)],
            )
        for index, (name, home) in enumerate(self.cities):
            yield (
                f"{{id: city-{index}, name: {q(name[0])}, kind: city, country: country-{home}}}",
                [(f"city-{index}.name", name)],
            )


def _word(chance: random.Random) -> Pair:
    parts = [chance.choice(words.SYLLABLES) for _ in range(chance.choice((2, 3, 3, 4)))]
    return "".join(part[0] for part in parts).capitalize(), "".join(part[1] for part in parts)


def q(text: str) -> str:
    """A text as YAML takes it whatever it holds."""
    return json.dumps(text, ensure_ascii=False)


def _report(period: str) -> str:
    return f"CR/REP/{period.replace('-', '/')}"


def translation(texts: Texts) -> str:
    """A file of translations."""
    lines = (
        f"{key}: {{original: {q(english)}, text: {q(chinese)}}}\n"
        for key, (english, chinese) in texts
    )
    return "".join(lines)


def _listed(name: str, entries: Iterable[tuple[str, Texts]]) -> tuple[str, Texts]:
    lines, texts = [f"{name}:\n"], []
    for line, own in entries:
        lines.append(f"  - {line}\n")
        texts += own
    return "".join(lines), texts


def _period(period: str) -> tuple[str, Texts]:
    year, half = period.split("-")
    first, last = ("01-01", "06-30") if half == "1" else ("07-01", "12-31")
    name = (
        f"{'First' if half == '1' else 'Second'} half of {year}",
        f"{year}年{'上' if half == '1' else '下'}半年",
    )
    dates = (
        f"first: {year}-{first}, last: {year}-{last}, as_of: {year}-{last}, as_of_basis: verified"
    )
    return f"{{id: h-{period}, name: {q(name[0])}, {dates}, report: {_report(period)}}}", [
        (f"h-{period}.name", name)
    ]


def _body() -> tuple[str, Texts]:
    texts = {
        "site_name": ("Resolutions of the Council of Rivers", "河流理事会决议"),
        "description": (
            "What became of every resolution of the Council of Rivers.",
            "河流理事会每项决议的落实情况。",
        ),
        "name": ("Council of Rivers", "河流理事会"),
        "short_name": ("Council", "理事会"),
        "secretariat": ("Secretariat of the Council", "理事会秘书处"),
    }
    return "format: 1\n" + "".join(f"{key}: {q(pair[0])}\n" for key, pair in texts.items()) + (
        "languages: [en, zh]\ncurrency: USD\nreporting_interval_months: 6\n"
        'label_pattern: "{session}/{number}"\nsymbol_pattern: CR/{session}/RES/{number}\nalias_patterns: ["{session}/{number}"]\n'
        "document_links:\n  - {prefixes: [CR/], address: 'https://example.org/{lang}/{symbol}', languages: [en, zh]}\n"
    ), list(texts.items())


_VOCABULARY: dict[str, tuple[tuple[str, Pair, str], ...]] = {
    "contribution_kinds": (("voluntary", ("Voluntary", "自愿捐助"), ""), ("project", ("Project", "项目资金"), ""), ("in-kind", ("In kind", "实物"), "")),
    "contribution_states": (
        ("sought", ("Sought", "正在寻求"), "counts: false"), ("pledged", ("Pledged", "已认捐"), "counts: false"),
        ("received", ("Received", "已收到"), "counts: true"), ("none", ("None received", "未收到"), "counts: false, absent: true"),
    ),
    "organization_kinds": tuple(
        (kind, (kind.capitalize(), name), "")
        for kind, name in (("government", "政府"), ("academia", "学术界"), ("ngo", "非政府组织"), ("fund", "基金"), ("network", "网络"))
    ),
    "document_kinds": (("report", ("Reports", "报告"), ""), ("note", ("Information notes", "资料说明"), "")),
    "relation_kinds": (("follows-up", ("Follows up", "后续"), ""), ("see-also", ("See also", "另见"), "")),
}  # fmt: skip


def _vocabulary() -> tuple[str, Texts]:
    lines: list[str] = []
    texts: Texts = []

    def add(kind: str, key: object, name: Pair, more: str = "", **others: Pair) -> None:
        fields = {"name": name, **others}
        own = ", ".join(f"{field}: {q(pair[0])}" for field, pair in fields.items())
        lines.append(f"  - {{id: {key}, {own}{', ' if more else ''}{more}}}\n")
        texts.extend((f"{kind}.{key}.{field}", pair) for field, pair in fields.items())

    lines.append("statuses:\n")
    named = ("尚未开始", "筹备中", "执行中", "持续义务", "已落实", "不再适用")
    for state, tone, chinese in zip(STATES, TONES, named):
        add(
            "statuses",
            state,
            (state.replace("-", " ").capitalize(), chinese),
            f"tone: {tone}",
            definition=("What it says.", "如其所述。"),
        )
    lines.append("themes:\n")
    for key, *name in words.THEMES:
        add("themes", key, (name[0], name[1]))
    lines.append("goals:\n")
    for goal in range(1, 18):
        add("goals", goal, (f"Goal {goal}", f"目标{goal}"))
    lines.append("event_kinds:\n")
    for kind, chinese in zip(
        (event[0] for event in words.EVENTS), ("会议", "讲习班", "出版物", "启动", "截止", "磋商")
    ):
        add(
            "event_kinds",
            kind,
            (kind.capitalize(), chinese),
            happened=("Held", "已举行"),
            planned=("To be held", "待举行"),
        )
    for name, entries in _VOCABULARY.items():
        lines.append(f"{name}:\n")
        for key, pair, more in entries:
            own = (
                {"definition": ("What it says.", "如其所述。")}
                if name == "contribution_states"
                else {}
            )
            add(name, key, pair, more, **own)
    return "".join(lines), texts


def _statements() -> tuple[str, Texts]:
    text = ("A lack of money holds back much of the work.", "许多工作因资金不足而受到制约。")
    note = ("All resolutions together.", "所有决议合计。")
    source = f"sources: [{{document: {_report(PERIODS[-1])}, paragraph: 1}}]"
    return (
        f"statements:\n  - {{id: money, period: h-{PERIODS[-1]}, about: funding, text: {q(text[0])}, {source}}}\n"
        f"resources:\n  - {{id: all, currency: USD, required: 90000000, mobilized: 40000000, note: {q(note[0])}, {source}}}\n"
    ), [("money.text", text), ("all.note", note)]


# --- one resolution -------------------------------------------------------------------------------------


class _Writer:
    """The lines of one resolution's file, its texts, and the chance that they are made by."""

    def __init__(self, organ: Organ, index: int) -> None:
        self.organ, self.index, self.chance = organ, index, organ.chance(index)
        self.lines: list[str] = []
        self.texts: Texts = []
        self.ids = 0
        self.themes = self.chance.sample(range(len(words.THEMES)), self.chance.choice((1, 2, 2, 3)))

    def pair(self, forms: Pair) -> Pair:
        """A piece of text with its gaps filled, in both languages."""
        chance = self.chance
        theme = words.THEMES[chance.choice(self.themes)][1:]
        word, name = _word(chance), chance.choice(words.NAMES)
        (place, home), org, n = (
            chance.choice(self.organ.cities),
            chance.choice(self.organ.organizations)[1],
            chance.randint(3, 260),
        )
        first, second = (
            form.format(
                theme=theme[i].lower() if i == 0 and not form.startswith("{theme}") else theme[i],
                name=name[i].format(word=word[i]), place=place[i], country=self.organ.countries[home][i], org=org[i], n=n,
            )
            for i, form in enumerate(forms)
        )  # fmt: skip
        return first, second

    def text(self, key: str, forms: Iterable[Pair]) -> str:
        """One text, in the words of the working language; its translation is kept."""
        pair = self.pair(self.chance.choice(tuple(forms)))
        self.texts.append((key, pair))
        return q(pair[0])

    def id(self, name: str) -> str:
        """An id that no other entry has."""
        self.ids += 1
        return f"{name}-{self.ids}"

    def sources(self, period: str) -> str:
        """One to three sources in the report of a period."""
        paragraphs = sorted(
            self.chance.sample(range(1, REPORT_PARAGRAPHS + 1), self.chance.choice((1, 1, 2, 3)))
        )
        return f"sources: [{', '.join(f'{{document: {_report(period)}, paragraph: {n}}}' for n in paragraphs)}]"

    def add(self, *lines: str) -> None:
        self.lines += lines


def resolution(organ: Organ, index: int) -> tuple[str, Texts]:
    """The file of the resolution at an index, and its texts."""
    w = _Writer(organ, index)
    chance = w.chance
    session, number = (int(part) for part in organ.slug(index).split("-"))
    periods = PERIODS[-chance.choice((1, 2, 2, 3)) :]
    paragraphs = [str(n) for n in range(1, chance.randint(3, 6))]
    w.add(
        f"number: {number}",
        f"session: {session}",
        f"symbol: {{value: CR/{session}/RES/{number}, basis: inferred}}",
    )
    w.add(f"title: {w.text('title', words.PURPOSES)}", "title_basis: unofficial")
    w.add(f"adoption: {{date: {organ.first_year + session - 1}-06-09}}")
    w.add(f"themes: [{', '.join(words.THEMES[theme][0] for theme in w.themes)}]")
    w.add(f"goals: {sorted(chance.sample(range(1, 18), chance.choice((1, 2, 3))))}")
    if index >= 25 and chance.random() < 0.6:
        w.add(f"documents: [CR/INF/{chance.randrange(index // 5) + 1}]")
    w.add("operative_paragraphs:")
    for paragraph in paragraphs:
        gist, addressee = (
            w.text(f"op-{paragraph}.gist", words.GISTS),
            w.text(f"op-{paragraph}.addressee", words.ADDRESSEES),
        )
        w.add(
            f'  - {{number: "{paragraph}", gist: {gist}, addressee: {addressee}, {w.sources(periods[0])}}}'
        )
    _reported(w, periods, paragraphs)
    _money(w, periods, paragraphs)
    _tied(w, periods)
    return "\n".join(w.lines) + "\n", w.texts


def _reported(w: _Writer, periods: tuple[str, ...], paragraphs: list[str]) -> None:
    chance = w.chance
    w.add("assessments:")
    for period in periods:
        for paragraph in (None, *chance.sample(paragraphs, 1)):
            key = w.id("assessment")
            held = chance.choice(
                ("", "constrained_by_funding: true, ", "constrained_by_funding: false, ")
            )
            about = f'paragraph: "{paragraph}", ' if paragraph else ""
            reason = w.text(f"{key}.reason", words.REASONS)
            state = chance.choice(STATES)
            w.add(
                f"  - {{id: {key}, period: h-{period}, {about}status: {state}, {held}reason: {reason}, {w.sources(period)}}}"
            )
    w.add("updates:")
    for period in periods:
        for _ in range(chance.randint(4, 6)):
            about, forms = chance.choice(
                (("progress", words.UPDATES),) * 4
                + (("plan", words.PLANS), ("funding", words.MONEY))
            )
            key = w.id("update")
            own = f'paragraphs: ["{chance.choice(paragraphs)}"], ' if chance.random() < 0.5 else ""
            w.add(
                f"  - {{id: {key}, period: h-{period}, about: {about}, {own}text: {w.text(f'{key}.text', forms)}, {w.sources(period)}}}"
            )
    w.add("events:")
    for _ in range(chance.randint(3, 6)):
        kind, *forms = chance.choice(words.EVENTS)
        key, year = w.id("event"), chance.choice((2023, 2024, 2025, 2026))
        month = chance.randint(1, 12)
        when = chance.choice(
            (
                f"{year}-{month:02}-14",
                f"{year}-{month:02}",
                f"{year}-{chance.randint(33, 36)}",
                f"{year}",
            )
        )
        dated = f", date: {when}" if chance.random() < 0.9 else ""
        w.add(
            f"  - id: {key}",
            f"    kind: {kind}",
            f"    title: {w.text(f'{key}.title', [(forms[0], forms[1])])}",
        )
        w.add(f"    place: city-{chance.randrange(CITIES)}", "    reports:")
        for period in periods[-2:]:
            said = "happened" if year < 2025 and period == periods[-1] else "planned"
            w.add(f"      - {{period: h-{period}, said: {said}{dated}, {w.sources(period)}}}")


def _money(w: _Writer, periods: tuple[str, ...], paragraphs: list[str]) -> None:
    chance = w.chance
    if chance.random() < 0.7:
        w.add("resources:")
        for period in periods[-2:]:
            key, required = w.id("resource"), chance.randint(200, 9000) * 1000
            found = (
                f", mobilized: {chance.randint(0, required // 1000) * 1000}"
                if chance.random() < 0.8
                else ""
            )
            note = w.text(f"{key}.note", words.NOTES)
            w.add(
                f"  - {{id: {key}, as_of: {period[:4]}, currency: USD, required: {required}{found}, note: {note}, {w.sources(period)}}}"
            )
    mechanism = f"window-{w.index}" if w.index % 50 == 7 else None
    w.add("contributions:")
    for _ in range(chance.randint(1, 4)):
        key, state = (
            w.id("contribution"),
            chance.choice(("sought", "pledged", "received", "received", "none")),
        )
        amount = (
            f", amount: {chance.randint(10, 900) * 1000}, currency: {chance.choice(('USD', 'USD', 'EUR'))}"
            if state != "none"
            else ""
        )
        w.add(f"  - id: {key}", f"    kind: {chance.choice(('voluntary', 'project', 'in-kind'))}")
        if chance.random() < 0.85:
            w.add(f"    contributor: org-{chance.randrange(ORGANIZATIONS)}")
        if mechanism and chance.random() < 0.7:
            w.add(f"    mechanism: {mechanism}")
        w.add(
            f"    purpose: {w.text(f'{key}.purpose', words.FOR)}",
            f'    paragraphs: ["{chance.choice(paragraphs)}"]',
            "    reports:",
        )
        w.add(
            f"      - {{period: h-{periods[-1]}, state: {state}{amount}, {w.sources(periods[-1])}}}"
        )
    if mechanism:
        term = w.id("term")
        name, purpose = (
            w.text(f"{mechanism}.name", [("{name}", "{name}")]),
            w.text(f"{mechanism}.purpose", words.PLANS),
        )
        w.add(
            "mechanisms:",
            f"  - id: {mechanism}",
            f"    name: {name}",
            f"    purpose: {purpose}",
            "    terms:",
        )
        w.add(
            f"      - {{id: {term}, text: {w.text(f'{term}.text', words.MONEY)}, {w.sources(periods[-1])}}}"
        )


def _tied(w: _Writer, periods: tuple[str, ...]) -> None:
    chance = w.chance
    w.add("partners:")
    for partner in chance.sample(range(ORGANIZATIONS), chance.randint(2, 4)):
        role = w.text(f"partner-org-{partner}.role", words.ROLES)
        w.add(
            f"  - {{organization: org-{partner}, role: {role}, reports: [{{period: h-{periods[-1]}, {w.sources(periods[-1])}}}]}}"
        )
    if w.index and chance.random() < 0.5:
        other = w.organ.slug(chance.randrange(w.index))
        w.add(
            "relations:",
            f"  - {{kind: {chance.choice(('follows-up', 'see-also'))}, resolution: {other}, {w.sources(periods[-1])}}}",
        )


def write(folder: Path, resolutions: int, seed: int = 1) -> None:
    """Write the organ's data below a folder, with the configuration of this project; nothing is kept in memory."""
    for part in ("data/resolutions", "data/translations/zh/resolutions", "docs/en"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for name, text in Organ(resolutions, seed).files():
        (folder / name).write_text(text, encoding="utf-8")
    configuration = Path(__file__).parent.parent / "mkdocs.yml"
    (folder / "mkdocs.yml").write_bytes(configuration.read_bytes())


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]), *map(int, sys.argv[3:]))

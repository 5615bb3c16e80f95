"""HTML as a small tree, so that tests can ask a page what a browser would ask it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path

VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
UNREAD = ("script", "style", "template", "svg")
"""Elements whose text nobody reads."""


@dataclass(eq=False)
class Element:
    """An element with its children, texts among them."""

    tag: str
    attributes: dict[str, str]
    line: int = 0
    parent: Element | None = None
    children: list[Element | str] = field(default_factory=list)

    def __str__(self) -> str:
        shown = {
            name: self.attributes[name]
            for name in ("id", "class", "href", "name")
            if name in self.attributes
        }
        return f"<{' '.join([self.tag, *(f'{name}={value!r}' for name, value in shown.items())])}> in line {self.line}"

    def get(self, name: str, default: str = "") -> str:
        """The value of an attribute."""
        return self.attributes.get(name, default)

    @property
    def classes(self) -> list[str]:
        """The names in its `class`."""
        return self.get("class").split()

    def walk(self) -> Iterator[Element]:
        """All elements below, in the order of the document."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.walk()

    def all(self, *tags: str, **attributes: str) -> list[Element]:
        """Elements below with one of the tags (any if none is given) and these attributes; `class_` names one class."""
        name = attributes.pop("class_", None)
        return [
            element
            for element in self.walk()
            if (not tags or element.tag in tags)
            and (name is None or name in element.classes)
            and all(element.attributes.get(key) == value for key, value in attributes.items())
        ]

    def one(self, *tags: str, **attributes: str) -> Element:
        """The only such element below."""
        found = self.all(*tags, **attributes)
        assert len(found) == 1, (
            f"{len(found)} elements instead of one in {self}: {tags} {attributes}"
        )
        return found[0]

    @property
    def ancestors(self) -> Iterator[Element]:
        """What it lies in, from the inside."""
        element = self.parent
        while element:
            yield element
            element = element.parent

    @property
    def text(self) -> str:
        """What a reader reads, white space folded."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in UNREAD:
                yield from child._texts()


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.current = Element("", {})
        self.problems: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(
            tag, {name: value or "" for name, value in attrs}, self.getpos()[0], self.current
        )
        if len(element.attributes) != len(attrs):
            self.problems.append(f"an attribute twice: {element}")
        self.current.children.append(element)
        if tag not in VOID:
            self.current = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.current = self.current.parent or self.root

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if tag != self.current.tag:
            self.problems.append(f"</{tag}> in line {self.getpos()[0]}, but open is {self.current}")
        for element in (self.current, *self.current.ancestors):
            if element.tag == tag:
                self.current = element.parent or self.root
                return

    def handle_data(self, data: str) -> None:
        self.current.children.append(data)


@dataclass(eq=False)
class Document:
    """An HTML file of the site. `path` is its address from the root: `zh/resolutions/2-4/`, or `404.html`."""

    path: str
    source: str

    @staticmethod
    def read(file: Path, root: Path) -> Document:
        """The document in a file."""
        return Document(
            file.relative_to(root).as_posix().removesuffix("index.html"), file.read_text("utf-8")
        )

    def __str__(self) -> str:
        return f"/{self.path}"

    @cached_property
    def _built(self) -> _Builder:
        builder = _Builder()
        builder.feed(self.source)
        builder.close()
        return builder

    @property
    def root(self) -> Element:
        """What holds the `html` element."""
        return self._built.root

    @property
    def problems(self) -> list[str]:
        """Elements that are not closed, or closed without being open."""
        left = self._built.current
        return self._built.problems + ([f"not closed: {left}"] if left is not self.root else [])

    @cached_property
    def html(self) -> Element:
        """The `html` element."""
        return self.root.one("html")

    @cached_property
    def article(self) -> Element:
        """The content of the page, without what stands around it."""
        return self.root.one("article")

    @cached_property
    def ids(self) -> dict[str, Element]:
        """All elements with an id."""
        return {
            element.get("id"): element for element in self.root.walk() if "id" in element.attributes
        }

    @cached_property
    def headings(self) -> list[Element]:
        """All headings, in order."""
        return self.root.all(*HEADINGS)

    @cached_property
    def kind(self) -> str:
        """`redirect` for an alias, `card` for what others embed, `error` for the page of an error, else `page`."""
        if any(meta.get("http-equiv").lower() == "refresh" for meta in self.root.all("meta")):
            return "redirect"
        if self.path.endswith("404.html"):
            return "error"
        return "card" if "embed" in self.path.split("/") else "page"


def section(heading: Element) -> list[Element]:
    """What follows a heading up to the next one of the same or a higher level, beside it."""
    assert heading.parent
    siblings = [child for child in heading.parent.children if isinstance(child, Element)]
    found = []
    for element in siblings[siblings.index(heading) + 1 :]:
        if element.tag in HEADINGS and element.tag <= heading.tag:
            break
        found.append(element)
    return found

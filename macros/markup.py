"""What the HTML of a hand-written page may hold: elements, attributes and addresses on a short list."""

from __future__ import annotations

import re
from html.parser import HTMLParser

ELEMENTS = frozenset(
    "a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure h1 h2 h3"
    " h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp section small span strong sub summary sup table tbody td"
    " tfoot th thead tr u ul var wbr".split()
)
ATTRIBUTES = frozenset(
    "abbr align alt cite class colspan datetime dir height hreflang href id lang open reversed role rowspan scope src"
    " start tabindex title value width".split()
)
_ADDRESS = re.compile(r"(https://|mailto:|#|\./|\.\./|(?![a-z][a-z0-9+.-]*:|//|\\)[^\s])", re.IGNORECASE)


def faults(html: str) -> list[tuple[str, str]]:
    """What a page may not hold.

    In: HTML as Markdown made it. Out: `(code of the problem, what was found)`, in order. The parser is that of a
    reader of HTML, not of Markdown, so that nothing depends on how the page was written.
    """
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.found


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in ELEMENTS:
            self.found.append(("script", f"<{tag}"))
            return
        for name, value in attributes:
            if name in ("href", "src", "cite"):
                if not is_safe_address(value or ""):
                    self.found.append(("page_link", value or ""))
            elif name not in ATTRIBUTES and not name.startswith("aria-"):
                self.found.append(("script", name))

    def handle_decl(self, decl: str) -> None:
        self.found.append(("script", f"<!{decl}"))

    def unknown_decl(self, data: str) -> None:
        self.found.append(("script", f"<![{data}"))

    def handle_pi(self, data: str) -> None:
        self.found.append(("script", f"<?{data}"))


def is_safe_address(address: str) -> bool:
    """Whether a link may lead there: `https:`, `mailto:`, or a place of this site.

    Control characters and white space, which browsers drop from schemes, are dropped before looking.
    """
    bare = re.sub(r"[\x00-\x20]", "", address)
    return not bare or bool(_ADDRESS.match(bare))

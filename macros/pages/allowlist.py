"""What the HTML of a hand-written page may hold: elements, attributes and addresses on a short list."""

from __future__ import annotations

import re
from html import unescape

ELEMENTS = frozenset(
    "a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure h1 h2 h3"
    " h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp section small span strong sub summary sup table tbody td"
    " tfoot th thead tr u ul var wbr".split()
)
ATTRIBUTES = frozenset(
    "abbr align alt cite class colspan datetime dir height hreflang href id lang open reversed role rowspan scope src"
    " start tabindex title value width".split()
)
_VALUE = r"""(?:=(?:"[^"<>]*"|'[^'<>]*'|[a-z0-9_.:;,%#()-]+))?"""
_NAME = r"[a-z][a-z0-9:_-]*"
_TAG = re.compile(
    rf"</?(?P<name>[a-z][a-z0-9]*)(?P<attributes>(?:[ \n]+{_NAME}{_VALUE})*)[ \n]*/?>",
    re.IGNORECASE | re.ASCII,
)
_ATTRIBUTE = re.compile(rf"({_NAME})({_VALUE})", re.IGNORECASE | re.ASCII)
_START = re.compile(r"</?[^\s<>/]{0,40}")
_ADDRESS = re.compile(
    r"(https://|mailto:|#|\./|\.\./|(?![a-z][a-z0-9+.-]*:|//|\\)[^\s])", re.IGNORECASE
)


def faults(html: str) -> list[tuple[str, str]]:
    """What a page may not hold.

    In: HTML as Markdown made it. Out: `(code of the problem, what was found)`, in order. Every `<` must begin a tag
    in the plain way (attributes apart, values without `<` and `>`): of such HTML all readers make the same. Comments
    and everything else are refused.
    """
    found: list[tuple[str, str]] = []
    for start in re.finditer("<", html):
        tag = _TAG.match(html, start.start())
        if not tag or tag["name"].lower() not in ELEMENTS:
            if not (tag and tag[0].startswith("</")):
                found.append(("script", _START.match(html, start.start())[0].lower()))
            continue
        for name, value in _ATTRIBUTE.findall(tag["attributes"]):
            found += _attribute(tag["name"].lower(), name.lower(), unescape(value[1:].strip("\"'")))
    return found


def _attribute(tag: str, name: str, value: str) -> list[tuple[str, str]]:
    if name in ("href", "src", "cite"):
        return [] if is_safe_address(value) else [("page_link", value)]
    if name == "style":  # the columns of tables
        safe = tag in ("td", "th") and re.fullmatch(r"text-align: (left|right|center);", value)
    elif name == "id":
        safe = not value.startswith("__")  # the theme's own
    else:
        safe = name in ATTRIBUTES or name.startswith("aria-")
    return [] if safe else [("script", name)]


def is_safe_address(address: str) -> bool:
    """Whether a link may lead there: `https:`, `mailto:`, or a place of this site.

    Control characters and white space, which browsers drop from schemes, are dropped before looking.
    """
    bare = re.sub(r"[\x00-\x20]", "", address)
    return not bare or bool(_ADDRESS.match(bare))

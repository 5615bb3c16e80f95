"""What the HTML of a hand-written page may hold: elements, attributes and addresses."""

from __future__ import annotations

import re
from html import unescape

import nh3

from macros.model.fields import HOST

_ELEMENTS = """
a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption
figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp section small span strong sub
summary sup table tbody td tfoot th thead tr u ul var wbr
"""
_ATTRIBUTES = """
abbr align alt cite class colspan datetime dir height hreflang href id lang open reversed role
rowspan scope src start tabindex title value width
"""
ELEMENTS, ATTRIBUTES = frozenset(_ELEMENTS.split()), frozenset(_ATTRIBUTES.split())
SLOT = "data-tracker-slot"
"""The attribute of the element that holds the place of a macro's HTML; no page may write it."""

_VALUE = r"""(?:=(?:"[^"<>]*"|'[^'<>]*'|[a-z0-9_.:;,%#()-]+))?"""
_NAME = r"[a-z][a-z0-9:_-]*"
_TAG = re.compile(
    rf"</?(?P<name>[a-z][a-z0-9]*)(?P<attributes>(?:[ \n]+{_NAME}{_VALUE})*)[ \n]*/?>",
    re.IGNORECASE | re.ASCII,
)
_ATTRIBUTE = re.compile(rf"({_NAME})({_VALUE})", re.IGNORECASE | re.ASCII)
_START = re.compile(r"</?[^\s<>/]{0,40}")
_ADDRESS = re.compile(
    rf"({HOST}(?=[/?#]|\Z)|mailto:|#|\./|\.\./|(?![a-z][a-z0-9+.-]*:|//|\\)[^\s])", re.IGNORECASE
)


_EXTERNAL = re.compile(r"\s*https:", re.IGNORECASE)


def find_faults(html: str) -> list[tuple[str, str]]:
    """List what a page may not hold, in order.

    Every `<` must begin a tag in the plain way (attributes apart, values without `<` and `>`): of
    such HTML all browsers make the same. Comments and everything else are refused.

    Args:
        html: HTML as Markdown made it.

    Returns:
        Pairs of the code of a problem and the passage.
    """
    faults: list[tuple[str, str]] = []
    for start in re.finditer("<", html):
        tag = _TAG.match(html, start.start())
        if tag and tag["name"].lower() in ELEMENTS:
            for name, value in _ATTRIBUTE.findall(tag["attributes"]):
                value = unescape(value[1:].strip("\"'"))
                if code := _attribute_fault(tag["name"].lower(), name.lower(), value):
                    faults.append((code, name.lower() if code == "script" else value))
        elif not (tag and tag[0].startswith("</")) and (name := _START.match(html, start.start())):
            faults.append(("script", name[0].lower()))
    return faults


def links(html: str) -> list[str]:
    """List the addresses that the links and pictures of a page lead to, in order."""
    return [
        unescape(value[1:].strip("\"'"))
        for tag in _TAG.finditer(html)
        for name, value in _ATTRIBUTE.findall(tag["attributes"])
        if name.lower() in ("href", "src")
    ]


def clean(html: str) -> str:
    """Remove what a page may not hold: the second wall, behind the check that refuses such pages.

    Args:
        html: HTML of a hand-written page, in which empty elements stand for the HTML of macros.
    """
    return nh3.clean(
        html,
        tags=set(ELEMENTS),
        attributes={"*": {*ATTRIBUTES, "style", SLOT}},
        attribute_filter=lambda tag, name, value: (
            None if name != SLOT and _attribute_fault(tag, name, value) else value
        ),
        generic_attribute_prefixes={"aria-"},
        url_schemes={"https", "mailto"},
        link_rel=None,
    )


def _attribute_fault(tag: str, name: str, value: str) -> str | None:
    """Return the code of the problem with an attribute, if there is one."""
    if name in ("href", "src", "cite"):
        if name == "src" and _EXTERNAL.match(value):
            return "external_image"
        return None if is_safe_address(value) else "page_link"
    if name == "style":  # the columns of tables
        aligned = re.fullmatch(r"text-align: (left|right|center);", value)
        safe = tag in ("td", "th") and aligned is not None
    elif name == "id":
        safe = not value.startswith("__")  # the theme's own
    else:
        safe = name in ATTRIBUTES or name.startswith("aria-")
    return None if safe else "script"


def is_safe_address(address: str) -> bool:
    """Tell whether a link may lead to an address: `https:`, `mailto:`, or a place of this site.

    Control characters and white space, which browsers drop from schemes, are dropped before
    looking.
    """
    bare = re.sub(r"[\x00-\x20]", "", address)
    return not bare or bool(_ADDRESS.match(bare))

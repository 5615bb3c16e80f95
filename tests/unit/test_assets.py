"""What pages load."""

from macros.assets import is_unused, one_sheet


def test_sheets_become_one_in_their_order_without_notes() -> None:
    first, second = '@charset "UTF-8";a{color:red}\n/*# sourceMappingURL=a.css.map */', "/* b */\nb { color: blue }\n"
    _, text = one_sheet([first, second])
    assert text == '@charset "UTF-8";a{color:red}\nb { color: blue }\n'


def test_name_changes_with_what_is_in_it() -> None:
    one, other = one_sheet(["a{}"])[0], one_sheet(["b{}"])[0]
    assert one != other
    assert one == one_sheet(["a{}"])[0]


def test_unused() -> None:
    names = ["assets/javascripts/bundle.1.min.js", "assets/javascripts/lunr/min/lunr.ar.min.js", "assets/a.css.map"]
    assert all(map(is_unused, names))
    assert not any(map(is_unused, ["assets/images/favicon.png", "assets/tracker/search.js", "map/index.html"]))

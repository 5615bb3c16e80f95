"""What pages load."""

import pytest

from macros.plugin.assets import FOLDER, join_sheets, name_scripts


def test_sheets_become_one_in_their_order_without_notes() -> None:
    first, second = (
        '@charset "UTF-8";a{color:red}\n/*# sourceMappingURL=a.css.map */',
        "/* b */\nb { color: blue }\n",
    )
    _, text = join_sheets([first, second])
    assert text == '@charset "UTF-8";a{color:red}\nb { color: blue }\n'


def test_name_changes_with_what_is_in_it() -> None:
    one, other = join_sheets(["a{}"])[0], join_sheets(["b{}"])[0]
    assert one != other
    assert one == join_sheets(["a{}"])[0]


SCRIPTS = {
    "page.js": "import { menus } from \"./menus.js\";\nif (menus) import('./late.js');",
    "late.js": 'const engine = new URL("engine/engine.js", root); // not ./menus.js',
    "menus.js": "export const menus = 1;",
}


def test_scripts_import_each_other_by_their_lasting_names() -> None:
    made = name_scripts(SCRIPTS)
    files = {name: file.removeprefix(FOLDER) for name, (file, _) in made.items()}
    assert made["page.js"][1] == SCRIPTS["page.js"].replace("menus.js", files["menus.js"]).replace(
        "late.js", files["late.js"]
    )
    assert made["late.js"][1] == SCRIPTS["late.js"]
    assert all(
        file.startswith(name.removesuffix("js")) and file.endswith(".js")
        for name, file in files.items()
    )


def test_the_name_of_a_script_changes_with_what_it_imports_and_with_nothing_else() -> None:
    before, after = (
        name_scripts(SCRIPTS),
        name_scripts(SCRIPTS | {"menus.js": "export const menus = 2;"}),
    )
    assert {name for name in SCRIPTS if before[name][0] != after[name][0]} == {
        "page.js",
        "menus.js",
    }


def test_a_script_that_imports_what_is_not_there_stops_the_build() -> None:
    with pytest.raises(KeyError, match=r"gone\.js"):
        name_scripts({"page.js": 'import "./gone.js";'})

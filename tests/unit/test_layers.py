"""The order of the house: imports run downwards, MkDocs is known in one place, the model needs little."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import macros

PACKAGE = Path(macros.__file__).parent
MODULES = sorted(PACKAGE.glob("*.py"))

LAYERS = (
    ("dates", "diagnostics", "catalogue", "formats", "assets", "offline", "shell", "kept", "beside", "pagefind"),
    ("ledger",),
    ("fields", "reference", "money", "model", "retired"),
    ("source", "tree", "lock", "locale", "richtext", "markup", "authoring", "bibliography"),
    ("validate", "translations", "corpus", "trimming", "readings"),
    ("checks", "amending", "additions"),
    ("loading",),
    ("translating",),
    ("pofiles",),
    ("queries", "charts", "contents", "search", "holding", "hosting", "schemas", "sitemaps", "facets", "statements"),
    ("timeline_chart", "money_chart", "relatives"),
    ("pictures",),
    ("render",),
    ("records", "redirects", "cards", "calendars", "citing", "posters", "narrowing", "paging", "gathering"),
    ("apischema", "feeds", "plaintext", "tables"),
    ("portions",),
    ("datasets", "guides", "openapi", "packages"),
    ("examples",),
    ("sections",),
    ("anchors", "contributed", "fence", "pages", "tombstones"),
    ("hostrules",),
    ("exports", "addresses", "changed", "structured"),
    ("permalinks", "metadata"),
    ("entries",),
    ("differences", "difference_report"),
    ("asking", "builds", "revisions", "gallery"),
    ("comparisons", "writing"),
    ("frame", "article", "inputs", "building"),
    ("binding", "compiled", "kinship"),
    ("splitting",),
    ("parts", "standins"),
    ("theming", "preview"),
    ("hooks", "beginnings"),
    ("options",),
    ("new", "desk"),
    ("__init__", "cli"),
)
"""All modules, the lowest first: none imports one of a later line when it is imported."""


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """What a module imports, and whether within a function; imports for type checking alone do not count."""

    def walk(node: ast.AST, inside: bool) -> Iterator[tuple[str, bool]]:
        for child in ast.iter_child_nodes(node):
            match child:
                case ast.Import():
                    yield from ((alias.name, inside) for alias in child.names)
                case ast.ImportFrom(module=str(module)):
                    if module == "macros":
                        yield from ((f"macros.{alias.name}", inside) for alias in child.names)
                    else:
                        yield module, inside
                case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                    pass
                case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                    yield from walk(child, True)
                case _:
                    yield from walk(child, inside)

    return walk(ast.parse(path.read_text("utf-8")), False)


def named(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_only_the_hooks_know_mkdocs(path: Path) -> None:
    found = {
        (module, inside) for module, inside in imports(path) if named(module, "mkdocs") or named(module, "material")
    }
    if path.stem in ("hooks", "preview", "standins", "theming"):
        assert found
    elif path.stem == "cli":
        assert all(inside for _, inside in found), found
    else:
        assert not found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_module_is_too_long_to_read(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 400


HEIGHT = {name: index for index, layer in enumerate(LAYERS) for name in layer}


def test_every_module_has_its_place() -> None:
    placed = [name for layer in LAYERS for name in layer]
    assert sorted(placed) == [path.stem for path in MODULES]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_imports_run_downwards(path: Path) -> None:
    for module, inside in imports(path):
        name = module.removeprefix("macros.").split(".")[0]
        if module.startswith("macros.") and not inside:
            assert HEIGHT[name] <= HEIGHT[path.stem], f"{path.stem} imports {name}"


def test_no_module_imports_in_a_circle() -> None:
    graph = {
        path.stem: {
            module.removeprefix("macros.").split(".")[0]
            for module, inside in imports(path)
            if named(module, "macros") and not inside
        }
        for path in MODULES
    }

    def reach(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " → ".join((*way, name))
        for below in graph.get(name, set()) - {"macros"}:
            reach(below, (*way, name))

    for name in graph:
        reach(name, ())


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("macros", {"mkdocs", "jinja2", "pydantic", "babel", "yaml", "macros.model"}),
        ("macros.model", {"mkdocs", "jinja2", "babel", "yaml", "markdown_it", "macros.hooks", "macros.render"}),
        ("macros.corpus", {"mkdocs", "jinja2", "macros.render"}),
        ("macros.loading", {"mkdocs", "jinja2", "macros.render"}),
        ("macros.builds", {"mkdocs", "PIL", "macros.posters"}),
        ("macros.gallery", {"mkdocs", "PIL"}),
        ("macros.cli", {"mkdocs", "jinja2", "pydantic", "macros.model"}),
    ],
)
def test_what_importing_a_module_does_not_load(module: str, absent: set[str]) -> None:
    code = f"import sys, {module}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert module in loaded
    assert not absent & set(loaded)


def test_the_starter_has_the_configuration_of_this_project(repo: Path) -> None:
    assert (PACKAGE / "starter" / "mkdocs.yml").read_bytes() == (repo / "mkdocs.yml").read_bytes()


def test_nothing_of_this_organ_is_in_the_code() -> None:
    words = ("HSP", "Habitat", "undocs", "人居")
    for path in [*MODULES, *PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.js"), *PACKAGE.glob("starter/*.yml")]:
        text = path.read_text("utf-8")
        code = ast.unparse(_without_docstrings(ast.parse(text))) if path.suffix == ".py" else text
        code = code.replace("examples=['HSP/EB.2024/20']", "").replace("examples=['HSP/HA.2/Res.4']", "")
        code = code.replace("examples=['HSP/HA.{session}/Res.{number}']", "")
        assert not [word for word in words if word in code], path


def _without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
            node.body = [
                child
                for child in node.body
                if not (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant))
            ] or [ast.Pass()]
    return tree

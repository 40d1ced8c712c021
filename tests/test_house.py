"""The house keeps its shape: sizes, names, imports, docstrings. A raised number is a decision."""

import ast
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

import stcrm_nb.errors

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "stcrm_nb"
MODULES = sorted(PACKAGE.rglob("*.py"))
BANNED = {"utils", "helpers", "common", "base", "misc", "manager", "handler"}
LONGEST_MODULE, LONGEST_FACTS = 300, 450
LONGEST_FUNCTION, LONGEST_CLASS, DEEPEST, MOST_FILES = 40, 200, 3, 10
FACE = PACKAGE / "__init__.py"  # lazy, so its imports for type checkers alone are allowed

Function = ast.FunctionDef | ast.AsyncFunctionDef


def named(module: Path) -> str:
    return str(module.relative_to(ROOT))


def functions(module: Path) -> Iterator[Function]:
    return (node for node in ast.walk(ast.parse(module.read_text())) if isinstance(node, Function))


def length(node: Function | ast.ClassDef) -> int:
    """Lines of code, without the docstring."""
    lines = (node.end_lineno or 0) - node.lineno + 1
    first = node.body[0]
    if (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    ):
        lines -= (first.end_lineno or 0) - first.lineno + 1
    return lines


def depth(node: ast.AST) -> int:
    blocks = ast.If | ast.For | ast.While | ast.With | ast.Try
    deepest = 0
    for field, children in ast.iter_fields(node):
        for child in children if isinstance(children, list) else [children]:
            if not isinstance(child, ast.AST):
                continue
            is_elif = isinstance(node, ast.If) and field == "orelse" and isinstance(child, ast.If)
            deepest = max(deepest, depth(child) + (isinstance(child, blocks) and not is_elif))
    return deepest


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_a_module_is_short(module: Path) -> None:
    ceiling = LONGEST_FACTS if module.parent.name == "catalogue" else LONGEST_MODULE
    assert len(module.read_text().splitlines()) <= ceiling


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_functions_and_classes_are_short_and_flat(module: Path) -> None:
    tree = ast.parse(module.read_text())
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    long = [
        f"{node.name}: {length(node)} lines" for node in functions(module) if length(node) > LONGEST_FUNCTION
    ]
    long += [f"{node.name}: {length(node)} lines" for node in classes if length(node) > LONGEST_CLASS]
    long += [f"{node.name}: {depth(node)} deep" for node in functions(module) if depth(node) > DEEPEST]
    assert long == []


@pytest.mark.parametrize("folder", [PACKAGE, *(p for p in PACKAGE.rglob("*") if p.is_dir())], ids=named)
def test_a_folder_holds_few_files(folder: Path) -> None:
    assert len([file for file in folder.glob("*.py") if file.name != "__init__.py"]) <= MOST_FILES


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_names_say_what_they_hold(module: Path) -> None:
    standard = set(sys.stdlib_module_names)
    assert module.stem.strip("_") not in BANNED
    assert module.stem not in standard or module.stem.startswith("__")


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_public_things_are_documented(module: Path) -> None:
    tree = ast.parse(module.read_text())
    things = [node for node in ast.walk(tree) if isinstance(node, Function | ast.ClassDef)]
    outer = [node for node in things if isinstance(node, Function)]
    nested = {id(inner) for node in outer for inner in ast.walk(node) if inner is not node}
    hidden = {
        id(part)
        for node in things
        if isinstance(node, ast.ClassDef) and node.name.startswith("_")
        for part in ast.walk(node)
    }
    bare = [
        node.name
        for node in things
        if not node.name.startswith("_") and id(node) not in nested | hidden and not ast.get_docstring(node)
    ]
    assert ast.get_docstring(tree)
    assert bare == []


STUB = "from stcrm_nb import resources_typed as typed"


@pytest.mark.parametrize("module", [each for each in MODULES if each != FACE], ids=named)
def test_imports_stand_at_the_top(module: Path) -> None:
    tree = ast.parse(module.read_text())
    top = {id(node) for node in tree.body}
    if module.name == "__init__.py":  # what a room offers loads on first use; type checkers see it all
        top |= {id(inner) for node in tree.body if isinstance(node, ast.If) for inner in node.body}
    hidden = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom) and id(node) not in top
        if ast.unparse(node) != STUB  # the one stub: there is no such module at run time
    ]
    assert hidden == []


def test_rooms_import_downwards_only() -> None:
    lint = Path(sysconfig.get_path("scripts")) / "lint-imports"
    ran = subprocess.run(  # noqa: S603 - our own tool, our own arguments
        [lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout


def test_the_drawing_of_errors_is_true() -> None:
    drawn: dict[str, tuple[str, str]] = {}
    path: list[str] = []
    for line in (stcrm_nb.errors.__doc__ or "").splitlines():
        name = line.lstrip("│├└─ ")
        if not name.endswith((")", "Error", "Warning")) or " one tree" in name:
            continue
        level = (len(line) - len(name)) // 3
        kind, _, other = name.partition(" (")
        path[level:] = [kind]
        drawn[kind] = (path[level - 1] if level else "", other.rstrip(")"))
    kinds = {
        name: thing
        for name, thing in vars(stcrm_nb.errors).items()
        if isinstance(thing, type) and issubclass(thing, Exception)
    }
    assert set(drawn) == set(kinds)
    for name, (parent, other) in drawn.items():
        bases = [base.__name__ for base in kinds[name].__bases__]
        expected = [each for each in (parent, other) if each] or ["Exception"]
        assert bases == expected, name


def test_text_becomes_html_in_one_place() -> None:
    """Requirement S1: markup is written in markup.py; the unsafe ways of showing text are not used."""
    sinks = (
        "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "srcdoc",
        "createContextualFragment", "import(", 'setTimeout("', "setTimeout('", '.setAttribute("on',
        "DOMParser",
    )  # fmt: skip
    scripts = [file for file in PACKAGE.rglob("*.js") if any(sink in file.read_text() for sink in sinks)]
    displays = ("IPython.display", "widgets.HTMLMath", "escape=False", "import pickle", "yaml.load(")
    modules = [file for file in MODULES if any(sink in file.read_text() for sink in displays)]
    assert (scripts, modules) == ([], [])


def test_panels_hand_no_markup_to_widgets() -> None:
    makers = ("ipywidgets.HTML", "HTMLMath", "display(HTML", "Markdown(", "_repr_html_")
    files = [*(PACKAGE / "panels").rglob("*.py")]
    assert [(file.name, each) for file in files for each in makers if each in file.read_text()] == []


def test_nothing_is_fetched_from_elsewhere() -> None:
    files = [*PACKAGE.rglob("*.js"), *PACKAGE.rglob("*.css")]
    assert [file for file in files if "http://" in file.read_text() or "https://" in file.read_text()] == []

"""No function, method or class stands in the source that nothing reaches: such code goes, or moves to the tests."""

import ast
import re
from collections.abc import Iterator

from vulture import Vulture

from tests.conftest import ROOT
from tests.test_architecture import TREES, is_file, module_of

KINDS = ("function", "method", "property", "class", "import", "unreachable_code")
BY_A_LIBRARY = {"ignore_aliases", "xml_bytes"}
"""What a library calls by its name."""
ENTRIES = {"add_to", "main"}
"""What the command line calls of each group of commands, and of a module that is run."""


def in_templates() -> set[str]:
    """Every word of the templates: what they name, they reach."""
    texts = [path.read_text(encoding="utf-8") for ending in ("html", "xml") for path in (ROOT / "metrics").rglob(f"*.{ending}")]
    return set(re.findall(r"\w+", " ".join(texts)))


def test_everything_is_reached():
    search = Vulture()
    search.scavenge([str(ROOT / name) for name in ("metrics", "pages", "dashboard.py")])
    known = in_templates() | BY_A_LIBRARY
    unused = [item for item in search.get_unused_code(min_confidence=60) if item.typ in KINDS and item.name not in known]
    assert [f"{item.filename.relative_to(ROOT)}: {item.typ} {item.name}" for item in unused] == []


def named(module: str, tree: ast.Module) -> dict[str, set[tuple[str, str]]]:
    """What each name of a module may stand for: something defined in it, or in another; a whole module has an empty name."""
    means = {node.name: {(module, node.name)} for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    for node in ast.walk(tree):
        for alias in node.names if isinstance(node, ast.ImportFrom) else ():
            path = f"{node.module}.{alias.name}"
            whole = {(path, "")} if is_file(path) else set()
            means.setdefault(alias.asname or alias.name, set()).update({(node.module, alias.name)} | whole)
    return means


def reached_by(node: ast.AST, means: dict[str, set[tuple[str, str]]]) -> Iterator[tuple[str, str]]:
    """What a piece of code names, by module and name."""
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            yield from means.get(part.id, ())
        elif isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
            yield from ((module, part.attr) for module, name in means.get(part.value.id, ()) if not name)


def unreached(trees: dict[str, ast.Module]) -> set[tuple[str, str]]:
    """The functions and classes that nothing outside of themselves leads to: from what runs when a module is read, and from entries."""
    means = {module: named(module, tree) for module, tree in trees.items()}
    pieces = {(module, getattr(node, "name", "")): [] for module, tree in trees.items() for node in tree.body}
    for module, tree in trees.items():
        for node in tree.body:
            pieces[module, node.name if isinstance(node, ast.FunctionDef | ast.ClassDef) else ""].append(node)
    pieces |= {(module, name): [] for module in means for name in means[module] if (module, name) not in pieces}
    waiting = [piece for piece in pieces if piece[1] in {"", *ENTRIES}]
    seen = set()
    while waiting:
        piece = waiting.pop()
        if piece not in seen and piece in pieces:
            seen.add(piece)
            again = means[piece[0]].get(piece[1], ()) if not pieces[piece] else ()
            waiting += [*again, *(each for node in pieces[piece] for each in reached_by(node, means[piece[0]]))]
    return {piece for piece in pieces if pieces[piece] and piece not in seen}


def test_nothing_is_reached_by_its_name_alone():
    assert unreached({module_of(path): tree for path, tree in TREES.items()}) == set()


def test_what_only_shares_its_name_with_something_reached_would_be_noticed():
    source = "def part():\n    pass\ndef whole():\n    return part()\nwhole()\nbox.lost\ndef lost():\n    return lost()"
    assert unreached({"a": ast.parse(source)}) == {("a", "lost")}

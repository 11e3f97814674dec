"""What things are called: variables by what they are, in the words of `docs/glossary.md`, and tests in a line that can be read."""

import ast
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, nodes

ROOT = Path(__file__).parent.parent
GENERAL = {"one", "found", "said", "told", "held", "laid"}
LONGEST = 80


def trees(folder: str) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        yield path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))


def fields_of(tree: ast.Module) -> set[ast.expr]:
    """The fields of classes: their names are those of a file's format and may be any word."""
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    return {line.target for node in classes for line in node.body if isinstance(line, ast.AnnAssign)}


def name_bound(node: ast.AST) -> str | None:
    """The name that a node gives to something: a variable, a parameter, a function, a part of a pattern, an error."""
    match node:
        case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
            return name
        case ast.FunctionDef(name=name) | ast.MatchAs(name=name) | ast.MatchStar(name=name) | ast.ExceptHandler(name=name):
            return name
    return None


def general_names(tree: ast.Module) -> list[str]:
    fields = fields_of(tree)
    bound = [(node.lineno, name_bound(node)) for node in ast.walk(tree) if name_bound(node) and node not in fields]
    return [f"line {line}: {name}" for line, name in sorted(bound) if name in GENERAL]


def test_every_way_to_bind_a_name_is_seen():
    ways = (
        "one = 1", "def found(): pass", "lambda said: 1", "[held for held in x]", "(told := 1)", "with x as laid: pass",
        "try: pass\nexcept E as one: pass", "match x:\n case [one, *_]: pass", "match x:\n case [*said]: pass",
    )
    assert [way for way in ways if len(general_names(ast.parse(way))) != 1] == []
    assert general_names(ast.parse("class Step:\n    said: str = ''\nstep.said")) == []


def test_a_variable_is_called_by_what_it_is():
    every = [each for folder in ("metrics", "pages", "bench", "deploy", "examples", "tests") for each in trees(folder)]
    assert [f"{path}, {name}" for path, tree in every for name in general_names(tree)] == []


def bound_in_template(text: str) -> list[str]:
    """The general names that a template gives to what it repeats, keeps or is given."""
    names = Environment(autoescape=True).parse(text).find_all(nodes.Name)
    return [f"line {name.lineno}: {name.name}" for name in names if name.ctx in ("store", "param") and name.name in GENERAL]


def test_what_a_template_repeats_is_called_by_what_it_is():
    assert bound_in_template("{% for one in a %}{{ one }}{% endfor %}{% macro b(told) %}{% endmacro %}") == ["line 1: one", "line 1: told"]
    templates = sorted((ROOT / "metrics").rglob("templates/*.html"))
    assert len(templates) > 20
    assert [f"{path.name}, {name}" for path in templates for name in bound_in_template(path.read_text(encoding="utf-8"))] == []


def test_the_name_of_a_test_can_be_read_in_one_go():
    functions = [(path, node) for path, tree in trees("tests") for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert [f"{path}, line {node.lineno}" for path, node in functions if len(node.name) > LONGEST] == []

"""No place, force or count of areas stands in the code, the templates or the sentences: they come from the files of the force."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
NAMES = re.compile(r"\b((?i:london\w*|metropolitan|boroughs?)|Met|MPS|32)\b")
OF_A_PUBLISHER = "metrics/ingest/importers/"
"""An importer knows how its publisher writes places."""
ALLOWED = {"metrics/definitions/meeting_files.py": ["borough"]}
"""A field as the first version wrote it."""


def literals(path: Path) -> list[str]:
    """The texts of a module that are no comments and no docstrings, or a template as it stands."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return [re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)]
    tree = ast.parse(text)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return [node.value for node in texts if id(node) not in docstrings]


def sources() -> list[Path]:
    """Every module, question and template."""
    every = sorted((ROOT / "metrics").rglob("*"))
    return [path for path in every if path.suffix in (".py", ".sql", ".html", ".js", ".xml") and OF_A_PUBLISHER not in path.as_posix()]


def named(path: Path) -> list[str]:
    return sorted({name for literal in literals(path) for name in NAMES.findall(literal)})


def test_no_place_or_force_stands_in_the_code():
    every = {path.relative_to(ROOT).as_posix(): named(path) for path in sources()}
    assert len(every) > 250
    assert {name: places for name, places in every.items() if places} == ALLOWED


def test_what_is_looked_for_would_be_found(tmp_path):
    path = tmp_path / "a.py"
    path.write_text('"""London."""\n\nNAME = "in London"  # the Met\nMANY = f"of 32 boroughs of {NAME}"\n', encoding="utf-8")
    assert named(path) == ["32", "London", "boroughs"]

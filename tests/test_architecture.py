"""The shape of the source: what may import what, which library stands behind which door, and what no file may hold."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# Imports only point down: a room imports rooms of lower floors and its own modules, and nothing else of ours.
FLOORS = (
    {"domain", "durable_file"},
    {"definitions", "publish", "statistics"},
    {"ingest", "narrative", "store"},
    {"build", "charts"},
    {"refresh", "report"},
    {"claims", "meetings"},
    {"outputs"},
    {"cli", "web"},
    {"__main__", "dashboard", "pages"},
)
# Rooms that know less than their floor would let them.
KNOWS_ONLY = {
    "statistics": {"domain"},
    "narrative": {"definitions", "domain", "statistics"},
    "charts": {"domain", "narrative"},
    "publish": {"domain", "durable_file"},
}
# The only parts that may import a library.
DOORS = {
    "brotli": {"publish", "web"},
    "duckdb": {"store"},
    "jinja2": {"outputs"},
    "msgspec": {"publish", "refresh"},
    "plotly": set(),  # charts are plain dictionaries, which the app hands on
    "pptx": {"charts", "outputs"},
    "requests": {"refresh"},
    "resvg_py": {"charts"},
    "scipy": {"statistics"},
    "segno": {"outputs"},
    "smtplib": {"refresh"},
    "streamlit": {"dashboard", "web"},
    "urllib3": {"refresh"},
    "xlsxwriter": {"charts"},
    "yaml": {"definitions"},
}
OUTWARD = {
    "aiohttp", "asyncio", "ftplib", "http.client", "httpcore", "httpx", "imaplib", "nntplib", "poplib", "pycurl", "requests", "smtplib",
    "socket", "ssl", "subprocess", "telnetlib", "urllib.request", "urllib3", "websocket", "websockets", "xmlrpc",
}  # fmt: skip
"""What opens a connection to another machine, or lets another program do it."""
BY_NAME = {"__import__", "import_module", "importlib.import_module", "os.system", "os.popen"}
ASKING = {"execute", "executemany", "query", "sql"}
PUTTING_TOGETHER = {"format", "format_map", "join", "replace"}
BROAD = {"Exception", "BaseException"}
LEFT_TO_DO = re.compile(r"#.*\b(TODO|FIXME|XXX|HACK|noqa|type:\s*ignore|pragma)\b", re.IGNORECASE)
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(")
STATEMENT = re.compile(r"\b(SELECT|INSERT|CREATE|DELETE|UPDATE)\b|\bFROM\b.*\bWHERE\b", re.DOTALL)
VAGUE = {"utils", "util", "helpers", "helper", "manager", "misc", "common"}

TREES = {
    path: ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted([*(ROOT / "metrics").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "dashboard.py"])
}
SERVED = ("dashboard", "pages", "metrics.web.streamlit")
PAGES = {path: tree for path, tree in TREES.items() if path.parent.name == "pages"}


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def part_of(module: str) -> str:
    """The part that a module belongs to: `metrics.store.writer` to `store`, `pages.plan` to `pages`."""
    return (module.removeprefix("metrics.")).split(".")[0]


def floor_of(part: str) -> int:
    return {name: floor for floor, parts in enumerate(FLOORS) for name in parts}[part]


def imported(tree: ast.AST) -> Iterator[str]:
    """Every module that a file imports anywhere, by its full name; a relative import as its dots."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level:
            yield "." * node.level
        elif isinstance(node, ast.ImportFrom):
            yield node.module
            yield from (name for alias in node.names if is_file(name := f"{node.module}.{alias.name}"))


def is_file(module: str) -> bool:
    path = ROOT / module.replace(".", "/")
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def parts_imported(path: Path) -> set[str]:
    ours = {name for name in imported(TREES[path]) if name.split(".")[0] in ("metrics", "pages", "dashboard")}
    return {part_of(name) for name in ours} - {part_of(module_of(path)), "metrics"}


def nodes(trees: dict[Path, ast.AST], *kinds: type) -> Iterator[tuple[str, ast.AST]]:
    """Every node of some kinds, with where it stands."""
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, kinds):
                yield f"{path.relative_to(ROOT)}, line {getattr(node, 'lineno', 1)}", node


def catches_everything(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or any(isinstance(node, ast.Name) and node.id in BROAD for node in ast.walk(handler.type))


def is_put_together(text: ast.AST) -> bool:
    called = text.func if isinstance(text, ast.Call) else None
    return isinstance(text, ast.JoinedStr | ast.BinOp) or getattr(called, "attr", "") in PUTTING_TOGETHER


def test_every_part_has_its_floor_and_every_floor_its_parts():
    there = {part_of(module_of(path)) for path in TREES} - {"metrics"}
    assert there == set().union(*FLOORS)


def test_imports_only_point_down():
    up = [
        f"{module_of(path)} imports {part}"
        for path in TREES
        if module_of(path) != "metrics"
        for part in parts_imported(path)
        if floor_of(part) >= floor_of(part_of(module_of(path)))
    ]
    assert up == []


def test_some_parts_know_less_than_their_floor_would_let_them():
    known = {path: KNOWS_ONLY[part] for path in TREES if (part := part_of(module_of(path))) in KNOWS_ONLY}
    assert [f"{module_of(path)} imports {sorted(more)}" for path in known if (more := parts_imported(path) - known[path])] == []


def test_imports_are_written_in_full():
    assert [module_of(path) for path, tree in TREES.items() if any(name.startswith(".") for name in imported(tree))] == []


def test_each_library_stands_behind_one_door():
    through_the_wall = [
        f"{module_of(path)} imports {name}"
        for path, tree in TREES.items()
        for name in imported(tree)
        if part_of(module_of(path)) not in DOORS.get(name.split(".")[0], {part_of(module_of(path))})
    ]
    assert through_the_wall == []


def test_behind_each_door_the_library_is_used():
    used = {(part_of(module_of(path)), name.split(".")[0]) for path, tree in TREES.items() for name in imported(tree)}
    assert [(part, library) for library, parts in DOORS.items() for part in sorted(parts) if (part, library) not in used] == []


def outward(tree: ast.AST) -> set[str]:
    """What of `OUTWARD` a file imports, in whichever way it is written, and what it loads or starts by name."""
    names = {f"{node.module}.{alias.name}" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
    names |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)} & BY_NAME
    return called | {door for door in OUTWARD if any(f"{name}.".startswith(f"{door}.") for name in names)}


def test_only_refresh_opens_a_connection_to_another_machine():
    opening = {module_of(path): names for path, tree in TREES.items() if (names := outward(tree))}
    assert opening.keys() == {"metrics.refresh.download", "metrics.refresh.review"}


@pytest.mark.parametrize(
    "text", [*(f"import {name}" for name in sorted(OUTWARD)), "from urllib import request", "from urllib.request import urlopen as u",
             "def f():\n    import http.client as c", "import importlib\nimportlib.import_module('socket')", "__import__('socket')"],
)  # fmt: skip
def test_a_connection_would_be_noticed(text):
    assert outward(ast.parse(text))


def test_no_error_is_swallowed():
    assert [where for where, handler in nodes(TREES, ast.ExceptHandler) if catches_everything(handler)] == []


def test_nothing_in_the_source_is_only_asserted():
    assert [where for where, _ in nodes(TREES, ast.Assert)] == []


def test_no_statement_is_put_together_from_text():
    calls = [(where, call) for where, call in nodes(TREES, ast.Call) if getattr(call.func, "attr", "") in ASKING]
    asked = [(where, call.args[0]) for where, call in calls if call.args]
    assert asked, "no statement was found at all"
    assert [where for where, text in asked if is_put_together(text)] == []


def test_nothing_is_left_to_do_or_silenced():
    lines = [(path, line) for path in TREES for line in path.read_text(encoding="utf-8").splitlines()]
    assert [f"{module_of(path)}: {line.strip()}" for path, line in lines if LEFT_TO_DO.search(line)] == []


def test_every_module_opens_with_its_idea():
    assert [module_of(path) for path, tree in TREES.items() if not ast.get_docstring(tree)] == []


def test_no_module_has_a_name_that_could_hold_anything():
    assert [module_of(path) for path in TREES if VAGUE & set(re.split(r"[_.]", module_of(path)))] == []


def test_a_page_keeps_no_state():
    assert [where for where, node in nodes(PAGES, ast.Attribute) if node.attr == "session_state"] == []


def test_a_page_holds_no_statement_and_no_colour():
    texts = [(where, node.value) for where, node in nodes(PAGES, ast.Constant) if isinstance(node.value, str)]
    assert [where for where, text in texts if STATEMENT.search(text) or COLOUR.search(text)] == []


def test_a_page_writes_no_raw_html():
    named = [(where, node.attr) for where, node in nodes(PAGES, ast.Attribute)]
    named += [(where, node.arg) for where, node in nodes(PAGES, ast.keyword)]
    assert [where for where, name in named if name in ("html", "unsafe_allow_html")] == []


def test_a_page_does_no_arithmetic():
    assert [where for where, _ in nodes(PAGES, ast.BinOp, ast.AugAssign)] == []


def test_serving_the_app_loads_no_scipy_and_no_plotly_express():
    reached, waiting = set(), [path for path in TREES if module_of(path).startswith(SERVED)]
    while waiting:
        names = {name for name in imported(TREES[waiting.pop()]) if name.startswith("metrics.") and is_file(name)} - reached
        reached |= names
        waiting += [path for path in TREES if module_of(path) in names]
    assert {"metrics.web.streamlit.cached_reads", "metrics.store"} <= reached
    program = f"import sys, {', '.join(sorted(reached))}\nprint([name for name in ('scipy', 'plotly.express') if name in sys.modules])"
    output = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert output.strip() == "[]"

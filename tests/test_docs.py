"""What is written about the project is true of it: commands, files, pages, sources, and what must never be written."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

from metrics import definitions
from metrics.charts import style
from metrics.cli import main, parser
from metrics.ingest import releases

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
GENERATED = (".venv", "build/", "http", "<number>", "data/changes.csv", "data/earlier", ".streamlit/secrets.toml")
PATH = re.compile(r"[\w./<>*-]+/[\w./<>*-]*|[\w<>*-]+\.(?:py|yaml|csv|md|toml|txt|sql|png)")
LIMIT = 40_000_000
OF_ONE_MACHINE = re.compile(r"(?<![\w.])/(?:home|Users|root|work|mnt)/\w|\b[A-Z]:\\\\?Users")
TEXT = {".py", ".md", ".yaml", ".yml", ".toml", ".txt", ".sql", ".csv", ".json", ".css", ".html", ".conf", ".service", ""}
NOT_OURS = {".git", ".venv", "build", "__pycache__", ".pytest_cache", ".ruff_cache", ".hypothesis"}
PACKAGES = {"jinja2": "Jinja2", "markupsafe": "MarkupSafe", "pptx": "python-pptx", "resvg_py": "resvg-py", "yaml": "PyYAML"}
SERVER = "starlette"


def commands() -> list[str]:
    """The names of all commands."""
    return list(next(action for action in parser()._actions if action.dest == "command").choices)


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def our_files() -> list[Path]:
    every = [path for path in ROOT.rglob("*") if not NOT_OURS & set(path.relative_to(ROOT).parts)]
    return [path for path in every if path.is_file() and path.suffix in TEXT]


def python_files() -> list[Path]:
    return [*(ROOT / "metrics").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "dashboard.py"]


def code_spans(document: Path) -> list[str]:
    """What stands between single backticks, outside blocks of code."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"^ *```.*?^ *```", "", text_of(document), flags=re.DOTALL | re.MULTILINE))


def known():
    config = definitions.load(ROOT / "config.yaml")
    return definitions.definitions(config.data, config.plan)


def pinned(name: str) -> dict[str, set[str]]:
    """The packages of a requirements file, each with the versions it is pinned to."""
    mentioned: dict[str, set[str]] = {}
    for line in text_of(ROOT / name).splitlines():
        bare = line.split("#")[0].split(";")[0].strip()
        if bare and not bare.startswith("-r"):
            package, version = bare.split("==")
            mentioned.setdefault(package, set()).add(version)
    return mentioned


def test_every_command_is_in_the_readme_and_in_the_help(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    in_help = set(re.findall(r"^    (\w+) ", capsys.readouterr().out, re.MULTILINE))
    in_readme = set(re.findall(r"`python -m metrics (\w+)", text_of(ROOT / "README.md")))
    assert in_help == in_readme == set(commands())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_names_only_commands_that_exist(document):
    named = set(re.findall(r"-m metrics (\w+)", text_of(document)))
    assert named <= set(commands())
    targets = set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    assert set(re.findall(r"[`\n]make ([a-z]+)", text_of(document))) <= targets


@pytest.mark.parametrize("command", sorted(commands()))
def test_a_command_takes_every_option_that_the_readme_gives_it(command, capsys):
    with pytest.raises(SystemExit):
        main([command, "--help"])
    options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out))
    for line in re.findall(rf"-m metrics {command}([^`|]*)", text_of(ROOT / "README.md")):
        assert set(re.findall(r"--[a-z-]+", line.split("\n\n")[0])) <= options


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_names_only_files_that_exist(document):
    links = re.findall(r"\]\(([^)#]+)\)", text_of(document))
    named = {path for span in code_spans(document) for path in PATH.findall(span.replace("python -m", ""))}
    paths = {(ROOT, path) for path in named if not path.startswith("/")} | {(document.parent, link) for link in links}
    wanted = [(folder, path) for folder, path in paths if not path.startswith(GENERATED)]
    assert [path for folder, path in wanted if not list(folder.glob(re.sub(r"<\w+>", "*", path.rstrip("/"))))] == []


def test_every_dataset_is_in_the_readme_with_its_publisher_and_licence():
    lines = [line for line in text_of(ROOT / "README.md").splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    datasets = {release.dataset for release in releases.all_of(ROOT / "data")}
    for dataset in known().datasets.values():
        if dataset.id in datasets:
            assert [dataset.title, dataset.publisher, dataset.licence] in rows


def test_every_measure_has_caveats_and_an_owner():
    assert [measure.id for measure in known().measures.values() if not measure.caveats or not measure.owner.strip()] == []


def test_every_floor_is_in_the_architecture_note():
    floors = ast.literal_eval(re.search(r"^FLOORS = (\(.*?^\))", text_of(ROOT / "tests/test_architecture.py"), re.DOTALL | re.MULTILINE)[1])
    rows = re.findall(r"^\| (\d+) \| ([^|]+) \|", text_of(ROOT / "docs/architecture.md"), re.MULTILINE)
    assert {int(floor): set(re.findall(r"`(\w+)`", parts)) for floor, parts in rows} == dict(enumerate(floors))


def test_the_changelog_has_a_place_for_what_comes_next():
    assert re.search(r"^## \[Unreleased\]\n", text_of(ROOT / "CHANGELOG.md"), re.MULTILINE)


def test_every_page_is_served_and_has_a_test():
    served = "".join(text_of(path) for path in [ROOT / "dashboard.py", *(ROOT / "metrics/web/streamlit").glob("*.py")])
    tested = "".join(text_of(path) for path in (ROOT / "tests").rglob("test_*.py") if path != Path(__file__))
    pages = [path.stem for path in (ROOT / "pages").glob("*.py")]
    assert [page for page in pages if f'"{page}"' not in served and f"pages/{page}.py" not in served] == []
    assert [page for page in pages if f"pages/{page}" not in tested and f"{page}.py" not in tested] == []


def test_every_question_opens_with_the_question():
    openings = {path.name: text_of(path).splitlines()[0] for path in (ROOT / "metrics/store/sql").rglob("*.sql")}
    assert [name for name, line in openings.items() if not re.fullmatch(r"-- .+\?", line)] == []


def test_the_data_stays_small_enough_to_ship():
    assert sum(path.stat().st_size for path in (ROOT / "data").rglob("*") if path.is_file()) < LIMIT


def test_no_file_holds_a_path_of_one_machine():
    assert [str(path.relative_to(ROOT)) for path in our_files() if OF_ONE_MACHINE.search(text_of(path))] == []


def test_every_package_that_is_imported_is_pinned():
    trees = [ast.parse(text_of(path)) for path in python_files()]
    names = {alias.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported = {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"metrics"}
    assert "streamlit" in imported
    assert {PACKAGES.get(name, name) for name in imported} <= set(pinned("requirements.txt"))


def test_no_package_is_pinned_to_a_version_with_known_holes():
    packages = pinned("requirements.txt") | pinned("requirements-test.txt")
    assert all(re.fullmatch(r"[\d.]+", version) for versions in packages.values() for version in versions)
    assert min(tuple(map(int, version.split("."))) for version in packages[SERVER]) >= (1, 3, 1)


def test_the_app_is_served_in_our_own_colours_and_to_this_machine():
    served = tomllib.loads(text_of(ROOT / ".streamlit/config.toml"))
    ours = {value for name, value in vars(style).items() if name.isupper() and isinstance(value, str)}
    assert {colour for name, colour in served["theme"].items() if name.endswith("Color")} <= ours
    assert served["server"]["address"] == "127.0.0.1"
    assert served["server"]["maxUploadSize"] == 0

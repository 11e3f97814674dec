"""What many tests share: a project of their own to change, and the folder of official files where there is one."""

import hashlib
import os
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from metrics import definitions
from metrics.cli import main
from metrics.definitions.change_log import alone
from metrics.narrative import Wording
from metrics.report.snapshot import Snapshot
from metrics.store import Store
from tests.outputs.site.cutting import cut, cut_database, edition, reader

ROOT = Path(__file__).parents[1]
DEFINED = ("datasets", "measures", "plans", "force.yaml", "places.csv", "breaks.yaml", "claims.yaml", "wording.yaml")
CONFIG = "plan: new-met-2023\nedition: full\ndata: data\ndatabase: db\ncontact: The tests\n"


def pytest_collection_modifyitems(items):
    """
    Whatever asks for the official files carries the mark that says so.

    The first file that needs the build begins it; the others that do come last, so that no worker waits for it.
    """
    for item in asking_for("official", items):
        item.add_marker("official")
    later = dict.fromkeys(item.path for item in asking_for("served", items))
    later.pop(next(iter(later), None), None)
    items.sort(key=lambda item: item.path in later)


def asking_for(fixture: str, items: list) -> list:
    """The tests that need a fixture, themselves or through another."""
    return [item for item in items if fixture in getattr(item, "fixturenames", ())]


@cache
def shipped() -> dict[str, bytes]:
    """The files of the shipped definitions, read once for the many projects that begin with them."""
    data = ROOT / "data"
    files = [path for name in DEFINED for path in (data / name, *(data / name).glob("*")) if path.is_file()]
    return {path.relative_to(data).as_posix(): path.read_bytes() for path in files}


class Project:
    """A project in a folder of its own: the shipped definitions, no release, no database."""

    def __init__(self, root: Path, capsys=None):
        self.root, self.capsys = root, capsys
        self.config, self.data, self.database = root / "config.yaml", root / "data", root / "db"
        self.data.mkdir()
        for name, content in shipped().items():
            (self.data / name).parent.mkdir(exist_ok=True)
            (self.data / name).write_bytes(content)
        self.config.write_text(CONFIG, encoding="utf-8")

    @property
    def definitions(self):
        """Everything its `data` says about meaning."""
        return definitions.definitions(self.data, "new-met-2023")

    def put(self, name: str, content: str | bytes) -> Path:
        """Write a file as received, beside the project's own."""
        path = self.root / "received" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    def run(self, *words) -> tuple[int, str, str]:
        """The exit status of one command, its output and its complaint."""
        self.capsys.readouterr()
        status = main(["--config", str(self.config), *map(str, words)])
        return status, *self.capsys.readouterr()

    def take(self, dataset: str, *files: Path, published: str = "2024-04-18") -> str:
        """Import files that must be taken, and give the account that was printed."""
        status, out, err = self.run("import", dataset, *files, "--published", published)
        assert (status, err) == (0, "")
        return out

    def digest(self) -> str:
        """What stands for every name and byte under `data` and `db`."""
        whole = hashlib.sha256()
        for path in sorted([*self.data.rglob("*"), *self.database.rglob("*")]):
            whole.update(str(path.relative_to(self.root)).encode() + (path.read_bytes() if path.is_file() else b"/"))
        return whole.hexdigest()


@pytest.fixture
def project(tmp_path, capsys) -> Project:
    """A project without releases."""
    return Project(tmp_path, capsys)


@pytest.fixture(scope="session")
def shipped_definitions():
    """Everything that the shipped `data` says about meaning."""
    return definitions.definitions(ROOT / "data", "new-met-2023")


@pytest.fixture
def refused(project):
    """A check that a command is refused in one line with the words given, and that nothing stored has changed."""

    def check(*words, says: str) -> str:
        before = project.digest()
        status, out, err = project.run(*words)
        assert status == 1
        assert out == ""
        assert err.count("\n") == 1
        assert len(err.splitlines()) == 1
        assert says in err
        assert project.digest() == before
        return err

    return check


@pytest.fixture(scope="session")
def official() -> Path:
    """The folder of official files: OFFICIAL_FILES, or `shared/data` beside the checkout."""
    folder = Path(os.environ.get("OFFICIAL_FILES") or ROOT.parent / "shared" / "data")
    if not (folder / "MANIFEST.csv").is_file():
        pytest.skip("the folder of official files is not here: name it with OFFICIAL_FILES")
    return folder


def once(tmp_path_factory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first worker to want it makes, and all share; nobody may change what is in it."""
    alongside = tmp_path_factory.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else tmp_path_factory.getbasetemp()
    folder, lock = alongside / f"shared-{name}", alongside / f"lock-{name}"
    lock.mkdir(exist_ok=True)
    with alone(lock):
        if not folder.exists():
            folder.with_suffix(".made").mkdir()
            make(folder.with_suffix(".made"))
            folder.with_suffix(".made").rename(folder)
    return folder


@pytest.fixture(scope="session")
def served(tmp_path_factory) -> Path:
    """A configuration of the shipped data with a database, built once for all workers."""

    def build(folder: Path) -> None:
        (folder / "config.yaml").write_text(
            f'plan: new-met-2023\nedition: full\ndata: "{ROOT / "data"}"\ndatabase: db\ncontact: The tests\n', encoding="utf-8"
        )
        assert main(["--config", str(folder / "config.yaml"), "build"]) == 0

    return once(tmp_path_factory, "served", build) / "config.yaml"


@pytest.fixture(scope="module")
def now(served) -> Snapshot:
    """The shipped figures as now known."""
    config = definitions.load(served)
    known = definitions.definitions(config.data, config.plan)
    return Snapshot(Store(config.database), known, Wording(config.data / "wording.yaml"))


@pytest.fixture(scope="session")
def small(served, shipped_definitions, tmp_path_factory) -> Path:
    """A configuration of the shipped data with a database of a few areas, made once for all workers."""

    def make(folder: Path) -> None:
        shutil.copy(served, folder / "config.yaml")
        cut_database(served.parent / "db", folder / "db", shipped_definitions)

    return once(tmp_path_factory, "small", make) / "config.yaml"


@pytest.fixture(scope="session")
def small_edition(small, shipped_definitions, tmp_path_factory) -> Path:
    """The folder of the public edition of a few areas and measures, made once for all workers."""

    def make(folder: Path) -> None:
        for path, data in edition(reader(small)(cut(shipped_definitions))).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)

    return once(tmp_path_factory, "edition", make)

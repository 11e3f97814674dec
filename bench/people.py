"""
People who record, import, build and publish at random in one project for some minutes; what was lost, left half or shown older than it was.

`bench/people.py [PEOPLE [SECONDS]]`, 20 and 300 unless said. Fewer of them, for less long, are in `tests/cli/test_many_people.py`.
"""

import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from metrics.cli import main as command
from tests.cli import people
from tests.conftest import Project

PEOPLE, SECONDS, FOR_EVER = 20, 300, 1_000_000
ACTIONS = ["record"] * 5 + ["import"] * 5 + ["build"] * 3 + ["publish"]


def main(number: int = PEOPLE, seconds: float = SECONDS) -> None:
    """Let them all do what they do, and print what was done and every fault."""
    folder = Path(tempfile.mkdtemp())
    try:
        project = _begun(folder)
        going = [people.start(project.config, person, changes=FOR_EVER, seconds=seconds, actions=ACTIONS) for person in range(number)]
        done = people.deeds(going)
        _run(project, "build")
        done.append(people.did("publish", "", ["--config", str(project.config), "publish", str(folder / "public")]))
        _print(number, seconds, done, list(people.faults(project.config, done)))
    finally:
        shutil.rmtree(folder)


def _begun(folder: Path) -> Project:
    """A project with one release, a build and an address, so that it can be published."""
    project = Project(folder)
    with project.config.open("a", encoding="utf-8") as file:
        file.write("address: https://progress.example\n")
    first = project.put("first.csv", people.FIGURES.format(value=88.5))
    _run(project, "import", "template", str(first), "--published", "2025-03-31")
    _run(project, "build")
    return project


def _run(project: Project, *words: str) -> None:
    if command(["--config", str(project.config), *words]):
        sys.exit(f"{words[0]} was refused")


def _print(number: int, seconds: float, done: list[people.Deed], faults: list[str]) -> None:
    kinds = Counter((deed.action, deed.done) for deed in done)
    took = max((deed.ended for deed in done), default=0) - min((deed.begun for deed in done), default=0)
    print(f"{number} people, {seconds:.0f} s asked for, {took:.0f} s until the last was done: {len(done)} commands")
    for action in sorted({action for action, _ in kinds}):
        slowest = max(deed.ended - deed.begun for deed in done if deed.action == action)
        print(f"  {action}: {kinds[action, True]} done, {kinds[action, False]} refused, the slowest after {slowest:.0f} s")
    print("\n".join(["faults (required: none):", *faults]) if faults else "nothing lost, nothing half, nothing older in use")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

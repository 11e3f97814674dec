"""
People who record, import, build and publish at random in one project, each in a process of their own; and whether anything was lost.

Run as a program it is one of them: `python -m tests.cli.people CONFIG NUMBER CHANGES SECONDS ACTION...`, which writes a line of JSON for
each thing done. Chance comes from the number, so that the same people do the same things, if not at the same moments.
"""

import io
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from metrics import definitions, publish
from metrics.build.definition_files import of_build
from metrics.cli import main
from metrics.domain import Refused
from metrics.ingest import releases
from metrics.store import Store
from tests.conftest import ROOT

AREAS, MEETING = ("brent", "barnet", "camden"), "2026-05-05"
MINUTES = "kind,text,theme,ward,measure,owner,due\nconcern,{text},Streets,,,,\n"
FIGURES = "measure,place,period,value,base,note\nanswer-999,london,2025-02,{value},,x\n"
FIRST_DAY, DAYS = date(2025, 4, 1), 400
REFUSALS = {"import": ("already held",), "publish": ("another publish is going on", "another build came into use")}
"""What may be refused: a day's figures when another took that day first; a publish beside another, or of a build that another replaced."""


@dataclass(frozen=True)
class Deed:
    """One command of one person: what it was to keep, when it began and ended, how it ended and what it said."""

    action: str
    what: str
    begun: float
    ended: float
    status: int
    said: str

    @property
    def done(self) -> bool:
        """Whether it was not refused."""
        return self.status == 0


def start(config: Path, number: int, *, changes: int, seconds: float, actions: list[str]) -> subprocess.Popen:
    """One person, who stops after some commands or seconds, whichever comes first."""
    words = [sys.executable, "-m", "tests.cli.people", config, number, changes, seconds, *actions]
    return subprocess.Popen(list(map(str, words)), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def deeds(going: list[subprocess.Popen]) -> list[Deed]:
    """All that was done, once everybody has stopped, in the order in which it ended."""
    results = [(person.communicate(), person.returncode) for person in going]
    fallen = "\n".join(output for (_, output), status in results if status)
    if fallen:
        raise RuntimeError(fallen)
    every = [Deed(**json.loads(line)) for (out, _), _ in results for line in out.splitlines()]
    return sorted(every, key=lambda deed: deed.ended)


def _person(config: str, number: str, changes: str, seconds: str, *actions: str) -> None:
    chance, over = np.random.default_rng(int(number)), time.monotonic() + float(seconds)
    folder = Path(config).parent / f"person-{number}"
    folder.mkdir()
    for turn in range(int(changes)):
        if time.monotonic() > over:
            return
        action = actions[chance.integers(len(actions))]
        what, words = _words(action, folder, f"{number} {turn}", chance)
        print(json.dumps(asdict(did(action, what, ["--config", config, *words]))), flush=True)


def _words(action: str, folder: Path, mark: str, chance: np.random.Generator) -> tuple[str, list[str]]:
    """What a command is to keep, and the command."""
    if action == "record":
        area, file = AREAS[chance.integers(len(AREAS))], folder / "minutes.csv"
        file.write_text(MINUTES.format(text=f"Better lighting at corner {mark}"), encoding="utf-8")
        return f"{area}: Better lighting at corner {mark}", ["meeting", "record", area, MEETING, str(file), "--source", "Minutes"]
    if action == "import":
        day, file = FIRST_DAY + timedelta(int(chance.integers(DAYS))), folder / "figures.csv"
        value = f"{80 + int(chance.integers(1000)) / 100:.2f}".rstrip("0").rstrip(".")
        file.write_text(FIGURES.format(value=value), encoding="utf-8")
        return f"{day}: {value}", ["import", "template", str(file), "--published", str(day)]
    return "", ["publish", str(folder.parent / "public")] if action == "publish" else ["build"]


def did(action: str, what: str, words: list[str]) -> Deed:
    """What comes of a command, run in this process."""
    begun, out = time.monotonic(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        status = main(words)
    return Deed(action, what, begun, time.monotonic(), status, out.getvalue())


def faults(config_path: Path, every: list[Deed]) -> Iterator[str]:
    """A line for each thing that was lost, left half, refused without need, or shown older than it was, once everybody has stopped."""
    config = definitions.load(config_path)
    yield from _refused(every)
    yield from _lost(config.data, definitions.definitions(config.data, config.plan), every)
    yield from _older(config, every)
    yield from _half(config, every)


def _refused(every: list[Deed]) -> Iterator[str]:
    for deed in every:
        if not deed.done and not any(words in deed.said for words in REFUSALS.get(deed.action, ())):
            yield f"{deed.action} was refused: {deed.said}"


def _lost(data: Path, known, every: list[Deed]) -> Iterator[str]:
    """What was taken and is not there exactly once, or is there and was never taken."""
    kept = {"record": concerns(known), "import": sorted(figures(data))}
    for action, there in kept.items():
        taken = sorted(deed.what for deed in every if deed.action == action and deed.done)
        if taken != there:
            yield f"{action}: {len(taken)} were taken and {len(there)} are there: {sorted(set(taken) ^ set(there))}"
    noted = len((data / "changes.csv").read_text(encoding="utf-8").splitlines()) - 2
    if noted != sum(map(len, kept.values())):
        yield f"{noted} changes were noted of {sum(map(len, kept.values()))}"


def concerns(known) -> list[str]:
    """Every concern on record, each with its area."""
    return sorted(f"{meeting.area}: {concern.text}" for meeting in known.meetings for concern in meeting.concerns)


def figures(data: Path) -> list[str]:
    """The figure of each day on file, but the first, which was there before."""
    imported = [release for release in releases.all_of(data) if release.published >= FIRST_DAY]
    return [f"{release.published}: {releases.rows(data, release)['value'].item():g}" for release in imported]


def _older(config, every: list[Deed]) -> Iterator[str]:
    """What was on file before a build or publish began, and is not in the build or the edition in use."""
    store = Store(config.database)
    shown = {*concerns(of_build(store.ask)[0]), *map(str, store.ask("releases")["published"].dt.date)}
    builds = [deed for deed in every if deed.action in ("build", "publish") and deed.done]
    last = max((deed.begun for deed in builds), default=0)
    for deed in every:
        name = deed.what.partition(":")[0] if deed.action == "import" else deed.what
        if deed.done and name and deed.ended < last and name not in shown:
            yield f"{deed.action} {deed.what} was there before the last build began and is not in {store.build}"
    yield from _older_pages(config.database.parent / "public", every)


def _older_pages(folder: Path, every: list[Deed]) -> Iterator[str]:
    published = [deed for deed in every if deed.action == "publish" and deed.done]
    if published:
        edition = editions_in_use(folder)
        before = [build for deed in every if deed.ended < published[-1].begun for build in re.findall(r"(\d{6})-\w+\.duckdb", deed.said)]
        if edition < max(before, default=""):
            yield f"the pages are of build {edition}, and {max(before)} was there before they were begun"


def editions_in_use(folder: Path) -> str:
    """The number of the build that the pages in use are of."""
    edition = publish.editions.read(folder, publish.editions.current(folder))
    return json.loads((edition.folder / publish.editions.MADE_OF).read_bytes())["build"][:6]


def _half(config, every: list[Deed]) -> Iterator[str]:
    """What an unfinished change would leave behind."""
    public = config.database.parent / "public"
    left = [path for path in config.data.rglob("*") if path.name.startswith(".")]
    left += [*config.database.glob("unfinished-*"), *public.glob("unfinished-*")]
    yield from (f"{path} was left behind" for path in left)
    if any(deed.action == "publish" and deed.done for deed in every):
        try:
            publish.verify(public)
        except Refused as refusal:
            yield str(refusal)


if __name__ == "__main__":
    _person(*sys.argv[1:])

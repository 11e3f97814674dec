"""
Damages copies of a database a hundred times and more, and asks each for its figures: by itself, and with the build before beside it.

Run by `test_damage.py` with the folder of the database, one to work in, and which part of the copies to take, such as `0/2`.
A process of its own, so that a database that brought its reader down would be seen, and would not bring the tests down.
"""

import shutil
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd

from metrics.domain import Refused
from metrics.store import Store, in_use
from tests.tries import tries

FLIPS, CUTS = tries(1000), tries(100)
MEASURES = ("personal-robbery", "residential-burglary", "theft-from-person", "vehicle-offences")
PLACE = "london"


def answers(store: Store) -> list[pd.DataFrame]:
    """What pages ask for: figures as now known, the days of publication and the releases."""
    series = [store.ask("series", measure=measure, place=PLACE) for measure in MEASURES]
    return [*series, store.ask("publications"), store.ask("releases")]


def copies(raw: bytes) -> list[bytes]:
    """The file with one bit turned, and cut short, each at many places."""
    chance = np.random.default_rng(2023)
    made = []
    for place, bit in zip(chance.integers(0, len(raw), FLIPS), chance.integers(0, 8, FLIPS), strict=True):
        damaged = bytearray(raw)
        damaged[place] ^= 1 << int(bit)
        made.append(bytes(damaged))
    return made + [raw[: len(raw) * cut // CUTS] for cut in range(CUTS)]


def outcome(folder: Path, right: list[pd.DataFrame]) -> str:
    """Whether the answer is right or refused, and in how many lines; WRONG is what must never be."""
    try:
        same = all(answer.equals(wanted) for answer, wanted in zip(answers(Store(folder)), right, strict=True))
    except Refused as refusal:
        return "refused" if len(str(refusal).splitlines()) == 1 else "refused at length"
    return "right" if same else "WRONG"


def beside_the_one_before(folder: Path, raw: bytes, right: list[float]) -> str:
    """Which build answers where its sum stands beside the damaged one and the build before is kept; SILENT where that is not said."""
    name = in_use(folder)[0]
    (folder / name).unlink()
    (folder / name).write_bytes(raw)
    store = Store(folder)
    same = store.ask("series", measure=MEASURES[0], place=PLACE)["value"].tolist() == right
    answered = store.instead_of == name and store.build < name
    return ("the one before" if answered else "SILENT") if same else "WRONG"


def main() -> None:
    """Print how often each outcome was seen."""
    database, work = Path(sys.argv[1]), Path(sys.argv[2])
    part, parts = map(int, sys.argv[3].split("/"))
    name = in_use(database)[0]
    right, seen = answers(Store(database)), Counter()
    kept = Path(shutil.copytree(database, work / f"kept-{part}"))
    (kept / "CURRENT").write_text(min(path.name for path in kept.glob("*.duckdb")) + "\n", encoding="utf-8")
    then = answers(Store(kept))[0]["value"].tolist()
    (kept / "CURRENT").write_text(name + "\n", encoding="utf-8")
    for number, damaged in enumerate(copies((database / name).read_bytes())):
        if number % parts == part:
            folder = work / str(number)
            folder.mkdir()
            (folder / name).write_bytes(damaged)
            (folder / "CURRENT").write_text(name, encoding="utf-8")
            seen["cut " * (number >= FLIPS) + outcome(folder, right)] += 1
            seen[beside_the_one_before(kept, damaged, then)] += 1
            (folder / name).unlink()
    print("\n".join(f"{count} {name}" for name, count in sorted(seen.items())))


if __name__ == "__main__":
    main()

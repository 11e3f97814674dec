"""
What publishing takes: the whole public edition from a build that is there, then once more after one measure has changed.

One process, as `python -m metrics publish` is. A measure changes by its definition and by its figures: another title, and one
count restated, so that every page that shows it is another page. Nothing here fails: it measures.
"""

import os
import sys
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from metrics import building, definitions, releases
from metrics.editions.public import site
from metrics.model import Definitions
from metrics.publishing import Published, publish
from metrics.reading import Reading
from metrics.store import Store
from metrics.words import Wording

ROOT = Path(__file__).parent.parent
MEASURE = "know-officers"
WHOLE_ALLOWED, AGAIN_ALLOWED = 60, 5
ADDRESS, CONTACT = "https://progress.example.gov.uk", "The person who runs this dashboard"


def main() -> None:
    """Measure, and print one line for each question."""
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}")
    config = definitions.load(ROOT / "config.yaml")
    known = definitions.definitions(config.data, config.plan)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        building.build(config.data, folder / "db", known)
        wording = Wording(config.data / building.WORDING)
        whole, done = _published(folder, known, wording, "e1")
        pages = sum(1 for path in (folder / "public/current").rglob("*.html"))
        print(f"     {done.written} files, {pages} of them pages; {pages / whole:.0f} pages a second")
        _say(f"the whole edition, {len(known.boroughs)} boroughs and {len(known.measures)} measures, takes", whole, "s", WHOLE_ALLOWED)
        _say("the same once more takes", *_again(folder, known, wording, "e1"), AGAIN_ALLOWED)
        _say("after one measure was given another title it takes", *_again(folder, _renamed(known), wording, "e2"), AGAIN_ALLOWED)


def _again(folder: Path, known: Definitions, wording: Wording, name: str) -> tuple[float, str]:
    seconds, done = _published(folder, known, wording, name)
    return seconds, f"s ({done.written} files written, {done.unchanged} the same)"


def _published(folder: Path, known: Definitions, wording: Wording, name: str) -> tuple[float, Published]:
    """The seconds of publishing everything, and what was done."""
    start = time.perf_counter()
    reading = Reading(Store(folder / "db"), known, wording)
    done = publish(folder / "public", site(reading, address=ADDRESS, contact=CONTACT), name=name)
    return time.perf_counter() - start, done


def _renamed(known: Definitions) -> Definitions:
    """One measure under another title, as after an edit of its file."""
    changed = replace(known.measures[MEASURE], title=f"{known.measures[MEASURE].title}, in other words")
    return replace(known, measures=known.measures | {MEASURE: changed})


def _say(what: str, figure: float, unit: str, allowed: float) -> None:
    print(f"{'met:' if figure <= allowed else 'NOT MET:'} {what} {figure:.1f} {unit} (required: at most {allowed})", flush=True)


if __name__ == "__main__":
    main()

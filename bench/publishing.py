"""
What publishing takes: the whole public edition from a build that is there, the same again, and after one measure has changed.

The measure gets another title, so that every page that names it is another page. Every page is made again each time; only those that differ
are written. Nothing here fails: it measures.
"""

import os
import shutil
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from bench.requirements import say
from metrics import definitions
from metrics.build import database
from metrics.domain import Config
from metrics.outputs.site.publish_site import publish_site
from metrics.publish import Published

ROOT = Path(__file__).parent.parent
MEASURE = "know-officers"
WHOLE_ALLOWED, AGAIN_ALLOWED = 120, 5
ADDRESS = "https://tracker.example"


def main() -> None:
    """Measure, and print one line for each question."""
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}")
    config = definitions.load(ROOT / "config.yaml")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(config.data, folder / "data")
        copied = replace(config, data=folder / "data", database=folder / "db", address=ADDRESS)
        known = definitions.definitions(copied.data, copied.plan)
        database.build(copied.data, copied.database, known)
        seconds = _said(f"the whole edition, {len(known.areas)} boroughs and {len(known.measures)} measures,", copied, WHOLE_ALLOWED)
        pages = len(list((folder / "public/current").rglob("*.html")))
        print(f"     {pages:,} pages, {pages / seconds:.0f} a second")
        _said("the same once more", copied, AGAIN_ALLOWED)
        _rename(copied.data)
        database.build(copied.data, copied.database, definitions.definitions(copied.data, copied.plan))
        _said("after one measure got another title, the whole edition", copied, WHOLE_ALLOWED)


def _said(what: str, config: Config, allowed: float) -> float:
    """Publish, and print how long it took."""
    seconds, done = _published(config)
    say(f"{what} takes", seconds, "s", allowed)
    print(f"     {done.written:,} files written, {done.unchanged:,} the same as before")
    return seconds


def _published(config: Config) -> tuple[float, Published]:
    start = time.perf_counter()
    done = publish_site(config, config.data.parent / "public")
    return time.perf_counter() - start, done


def _rename(data: Path) -> None:
    path = data / "measures" / f"{MEASURE}.yaml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    changed = [f"{line.rstrip()}, in other words\n" if line.startswith("title:") else line for line in lines]
    path.write_text("".join(changed), encoding="utf-8")


if __name__ == "__main__":
    main()

"""
What a page costs: Python of a warm run, and the database's answers to a cold one.

A warm run is a visitor's run with all caches filled: the page function by itself, and beside it the whole run
with the frame and the test runner, less that of an empty app, taken in turns in one process so that a busy
machine slows both. The queries are those of a page that nobody has opened yet, asked again by themselves: its
caches are empty, and what is read once for a build (its definitions, the tables that every page takes its rows from)
is told on a line of its own. Nothing here fails: it measures.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.logger import set_log_level
from streamlit.navigation.page import StreamlitPage
from streamlit.testing.v1 import AppTest

from bench.requirements import say, time_of
from metrics import definitions
from metrics.build import database
from metrics.definitions import configuration
from metrics.store import Store
from metrics.web.streamlit import cached_reads, shell

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / "metrics" / "web" / "streamlit" / "script.py"
PLACE = "kingston-upon-thames"
MEASURE = "neighbourhood-crime"
JUDGED = "borough"
REPEATS = 60
PYTHON_ALLOWED = 30
QUERIES_ALLOWED = 20


def main() -> None:
    """Measure every page, and print one line for each question."""
    set_log_level("ERROR")
    with tempfile.TemporaryDirectory() as folder:
        _serve_from(Path(folder))
        functions, asked = _timed(StreamlitPage, "run"), _noted(Store, "ask")
        _open("meeting")
        print(f"     what is read for the first page of a build takes {_again(asked):.1f} ms, {len(asked)} questions")
        empty = AppTest.from_string("import streamlit", default_timeout=60)
        for name in shell.PAGES:
            app = _open(name)
            function, beyond = _warm(app, empty, functions)
            say(f"the page function of {name}, warm, takes", function, "ms", PYTHON_ALLOWED if name == JUDGED else None)
            print(f"     the whole run with its frame, less an empty app: {beyond:.1f} ms of CPU")
            say(f"the queries of {name} together take", _together(app, asked), "ms", QUERIES_ALLOWED)


def _serve_from(folder: Path) -> None:
    """A database of its own, and a configuration that names it."""
    config = definitions.load(cached_reads.ROOT / "config.yaml")
    database.build(config.data, folder / "db", definitions.definitions(config.data, config.plan))
    chosen = {"plan": config.plan, "edition": config.edition, "data": config.data.resolve(), "database": folder / "db", "contact": "nobody"}
    (folder / "config.yaml").write_text("".join(f'{name}: "{value}"\n' for name, value in chosen.items()), encoding="utf-8")
    os.environ[configuration.VARIABLE] = str(folder / "config.yaml")


def _open(name: str) -> AppTest:
    app = AppTest.from_file(str(SCRIPT), default_timeout=60)
    app.switch_page(str(ROOT / "pages" / f"{name}.py"))
    app.query_params["area"], app.query_params["measure"] = PLACE, MEASURE
    app.run()
    if app.exception:
        sys.exit(f"the page {name} ended in an error")
    return app


def _timed(owner: type, name: str) -> list[float]:
    """The milliseconds of Python of every call of a method from now on, in a list that grows."""
    taken: list[float] = []
    plain = getattr(owner, name)

    def timed(*given, **named):
        start = time.thread_time()
        try:
            return plain(*given, **named)
        finally:
            taken.append(1000 * (time.thread_time() - start))

    setattr(owner, name, timed)
    return taken


def _noted(owner: type, name: str) -> list[Callable]:
    """Every call of a method from now on, so that it can be made again, in a list that grows."""
    calls: list[Callable] = []
    plain = getattr(owner, name)

    def noted(*given, **named):
        calls.append(partial(plain, *given, **named))
        return plain(*given, **named)

    setattr(owner, name, noted)
    return calls


def _warm(app: AppTest, empty: AppTest, functions: list[float]) -> tuple[float, float]:
    """The median of the page function, and of the whole run less an empty one's."""
    functions.clear()
    whole = [(_cpu(app), _cpu(empty)) for _ in range(REPEATS)]
    return statistics.median(functions), statistics.median(page for page, _ in whole) - statistics.median(none for _, none in whole)


def _together(app: AppTest, asked: list[Callable]) -> float:
    """The milliseconds that the queries of a cold run take one after another: the median of many times."""
    _forget()
    asked.clear()
    app.run()
    return _again(asked)


def _again(asked: list[Callable]) -> float:
    """The milliseconds that some questions take one after another: the median of many times."""
    calls = list(asked)
    return statistics.median(time_of(lambda: [call() for call in calls]) for _ in range(REPEATS)) * 1000


def _forget() -> None:
    """Empty every cache of what pages read; the connection stays, as it does for as long as a build."""
    for kept in vars(cached_reads).values():
        if hasattr(kept, "cache_clear"):
            kept.cache_clear()
    st.cache_resource.clear()


def _cpu(app: AppTest) -> float:
    start = time.process_time()
    app.run()
    return 1000 * (time.process_time() - start)


if __name__ == "__main__":
    main()

"""
What the two answers say of the real figures: for each measure, in how many areas up, down, or neither to be told, for both questions.

It asks the build in use, writes nothing and downloads nothing.
"""

import sys
from pathlib import Path

import pandas as pd

from metrics import definitions
from metrics.store import Store

ROOT = Path(__file__).parent.parent
QUESTIONS = ("year", "plan")


def main() -> int:
    """Print a line for each measure and one for all; the exit status is 1 if a clear change points against its own figures."""
    config = definitions.load(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "config.yaml")
    known, store = definitions.definitions(config.data, config.plan), Store(config.database)
    day = max(store.ask("judged_days")["as_at"])
    answers = store.ask("answers", as_at=day)
    areas = answers[(answers["place"] != known.total.id) & ~answers["stale"] & (answers["now_to"] != "")]
    print(f"as at {day:%Y-%m-%d}: areas up, down, not to be told, on a year before and since the plan (by luck so many each way)")
    for name, part in areas.groupby("measure"):
        print(f"{name:24} " + "   ".join(_line(part[part["question"] == question]) for question in QUESTIONS))
    print(f"{'all':24} " + "   ".join(_line(areas[areas["question"] == question]) for question in QUESTIONS))
    signals = areas[areas["question"] == "year"]
    print(f"signals: {(signals['signal'] != '').sum()}, of them new {signals['signal_new'].sum()}")
    return 1 if _against(answers) else 0


def _line(part: pd.DataFrame) -> str:
    up, down = ((part["direction"] == way).sum() for way in ("up", "down"))
    return f"{up:4} {down:4} {len(part) - up - down:4} (luck {part['by_luck'].mean():.1f})"


def _against(answers: pd.DataFrame) -> int:
    """How many clear changes point another way than the two figures that decided; the days of the months may explain a small one."""
    clear = answers[answers["direction"] != ""]
    wrong = clear[(clear["linked_now"] > clear["linked_before"]) != (clear["direction"] == "up")]
    for row in wrong.itertuples():
        print(f"  {row.measure} {row.place} {row.question}: {row.linked_before:g} to {row.linked_now:g} is called {row.direction}")
    return len(wrong)


if __name__ == "__main__":
    sys.exit(main())

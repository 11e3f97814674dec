"""
Reads a database again and again until it is told to stop, and tells what it saw.

Run by `test_publishing_under_readers.py` with the folder of the database. A whole answer has the same step in every part of
it; one from two builds has not.
"""

import json
import sys
import threading
from pathlib import Path

from metrics.domain import Refused
from metrics.store import Store

MEASURES = ("personal-robbery", "theft-from-person")


def steps(store: Store) -> set[int]:
    """Which releases an answer is of, from every figure of two measures: each is a whole number of thousands and its step."""
    answers = [store.ask("series", measure=measure, place=place) for measure in MEASURES for place in ("london", "brent")]
    return {int(value) % 1000 for answer in answers for value in answer["value"]}


def main() -> None:
    """Print how often was read, how often it was refused or mixed, and the steps seen in their order."""
    database, account = Path(sys.argv[1]), {"reads": 0, "refused": [], "mixed": 0, "steps": []}
    stopped = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), stopped.set()), daemon=True).start()
    print("reading", flush=True)
    last = False
    while not last:
        last = stopped.is_set()
        try:
            seen = steps(Store(database))
        except Refused as refusal:
            account["refused"].append(str(refusal))
            continue
        account["reads"] += 1
        account["mixed"] += len(seen) != 1
        account["steps"] += [step for step in seen if step not in account["steps"][-1:]]
    print(json.dumps(account))


if __name__ == "__main__":
    main()

"""What the measurements have in common: how long something takes, and a figure beside what is required of it."""

import time
from collections.abc import Callable


def time_of(work: Callable[..., object], *given: object) -> float:
    """How many seconds a call takes."""
    start = time.perf_counter()
    work(*given)
    return time.perf_counter() - start


def say(what: str, figure: float, unit: str, allowed: float | None) -> None:
    """Print a figure and whether it is at most what is required, where anything is."""
    verdict = "    " if allowed is None else "met:" if figure <= allowed else "NOT MET:"
    required = "" if allowed is None else f" (required: at most {allowed:,})"
    print(f"{verdict} {what} {figure:{',.0f' if figure >= 1000 else '.3g'}} {unit}{required}", flush=True)

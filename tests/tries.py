"""
How often the tests that kill, spoil and draw at random do so: a few times in the suite, in full with `KILLS=100`.

A few are spread over the whole of what is tried, from the first moment to the last, as all of them are.
"""

import os

KILLS = int(os.environ.get("KILLS", "12"))
"""How many times of a hundred."""


def tries(whole: int) -> int:
    """How often to try what is tried `whole` times with `KILLS=100`; twice at least, for a first and a last."""
    return max(2, whole * KILLS // 100)


def spread(last: int, count: int) -> list[int]:
    """So many numbers evenly from 1 to the last."""
    return [1 + number * (last - 1) // (count - 1) for number in range(count)]

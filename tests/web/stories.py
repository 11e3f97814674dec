"""Running a coroutine to its end wherever a test stands: a browser that is open in the same process keeps a loop of its own going."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def run(story: Coroutine) -> Any:
    """What a coroutine gives, run in a thread of its own."""
    with ThreadPoolExecutor(1) as alone:
        return alone.submit(asyncio.run, story).result()

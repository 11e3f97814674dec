"""Running a coroutine to its end wherever a test stands: a browser that is open in the same process keeps a loop of its own going."""

import asyncio
from collections.abc import Coroutine
from functools import cache
from threading import Thread
from typing import Any


def run(story: Coroutine) -> Any:
    """What a coroutine gives, run in the loop of a thread of its own."""
    return asyncio.run_coroutine_threadsafe(story, _loop()).result()


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, daemon=True).start()
    return loop

"""
How many words one slide holds at 24 points, and where what is too long goes on.

Nothing is cut and nothing is made smaller: sentences that do not fit stand on the next slide.
"""

import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

END_OF_SENTENCE = re.compile(r"(?<=[.!]) (?=[^a-z])")
BETWEEN = 0.4
"""The room between two points, in lines."""


@dataclass(frozen=True)
class Room:
    """What a slide holds: so many lines of so many letters each."""

    lines: float
    letters: int

    def lines_of(self, text: str) -> list[str]:
        """A text in lines that are no longer than the room is wide."""
        return textwrap.wrap(text, self.letters) or [""]

    def holds(self, texts: Iterable[str]) -> bool:
        """Whether texts fit, one below the other."""
        return sum(len(self.lines_of(text)) + BETWEEN for text in texts) <= self.lines + BETWEEN


def pages(texts: Iterable[str], first: Room, more: Room) -> list[tuple[str, ...]]:
    """
    Texts on as many slides as they need, broken between texts; between sentences only where a text is more than a slide, and
    between words only where a sentence is.

    Parameters
    ----------
    first, more
        The room on the first slide, and on each that continues it.

    Returns
    -------
    list
        At least one slide, the first without a word where no sentence fits there. The words of all, in order, are the words given.

    Examples
    --------
    >>> pages(["One two. Three four.", "Five."], Room(1, 10), Room(2.4, 11))
    [('One two.',), ('Three four.', 'Five.')]
    >>> pages(["One two three."], Room(1, 10), Room(2.4, 11)), pages([], Room(1, 10), Room(1, 10))
    ([(), ('One two three.',)], [()])
    """
    found: list[list[str]] = [[]]
    for text in (" ".join(text.split()) for text in texts):
        if not _room(found, first, more).holds([*found[-1], text]) and found[-1]:
            found.append([])
        if _room(found, first, more).holds([*found[-1], text]):
            found[-1].append(text)
        else:
            _flow(found, text, first, more)
    return [tuple(page) for page in found]


def _flow(found: list[list[str]], text: str, first: Room, more: Room) -> None:
    """A text that no slide left to it holds, over as many as it takes; the first may stay empty, for its picture alone."""
    goes_on = False
    for part in _parts(text, more):
        page = found[-1]
        longer = [*page[:-1], f"{page[-1]} {part}"] if goes_on else [*page, part]
        if _room(found, first, more).holds(longer):
            found[-1] = longer
        else:
            found.append([part])
        goes_on = True


def _parts(text: str, more: Room) -> Iterator[str]:
    """Each sentence; one that is more than a slide in several parts."""
    step = max(1, int(more.lines))
    for sentence in END_OF_SENTENCE.split(text):
        lines = more.lines_of(sentence)
        yield from (" ".join(lines[at : at + step]) for at in range(0, len(lines), step))


def _room(found: list[list[str]], first: Room, more: Room) -> Room:
    return first if len(found) == 1 else more

"""
How much room words take on a slide, without a font at hand.

The widths are those of Arial in kinds of letters, and a fifth more: a machine without it takes another, and the
widest of the usual ones must still fit.
"""

from dataclasses import dataclass

from metrics.outputs.slides.fitting import Room

WIDTHS = ((0.28, "iljtfrI.,:;'|!()[]/- \N{RIGHT SINGLE QUOTATION MARK}"), (0.86, "mwMW%@&\N{EM DASH}"), (0.7, "ABCDEFGHJKLNOPQRSTUVXYZ"))
OTHER = 0.54
WIDER = 1.2
HIGH = 1.2
"""The distance of two lines, in sizes of the letters."""
SHARES = {letter: share for share, letters in WIDTHS for letter in letters}


@dataclass(frozen=True)
class Area(Room):
    """Room of a width in points for letters of a size; how many letters a line holds is an estimate, and measured word by word."""

    width: float = 0.0
    size: float = 24.0

    def lines_of(self, text: str) -> list[str]:
        """A text in lines that are no wider than the room."""
        return lines(text, self.size, self.width)


def area(width: float, height: float, size: float) -> Area:
    """
    The room of a box, in points.

    Examples
    --------
    >>> area(300.0, 144.0, 24.0).lines
    5.0
    """
    return Area(round(height / (size * HIGH), 3), int(width / (size * OTHER * WIDER)), width, size)


def wide(text: str, size: float) -> float:
    """How wide a text is at a size, in points, at most."""
    return size * WIDER * sum(SHARES.get(letter, OTHER) for letter in text)


def lines(text: str, size: float, width: float) -> list[str]:
    """
    A text in lines of whole words, broken inside a word only where it is wider than a line.

    Examples
    --------
    >>> lines("One claim stands here", 24.0, 160.0)
    ['One claim', 'stands here']
    >>> lines("", 24.0, 160.0)
    ['']
    """
    found = [""]
    for word in text.split():
        longer = f"{found[-1]} {word}".strip()
        if wide(longer, size) <= width:
            found[-1] = longer
        else:
            found += _broken(word, size, width)
    return [line for line in found if line] or [""]


def _broken(word: str, size: float, width: float) -> list[str]:
    parts = [""]
    for letter in word:
        if parts[-1] and wide(parts[-1] + letter, size) > width:
            parts.append("")
        parts[-1] += letter
    return parts

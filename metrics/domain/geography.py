"""
Where places lie, for drawing and for finding them: outlines of areas, the ward of a postcode, and the places most like an area.

Borders that two areas share are kept once, so that no gap opens between them. Every live postcode is packed, with no guess about any
other: an outward code (`KT1`) and an inward one (`1EU`), a digit and two of twenty letters, which stand for a number below 400. The
inward codes of one ward in one outward code are a text: a digit begins a sector, and each letter is the step to the next number.
Statistical neighbours are alike in society and economy and not in crime.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Boundaries:
    """
    Outlines on a grid of whole numbers, x from the left and y from the top.

    `arcs` are borders, each a run of places; an area is one or more rings, each a run of arcs by number, and `~number` is that arc
    from its end to its beginning. Areas go by the id of their place; what is no place of ours goes by the publisher's code.
    """

    source: str
    licence: str
    width: int
    height: int
    arcs: tuple[tuple[tuple[int, int], ...], ...]
    areas: dict[str, tuple[tuple[int, ...], ...]]

    def only(self, names: Iterable[str]) -> "Boundaries":
        """
        Some areas alone, on a grid that is no larger than they are.

        >>> arcs = (((4, 5), (6, 5), (4, 7), (4, 5)), ((0, 0), (1, 0), (0, 1), (0, 0)))
        >>> first = Boundaries("", "", 9, 9, arcs, {"a": ((0,),), "b": ((1,),)}).only(["a"])
        >>> first.width, first.height, first.rings("a")
        (2, 2, [[(0, 0), (2, 0), (0, 2), (0, 0)]])
        """
        chosen = {name: self.areas[name] for name in names if name in self.areas}
        used = sorted({number if number >= 0 else ~number for rings in chosen.values() for ring in rings for number in ring})
        left, top = (min(place[axis] for number in used for place in self.arcs[number]) for axis in (0, 1))
        arcs = tuple(tuple((x - left, y - top) for x, y in self.arcs[number]) for number in used)
        new = {number: at for at, number in enumerate(used)} | {~number: ~at for at, number in enumerate(used)}
        width, height = (max(place[axis] for arc in arcs for place in arc) for axis in (0, 1))
        areas = {name: tuple(tuple(new[number] for number in ring) for ring in rings) for name, rings in chosen.items()}
        return Boundaries(self.source, self.licence, width, height, arcs, areas)

    def rings(self, area: str) -> list[list[tuple[int, int]]]:
        """
        The closed outlines of an area.

        >>> square = Boundaries("", "", 9, 9, (((0, 0), (9, 0), (9, 9)), ((0, 0), (0, 9), (9, 9))), {"a": ((0, ~1),)})
        >>> square.rings("a")
        [[(0, 0), (9, 0), (9, 9), (0, 9), (0, 0)]]
        """
        return [self._ring(numbers) for numbers in self.areas[area]]

    def _ring(self, numbers: tuple[int, ...]) -> list[tuple[int, int]]:
        ring: list[tuple[int, int]] = []
        for number in numbers:
            arc = self.arcs[number] if number >= 0 else self.arcs[~number][::-1]
            ring += arc[1:] if ring else arc
        return ring


LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
STEP_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
FAR = "-"
"""A step of as many as there are letters, before the letter of the rest."""
WRITTEN = re.compile(rf"([A-Z]{{1,2}}[0-9][A-Z0-9]?)(?:([0-9][{LETTERS}]{{2}}))?")


def postcode_parts(text: str) -> tuple[str, str] | None:
    """
    The outward and the inward code of what somebody wrote; the inward one empty where it is not given, nothing where it is no postcode.

    >>> postcode_parts("kt1 1eu"), postcode_parts("KT11EU"), postcode_parts("KT1"), postcode_parts("Kingston")
    (('KT1', '1EU'), ('KT1', '1EU'), ('KT1', ''), None)
    """
    match = WRITTEN.fullmatch("".join(text.upper().split()))
    return (match[1], match[2] or "") if match else None


def pack_codes(inward: list[str]) -> str:
    """
    Inward codes as a text.

    >>> pack_codes(["1EU", "1AA", "1AB", "2AA"]), unpack_codes(pack_codes(["1EU", "1AA", "1AB", "2AA"]))
    ('1aa-v2a', ['1AA', '1AB', '1EU', '2AA'])
    """
    text, sector, last = "", "", -1
    for code in sorted(inward, key=lambda code: (code[0], _number(code))):
        if code[0] != sector:
            text, sector, last = text + code[0], code[0], -1
        far, near = divmod(_number(code) - last - 1, len(STEP_LETTERS))
        text, last = text + FAR * far + STEP_LETTERS[near], _number(code)
    return text


def unpack_codes(text: str) -> list[str]:
    """The inward codes that a text stands for, in their order."""
    codes, sector, at = [], "", -1
    for letter in text:
        if letter.isdigit():
            sector, at = letter, -1
        elif letter == FAR:
            at += len(STEP_LETTERS)
        else:
            at += STEP_LETTERS.index(letter) + 1
            codes.append(f"{sector}{LETTERS[at // len(LETTERS)]}{LETTERS[at % len(LETTERS)]}")
    return codes


def _number(inward: str) -> int:
    return LETTERS.index(inward[1]) * len(LETTERS) + LETTERS.index(inward[2])


@dataclass(frozen=True)
class Postcodes:
    """Every live postcode of a month: by outward code the packed inward codes of each ward; what is not in it is not known."""

    source: str
    licence: str
    outward: dict[str, dict[str, str]]

    def ward(self, outward: str, inward: str) -> str | None:
        """
        The code of the ward that a postcode lies in; none where it is not in the list.

        >>> known = Postcodes("", "", {"KT1": {"W1": pack_codes(["1EU", "2AA"]), "W2": pack_codes(["1EX"])}})
        >>> known.ward("KT1", "1EX"), known.ward("KT1", "1ZZ"), known.ward("KT9", "1EX")
        ('W2', None, None)
        """
        return next((ward for ward, text in self.outward.get(outward, {}).items() if inward in unpack_codes(text)), None)

    def wards(self, outward: str) -> dict[str, list[str]]:
        """The inward codes of each ward that an outward code reaches into; empty where it is not in the list."""
        return {ward: unpack_codes(text) for ward, text in self.outward.get(outward, {}).items()}


@dataclass(frozen=True)
class Likeness:
    """One model: in what places are alike, and the areas of the force among the neighbours of each area, in the list's order."""

    title: str
    areas: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Neighbours:
    """
    A published list of neighbours, as far as it lies in the force.

    `listed`: how many neighbours of the whole country the publisher lists for each place.
    `models`: by their name; the first is the one that pages compare by.

    >>> known = Neighbours("ONS", "OGL", "March 2026", 20, {"global": Likeness("in all", {"brent": ("ealing",), "sutton": ()})})
    >>> known.first.areas["brent"], known.first.areas["sutton"]
    (('ealing',), ())
    """

    source: str
    licence: str
    published: str
    listed: int
    models: dict[str, Likeness]
    url: str = ""

    @property
    def first(self) -> Likeness:
        """The model that pages compare by."""
        return next(iter(self.models.values()))

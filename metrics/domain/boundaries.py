"""The outlines of the areas, for drawing only: borders that two areas share are kept once, so that no gap opens between them."""

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

        Examples
        --------
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

        Examples
        --------
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

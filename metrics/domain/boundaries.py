"""The outlines of the areas, for drawing only: borders that two areas share are kept once, so that no gap opens between them."""

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

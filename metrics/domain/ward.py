"""A ward: the smallest place that figures are given for, inside one area."""

from dataclasses import dataclass

from metrics.domain.measure import Place


@dataclass(frozen=True)
class Ward(Place):
    """
    A place of the level `ward`, by its code, in the place `area`; `residents` is an estimate, none where nobody lives there.

    Examples
    --------
    >>> Ward.of("E05013942", "Surbiton Hill", "kingston-upon-thames", 5000, 12000).level
    'ward'
    """

    area: str = ""
    households: int = 0
    residents: int = 0

    @classmethod
    def of(cls, code: str, name: str, area: str, households: int, residents: int) -> "Ward":
        """A ward from what a line of `wards.csv` says of it."""
        return cls(code, name, "ward", code, area=area, households=households, residents=residents)

"""Statistical neighbours: for each area the places of the whole country most like it, in society and economy and not in crime."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Likeness:
    """One model: in what places are alike, and the areas of the force among the neighbours of each area, in the list's order."""

    title: str
    areas: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Neighbours:
    """
    A published list of neighbours, as far as it lies in the force.

    Parameters
    ----------
    listed
        How many neighbours of the whole country the publisher lists for each place.
    models
        By their name; the first is the one that pages compare by.

    Examples
    --------
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

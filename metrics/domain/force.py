"""The police force that is followed: its names, what its places are called, and how a reader reaches it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LevelName:
    """What a place of one level is called, in small letters: `borough`, `boroughs`."""

    singular: str
    plural: str


@dataclass(frozen=True)
class ContactLine:
    """One line that says how the police or a local team is reached, and where it leads."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Force:
    """
    What `data/force.yaml` says of the force.

    `total` is the id of the place that is the whole force area, `total_name` that place as a sentence calls it.
    `visited` names the places where many more people are than live, so that a rate by residents reads high.
    `claims` are examples of what may be said of it and checked. `synthetic` marks a force
    that was made up: every page, slide and sheet says so.

    >>> names = {"force": LevelName("county", "counties"), "area": LevelName("district", "districts")}
    >>> exshire = Force("Exshire Police", "Exshire Police", "A plan, followed", "Made up.", "exshire", "Exshire", names)
    >>> exshire.area_singular, exshire.area_plural, exshire.level_name("force"), exshire.level_name("area")
    ('district', 'districts', 'Exshire', 'districts')
    """

    name: str
    short_name: str
    site_name: str
    disclaimer: str
    total: str
    total_name: str
    levels: dict[str, LevelName]
    contact: tuple[ContactLine, ...] = ()
    local_teams: ContactLine | None = None
    synthetic: bool = False
    visited: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()

    @property
    def area_singular(self) -> str:
        """What one of the places that are judged one by one is called."""
        return self.levels["area"].singular

    @property
    def area_plural(self) -> str:
        """What the places that are judged one by one are called."""
        return self.levels["area"].plural

    def level_name(self, level: str) -> str:
        """The places of a level as a sentence calls them; the whole force area by its name."""
        return self.total_name if level == "force" else self.levels[level].plural

    def words(self, areas: int) -> dict[str, str]:
        """What stands for `[area]`, `[areas]` and the like in a sentence of `wording.yaml`, `[Area]` at its beginning."""
        small = {"area": self.area_singular, "areas": self.area_plural, "force": self.short_name}
        large = {name.capitalize(): words[0].upper() + words[1:] for name, words in small.items()}
        return small | large | {"total": self.total_name, "force name": self.name, "number of areas": str(areas), "site": self.site_name}

"""Where the links of a page lead: the plain pages and the app each have their own addresses for the same things."""

from datetime import date
from typing import Protocol

from metrics.domain import Ward


class Routes(Protocol):
    """The addresses that a body of a page needs, each as it is written in a link on that page; `total` is the whole force area's id."""

    @property
    def total(self) -> str:
        """The id of the whole force area."""

    def place(self, place: str) -> str:
        """A place's own page."""

    def ward(self, ward: Ward) -> str:
        """A ward's own page."""

    def postcode(self) -> str:
        """Where a ward is looked for by a postcode; nothing where none is known."""

    def measure(self, measure: str, place: str) -> str:
        """A measure in a place."""

    def cells(self, measure: str, place: str) -> str:
        """The cells that a measure's figures in a place were read from."""

    def compare(self, measure: str) -> str:
        """A measure in all areas side by side."""

    def page(self, name: str) -> str:
        """A page by its name: `plan`, `measures`, `compare`, `claims`, `about`, `sources`, `method`, `meetings`."""

    def plan_part(self, name: str) -> str:
        """A part of the plan by its id: a mission, a reform, a priority, or another plan."""

    def meeting(self, place: str, day: date) -> str:
        """A meeting on record."""

    def figures(self, measure: str, place: str) -> str:
        """The figures of a measure in a place as a file."""

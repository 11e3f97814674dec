"""
Files of one release beside each other: a category that one has no row of, although another says that its months go on, looks odd.

Files of one generation share nearly all of their names; where more have changed, a category may stand under another.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

FEW_GONE, A_MONTH = 0.1, 100


@dataclass(frozen=True)
class CategoryFile:
    """One file: its name, its months, the numbers of those that are kept, and how much of each category they hold, month by month."""

    name: str
    months: Sequence[str]
    kept: Sequence[int]
    categories: Mapping[str, Sequence[int]]

    def total(self, category: str) -> int:
        """What the months that are kept hold of a category."""
        return sum(int(self.categories[category][i]) for i in self.kept) if category in self.categories else 0

    @property
    def counted(self) -> set[str]:
        """The categories with any figure."""
        return {category for category in self.categories if self.total(category)}


def categories_of_one_file(files: Sequence[CategoryFile], roles: Mapping[str, str]) -> Iterator[str]:
    """
    Categories of a file that another file of the same generation of names has no row of, each in one line.

    Parameters
    ----------
    roles
        What each category counts as: one that turns up under another name of the same role has not gone.

    Examples
    --------
    >>> older, newer = ({name: [500] for name in map(str, range(10))} for _ in range(2))
    >>> files = [CategoryFile("a.csv", ["2024-01"], [0], older), CategoryFile("b.csv", ["2024-02"], [0], newer)]
    >>> del newer["7"]
    >>> list(categories_of_one_file(files, dict.fromkeys(older, "")))
    ['7: 500 in a.csv, and no row in b.csv']
    """
    for file, other in permutations([file for file in files if file.kept], 2):
        gone, come = file.counted - other.counted, other.counted - file.counted
        carried_on = {roles[name] for name in come}
        if len(gone) <= FEW_GONE * len(file.counted):
            for name in sorted(name for name in gone if roles[name] not in carried_on):
                if file.total(name) >= A_MONTH * len(file.kept) and _has_month_beside(file, other, name):
                    yield f"{name}: {file.total(name):,} in {file.name}, and no row in {other.name}"


def _has_month_beside(file: CategoryFile, other: CategoryFile, name: str) -> bool:
    """Whether a file has a category in its month nearest to the other file's: a name that came in or went out later has none there."""
    nearest = file.kept[0] if other.months[0] < file.months[0] else file.kept[-1]
    return bool(file.categories[name][nearest])

"""Where figures were read, as it is said: columns by their letters, rows by their numbers, as a spreadsheet shows them."""

from collections.abc import Mapping, Sequence
from string import ascii_uppercase

from metrics.domain import periods

MANY = ("-", ",")
LISTED = 400
"""As many letters of rows are written out; the rest is for machines."""


def column(number: int) -> str:
    """
    The letters of a column by its number, counted from 1.

    >>> column(4), column(26), column(27), column(703)
    ('D', 'Z', 'AA', 'AAA')
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = ascii_uppercase[rest] + letters
    return letters


def located(text: dict, columns: tuple[str, ...], rows: str) -> str:
    """
    The cells of a stretch of months.

    `columns`: those of the first and the last month.
    `rows`: their numbers; none where the file has no row, which stands for zero.
    """
    where = text["column" if columns[0] == columns[1] else "columns"].format(first=columns[0], last=columns[1])
    which = "no_row" if not rows else "rows" if any(sign in rows for sign in MANY) else "row"
    return f"{where}, {text[which].format(rows=rows)}"


def by_measure(text: dict, columns: tuple[str, ...], rows: Mapping[str, str]) -> str:
    """
    The cells of a stretch of months of several measures, by their titles.

    >>> text = {"columns": "columns {first} to {last}", "by_measure": "{columns}; rows added up: {rows}", "none": "no row"}
    >>> by_measure(text, ("D", "O"), {"Burglary": "7-8", "Arson": ""})
    'columns D to O; rows added up: Burglary 7-8; Arson no row'
    """
    where = text["column" if columns[0] == columns[1] else "columns"].format(first=columns[0], last=columns[1])
    return text["by_measure"].format(columns=where, rows="; ".join(f"{title} {lines or text['none']}" for title, lines in rows.items()))


def down(text: dict, column: str, by_period: Mapping[str, str], room: int = LISTED) -> str:
    """
    The cells of periods whose figures stand in one column, in the order given, as far as there is room: the first at least.

    >>> text = {"down": "column {first}: {rows}", "more": "; the others in data.json", "none": "no row"}
    >>> down(text, "E", {"2024-02": "8-9", "2024-01": ""})
    'column E: February 2024 8-9; January 2024 no row'
    """
    listed = [f"{periods.say(period)} {rows or text['none']}" for period, rows in by_period.items()]
    shown = [line for i, line in enumerate(listed) if i == 0 or sum(map(len, listed[: i + 1])) <= room]
    return text["down"].format(first=column, rows="; ".join(shown)) + (text["more"] if shown != listed else "")


def unlocated(text: dict, names: Sequence[str], place: str) -> str:
    """What to look for in a file whose cells were not recorded: the publisher's names of what was added up, and the place."""
    return text["unlocated"].format(names="; ".join(names) or text["every"], place=place)

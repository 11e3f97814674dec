"""A chart, or a plain frame, as an HTML table: real rows and headers, readable aloud, every word escaped."""

from html import escape

import pandas as pd

from metrics.charts.spec.chart import Chart
from metrics.domain import periods
from metrics.narrative import number_format

WORDS = ("text", "period")
"""What a column holds that is no figure."""
FIGURES, NUMBER, TEXT = ' class="figures"', ' class="number"', ' class="text"'


def table(what: Chart | pd.DataFrame, caption: str, *, units: dict[str, str] | None = None) -> str:
    """
    The same figures as the chart, in a region that the keyboard can reach and scroll.

    Parameters
    ----------
    what
        A chart, or a frame whose first column names its rows.
    caption
        What the table holds, in words; also the name of its region.
    units
        For a frame: what each column holds, `period`, `text` or the unit of its figures.

    Returns
    -------
    str
        A `<div role="region">` around a `<table>`; periods in words, figures as `number_format.number` writes them. Cells of figures are
        the many, so that the cells of words between them carry the class; and ends that HTML implies are left out: half the length.

    Raises
    ------
    ValueError
        A column of a frame has no unit.

    Examples
    --------
    >>> table(pd.DataFrame({"Area": ["Brent"], "Offences": [1234]}), "By area",
    ...     units={"Area": "text", "Offences": "count"}).count("1,234")
    1
    """
    kinds, rows, signed = contents(what, units)
    figures = any(kind not in WORDS for kind in kinds.values())
    head = "".join(f'<th scope="col"{"" if kind in WORDS else NUMBER}>{escape(name)}' for name, kind in kinds.items())
    body = "".join(_row(row, kinds, signed, TEXT if figures else "") for row in rows)
    title = escape(caption)
    return (
        f'<div class="table" role="region" tabindex="0" aria-label="{title}"><table{FIGURES if figures else ""}><caption>{title}</caption>'
        f"<thead><tr>{head}<tbody>{body}</table></div>"
    )


def contents(what: Chart | pd.DataFrame, units: dict[str, str] | None = None) -> tuple[dict[str, str], list[dict], bool]:
    """
    What each column holds, the rows, and whether changes carry their sign.

    Raises
    ------
    ValueError
        A column of a frame has no unit.
    """
    if isinstance(what, Chart):
        return what.columns(), what.rows(), what.signed
    kinds = {name: (units or {}).get(name, "") for name in what.columns}
    lacking = [str(name) for name, kind in kinds.items() if not kind]
    if lacking:
        raise ValueError(f"say the unit of {', '.join(lacking)}: a figure without one cannot be written")
    return kinds, what.to_dict("records"), False


def _row(row: dict, kinds: dict[str, str], signed: bool, text: str) -> str:
    cells = [(escape(_words(row[name], kind, signed)), kind) for name, kind in kinds.items()]
    (first, _), rest = cells[0], cells[1:]
    return f'<tr><th scope="row">{first}' + "".join(f"<td{text if words and kind in WORDS else ''}>{words}" for words, kind in rest)


def _words(cell: object, kind: str, signed: bool) -> str:
    if kind == "text":
        return "" if number_format.is_missing(cell) else str(cell)
    if kind == "period":
        return periods.say(cell)
    return number_format.number(cell, kind, signed=signed)

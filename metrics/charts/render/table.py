"""A chart's figures as an HTML table, and as CSV."""

import csv
import io
from datetime import date
from html import escape
from numbers import Real

import pandas as pd

from metrics.charts.spec.chart import Chart
from metrics.domain import periods
from metrics.domain.names import slug
from metrics.narrative import number_format

WORDS = ("text", "period")
"""What a column holds that is no figure."""
FIGURES, NUMBER, TEXT = ' class="figures"', ' class="number"', ' class="text"'


def table(what: Chart | pd.DataFrame, caption: str, *, units: dict[str, str] | None = None) -> str:
    """
    The same figures as the chart, in a region that the keyboard can reach and scroll.

    `what`: a chart, or a frame whose first column names its rows.
    `units`: for a frame: what each column holds, `period`, `text` or the unit of its figures.
    Returns: a `<div role="region">` around a `<table>`; periods in words, figures as `number_format.number` writes them. Cells of figures
        are the many, so that the cells of words between them carry the class; and ends that HTML implies are left out: half the length.
    Raises ValueError: a column of a frame has no unit.

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

    Raises ValueError: a column of a frame has no unit.
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


REQUIRED = ("Source", "Area", "Period", "As at", "Licence")
DECIMALS = 3
"""Of what is worked out, such as a usual range; what was published has fewer."""
FORMULA = "=+-@\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"


def csv_text(what: Chart | pd.DataFrame, preamble: dict[str, str], *, units: dict[str, str] | None = None) -> str:
    """
    The same figures as a chart or a frame, for a machine or a spreadsheet.

    `preamble`: what the first lines say, in order: at least `Source`, `Area`, `Period`, `As at` and `Licence`; the units of the figures
        follow.
    `units`: for a frame: what each column holds, as for `table`.
    Returns: lines that begin with `#`, each one quoted cell, then a header, then rows: periods as YYYY-MM, figures with three decimals at
        most, nothing where nothing is published, text that would run as a formula behind an apostrophe.
    Raises ValueError: the preamble lacks one of these, or a column of a frame has no unit.

    >>> frame = pd.DataFrame({"period": ["2023-06"], "note": ["=1+1"], "change": [-8.49053]})
    >>> units = {"period": "period", "note": "text", "change": "points"}
    >>> csv_text(frame, dict.fromkeys(REQUIRED, "x"), units=units).splitlines()[-3:]
    ['"# Unit: Percentage points"', 'period,note,change', "2023-06,'=1+1,-8.491"]
    """
    lacking = [name for name in REQUIRED if not str(preamble.get(name, "")).strip()]
    if lacking:
        raise ValueError(f"the first lines of a download must say {', '.join(lacking)}")
    kinds, rows, _ = contents(what, units)
    figures = ", ".join(dict.fromkeys(number_format.UNIT_WORDS[kind] for kind in kinds.values() if kind not in WORDS))
    facts = preamble | ({"Unit": figures} if figures else {})
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([" ".join(f"# {name}: {value}".split())] for name, value in facts.items())
    writer = csv.writer(out)  # its own line end, CR LF, makes it quote either of them within a cell
    writer.writerow([_cell(name) for name in kinds])
    writer.writerows([_cell(row[name]) for name in kinds] for row in rows)
    return out.getvalue()


def file_name(measure: str, place: str, span: tuple[str, str], as_at: date) -> str:
    """
    A name that says what is in the file: measure, area, first and last period, and as-at date.

    >>> file_name("trust-met", "Kingston upon Thames", ("2018-03", "2026-03"), date(2026, 7, 31))
    'trust-met_kingston-upon-thames_2018-03-to-2026-03_as-at-2026-07-31.csv'
    """
    return f"{slug(measure)}_{slug(place)}_{slug(span[0])}-to-{slug(span[1])}_as-at-{as_at.isoformat()}.csv"


def _cell(cell: object) -> str:
    if number_format.is_missing(cell):
        return ""
    if isinstance(cell, Real) and not isinstance(cell, bool):
        return number_format.plain(round(cell, DECIMALS))
    words = str(cell)
    risky = words[:1] in ("\t", "\r", "\n") or words.lstrip()[:1] in tuple(FORMULA)
    return f"'{words}" if risky else words

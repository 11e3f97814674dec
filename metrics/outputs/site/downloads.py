"""What a machine reads: the figures of a chart as CSV and as JSON, both saying first what they are."""

import json
from collections.abc import Iterator

from metrics.charts.render.csv_file import csv_text
from metrics.charts.spec import Chart
from metrics.narrative import number_format
from metrics.report.cards import Card


def of_card(card: Card, at: str, read_from: list[dict]) -> Iterator[tuple[str, bytes]]:
    """A card's figures as both, beside its page, with where they were read; nothing where it has none."""
    if card.chart is not None:
        yield f"{at}data.csv", card.csv.encode("utf-8")
        about = {"verdict": card.verdict, "sentences": list(card.sentences), "read_from": read_from}
        yield f"{at}data.json", json_bytes(card.chart, card.preamble, **about)


def csv_bytes(chart: Chart, preamble: dict[str, str]) -> bytes:
    """A chart's figures as CSV."""
    return csv_text(chart, preamble).encode("utf-8")


def json_bytes(chart: Chart, preamble: dict[str, str], **about) -> bytes:
    """
    A chart's figures as JSON: what they are, what each column holds, and the rows; null where nothing is published.

    Examples
    --------
    >>> from metrics.charts.spec import Axis
    >>> from metrics.charts.spec.layers import Points
    >>> chart = Chart("Trust", (Points((("2023-06", 56.0), ("2023-09", None)), columns=("London",)),), Axis("Month", "period"),
    ...     Axis("Per cent", unit="percent"), alt="56%.", source="A survey")
    >>> json.loads(json_bytes(chart, {"Source": "A survey"}))["rows"]
    [{'Month': '2023-06', 'London': 56.0}, {'Month': '2023-09', 'London': None}]
    """
    rows = [{name: None if number_format.is_missing(cell) else cell for name, cell in row.items()} for row in chart.rows()]
    lines = ",\n".join(_written(row) for row in rows)
    return f'{{"about": {_written(preamble | about)},\n"columns": {_written(chart.columns())},\n"rows": [\n{lines}\n]}}\n'.encode()


def _written(part: dict) -> str:
    return json.dumps(part, ensure_ascii=False, allow_nan=False, default=float)

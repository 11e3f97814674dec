"""
What a citation leads to: the figures of a measure in a place as they were known at a date, and whether there are newer ones.

A citation stays: there is a page for the present date and for every earlier one that the build keeps findings for.
"""

from collections.abc import Iterator

import pandas as pd

from metrics.charts.render.table import table
from metrics.domain import Measure, Place, periods
from metrics.narrative import SURVEYS
from metrics.outputs.page import measure_page
from metrics.outputs.page.templating import Piece
from metrics.outputs.site import addresses
from metrics.outputs.site.page_frame import Site
from metrics.report.cards import source_line
from metrics.report.snapshot import Snapshot, leading

UNITS = {"Period": "period", "Interviews": "count"}


def pages(site: Site, measure: Measure, place: Place) -> Iterator[tuple[str, bytes]]:
    """A page for each date on which a figure of a measure in a place was known."""
    now = site.reading.everywhere(measure.id).get(place.id)
    for reading in (site.reading, *site.reading.earlier()):
        here = reading.everywhere(measure.id).get(place.id)
        if here is not None:
            newer = reading is not site.reading and not _same(here, now)
            yield _page(site, reading, measure, place, here, newer=newer)


def _same(then: pd.DataFrame, now: pd.DataFrame) -> bool:
    """Whether the figures themselves are the same, whenever they were published."""
    return then["period"].to_list() == now["period"].to_list() and then["value"].to_list() == now["value"].to_list()


def _page(site: Site, reading: Snapshot, measure: Measure, place: Place, here: pd.DataFrame, *, newer: bool) -> tuple[str, bytes]:
    answer, day = leading(reading.answers_of(measure.id)[place.id]), periods.say_day(reading.as_at)
    at = addresses.of_citation(measure.id, place.id, reading.as_at)
    dataset = reading.known.datasets[measure.source.dataset]
    notice = site.words["public"]["newer" if newer else "newest"].format(day=day)
    return site.page(
        at, "citation.html", title=f"Cite {addresses.code(measure.id, place.id, reading.as_at)}",
        description=f"{measure.title}, {place.name}, as at {day}. {answer['sentence']}",
        measure=measure, place=place, day=day, answer=answer, newer=newer, notice=notice, now=site.of_measure(measure.id, place.id),
        source=source_line(dataset, here, reading.as_at), dataset=dataset, table=_table(here, measure, place, day),
        read=Piece(measure_page.cells(reading, measure, place)),
        span=f"{periods.say(here['period'].iloc[0])} to {periods.say(here['period'].iloc[-1])}",
    )


def _table(here: pd.DataFrame, measure: Measure, place: Place, day: str) -> str:
    columns = {"period": "Period", "value": place.name}
    columns |= {"base": "Interviews"} if measure.kind in SURVEYS and here["base"].notna().any() else {}
    frame = here[list(columns)].rename(columns=columns)
    return table(frame, caption=f"{measure.title}, {place.name}, as at {day}", units=UNITS | {place.name: measure.unit})

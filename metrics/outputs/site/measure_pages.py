"""One measure: London's figures, then the 32 boroughs side by side, in alphabetical order and where they lie on the map."""

from collections.abc import Iterator

from metrics.charts.render.table import table
from metrics.charts.spec import Chart
from metrics.charts.spec.layers import DATA
from metrics.domain import Measure
from metrics.narrative import number_format, outlook
from metrics.outputs.site import addresses, downloads, fragments
from metrics.outputs.site.fragments import Shown
from metrics.outputs.site.page_frame import Site
from metrics.report.cards import LONDON, Card
from metrics.report.snapshot import FUNNEL, LINES

FILES = {LINES: "boroughs-over-time.csv", FUNNEL: "boroughs.csv"}


def pages(site: Site, card: Card, one: Shown, beside: dict) -> Iterator[tuple[str, bytes]]:
    """A measure's own page, with its card for London, and the figures of its pictures of all boroughs."""
    measure, charts = card.measure, _charts(site, card.measure)
    yield site.page(
        one.at, "of_london.html", title=f"{one.title}: London and its boroughs", description=f"London. {one.sentences[0]}", one=one,
        boroughs=_boroughs(site, measure), compared=compared(site, measure), pictures=_pictures(site, measure, charts), **beside,
    )
    for what, chart in charts.items():
        yield f"{one.at}{FILES[what]}", downloads.csv_bytes(chart, _preamble(site, measure, chart))


def compared(site: Site, measure: Measure) -> list[str]:
    """How many boroughs have which verdict, and how many would stand out by luck alone."""
    if "area" not in measure.levels:
        return []
    found, words = fragments.in_boroughs(site, measure), site.words["page"]
    said = [words["compare_counts"].format(measure=measure.title, counts=fragments.counts(site, found["verdict"]))]
    luck = found["luck"].dropna()
    if len(luck) and luck.iloc[0] >= 0.5:
        facts = {"luck": number_format.number(luck.iloc[0], "count", decimals=0), "among": found["among"].max(),
            "flagged": found["flagged"].max()}
        said.append(words["compare_luck"].format(**facts))
    return said


def _boroughs(site: Site, measure: Measure) -> list[tuple]:
    """Each borough with its verdict and sentence; none where the measure is published for London only."""
    if "area" not in measure.levels:
        return []
    found = fragments.in_boroughs(site, measure)
    return [(one, found.at[one.id, "verdict"], found.at[one.id, "sentence"]) for one in site.reading.known.boroughs]


def _charts(site: Site, measure: Measure) -> dict[str, Chart]:
    """The pictures of all boroughs that there are figures for."""
    made = {}
    if not site.reading.boroughs(measure.id).empty:
        lines = site.reading.map_chart(measure.id, LONDON)
        made |= {LINES: lines} if _has_figures(lines) else {}
    if not site.reading.funnel(measure.id).empty:
        made[FUNNEL] = site.reading.funnel_chart(measure.id, LONDON)
    return made


def _has_figures(chart: Chart) -> bool:
    """Whether anything in a picture is published."""
    data = (layer.data() for layer in chart.drawn if isinstance(layer, DATA))
    return any(not number_format.is_missing(value) for points in data for _, values in points for value in values)


def _pictures(site: Site, measure: Measure, charts: dict[str, Chart]) -> list[dict]:
    """Each picture with its words, its table and the name of its figures."""
    wide = {LINES: {"width": 1100, "narrowest": 640}}
    return [
        {
            "heading": what, "said": _said(site, measure, what), "source": chart.source, "csv": FILES[what], "wide": what == LINES,
            "picture": fragments.drawing(chart, addresses.slug(what), **wide.get(what, {})),
            "table": table(chart, caption=f"{measure.title}: {what.lower()}"),
        }
        for what, chart in charts.items()
    ]


def _said(site: Site, measure: Measure, what: str) -> list[str]:
    if what == LINES:
        return [site.words["public"]["lines"]]
    places = site.reading.funnel(measure.id)
    said = [site.words["page"]["funnel"]]
    return said if places["can_single_out"].all() else [*said, outlook.among_boroughs(site.words, "", "none", can_single_out=False)]


def _preamble(site: Site, measure: Measure, chart: Chart) -> dict[str, str]:
    dataset = site.reading.known.datasets[measure.source.dataset]
    held = site.reading.boroughs(measure.id)["period"]
    return {
        "Measure": f"{chart.title} ({measure.id})",
        "Area": "32 boroughs",
        "Period": f"{held.min()} to {held.max()}",
        "As at": site.reading.as_at.isoformat(),
        "Source": chart.source,
        "Licence": f"{dataset.licence} ({dataset.licence_url})",
    }

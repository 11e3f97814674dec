"""The bodies of the app's pages: those of the plain pages, with drawings as images, made once for each build and replayed."""

from datetime import date
from functools import partial

import streamlit as st

from metrics.charts.render import html, plotly_figure, whole_chart
from metrics.charts.render.frame import Clock
from metrics.charts.render.spark import spark_file
from metrics.charts.render.table import table
from metrics.charts.render.whole_chart import image_svg
from metrics.domain import Measure, Place
from metrics.outputs import shared_picture
from metrics.outputs.meeting_facts import scorecard_of
from metrics.outputs.page import area_page, general_pages, measure_page
from metrics.outputs.page.measure_page import Around, Pictures
from metrics.outputs.page.pen import Pen, as_images
from metrics.outputs.page.templating import Piece
from metrics.report.cards import Card
from metrics.report.scorecard import Row, row_of
from metrics.report.snapshot import FUNNEL
from metrics.report.wards import ward_cards
from metrics.web.streamlit import cached_reads, links, page_parts
from metrics.web.streamlit.cached_reads import Seen, drawn_once
from metrics.web.streamlit.links import CELLS, AppRoutes

SHARE = "Share: the chart with its title, source and date inside"
EXPLORE = "Explore: point at any month"
ENDINGS = ("png", "svg")
THEN, ONLY_NOW = "Draw what was known at a meeting", "No meeting: only what is known now"


def show(body: str) -> None:
    """One body as one piece of a page."""
    st.html(f'<div class="page">{body}</div>')


@drawn_once
def of_place(seen: Seen, place: str, since: date | None, foot: bool) -> None:
    """What changed in a place; `foot` says whether the end of the page follows at once."""
    brief = cached_reads.brief(seen, place, since)
    make = area_page.force if brief.place.level == "force" else area_page.area
    show(make(brief, scorecard_of(brief), pen(seen), routes(seen)) + (page_parts.foot(seen) if foot else ""))


@drawn_once
def of_ward(seen: Seen, ward: str) -> None:
    """One ward: its 12 months, beside its area's, and both answers."""
    snapshot = cached_reads.reading(seen)
    known = snapshot.known
    cards = ward_cards(snapshot, known.places[known.wards[ward].area])
    if ward in cards:
        body = area_page.ward(snapshot, cards[ward], pen(seen), routes(seen))
    else:
        words = snapshot.wording.text["ward"]["none" if snapshot.is_now else "not_kept"]
        body = html.heading(1, known.wards[ward].name) + html.paragraphs(words)
    show(body + page_parts.foot(seen))


@drawn_once
def of_plan(seen: Seen) -> None:
    """The plan: its headline measures and its promises."""
    show(general_pages.plan(cached_reads.reading(seen), pen(seen), routes(seen)) + page_parts.foot(seen))


@drawn_once
def of_plan_part(seen: Seen, name: str) -> None:
    """A mission, a reform or a priority of the plan, or another plan."""
    show(general_pages.plan_part(cached_reads.reading(seen), name, pen(seen), routes(seen)) + page_parts.foot(seen))


@drawn_once
def of_compare(seen: Seen, measure: str, chosen: str) -> None:
    """One measure in every area."""
    snapshot = cached_reads.reading(seen)
    rows = measure_page.rows_of(snapshot, snapshot.known.measures[measure])
    body = measure_page.compare(snapshot, rows, pen(seen), routes(seen), _pictures(seen, measure, chosen), chosen=chosen)
    show(body + page_parts.foot(seen))


@drawn_once
def of_measures(seen: Seen, place: str) -> None:
    """Every measure with its picture."""
    brief = cached_reads.brief(seen, place, None)
    show(general_pages.measures(brief.now, scorecard_of(brief), pen(seen), routes(seen)) + page_parts.foot(seen))


@drawn_once
def of_sources(seen: Seen, matters: tuple[tuple[str, str], ...]) -> None:
    """Every release, what it restated, what is missing, how to add one, and what `refresh` left open of each dataset."""
    snapshot = cached_reads.reading(seen)
    steps = snapshot.wording.text["page"]["how_to_add"]
    show(general_pages.sources(snapshot, routes(seen), newer=page_parts.newer(seen, dict(matters)), steps=steps) + page_parts.foot(seen))


@drawn_once
def of_method(seen: Seen) -> None:
    """How change is judged."""
    show(general_pages.method(cached_reads.wording(seen.build)) + page_parts.foot(seen))


@drawn_once
def about(seen: Seen, records: bool) -> None:
    """Whose site this is not, and the ways from here; `records` says whether meetings can be put on record."""
    snapshot = cached_reads.reading(seen)
    ways = snapshot.wording.text["scorecard"]["ways"]
    named = ("sources", "method", *(("minutes",) if records else ()))
    show(general_pages.about(snapshot, [(ways[name][0], name, ways[name][1]) for name in named]) + page_parts.foot(seen))


@drawn_once
def measure_head(seen: Seen, measure: str, place: str, as_rate: bool, shown: date | None, with_cells: bool) -> None:
    """The finding, both answers and the drawn chart; above it the cells of its figures where an address asks for them."""
    snapshot, card = cached_reads.reading(seen), cached_reads.card(seen, measure, place, as_rate, shown)
    drawn = cached_reads.picture(seen, measure, place, shown, as_rate)
    picture = _picture(seen, measure, place, shown, as_rate, drawn) if drawn else Piece()
    cells = measure_page.cells(snapshot, card.measure, card.place, anchor=CELLS) if with_cells else ""
    show(measure_page.head(snapshot, row(seen, measure, place), card, pen(seen), routes(seen), Piece(cells + picture)))


def chart_of(seen: Seen, measure: str, place: str, question: str) -> Piece:
    """A measure's chart in a place, drawn for the answer that stands above it, and the way to its page; nothing without figures."""
    drawn, known = cached_reads.picture(seen, measure, place, question=question), cached_reads.known(seen.build)
    if drawn is None:
        return Piece()
    words = cached_reads.wording(seen.build).text["claims"]["page"]
    way = words.format(measure=known.measures[measure].title, place=known.places[place].name)
    return Piece(_picture(seen, measure, place, None, False, drawn, question) + html.links([(way, routes(seen).measure(measure, place))]))


@drawn_once
def measure_rest(seen: Seen, measure: str, place: str, as_rate: bool) -> None:
    """Four facts, every baseline, and what is folded."""
    snapshot, card = cached_reads.reading(seen), cached_reads.card(seen, measure, place, as_rate)
    areas = routes(seen).compare(measure) if "area" in card.measure.levels else ""
    plural = snapshot.known.force.area_plural
    folds = Piece(_share(seen, card, as_rate) + _looking_back(seen, measure, place, as_rate)) if card.chart else Piece()
    around = Around(
        drawing=Piece(" ") if card.chart else Piece(), strip=_strip(seen, measure, place), areas=areas,
        strip_files=_strip_files(seen, measure, place),
        areas_words=f"The {len(snapshot.known.areas)} {plural} side by side", folds=folds,
        more=Piece(page_parts.foot(seen)),
    )
    show(measure_page.rest(snapshot, row(seen, measure, place), card, pen(seen), routes(seen), around))


def explorable(seen: Seen, measure: Measure, place: Place, as_rate: bool, shown: date | None) -> None:
    """A button, and once it is pressed the chart that can be pointed at, which weighs more than the rest of the page."""
    if not has_figures(seen, measure, place):
        return
    if st.toggle(EXPLORE, key="explore"):
        _plotly(seen, measure.id, place.id, as_rate, shown)


@drawn_once
def _plotly(seen: Seen, measure: str, place: str, as_rate: bool, shown: date | None) -> None:
    figure = cached_reads.figure(seen, measure, place, as_rate, shown)
    alt = cached_reads.card(seen, measure, place, as_rate, shown).chart.alt
    st.plotly_chart(figure, theme=None, alt=alt, config=plotly_figure.CONFIG)


def row(seen: Seen, measure: str, place: str) -> Row:
    """A measure's row in a place, since the launch of the plan."""
    snapshot = cached_reads.reading(seen)
    return row_of(snapshot, snapshot.known.places[place], snapshot.known.measures[measure], snapshot.known.plan.launched)


def has_figures(seen: Seen, measure: Measure, place: Place) -> bool:
    """Whether there is a chart to explore."""
    return cached_reads.card(seen, measure.id, place.id).chart is not None


def pen(seen: Seen) -> Pen:
    """What the app draws with: images, those within folds at addresses of their own."""
    return Pen(image=True, words=cached_reads.wording(seen.build).text["verdicts"], address=partial(_of_row, seen))


def _of_row(seen: Seen, row: Row, clock: Clock) -> str:
    digest = cached_reads.digest_of(spark_file(row.picture, clock))
    return links.of_row(seen, row.measure.id, row.place.id, digest, clock.meeting)


def routes(seen: Seen) -> AppRoutes:
    """Where the app's links lead."""
    return AppRoutes(seen, cached_reads.known(seen.build).force.total)


def _picture(
    seen: Seen, measure: str, place: str, shown: date | None, as_rate: bool, drawn: cached_reads.Picture, question: str = ""
) -> Piece:
    address = links.of_picture(seen, measure, place, drawn.digest, shown, as_rate=as_rate, question=question)
    return Piece(html.picture(address, drawn.alt, drawn.width, drawn.height, drawn.wide_height))


def _strip(seen: Seen, measure: str, place: str) -> Piece:
    chart = cached_reads.reading(seen).strip_of(cached_reads.card(seen, measure, place))
    return Piece(html.image(image_svg(chart), alt=chart.alt)) if chart else Piece()


def _strip_files(seen: Seen, measure: str, place: str) -> tuple[tuple[str, str], ...]:
    """The change from every baseline as a picture to send around."""
    name = f"{measure}.{shared_picture.BASELINES}"
    return tuple((f"Picture as {ending.upper()}", links.of_shared(seen, name, place, ending)) for ending in ENDINGS)


def _pictures(seen: Seen, measure: str, chosen: str) -> Pictures:
    """The small multiples and the funnel with its table."""
    snapshot = cached_reads.reading(seen)
    if snapshot.areas(measure).empty:
        return Pictures()
    address = partial(links.of_shared, seen, place=routes(seen).total)
    kinds = [("The small pictures", shared_picture.OVER_TIME), ("The funnel", shared_picture.AREAS)]
    files = [(f"{words} as {ending.upper()}", address(f"{measure}.{name}", ending=ending)) for words, name in kinds for ending in ENDINGS]
    multiples = Piece(as_images(whole_chart.figure(snapshot.areas_over_time(measure, chosen))))
    if snapshot.funnel(measure).empty:
        return Pictures(multiples=multiples, files=tuple(files[: len(ENDINGS)]))
    chart = snapshot.funnel_chart(measure, chosen)
    funnel_table = Piece(table(chart, caption=f"{snapshot.known.measures[measure].title}: {FUNNEL.lower()}"))
    return Pictures(
        multiples=multiples, funnel=Piece(html.image(image_svg(chart), alt=chart.alt)), funnel_table=funnel_table,
        files=tuple(files),
    )


def _share(seen: Seen, card: Card, as_rate: bool) -> Piece:
    """The chart as a picture to send around."""
    address = partial(links.of_shared, seen, card.measure.id, card.place.id, as_rate=as_rate)
    ways = [("Picture as PNG", address("png")), ("Picture as SVG", address("svg"))]
    return Piece(html.folded(SHARE, html.links(ways), html.paragraphs(f"Words for those who cannot see it: {card.chart.alt}")))


def _looking_back(seen: Seen, measure: str, place: str, as_rate: bool) -> Piece:
    """The same chart with what was known at each meeting on record drawn besides: links, as every view is an address."""
    days = cached_reads.past_meetings(seen)
    address = partial(links.of_measure, seen, measure, place, total=routes(seen).total, as_rate=as_rate)
    ways = [(words, address(since=day)) for day, words in days.items()]
    every = [*ways, (ONLY_NOW, address())] if ways else []
    return Piece(html.folded(THEN, html.links(every))) if every else Piece()

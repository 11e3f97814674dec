"""One measure in every area, side by side and from A to Z, never ranked: what is found, by answer, and how much of it luck would give."""

from collections import Counter
from dataclasses import dataclass

from metrics.charts.spec import Chart
from metrics.charts.spec.layers import Figures
from metrics.domain import Measure
from metrics.narrative import number_format
from metrics.narrative.phrases import better_and_worse, capital
from metrics.outputs.page import maps, templating
from metrics.outputs.page.pen import Pen, Routes
from metrics.outputs.page.templating import NOTHING, Piece
from metrics.report.scorecard import Row, answered, tally
from metrics.report.snapshot import FUNNEL, LINES, Snapshot
from metrics.statistics.questions import SINCE_PLAN, YEAR_BEFORE
from metrics.statistics.verdict import CLEAR


@dataclass(frozen=True)
class Pictures:
    """What a face draws of all areas, and the files beside it: small multiples, the funnel and its table."""

    multiples: Piece = NOTHING
    funnel: Piece = NOTHING
    funnel_table: Piece = NOTHING
    files: tuple[tuple[str, str], ...] = ()


def charts(snapshot: Snapshot, measure: Measure, chosen: str = "") -> dict[str, Chart]:
    """The pictures of all areas that there are figures for, by what they show; `chosen` is the id of the area that is pointed out."""
    made, known = {}, snapshot.known
    if not snapshot.areas(measure.id).empty:
        lines = snapshot.areas_over_time(measure.id, chosen or known.force.total)
        made |= {LINES: lines} if _has_figures(lines) else {}
    if not snapshot.funnel(measure.id).empty:
        made[FUNNEL] = snapshot.funnel_chart(measure.id, chosen or known.force.total)
    return made


def _has_figures(chart: Chart) -> bool:
    data = (layer.data() for layer in chart.drawn if isinstance(layer, Figures))
    return any(not number_format.is_missing(value) for points in data for _, values in points for value in values)


def compare(snapshot: Snapshot, rows: list[Row], pen: Pen, routes: Routes, pictures: Pictures, *, level: int = 1, chosen: str = "") -> str:
    """
    The body of the page, or a part of a longer one.

    `level`: of its heading: 1 where it is a page of its own.
    """
    text, force, measure = snapshot.wording.text, snapshot.known.force, rows[0].measure
    counted = [row for row in rows if row.has_figures]
    return templating.body(
        "compare.html", pen=pen, routes=routes, rows=rows, level=level, title=title(snapshot, rows),
        subtitle=subtitle(snapshot, counted), counts=tally(text["verdicts"], counted, SINCE_PLAN), luck=luck(snapshot, measure),
        area_word=force.area_singular, areas_word=force.area_plural, chosen=chosen, together=text["scorecard"]["compare_together"],
        caption=f"{measure.title}: what is found in each {force.area_singular}, from A to Z",
        multiples_title=text["scorecard"]["multiples"],
        funnel_text=funnel_text(snapshot, measure) if pictures.funnel else [],
        map=answer_map(snapshot, rows, pen, chosen), **vars(pictures),
    )


def rows_of(snapshot: Snapshot, measure: Measure) -> list[Row]:
    """The measure's row in each area, from A to Z: its answers alone."""
    answers = snapshot.answers_of(measure.id)
    return [answered(snapshot, place, measure, answers[place.id]) for place in snapshot.known.areas]


def answer_map(snapshot: Snapshot, rows: list[Row], pen: Pen, chosen: str) -> Piece:
    """Every area filled by its answer since the plan began."""
    verdicts = {row.place.id: row.plan.verdict for row in rows if row.has_figures}
    label = f"{rows[0].measure.title} by {snapshot.known.force.area_singular}; the table says the same"
    return maps.by_answer(snapshot.known.outlines, snapshot.known.areas, verdicts, chosen, label, image=pen.image)


def title(snapshot: Snapshot, rows: list[Row]) -> str:
    """What is found, in at most twelve words; figures that are old are said to be."""
    text, force = snapshot.wording.text["scorecard"], snapshot.known.force
    counted = [row for row in rows if row.has_figures]
    if not counted:
        return f"{rows[0].measure.title}: {text['nothing_to_compare'].lower()}"
    fresh = [row for row in counted if not row.is_old]
    many = Counter(row.plan.verdict for row in fresh or counted)
    areas = force.area_singular if next((many[clear] for clear in CLEAR if many[clear]), 0) == 1 else force.area_plural
    found_there = better_and_worse(text["compare"], many, measure=rows[0].measure.title, areas=areas)
    return found_there if fresh else text["compare_old"].format(title=found_there)


def subtitle(snapshot: Snapshot, rows: list[Row]) -> str:
    """Which months are compared, and that the order is the alphabet's; nothing where there are no rows."""
    if not rows:
        return ""
    answer = rows[0].plan
    text = snapshot.wording.text["scorecard"]["compare_about" if answer.window else "compare_about_now"]
    return text.format(period=capital(answer.period), window=answer.window)


def luck(snapshot: Snapshot, measure: Measure) -> list[str]:
    """How many areas changed each way, for both questions, and how many luck alone would give; nothing where that is not known."""
    areas = [both for place, both in snapshot.answers_of(measure.id).items() if place != snapshot.known.force.total]
    sentences = (snapshot.wording.area_luck(both[question] for both in areas) for question in (SINCE_PLAN, YEAR_BEFORE))
    return list(filter(None, sentences))


def funnel_text(snapshot: Snapshot, measure: Measure) -> list[str]:
    """What the funnel shows, and that it can single nobody out where it cannot."""
    places, text = snapshot.funnel(measure.id), snapshot.wording.text
    able = bool(places["can_single_out"].all())
    return [text["page"]["funnel"], *([] if able else [text["outlook"]["cannot_single_out"]])]



"""
What can be said of a ward: a row a measure, with its 12 months, its rate beside its area's and both answers; never a rank.

And which wards a postcode or a name can mean.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from metrics.domain import Definitions, Measure, Place, Refused, Ward, periods
from metrics.domain.geography import postcode_parts
from metrics.domain.names import key_of, place_shown
from metrics.narrative import phrases
from metrics.report.scorecard import Answer
from metrics.report.snapshot import Snapshot, kept
from metrics.statistics.questions import QUESTIONS, YEAR_BEFORE
from metrics.statistics.verdict import CLEAR

WAYS = {"up": "more", "down": "fewer"}


@dataclass(frozen=True)
class WardRow:
    """One measure in a ward: texts for a cell each; `part` where it is counted in the row above too."""

    measure: Measure
    count: str
    rate: str
    range: str
    beside: str
    answers: tuple[Answer, ...]
    part: bool


@dataclass(frozen=True)
class WardCard:
    """
    A ward with its rows; none where nothing is known of it.

    `last` is the newest month, `published` the day of its release, `months` all that any answer rests on.
    """

    ward: Ward
    area: Place
    title: str
    hero: str
    rows: tuple[WardRow, ...] = ()
    first: str = ""
    last: str = ""
    published: str = ""
    luck: str = ""
    months: frozenset[str] = frozenset()


def wards_with_figures(snapshot: Snapshot) -> frozenset[str]:
    """The codes of the wards that have a card."""
    levels = snapshot.store.whole("ward_levels")
    return frozenset(levels["place"][levels["measure"].isin(snapshot.known.measures)])


@kept(40)
def ward_cards(snapshot: Snapshot, area: Place) -> dict[str, WardCard]:
    """
    Every ward of an area by its code, in alphabetical order; empty where the build knows no wards there.

    Wards are kept as the newest release has them alone: a day before that release has none.
    """
    levels = snapshot.rows_of("ward_levels", "area", area.id)
    levels = levels[levels["measure"].isin(list(snapshot.known.measures)) & (levels["published"] <= snapshot.as_at.isoformat())]
    if levels.empty:
        return {}
    answers, by_ward = _by_place(snapshot.rows_of("ward_answers", "area", area.id)), _by_place(levels)
    return {ward.code: _card(snapshot, ward, area, by_ward[ward.code], answers[ward.code])
            for ward in snapshot.known.wards_of(area.id) if ward.code in by_ward}


def _by_place(rows: pd.DataFrame) -> dict[str, list]:
    """The rows of each place; taken apart once, for a frame of its own for each ward takes longer than all else of it."""
    by_place: dict[str, list] = {}
    for row in rows.itertuples():
        by_place.setdefault(row.place, []).append(row)
    return by_place


def _card(snapshot: Snapshot, ward: Ward, area: Place, levels: list, answers: list) -> WardCard:
    text = snapshot.wording.text["ward"]
    by_measure = {row.measure: row for row in levels}
    tested = {(row.measure, row.question): row for row in answers}
    measures = _ordered(snapshot.known, by_measure)
    rows = tuple(_row(text, measure, by_measure[measure.id], tested, part=measure.part_of in by_measure) for measure in measures)
    first, year = by_measure[measures[0].id], tested[measures[0].id, YEAR_BEFORE]
    hero = phrases.ward_hero(text, measures[0].title, year.now, year.before, first.last)
    luck = text["luck"].format(tested=f"{int(year.areas_tested):,}", luck=round(year.by_luck)) if year.areas_tested else ""
    window, title = (first.first, first.last, first.published), phrases.ward_title(text, ward.name, *_clear(rows))
    return WardCard(ward, area, title, hero, rows, *window, luck, _months(tested.values()))


def _clear(rows: tuple[WardRow, ...]) -> tuple[int, int]:
    """How many measures changed clearly, and how many more as parts of one that went the same way."""
    ways = {row.measure.id: {answer.direction for answer in row.answers if answer.is_clear} for row in rows}
    parts = [row for row in rows if ways[row.measure.id] and ways[row.measure.id] <= ways.get(row.measure.part_of, set())]
    return sum(map(bool, ways.values())) - len(parts), len(parts)


def _months(answers: Iterable) -> frozenset[str]:
    ends = {ends for row in answers for ends in ((row.now_from, row.now_to), (row.before_from, row.before_to))}
    return frozenset(month for first, last in ends if first and last for month in periods.span(first, last))


def _ordered(known: Definitions, by_measure: dict) -> list[Measure]:
    """Headlines first and all that is counted last; a measure's parts stand below it."""
    shown = [known.measures[name] for name in by_measure]
    shown.sort(key=lambda measure: (measure.headline or len(known.measures), measure.title))
    parts = sorted((measure for measure in shown if measure.part_of in by_measure), key=lambda measure: measure.title)
    wholes = [measure for measure in shown if measure.part_of not in by_measure]
    return [each for whole in wholes for each in (whole, *(part for part in parts if part.part_of == whole.id))]


def _row(text: dict, measure: Measure, level, tested: dict, *, part: bool) -> WardRow:
    low, high = min(level.low, level.rate), max(level.high, level.rate)
    reach = f"{phrases.ward_rate(low)} to {phrases.ward_rate(high)}" if level.residents else ""
    answers = tuple(_answer(text, tested[measure.id, question]) for question in QUESTIONS if (measure.id, question) in tested)
    rates = {"rate": phrases.ward_rate(level.rate), "range": reach, "beside": phrases.ward_rate(level.area_rate)}
    return WardRow(measure, phrases.ward_count(level.count), answers=answers, part=part, **rates)


def _answer(text: dict, row) -> Answer:
    way = WAYS[row.direction] if row.verdict in CLEAR else ""
    before = phrases.ward_beside(text, row.before, row.before_from, row.before_to) if row.before_from else text["no_before"]
    return Answer(row.question, row.verdict, way, before=before)


def located(known: Definitions, text: str, words: Mapping[str, str]) -> tuple[str, tuple[Ward, ...]] | None:
    """
    The area that a postcode, or its first half, lies in, and the wards of it that it can be.

    Nothing where the text is no postcode, or where none can be looked for.

    Raises Refused: it is not among those known, lies in several areas, or where another force polices; in the words of `wording.yaml`.
    """
    code, postcodes = postcode_parts(text), known.postcodes
    if code is None or postcodes is None:
        return None
    outward, inward = code
    written = f"{outward} {inward}".strip()
    exact = postcodes.ward(outward, inward) if inward else None
    wards = [known.wards[name] for name in ([exact] if exact else [] if inward else postcodes.wards(outward))]
    if not wards:
        raise Refused(words["unknown"].format(code=written) if postcodes.wards(outward) else words["outside"].format(code=outward))
    areas = sorted({ward.area for ward in wards})
    if len(areas) > 1:
        raise Refused(words["among"].format(code=written, wards=", ".join(known.places[area].name for area in areas)))
    if known.places[areas[0]].level != "area":
        raise Refused(words["policed"].format(code=written, area=known.places[areas[0]].name))
    return areas[0], tuple(wards)


def named(known: Definitions, text: str, words: Mapping[str, str]) -> Ward | None:
    """
    The ward that a name stands for; nothing where no ward of an area has it.

    Raises Refused: wards of several areas have that name; in the words of `wording.yaml`.
    """
    wards = [ward for ward in known.wards.values() if key_of(ward.name) == key_of(text) and known.places[ward.area].level == "area"]
    if len(wards) > 1:
        areas = ", ".join(known.places[ward.area].name for ward in wards)
        raise Refused(words["wards_named"].format(ward=wards[0].name, areas=areas))
    return wards[0] if wards else None


def holding(known: Definitions, text: str, words: Mapping[str, str]) -> tuple[str, tuple[Ward, ...]] | None:
    """
    The area and its wards whose names hold some words, as `Edmonton` stands in `Lower Edmonton`; nothing where no name of an area's does.

    Raises Refused: they lie in several areas; in the words of `wording.yaml`.
    """
    wanted = f" {key_of(text)} "
    wards = [ward for ward in known.wards.values() if wanted.strip() and wanted in f" {key_of(ward.name)} "]
    wards = [ward for ward in wards if known.places[ward.area].level == "area"]
    areas = sorted({ward.area for ward in wards})
    if len(areas) > 1:
        raise Refused(words["wards_holding"].format(text=text.strip(), areas=", ".join(known.places[area].name for area in areas)))
    return (areas[0], tuple(wards)) if wards else None


def place_typed(known: Definitions, text: str, words: Mapping[str, str]) -> tuple[str, tuple[Ward, ...]]:
    """
    The place that somebody means who types a postcode, a ward or a place, and the wards of it that it can be.

    A place's own name goes before wards that hold it.

    Raises Refused: nothing here has that name, or several places do.
    """
    by_postcode, ward = located(known, text, words), named(known, text, words)
    if by_postcode is not None or ward is not None:
        return by_postcode or (ward.area, (ward,))
    try:
        return place_shown(known, text).id, ()
    except Refused:
        in_part = holding(known, text, words)
        if in_part is None:
            raise
        return in_part

"""
The sentences of `data/wording.yaml`, filled in: one method for each kind of thing that is said of a figure; every face says the same.

Which sentences it must have is in `metrics/narrative/sentences.py`. Its sentences hold for any force: `[area]`, `[total]`
and the like become what this force says, once, when they are read.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from metrics.definitions import force_file, yaml_file
from metrics.definitions.yaml_file import Fields, Items
from metrics.domain import SURVEYS, Definitions, Force, Measure, Refused, periods
from metrics.domain.names import hint
from metrics.narrative import change_range, number_format
from metrics.narrative.answer_text import details, finding, title
from metrics.narrative.comparison import Comparison
from metrics.narrative.number_format import span
from metrics.narrative.phrases import capital, spoken
from metrics.statistics.questions import SINCE_PLAN

FEET = (("page", "whose"), ("page", "footing"), ("public", "footing"), ("pack", "stands"), ("slides", "foot"))
"""The sentences at the foot of every page, slide and sheet: there a made-up force says that it is one."""
WORD = re.compile(r"\[([A-Za-z ]+)\]")


class Baselines(NamedTuple):
    """What stands over the changes from every baseline, what they are, and the heading for those who cannot see them."""

    heading: str
    about: str
    alt: str


def apart(changes: pd.DataFrame) -> pd.Series:
    """Which changes stand apart from chance, by their own range (`low, high`)."""
    return (changes["low"] > 0) | (changes["high"] < 0)


def agreement(changes: pd.DataFrame) -> str:
    """
    What changes with their ranges (`change, low, high`) say together: all stand apart from chance the `same_way`, those that do go
    `both_ways`, `some` do, or none does (`chance`).

    >>> agreement(pd.DataFrame({"change": [10.0, -12.0], "low": [-5.0, -20.0], "high": [25.0, -3.0]}))
    'some'
    >>> agreement(pd.DataFrame({"change": [10.0, -12.0], "low": [5.0, -20.0], "high": [25.0, -3.0]}))
    'both_ways'
    """
    ways = set(np.sign(changes.loc[apart(changes), "change"]))
    if len(ways) != 1:
        return "both_ways" if ways else "chance"
    return "same_way" if apart(changes).all() else "some"


def loaded(path: Path) -> tuple[Force, Fields]:
    """
    The force, and the sentences of a file beside `force.yaml` in its words.

    Raises Refused: a file that cannot be taken, or a word in square brackets that the force does not have.
    """
    force, places = force_file.read(path.parent)
    words = force.words(sum(place.level == "area" for place in places.values()))
    text = filled(yaml_file.load(path), words, path)
    if force.synthetic:
        _say_made_up(text, force)
    return force, text


def _say_made_up(text: Fields, force: Force) -> None:
    """Put the disclaimer of a made-up force before every sentence at a foot."""
    for section, name in FEET:
        if name in text.get(section, {}):
            text[section][name] = f"{force.disclaimer} {text[section][name]}"


def filled(sentences, words: dict[str, str], path: Path, line: int | None = None):
    """Sentences, in whatever lists and mappings they stand, with the words put in; the lines of the file stay known."""
    if isinstance(sentences, Fields):
        return _same_lines(Fields({name: filled(part, words, path, sentences.lines[name]) for name, part in sentences.items()}), sentences)
    if isinstance(sentences, Items):
        return _same_lines(Items(filled(part, words, path, at) for part, at in zip(sentences, sentences.lines, strict=True)), sentences)
    return _put_in(sentences, words, path, line) if isinstance(sentences, str) else sentences


def _same_lines(copy, original):
    copy.line, copy.lines = original.line, original.lines
    return copy


def _put_in(text: str, words: dict[str, str], path: Path, line: int | None) -> str:
    for name in WORD.findall(text):
        if name not in words:
            raise Refused(f"[{name}] is no word of the force{hint(name, words)}", file=path, line=line)
    return WORD.sub(lambda match: words[match[1]], text)


WORDS = ("title", "finding", "details", "direction_word", "range_words", "signal_words", "shown")


class Wording:
    """
    The sentences of `data/wording.yaml`, by outcome and kind of measure, in the words of the force beside it.

    `[area]`, `[areas]`, `[number of areas]`, `[total]`, `[force]`, `[force name]` and `[site]` in a sentence are what
    `force.yaml` and `places.csv` in the same folder say; `[Area]` begins a sentence.
    """

    def __init__(self, path: Path):
        self.path, (self.force, self.text) = path, loaded(path)

    def level(self, measure: Measure, level: float, before: float, period: str) -> str:
        """How much there is, and how much a year before: both numbers, no verdict."""
        which = "level_without_before" if number_format.is_missing(before) else "level"
        return self.text[which][measure.kind].format(
            level=spoken(level, measure), before=spoken(before, measure), period=periods.say(period)
        )

    def level_after_break(self, measure: Measure, level: float, period: str, changed: str) -> str:
        """How much there is, where nothing before a break may be set beside it."""
        return self.text["across_a_break"].format(
            level=spoken(level, measure), period=periods.say(period), changed=periods.say(changed)
        )

    def rate(self, rate: float, measure: Measure, other: str = "") -> str:
        """The rate per 1,000 residents, or per 100 of another measure."""
        kind = "residents" if measure.rate == "residents" else "measure"
        return self.text["rate"][kind].format(rate=number_format.number(rate, "per_1000"), other=other)

    def beside(self, measure: Measure, figure: float, period: str, here: float | None = None) -> str:
        """The whole force's figure, for comparison: a survey's level, or the rate; `here`, the place's then, where it has a newer one."""
        survey, text = measure.kind in SURVEYS, self.text["beside"]
        kind = "survey" if survey else "residents" if measure.rate == "residents" else "measure"
        there, then = (spoken(each, measure) if survey else number_format.number(each, "per_1000") for each in (figure, here))
        number = {"level" if survey else "rate": there}
        beside = text[kind].format(**number, period=periods.say(period))
        return beside if here is None else f"{beside} {text['then'].format(figure=then)}"

    def baselines(self, changes: pd.DataFrame) -> Baselines:
        """What the changes from every baseline say together."""
        kind, words = agreement(changes), self.text["baselines"]
        facts = {"apart": int(apart(changes).sum()), "baselines": len(changes)}
        return Baselines(words["heading"][kind].format(**facts), self._windows(changes), words["alt"][kind].format(**facts))

    def _windows(self, changes: pd.DataFrame) -> str:
        """Which months stand against which: the answer since the plan began may compare other ones than the answer on a year before."""
        windows = {
            question: span(periods.shift(last, 1 - months), last)
            for question, last, months in zip(changes["question"], changes["now_to"], changes["months"], strict=True)
        }
        whole = windows.pop(SINCE_PLAN, "")
        window = next(iter(windows.values()), whole)
        which = "earlier" if not whole else "both" if whole == window else "apart"
        return self.text["baselines"]["about"][which].format(window=capital(window), whole=whole)

    def missing(self, measure: Measure, level: str) -> str:
        """Why there is no figure: a finding of its own."""
        if measure.missing:
            return self.text["no_figures"].format(why=measure.missing)
        if level not in measure.levels:
            return self.text["not_at_level"].format(levels=" and ".join(self.force.level_name(name) for name in measure.levels))
        return self.text["no_figures"].format(why="").strip()

    def on_path(self, label: str, measure: Measure, *, moved_by: float | None = None) -> str:
        """
        Where a measure stands on its path to a published target.

        `label`: one of `metrics.statistics.trajectory.LABELS`.
        `moved_by`: what the plan needed by now, in the measure's unit.
        """
        target = measure.target
        facts = {"target": number_format.number(target.value, measure.unit), "by": periods.say(target.by)} if target else {}
        way = {"higher": "rise", "lower": "fall"}.get(measure.better, "")
        moved = "" if moved_by is None else number_format.number(abs(moved_by), "points" if measure.unit == "percent" else measure.unit)
        return self.text["outlook"]["path"][label].format(**facts, way=way, moved=moved)

    def restated(self, measure: Measure, period: str, then: float, now: float, definitions: float = 0) -> str:
        """
        What was said of a period at first, and what the source says now: a correction or a changed definition, never a change.

        `definitions`: the part of the difference that came with a changed definition.
        """
        corrections = round(now - then - definitions, 6)
        which = "restated" if not definitions else "restated_both" if corrections else "redefined"
        facts = {"then": number_format.number(then, measure.unit), "now": number_format.number(now, measure.unit)}
        unit = "points" if measure.unit == "percent" else measure.unit
        parts = {"corrections": corrections, "definitions": definitions}
        facts |= {name: number_format.number(part, unit, signed=True) for name, part in parts.items()}
        way = "rise" if now > then else "fall"
        return self.text["outlook"][which].format(**facts, period=periods.say(period), way=way)

    def area_luck(self, answers: Iterable[dict]) -> str:
        """
        How many areas changed by more than chance, each way, and how many luck alone would give; nothing where no area was tested.

        `answers`: rows of the answers table, without that of the whole force.
        """
        tested = [row for row in answers if row["areas_tested"] and not number_format.is_missing(row["by_luck"])]
        if not tested:
            return ""
        text, any_of_them = self.text["answers"], tested[0]
        ways = {"up": [row["areas"] for row in tested if _rose(row)], "down": [row["areas"] for row in tested if not _rose(row)]}
        facts = {name: number_format.few(max(counts, default=0)) for name, counts in ways.items()}
        question, luck = text["questions"][any_of_them["question"]], number_format.about(any_of_them["by_luck"])
        return text["area_luck"].format(**facts, question=question, tested=number_format.whole(any_of_them["areas_tested"]), luck=luck)

    def answer(self, known: Definitions, row: dict) -> dict:
        """
        A row of the answers table with its words: title, finding, details, direction, range, and the verdict as it is shown.

        Raises Refused: a sentence of `wording.yaml` is missing, or holds a name in braces that is not known.
        """
        try:
            return worded(self.text["answers"], known, row)
        except (KeyError, IndexError, ValueError) as error:
            reason = f"the words for {row['measure']} in {row['place']} cannot be filled in: {error} is not known or wrongly written"
            raise Refused(reason, file=self.path) from error


def _rose(row: dict) -> bool:
    """Which way the counts of a row are of: a row of more than before counts those that rose."""
    return row["linked_now"] > row["linked_before"]


def worded(text: dict, known: Definitions, row: dict) -> dict:
    """
    The row with its words.

    `text`: the section `answers` of `data/wording.yaml`.
    `row`: as the answers table holds it; `change`, `low` and `high` in per cent for counts, in points for shares.
    Returns: the row and `title` (at most 12 words), `finding` (at most 25), `details` (texts by what they are about), `direction_word`
        (`fewer`, `higher` or nothing), `range_words` (`11 to 39% fewer`, `not clear`), `signal_words` (`below usual` or nothing) and
        `shown`, the verdict as it is shown: a new signal without a clear change is a possible change.
    """
    compared = comparison(text, known, row)
    part_of = known.measures.get(row.get("part_of") or "")
    words = (
        title(compared), finding(compared), details(compared, breaks=known.breaks_of(row["measure"]), part_of=part_of),
        change_range.direction_word(compared), change_range.range_words(compared), change_range.signal_words(compared), compared.shown,
    )  # fmt: skip
    return row | dict(zip(WORDS, words, strict=True))


def comparison(text: dict, known: Definitions, row: dict) -> Comparison:
    """The row beside the measure and the place that it is about."""
    measure, place = known.measures[row["measure"]], known.places[row["place"]]
    refused = next((brk for brk in known.breaks if brk.id == row["refused_by"]), None)
    force, levels = known.force, " and ".join(map(known.force.level_name, measure.levels))
    whole, visited = place.id == force.total, place.id in force.visited
    return Comparison(text, measure, place, row, known.plan.launched, whole, refused, visited, levels)

"""One measure since a meeting: both answers, what of them is new, its newest months beside those before; and its sentences."""

import math
from dataclasses import dataclass
from datetime import date

import pandas as pd

from metrics.domain import SURVEYS, Measure, Place, periods
from metrics.domain.periods import QUARTER, YEAR
from metrics.narrative import news, number_format
from metrics.narrative.phrases import capital, small, spoken
from metrics.report.news import Change, News, told_first
from metrics.statistics.questions import LONGEST_QUARTERS, LONGEST_YEARS, YEAR_BEFORE, windows_for, years_for
from metrics.statistics.verdict import NOT_COMPARED


@dataclass(frozen=True)
class Since:
    """
    One measure in one place since a day.

    `answers` are both answers as known now, by question; `news` is what is new of them; `change` splits the difference of
    the figures; `against`, `low` and `high` set the `months` to `newest` beside the last such months that ended before the day, in
    per cent for counts and points for surveys.
    """

    measure: Measure
    answers: dict[str, dict]
    news: News
    change: Change
    against: str = ""
    months: int = 0
    low: float = math.nan
    high: float = math.nan
    newest: str = ""

    @property
    def lead(self) -> dict:
        """The answer that is told: that which is news, else that which leads everywhere."""
        return self.news.now if self.news.is_news else told_first(self.answers)

    @property
    def verdict(self) -> str:
        """The verdict that is told, as known now."""
        return self.lead["shown"]

    @property
    def has_figures(self) -> bool:
        """Whether any figure is held."""
        return bool(self.answers[YEAR_BEFORE]["now_to"]) and self.answers[YEAR_BEFORE]["outcome"] != news.NO_FIGURES

    @property
    def is_stale(self) -> bool:
        """Whether the newest figure is more than a year older than the day."""
        return self.answers[YEAR_BEFORE]["stale"]

    @property
    def counts(self) -> bool:
        """Whether it stands in a tally: no old figures, and nothing that another measure counts too."""
        return self.has_figures and not self.is_stale and not self.answers[YEAR_BEFORE]["part_of"]

    @property
    def is_newer(self) -> bool:
        """Whether a figure newer than those known on the day is held."""
        return self.news.kind != news.NOT_NEWER

    @property
    def overturned(self) -> bool:
        """Whether the verdict of then would have been another with its figures as they are known now."""
        return self.news.corrected

    @property
    def stands_apart(self) -> bool:
        """Whether the interval since before the meeting leaves no change out."""
        return self.low > 0 or self.high < 0

    def window(self, last: str) -> str:
        """The months to a last one, as many as are set beside each other, as people say them."""
        return periods.say(last) if self.measure.kind in SURVEYS else number_format.span(periods.shift(last, 1 - self.months), last)

    def ends(self) -> tuple[str, str]:
        """Both ends of the interval, in words."""
        if self.measure.kind in SURVEYS:
            return number_format.fall_or_rise(self.low), number_format.fall_or_rise(self.high)
        return tuple(number_format.lower_or_higher(math.log1p(end / 100)) for end in (self.low, self.high))


def since(measure: Measure, answers: dict[str, dict], new: News, change: Change, rows: pd.DataFrame | None, day: date) -> Since:
    """
    Put together what is known of one measure since a day.

    `rows`: the change from every sensible baseline: `now_to, against, months, change, low, high, linked`; None where there is none. None
        is told where linked figures decide, as the sentence does not mark them.
    """
    earlier = rows[rows["against"] < f"{day:%Y-%m}"] if rows is not None else None
    row = None if earlier is None or earlier.empty else earlier.loc[earlier["against"].idxmax()]
    if row is None or row["linked"]:
        return Since(measure, answers, new, change)
    against = {"against": row["against"], "months": int(row["months"]), "newest": row["now_to"]}
    return Since(measure, answers, new, change, **against, low=float(row["low"]), high=float(row["high"]))


CHANCE = 0.05
REAL_CHANGES = (0.10, 0.20, 0.30)
REAL_POINTS = (5.0, 10.0)


class Sentences:
    """The sentences of one place as looked back on from one day to another."""

    def __init__(self, text: dict, place: Place, then: date, *, is_meeting: bool):
        self.all, self.text, self.place, self.then = text, text["meeting"], place, then
        self.event = self.text["event"]["meeting" if is_meeting else "launch"]

    def verdict(self, name: str) -> str:
        """A verdict in its own words, within a sentence."""
        return self.all["verdicts"][name].lower()

    def news(self, entry: Since) -> str:
        """What is new of a measure since the day."""
        new = entry.news
        return news.sentence(self.all["news"], new.kind, new.now, new.then, self.then, corrected=new.corrected)

    def full_news(self, entry: Since, *, nothing_then: bool = False) -> str:
        """The same with the measure and what its answer says now, which is all of it where nothing of the place was known on the day."""
        text = self.text["lead"]["gone" if entry.news.kind == news.NO_LONGER else "news"]
        question, sentence = self.all["news"]["questions"][entry.news.now["question"]], "" if nothing_then else self.news(entry)
        return text.format(measure=entry.measure.title, title=small(entry.lead["title"]), question=question, sentence=sentence).rstrip()

    def reads(self, answers: dict[str, dict]) -> str:
        """
        Both answers of a measure in short, with the last month of figures that are old.

        Such as `no clear change on a year before; clear improvement since the plan began`.
        """
        text = self.all["news"]["questions"]
        if not answers[YEAR_BEFORE]["now_to"]:
            return small(answers[YEAR_BEFORE]["title"])
        reads = "; ".join(f"{self.verdict(answers[question]['shown'])} {text[question]}" for question in text)
        answer = answers[YEAR_BEFORE]
        return self.text["reads_old"].format(reads=reads, last=periods.say(answer["now_to"])) if answer["stale"] else reads

    def since(self, entry: Since) -> tuple[str, ...]:
        """What is new of one measure, and where the meeting lies more than a year back the interval since before it."""
        sentences = [self.news(entry)]
        if self._is_set_against(entry):
            kind = "survey" if entry.measure.kind in SURVEYS else "counts"
            low, high = entry.ends()
            spread = self.text["since"]["higher_lower"].format(low=low, high=high)
            windows = {"now": capital(entry.window(entry.newest)), "before": entry.window(entry.against)}
            sentences.append(self.text["since"][kind].format(**windows, range=spread, event=self.event))
        return tuple(filter(None, sentences))

    def _is_set_against(self, entry: Since) -> bool:
        """Whether the months before the day are set beside the newest: none of those lies before it or reaches over it."""
        return bool(entry.against) and entry.has_figures and periods.between(f"{self.then:%Y-%m}", entry.lead["now_to"]) > YEAR

    def luck(self, every: list[Since]) -> str:
        """How many of the comparisons told with the time before the day would look apart by luck; nothing where there is none."""
        compared = [entry for entry in every if self._is_set_against(entry)]
        if not compared:
            return ""
        facts = {"among": len(compared), "apart": sum(entry.stands_apart for entry in compared), "event": self.event}
        return self.text["since"]["luck"].format(luck=number_format.about(CHANCE * len(compared)), **facts)

    def correction(self, entry: Since) -> str:
        """A total that was shown, and what the same months come to now: a correction or a changed definition."""
        split = entry.change.split
        restated = split.then + split.corrections + split.definitions
        which = "redefined" if entry.change.redefined else "correction"
        return self.text["split"][which].format(
            measure=entry.measure.title, span=self._span(entry.measure, split.then_span), then=spoken(split.then, entry.measure),
            now=spoken(restated, entry.measure), day=periods.say_day(self.then), way="rise" if restated > split.then else "fall",
        )

    def flipped(self, entry: Since) -> str:
        """A verdict that corrections have overturned."""
        return self.text["split"]["flipped"].format(
            measure=entry.measure.title, then=self.verdict(entry.news.then["verdict"]), now=self.verdict(entry.news.again["verdict"]),
            question=self.all["news"]["questions"][entry.news.now["question"]], day=periods.say_day(self.then),
        )

    def split_row(self, entry: Since) -> dict[str, object]:
        """A row of the table of what changed in the figures, by the names of its columns."""
        names, split = self.text["split"]["columns"], entry.change.split
        spans = self._span(entry.measure, split.then_span), self._span(entry.measure, split.now_span)
        parts = (split.new, split.corrections, split.definitions, split.total)
        cells = (entry.measure.title, split.then, spans[0], split.now, spans[1], *parts)
        return dict(zip(names, cells, strict=True))

    def unsaid(self, entry: Since) -> str:
        """Why nothing can be said of a measure since the meeting; nothing where something can."""
        text, answer = self.text["unsaid"], entry.answers[YEAR_BEFORE]
        if not entry.has_figures:
            return answer["details"].get("missing") or answer["finding"]
        if entry.is_stale:
            return text["stale"].format(last=periods.say(answer["now_to"]))
        if answer["verdict"] == NOT_COMPARED:
            return f"{answer['title']}."
        return "" if entry.is_newer else text["before"].format(last=periods.say(answer["now_to"]), event=self.event)

    def when(self, measure: Measure, answer: dict) -> str:
        """How much longer it takes before a real change of some size would be told; nothing where no interval is known."""
        if answer["low"] != answer["low"] or answer["outcome"] != "compared" or measure.kind == "stock":
            return ""
        sizes = _real_changes(measure, answer)
        change, steps = next(((words, steps) for words, steps in sizes if steps is not None), (sizes[-1][0], None))
        if steps is None:
            return self.text["agenda"]["when"]["longer"].format(change=change)
        return self.text["agenda"]["when"]["quarters"].format(change=change, steps=_steps(steps, _step(measure, answer)))

    def _span(self, measure: Measure, span: tuple[str, str]) -> str:
        if span[0] == span[1]:
            return f"the 12 months to {periods.say(span[1])}" if measure.kind == "survey_rolling_year" else periods.say(span[1])
        return number_format.span(*span)


def _real_changes(measure: Measure, answer: dict) -> list[tuple[str, int | None]]:
    """Changes worth knowing of, in words, each with how many windows it takes to tell it: half an interval is what one window can tell."""
    if measure.kind in (*SURVEYS, "share"):
        needed = (answer["high"] - answer["low"]) / 2
        return [(number_format.number(points, "points"), years_for(needed, points)) for points in REAL_POINTS]
    longest = LONGEST_YEARS if _step(measure, answer) == "year" else LONGEST_QUARTERS
    needed = math.sqrt((100 + answer["high"]) / (100 + answer["low"]))
    return [(number_format.number(100 * size, "percent"), windows_for(needed, -size, longest)) for size in REAL_CHANGES]


def _step(measure: Measure, answer: dict) -> str:
    """What one step of waiting is: a quarter where quarters are compared, else a year."""
    yearly = measure.kind in (*SURVEYS, "share") or periods.between(answer["now_from"], answer["now_to"]) > QUARTER
    return "year" if yearly else "quarter"


def _steps(many: int, step: str) -> str:
    return f"{many} {step}{'' if many == 1 else 's'}"

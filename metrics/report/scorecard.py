"""
The scorecard: every measure of a place as one row, the same on a screen, a public page, a slide and a sheet.

A row holds what is seen in a second: a name, a picture, the newest figure, two answers, and what is new since the meeting.
Faces draw the rows; they add no figure and no sentence.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from metrics.charts.spec import Chart
from metrics.domain import Measure, Place, Plan, periods
from metrics.narrative import news as news_words
from metrics.narrative import phrases
from metrics.narrative.phrases import hero, opposed
from metrics.report.cards import Card
from metrics.report.news import LEADING, News, told_first
from metrics.report.snapshot import Snapshot
from metrics.statistics.questions import QUESTIONS, SINCE_PLAN, YEAR_BEFORE
from metrics.statistics.verdict import CLEAR, IMPROVEMENT, NOT_COMPARED, NOT_ENOUGH, POSSIBLE, WORSENING

TURNS = (WORSENING, IMPROVEMENT, "clear rise", "clear fall")
"""Clear verdicts in the order in which they take turns."""
WITHOUT_ANSWER = (NOT_ENOUGH, NOT_COMPARED)


@dataclass(frozen=True)
class Answer:
    """
    One of the two answers of a measure in a place.

    `direction` is the word beside the verdict (`fewer`, `higher`, or nothing), `change` the range in a few words, `before` the figure
    that the newest is compared with, `window` its months; `now` the figure compared and `period` its months. `title` and `finding` are its
    sentences, `details` what may be folded.
    """

    question: str
    verdict: str
    direction: str = ""
    change: str = ""
    before: str = ""
    window: str = ""
    title: str = ""
    finding: str = ""
    details: tuple[tuple[str, str], ...] = ()
    now: str = ""
    period: str = ""

    @property
    def is_clear(self) -> bool:
        """Whether it says that something changed."""
        return self.verdict in CLEAR


@dataclass(frozen=True)
class Row:
    """
    One measure in one place.

    `picture` is the description of its chart for the answer of its `title`, to be drawn small. `new_since` says what is new since the day
    looked back on, and `was_known` whether anything was known then that is newer now. `signal` says since when its months lie above or
    below usual; `signal_new` whether that began lately. `title` and `finding` are its sentences; `opposed` is the other answer
    in a few words, where it is as clear and says otherwise. `part_of` is the measure it is a part of.
    """

    measure: Measure
    place: Place
    picture: Chart | None
    newest: str
    period: str
    is_old: bool
    year: Answer
    plan: Answer
    new_since: str = ""
    was_known: bool = False
    is_new: bool = False
    signal: str = ""
    signal_new: bool = False
    title: str = ""
    finding: str = ""
    opposed: str = ""
    part_of: str = ""

    @property
    def answers(self) -> tuple[Answer, Answer]:
        """Both answers, in the order in which they stand."""
        return self.year, self.plan

    def answer(self, question: str) -> Answer:
        """The answer to a question."""
        return {YEAR_BEFORE: self.year, SINCE_PLAN: self.plan}[question]

    @property
    def has_figures(self) -> bool:
        """Whether any figure is held."""
        return bool(self.newest)

    @property
    def counts(self) -> bool:
        """Whether it stands in a tally: no old figures, and nothing twice."""
        return self.has_figures and not self.is_old and not self.part_of

    @property
    def clear(self) -> Answer | None:
        """The answer that says a clear change, that since the plan first; none where neither does."""
        return next((answer for answer in (self.plan, self.year) if answer.is_clear), None)

    @property
    def leading(self) -> Answer:
        """The answer whose title and finding are the row's."""
        return self.clear or self.year

    @property
    def stands_out(self) -> bool:
        """Whether it is worth a look: a clear change or a new signal, on figures that are not old."""
        return self.counts and (self.clear is not None or self.signal_new)


@dataclass(frozen=True)
class Group:
    """The rows of one mission: its title, its headline rows, every other row, and the measures without any figure, each with why."""

    mission: str
    title: str
    line: str
    rows: tuple[Row, ...]
    others: tuple[Row, ...]
    missing: tuple[tuple[Measure, str], ...]

    @property
    def headline_missing(self) -> tuple[tuple[Measure, str], ...]:
        """The headline measures among those without any figure, each with why."""
        return tuple((measure, why) for measure, why in self.missing if measure.headline)

    @property
    def every(self) -> tuple[Row, ...]:
        """Its rows, headline measures first."""
        return (*self.rows, *self.others)


@dataclass(frozen=True)
class Scorecard:
    """
    What a place's page, slide and sheet show.

    `mark` is the day of the line M in every picture, `mark_text` what it is ("the meeting of 7 August 2023"). `tally` holds, for
    each question, how many measures have which verdict, in the order of the closed set.
    """

    place: Place
    as_at: date
    mark: date
    mark_text: str
    heading: str
    hero: str
    tally: dict[str, dict[str, int]]
    groups: tuple[Group, ...]
    stands_out: tuple[Row, ...]

    @property
    def since(self) -> str:
        """The month of the day looked back on, where of any row what is known now can be set beside what was known then; else nothing."""
        return periods.say_short(f"{self.mark:%Y-%m}") if any(row.was_known for row in self.rows) else ""

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row, mission by mission, headline measures first."""
        return tuple(row for group in self.groups for row in group.every)

    @property
    def headline_rows(self) -> tuple[Row, ...]:
        """The rows of headline measures."""
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def missing(self) -> tuple[tuple[Measure, str], ...]:
        """Every measure without figures here, with why."""
        return tuple(pair for group in self.groups for pair in group.missing)


def scorecard(
    snapshot: Snapshot, place: Place, mark: date | None = None, *, meeting: bool = False, measures: Iterable[Measure] | None = None
) -> Scorecard:
    """
    The scorecard of a place, with a row for each measure that has figures there; the others stand in `missing` with the reason.

    `mark`: the day that is looked back on, at which every picture has its line M; None is the launch of the plan.
    `measures`: some of those that can have figures there; all of them unless given.
    """
    mark = mark or snapshot.known.plan.launched
    wanted = snapshot.every_measure(place) if measures is None else measures
    rows = {measure.id: row_of(snapshot, place, measure, mark) for measure in wanted}
    return assembled(snapshot, place, rows, mark, meeting=meeting)


def headlines(snapshot: Snapshot, place: Place) -> Scorecard:
    """The same of the headline measures alone, since the launch of the plan."""
    return scorecard(snapshot, place, measures=[measure for measure in snapshot.every_measure(place) if measure.headline])


def headlines_since(snapshot: Snapshot, place: Place, plan: Plan) -> Scorecard | None:
    """The same since the launch of a plan that is not followed; none on a day that its answers are not kept for."""
    answers = snapshot.since_plan(plan.id, place.id)
    if not answers:
        return None
    headline = [measure for measure in snapshot.every_measure(place) if measure.headline]
    rows = {measure.id: _row_since(snapshot, place, measure, answers[measure.id]) for measure in headline}
    return assembled(snapshot, place, rows, plan.launched, meeting=False)


def _row_since(snapshot: Snapshot, place: Place, measure: Measure, since: dict) -> Row:
    """One measure's row with its answer since another plan began, by which its picture is drawn; what is new since then is not kept."""
    both = {YEAR_BEFORE: snapshot.answers(place.id)[measure.id][YEAR_BEFORE], SINCE_PLAN: since}
    return replace(answered(snapshot, place, measure, both), picture=snapshot.picture(measure.id, place.id, told_first(both)))


def chosen(snapshot: Snapshot, place: Place, measures: list[Measure]) -> Scorecard:
    """The same of some measures, since the launch of the plan; missions without any of them are left out."""
    wanted = {measure.id for measure in measures}
    card = scorecard(snapshot, place, measures=[measure for measure in snapshot.every_measure(place) if measure.id in wanted])
    groups = [replace(group, missing=tuple(pair for pair in group.missing if pair[0].id in wanted)) for group in card.groups]
    return replace(card, groups=tuple(group for group in groups if group.rows or group.others or group.missing))


def assembled(snapshot: Snapshot, place: Place, rows: dict[str, Row], mark: date, *, meeting: bool) -> Scorecard:
    """
    The scorecard of rows that are there already.

    `rows`: by measure, in the order of `Snapshot.every_measure`, each looked back from `mark`.
    """
    groups = tuple(_group(snapshot, place, name, rows) for name in snapshot.known.plan.missions)
    counted = [row for row in rows.values() if row.counts]
    text, day = snapshot.wording.text["scorecard"], periods.say_day(mark)
    return Scorecard(
        place, snapshot.as_at, mark, mark_text(text, mark, meeting=meeting),
        text["heading"].format(place=place.name, day=day), _hero(snapshot, counted),
        {question: tally(snapshot.wording.text["verdicts"], counted, question) for question in QUESTIONS}, groups, standing_out(counted),
    )


def mark_text(text: dict, day: date, *, meeting: bool) -> str:
    """What the line M is, in the words of the section `scorecard` of `data/wording.yaml`: a meeting, or the launch of the plan."""
    return text["meeting" if meeting else "launch"].format(day=periods.say_day(day))


def _hero(snapshot: Snapshot, rows: list[Row]) -> str:
    """What changed in a few sentences of at most 25 words."""
    plan, year = ([row.answer(question).verdict for row in rows] for question in LEADING)
    return hero(snapshot.wording.text["hero"], plan, year, asked=sum(row.signal_new for row in rows))


def tally(verdicts: dict[str, str], rows: list[Row], question: str) -> dict[str, int]:
    """How many rows have which verdict, in the order of the closed set; verdicts that none has are left out."""
    given = [row.answer(question).verdict for row in rows]
    return {verdict: given.count(verdict) for verdict in verdicts if verdict in given}


def standing_out(rows: list[Row]) -> tuple[Row, ...]:
    """
    The rows worth a look, most striking first.

    Those whose change is clear, for the worse and for the better in turn, what is new since the meeting before what stood already;
    then new signals.
    """
    out = sorted((row for row in rows if row.stands_out), key=lambda row: not row.is_new)
    kinds = [[row for row in out if row.clear and row.clear.verdict == verdict] for verdict in TURNS]
    turns = [kind[turn] for turn in range(max(map(len, kinds), default=0)) for kind in kinds if turn < len(kind)]
    return (*turns, *(row for row in out if not row.clear))


def _group(snapshot: Snapshot, place: Place, name: str, rows: dict[str, Row]) -> Group:
    here = [rows[measure.id] for measure in snapshot.measures_at(name, place) if measure.id in rows]
    with_figures = [row for row in here if row.has_figures]
    headlines = [measure for measure in snapshot.known.measures.values() if measure.mission == name and measure.headline]
    missing = [(row.measure, row.finding) for row in here if not row.has_figures]
    missing += [(measure, snapshot.wording.missing(measure, place.level)) for measure in headlines if measure.id not in rows]
    mission = snapshot.known.plan.missions[name]
    return Group(
        name, mission.title, mission.text,
        tuple(row for row in with_figures if row.measure.headline),
        tuple(row for row in with_figures if not row.measure.headline),
        tuple(missing),
    )


def row_of(snapshot: Snapshot, place: Place, measure: Measure, mark: date, card: Card | None = None) -> Row:
    """One measure's row."""
    news, answers = snapshot.new_since(place.id, mark)[measure.id], snapshot.answers(place.id)[measure.id]
    lead = told_first(answers)
    picture = card.chart if card and card.question == lead["question"] else snapshot.picture(measure.id, place.id, lead)
    row = answered(snapshot, place, measure, answers)
    return replace(row, picture=picture, new_since=_new(snapshot, news), was_known=news.can_be_compared, is_new=news.is_news)


def answered(snapshot: Snapshot, place: Place, measure: Measure, answers: dict[str, dict]) -> Row:
    """The same row with its answers alone: without the picture, and without what is new."""
    year, lead = answers[YEAR_BEFORE], told_first(answers)
    return Row(
        measure, place, None, phrases.newest_figure(year["now"], measure), phrases.short_months(year["now_from"], year["now_to"], measure),
        bool(year["stale"]), *(_answer(snapshot, answers[question], measure) for question in QUESTIONS), signal=year["signal_words"],
        signal_new=year["shown"] == POSSIBLE, title=lead["title"], finding=lead["finding"],
        opposed=opposed(snapshot.wording.text, answers, lead), part_of=year["part_of"] or "",
    )


def _new(snapshot: Snapshot, news: News) -> str:
    """What is new since the day, in a few words."""
    return news_words.row_words(snapshot.wording.text["news"], news.kind, news.now, news.then)


def _answer(snapshot: Snapshot, finding: dict, measure: Measure) -> Answer:
    window = phrases.short_months(finding["before_from"], finding["before_to"], measure)
    verdict = finding["shown"]
    headings = snapshot.wording.text["answers"]["details"]["headings"]
    return Answer(
        finding["question"], verdict, finding["signal_words"] if verdict == POSSIBLE else finding["direction_word"],
        "" if verdict in WITHOUT_ANSWER else finding["range_words"], _before(snapshot, finding, measure), window,
        finding["title"], finding["finding"], tuple((headings[name], line) for name, line in finding["details"].items()),
        phrases.compared_figure(finding, "now", measure), phrases.short_months(finding["now_from"], finding["now_to"], measure),
    )


def _before(snapshot: Snapshot, finding: dict, measure: Measure) -> str:
    """The figure before, marked where it is not the one that was published."""
    before = phrases.compared_figure(finding, "before", measure)
    return snapshot.wording.text["answers"]["like_for_like"].format(before=before) if before and finding["linked"] else before

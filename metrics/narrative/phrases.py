"""
Numbers, verdicts and levels as a sentence says them, the first sentences of a page, which count verdicts, and the few words of a row.

What a page says first counts one set, the measures with figures newer than a year that are not part of another; what is left out is said
apart. A row is read in a second, so each of its texts is at most a few words; of small counts, as in a ward, there is no percentage.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from metrics.domain import SURVEYS, Measure, periods
from metrics.domain.periods import YEAR
from metrics.narrative import number_format
from metrics.statistics.verdict import CLEAR, NOT_COMPARED, NOT_ENOUGH

FEWEST_FOR_A_RATE = 10


def spoken(value: float, measure: Measure) -> str:
    """
    A number as a sentence says it: a survey's percentage as whole people in 100.

    >>> from dataclasses import replace
    >>> trust = Measure("t", "T", "?", "trust", "proposed", "percent", "higher", "survey_rolling_year", ("force",), "d", "o")
    >>> spoken(52.4, trust), spoken(1234.0, replace(trust, unit="count", kind="count"))
    ('52', '1,234')
    """
    return number_format.number(value, "count", decimals=0) if measure.kind in SURVEYS else number_format.number(value, measure.unit)


def counted(verdicts: dict[str, int], words: dict[str, str]) -> str:
    """
    How many have which verdict, in the order of the closed set; never an average.

    >>> counted({"no clear change": 3, "clear fall": 1}, {"clear fall": "Clear fall", "no clear change": "No clear change"})
    '1 clear fall, 3 no clear change'
    """
    return ", ".join(f"{verdicts[name]} {word.lower()}" for name, word in words.items() if verdicts.get(name))


def better_and_worse(texts: dict[str, str], verdicts: Counter[str], **facts) -> str:
    """
    The sentence of how many are clearly better and clearly worse, up and down where neither is better, or that none can be told.

    `texts`: `both`, `better`, `worse` and `none`; where they are of measures without a better way also `up_and_down`, `up`, `down` and
        `untold`.

    >>> better_and_worse({"better": "{better} of {among} better"}, Counter({"clear improvement": 2}), among=9)
    '2 of 9 better'
    >>> better_and_worse({"up": "{up} clearly up", "none": "none"}, Counter({"clear rise": 2, "no clear change": 30}))
    '2 clearly up'
    """
    counts = {way: verdicts[verdict] for way, verdict in zip(("better", "worse", "up", "down"), CLEAR, strict=True)}
    return texts[_which(texts, counts, verdicts)].format(**counts, **facts)


def _which(texts: dict[str, str], counts: dict[str, int], verdicts: Counter[str]) -> str:
    """The first of the sentences that there are which is true."""
    answered = verdicts.total() - verdicts[NOT_ENOUGH] - verdicts[NOT_COMPARED]
    tried = {
        "both": counts["better"] and counts["worse"], "better": counts["better"], "worse": counts["worse"],
        "up_and_down": counts["up"] and counts["down"], "up": counts["up"], "down": counts["down"], "untold": not answered,
    }  # fmt: skip
    return next((name for name, true in tried.items() if true and name in texts), "none")


def capital(text: str) -> str:
    """
    A text with its first letter large, as a sentence begins.

    >>> capital("no evidence recorded")
    'No evidence recorded'
    """
    return text[:1].upper() + text[1:]


def small(title: str) -> str:
    """A title within a sentence."""
    return title[:1].lower() + title[1:]


def opposed(text: dict, answers: dict[str, dict], lead: dict) -> str:
    """
    The answer that does not lead, in a few words, where both are clear and it says otherwise; else nothing.

    `text`: all of the wording; `answers`: both, by question; `lead`: that of them which leads.
    """
    clear = [answer for answer in answers.values() if answer["verdict"] in CLEAR]
    others = [answer for answer in clear if answer["verdict"] != lead["verdict"]]
    if not others or lead["verdict"] not in CLEAR:
        return ""
    words, other = text["scorecard"], others[0]
    return words["opposed"].format(question=words["questions"][other["question"]], verdict=small(text["verdicts"][other["verdict"]]))


def hero(text: dict, plan: Iterable[str], year: Iterable[str], *, asked: int) -> str:
    """
    The first sentences of a place: at most 25 words.

    `plan`, `year`: the verdict of each measure that is counted, on each question.
    """
    since, before = Counter(plan), Counter(year)
    if not since.total():
        return text["nothing"]
    sentences = [_side(text["plan"], since, since.total()), _side(text["year"], before, before.total())]
    if asked:
        sentences.append(text["ask"].format(asked=number_format.few(asked)))
    return " ".join(sentences)


def counted_and_left_out(text: dict, among: int, kinds: dict[str, int]) -> str:
    """Which measures are counted, and how many of what kind are not."""
    return f"{text['counted'].format(among=among)} {left_out(text, kinds)}".strip()


def left_out(text: dict, kinds: dict[str, int]) -> str:
    """Which measures no count holds, and how many of each kind; empty where every one is counted."""
    named = [text["left_out"][kind].format(many=number_format.few(number)) for kind, number in kinds.items() if number]
    return text["without"].format(which=", ".join(named)) if named else ""


def _side(texts: dict[str, str], verdicts: Counter, among: int) -> str:
    """One question: how many are better and how many worse, both said whichever there are; where none is, how many rose and fell."""
    better, worse, up, down = (verdicts[clear] for clear in CLEAR)
    which = "both" if better else "first_worse" if worse else "moved" if up or down else "none"
    facts = dict(zip(("better", "worse", "up", "down"), map(number_format.few, (better, worse, up, down)), strict=True))
    return capital(texts[which].format(**facts, among=among, verb="is" if (better or worse) == 1 else "are"))


def ward_count(value: float) -> str:
    """A count, or `none`."""
    return number_format.number(value, "count") if value else "none"


def ward_rate(value: float) -> str:
    """A rate per 1,000 residents; nothing where nobody lives."""
    return "" if number_format.is_missing(value) else number_format.number(value, "per_1000")


def ward_title(text: Mapping[str, str], ward: str, clear: int, parts: int) -> str:
    """
    The title of a ward's page; it says where parts that changed with their whole are not counted.

    >>> text = {"title": "{ward}: {clear} clear changes", "title_one": "{ward}: one clear change", "title_none": "{ward}: no clear change"}
    >>> text |= {"title_parts": "{title}, parts not counted"}
    >>> ward_title(text, "Belmont", 0, 0), ward_title(text, "Belmont", 1, 2), ward_title(text, "Belmont", 3, 0)
    ('Belmont: no clear change', 'Belmont: one clear change, parts not counted', 'Belmont: three clear changes')
    """
    key = {0: "title_none", 1: "title_one"}.get(clear, "title")
    title = text[key].format(ward=ward, clear=number_format.few(clear))
    return text["title_parts"].format(title=title) if parts else title


def ward_hero(text: Mapping[str, str], measure: str, now: float, before: float, last: str) -> str:
    """The first measure's two numbers in one sentence."""
    return text["hero"].format(measure=small(measure), now=ward_count(now), before=ward_count(before), last=periods.say(last))


def ward_beside(text: Mapping[str, str], before: float, first: str, last: str) -> str:
    """The number that the newest stands beside, with its months."""
    return text["before"].format(before=ward_count(before), window=f"{periods.say_short(first)} to {periods.say_short(last)}")


def newest_figure(value: float, measure: Measure) -> str:
    """
    The newest figure as a row shows it; empty where none is held.

    >>> trust = Measure("t", "T", "?", "trust", "proposed", "percent", "higher", "survey_rolling_year", ("area",), "d", "o")
    >>> newest_figure(51.6, trust), newest_figure(float("nan"), trust)
    ('52 in 100', '')
    """
    if number_format.is_missing(value):
        return ""
    if measure.kind in SURVEYS or measure.unit == "percent":
        return f"{number_format.number(value, 'count', decimals=0)} in 100"
    return number_format.number(value, measure.unit)


def compared_figure(finding: Mapping, name: str, measure: Measure) -> str:
    """
    One of the two figures of a finding, `now` or `before`, as they are compared: the linked one where that decides, a count whole.

    Where no comparison may be made the figure before is empty.

    >>> crime = Measure("c", "C", "?", "crime", "proposed", "count", "lower", "count", ("area",), "d", "o")
    >>> finding = {"verdict": "no clear change", "before": 68.0, "linked_before": 77.8, "linked": True}
    >>> compared_figure(finding, "before", crime), compared_figure(finding | {"linked": False}, "before", crime)
    ('78', '68')
    >>> compared_figure(finding | {"verdict": "cannot be compared"}, "before", crime)
    ''
    """
    if name == "before" and finding["verdict"] == NOT_COMPARED:
        return ""
    linked = finding.get(f"linked_{name}")
    value = linked if finding.get("linked") and not number_format.is_missing(linked) else finding[name]
    return newest_figure(value if measure.unit != "count" or number_format.is_missing(value) else round(value), measure)


def short_months(first: str, last: str, measure: Measure) -> str:
    """
    The months of a figure in few letters.

    >>> crime = Measure("c", "C", "?", "crime", "proposed", "count", "lower", "count", ("area",), "d", "o")
    >>> short_months("2026-04", "2026-06", crime), short_months("2025-12", "2026-02", crime), short_months("2025-07", "2026-06", crime)
    ('Apr to Jun 2026', 'Dec 2025 to Feb 2026', 'year to Jun 2026')
    >>> short_months("2026-07", "2026-07", crime), short_months("", "", crime)
    ('Jul 2026', '')
    >>> short_months("", "2026-06", crime)
    ''
    """
    if not (first and last):
        return ""
    if measure.kind == "survey_rolling_year" or periods.between(first, last) == YEAR - 1:
        return f"year to {periods.say_short(last)}"
    if first == last:
        return periods.say_short(last)
    return f"{periods.say_short(first).split()[0] if first[:4] == last[:4] else periods.say_short(first)} to {periods.say_short(last)}"

"""
Every sentence about a figure, from results and `data/wording.yaml`. Nothing else makes one.

A function takes results and gives a sentence; the numbers in it are formatted here, once.
"""

import math
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from metrics import periods, saying, strict_yaml, style
from metrics.model import Measure, Place, Refused

SURVEYS = ("survey_rolling_year", "survey_quarter")
FEWEST_FOR_A_RATE = 10
STALE_AFTER = 12
SILENT = ("cannot be compared", "not enough data", "too few")


class Wording:
    """The sentences of `data/wording.yaml`, by outcome and kind of measure."""

    def __init__(self, path: Path):
        self.path, self.text = path, strict_yaml.load(path)

    def level(self, measure: Measure, level: float, before: float, period: str) -> str:
        """How much there is, and how much a year before: both numbers, no verdict."""
        which = "level_without_before" if style.is_missing(before) else "level"
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
        return self.text["rate"][kind].format(rate=style.number(rate, "per_1000"), other=other)

    def beside(self, measure: Measure, figure: float, period: str) -> str:
        """London's figure, for comparison: a survey's level, or the rate."""
        survey = measure.kind in SURVEYS
        kind = "survey" if survey else "residents" if measure.rate == "residents" else "measure"
        number = {"level": spoken(figure, measure)} if survey else {"rate": style.number(figure, "per_1000")}
        return self.text["beside"][kind].format(**number, period=periods.say(period))

    def base(self, base: float) -> str:
        """The number of interviews behind a survey figure."""
        return self.text["base"].format(base=style.number(base, "count"))

    def signs(self, changes: Iterable[float]) -> str:
        """Whether a change points the same way from every baseline."""
        ways = {change > 0 for change in changes if change}
        return self.text["page"]["strip_agrees" if len(ways) < 2 else "strip_disagrees"]

    def missing(self, measure: Measure, level: str, as_at: str | None = None) -> str:
        """Why there is no figure: a finding of its own."""
        if measure.missing:
            return self.text["no_figures"].format(why=measure.missing)
        if level not in measure.levels:
            return self.text["not_at_level"].format(levels=" and ".join(name_of_level(name) for name in measure.levels))
        return self.text["nothing_as_at"].format(day=as_at) if as_at else self.text["no_figures"].format(why="").strip()

    def finding(self, measure: Measure, place: Place, found: dict, as_at: date) -> str:
        """
        The sentence of a finding.

        Parameters
        ----------
        found
            The finding's fields; `change`, `low` and `high` are log ratios for counts, points for surveys.

        Raises
        ------
        Refused
            A sentence of `wording.yaml` is missing, or holds a name in braces that is not known.
        """
        try:
            return self._finding(measure, place, found, as_at)
        except (KeyError, IndexError, ValueError) as error:
            reason = f"the sentence for {measure.id} in {place.id} cannot be filled in: {error} is not known or wrongly written"
            raise Refused(reason, file=self.path) from error

    def _finding(self, measure: Measure, place: Place, found: dict, as_at: date) -> str:
        if found["outcome"] == "no figures":
            return self.missing(measure, place.level, periods.say_day(as_at))
        family = "survey" if measure.kind in SURVEYS else measure.kind if measure.kind in ("share", "stock") else "count"
        said = {"count": _count, "survey": _survey, "share": _share, "stock": _stock}[family](self, measure, found)
        return said + self._caution(found) + self._stale(found, as_at)

    def _caution(self, found: dict) -> str:
        """Said where the way of recording changed between the figures compared, by the chart or with a year ago."""
        said = found["caution"] and (found["outcome"] not in SILENT or found["verdict"] == "possible change")
        return self.text["finding"]["caution"].format(titles=found["caution"]) if said else ""

    def _stale(self, found: dict, as_at: date) -> str:
        """Said where the newest figure is more than a year older than what else was known."""
        last = found["last"]
        if not last or periods.between(last, f"{as_at:%Y-%m}") <= STALE_AFTER:
            return ""
        return self.text["finding"]["stale"].format(last=periods.say(last))

    def needed(self, measure: Measure, found: dict) -> str:
        """What would have counted as a clear change, where a test was made."""
        if found["needed"] != found["needed"] or found["outcome"] != "compared":
            return ""
        if measure.kind in (*SURVEYS, "share"):
            return self.text["needed"]["survey"].format(points=style.number(math.ceil(found["needed"]), "points"))
        if measure.kind == "stock":
            return self.text["needed"]["stock"]
        ends = {"low": math.floor(found["before"] / found["needed"]), "high": math.ceil(found["before"] * found["needed"])}
        bounds = {name: style.number(end, "count") for name, end in ends.items()}
        return self.text["needed"]["count"].format(**bounds)

    def luck(self, found: dict) -> str:
        """How many boroughs would stand out by chance alone, of those that have a chart."""
        which = "luck" if found["luck"] >= 1 else "little_luck"
        luck, among = (style.number(found[name], "count", decimals=0) for name in ("luck", "among"))
        return self.text["finding"][which].format(luck=luck, among=among)

    def signal(self, found: dict) -> str:
        """What the newest points of a control chart show."""
        up = found["signal"] > 0
        more = {2: "_two", 3: "_three"}.get(found["far"], "") if found["rule"] == "astronomical" else ""
        return self.text["signals"][found["rule"] + more].format(
            at=periods.say(found["at"]),
            span=periods.say(found["at"]) if found["step"] == "month" else saying.span(periods.shift(found["at"], -2), found["at"]),
            above="above" if up else "below",
            higher="higher" if up else "lower",
            step=found["step"],
            usual=_usual(found),
        )


def _count(wording: Wording, measure: Measure, found: dict) -> str:
    texts = wording.text["finding"]["count"]
    if found["outcome"] == "cannot be compared":
        return texts["not_compared"].format(changed=periods.say(found["changed"]))
    counted = _counted(wording, found)
    if found["signal"] and found["verdict"] == "possible change":
        luck = wording.luck(found) if found["place"] != "london" else ""
        return texts["signal" if counted else "signal_alone"].format(signal=wording.signal(found), luck=luck, counted=counted)
    if found["outcome"] == "too few":
        return texts["too_few"].format(counted=counted)
    if found["outcome"] != "compared":
        return texts[_lacking(found, counted)].format(counted=counted, months=saying.months(found["months"]), **_windows(found))
    return texts[_case(found)].format(counted=counted, usual=_usual(found), **_range(found))


def _lacking(found: dict, counted: str) -> str:
    """Which sentence says what is not held: how much it usually varies, the year before, or nearly everything."""
    if counted:
        return "no_usual"
    return "not_enough" if style.is_missing(found["now"]) else "no_before"


def _counted(wording: Wording, found: dict) -> str:
    """Both numbers with their months; nothing where one is not held."""
    if style.is_missing(found["now"]) or style.is_missing(found["before"]):
        return ""
    which = {(True, True): "both", (True, False): "from_none", (False, True): "to_none", (False, False): "none"}
    return wording.text["finding"]["counted"][which[found["now"] > 0, found["before"] > 0]].format(**_windows(found))


def _case(found: dict) -> str:
    """Which sentence a comparison of counts gets."""
    few = "_few" if found["method"] == "exact" else ""
    if found["verdict"].startswith("clear"):
        return f"clear{few}"
    if found["verdict"] == "possible change":
        return f"apart{few or ('' if found['charted'] else '_many')}"
    apart = found["low"] > 0 or found["high"] < 0
    return "no_change_many" if apart and not few else f"no_change{few}"


def _windows(found: dict) -> dict[str, str]:
    if not found["last"]:
        return {}
    first, last = (periods.shift(found[end], -12) for end in ("first", "last"))
    return {
        "now": style.number(found["now"], "count"),
        "before": style.number(found["before"], "count"),
        "span": saying.span(found["first"], found["last"]),
        "span_before": saying.span(first, last),
    }


def _usual(found: dict) -> str:
    """The months that set what is usual."""
    return f"{periods.say(found['usual_first'])} to {periods.say(found['usual_last'])}" if found["usual_first"] else ""


def _range(found: dict) -> dict[str, str]:
    way = "rise" if found["change"] > 0 else "fall"
    if found["method"] == "exact":
        return {"way": way}
    low, high = found["low"], found["high"]
    size = saying.size(low, high, "percent") if low > 0 or high < 0 else ""
    return {"way": way, "size": size, "low": saying.lower_or_higher(low), "high": saying.lower_or_higher(high)}


def _survey(wording: Wording, measure: Measure, found: dict) -> str:
    texts = wording.text["finding"]["survey"]
    when = texts["when"][measure.kind].format(last=periods.say(found["last"]))
    if found["outcome"] != "compared":
        which = "not_enough" if style.is_missing(found["before"]) else "no_base"
        return texts[which].format(now=spoken(found["now"], measure), when=when)
    interviews = texts["interviews"][measure.kind].format(base=style.number(found["base"], "count"))
    facts = {"when": when, "interviews": interviews, **_shares(found, measure)}
    if found["verdict"] == "no clear change":
        low, high = saying.fall_or_rise(found["low"]), saying.fall_or_rise(found["high"])
        return texts["no_change"].format(**facts, low=low, high=high)
    rise = found["change"] > 0
    way = {"way": "rise" if rise else "fall", "moved": "up" if rise else "down"}
    which = "clear" if found["verdict"].startswith("clear") else "apart"
    return texts[which].format(**facts, **way, size=saying.size(found["low"], found["high"], "points"))


def _share(wording: Wording, measure: Measure, found: dict) -> str:
    texts = wording.text["finding"]["share"]
    facts = {name: style.number(found[name], "count", decimals=1) for name in ("now", "before")} | {"last": periods.say(found["last"])}
    if found["outcome"] != "compared":
        return texts["not_enough" if style.is_missing(found["before"]) else "no_base"].format(**facts)
    if found["verdict"] == "no clear change":
        low, high = saying.fall_or_rise(found["low"]), saying.fall_or_rise(found["high"])
        return texts["no_change"].format(**facts, low=low, high=high)
    way = "rise" if found["change"] > 0 else "fall"
    which = "clear" if found["verdict"].startswith("clear") else "apart"
    return texts[which].format(**facts, way=way, size=saying.size(found["low"], found["high"], "points"))


def _shares(found: dict, measure: Measure) -> dict[str, str]:
    """Both shares as whole people in 100; with a decimal where they are apart and would sound alike."""
    now, before = spoken(found["now"], measure), spoken(found["before"], measure)
    if now == before and found["verdict"] != "no clear change":
        now, before = (style.number(found[name], "count", decimals=1) for name in ("now", "before"))
    return {"now": now, "before": before}


def _stock(wording: Wording, measure: Measure, found: dict) -> str:
    texts = wording.text["finding"]["stock"]
    facts = {"now": style.number(found["now"], "count"), "last": periods.say(found["last"])}
    if found["outcome"] != "compared":
        return texts["not_enough"].format(**facts)
    difference = f"{style.number(abs(found['change']), 'count')} {'more' if found['change'] > 0 else 'fewer'}"
    which = "clear" if found["verdict"].startswith("clear") else "no_change"
    return texts[which].format(**facts, before=style.number(found["before"], "count"), difference=difference)


def spoken(value: float, measure: Measure) -> str:
    """
    A number as a sentence says it: a survey's percentage as whole people in 100.

    Examples
    --------
    >>> from dataclasses import replace
    >>> trust = Measure("t", "T", "?", "trust", "proposed", "percent", "higher", "survey_rolling_year", ("london",), "d", "o")
    >>> spoken(52.4, trust), spoken(1234.0, replace(trust, unit="count", kind="count"))
    ('52', '1,234')
    """
    return style.number(value, "count", decimals=0) if measure.kind in SURVEYS else style.number(value, measure.unit)


def counted(verdicts: dict[str, int], words: dict[str, str]) -> str:
    """
    How many have which verdict, in the order of the closed set; never an average.

    Examples
    --------
    >>> counted({"no clear change": 3, "clear fall": 1}, {"clear fall": "Clear fall", "no clear change": "No clear change"})
    '1 clear fall, 3 no clear change'
    """
    return ", ".join(f"{verdicts[name]} {said.lower()}" for name, said in words.items() if verdicts.get(name))


def name_of_level(level: str) -> str:
    """
    A level as people call it.

    Examples
    --------
    >>> [name_of_level(level) for level in ("london", "unit", "borough")]
    ['London', 'command units', 'boroughs']
    """
    return {"london": "London", "unit": "command units", "borough": "boroughs"}[level]

"""
The sentence of a finding: what was compared, or why nothing can be; then what calls for caution.

Everything here takes the sentences of `data/wording.yaml` as they were read, and one finding.
"""

from datetime import date

from metrics.domain import Measure, periods
from metrics.narrative import number_format, number_words
from metrics.narrative.phrases import SURVEYS, spoken

STALE_AFTER = 12
SILENT = ("cannot be compared", "not enough data", "too few")


def sentence(text: dict, measure: Measure, found: dict, as_at: date) -> str:
    """
    What is said of a finding for which there are figures.

    Parameters
    ----------
    text
        The sentences of `data/wording.yaml`.
    found
        The finding's fields, as `Wording.finding` takes them.
    """
    family = "survey" if measure.kind in SURVEYS else measure.kind if measure.kind in ("share", "stock") else "count"
    said = {"count": _count, "survey": _survey, "share": _share, "stock": _stock}[family](text, measure, found)
    return said + _caution(text, found) + _stale(text, found, as_at)


def _caution(text: dict, found: dict) -> str:
    """Said where the way of recording changed between the figures compared, by the chart or with a year ago."""
    said = found["caution"] and (found["outcome"] not in SILENT or found["verdict"] == "possible change")
    return text["finding"]["caution"].format(titles=found["caution"]) if said else ""


def _stale(text: dict, found: dict, as_at: date) -> str:
    """Said where the newest figure is more than a year older than what else was known."""
    last = found["last"]
    if not last or periods.between(last, f"{as_at:%Y-%m}") <= STALE_AFTER:
        return ""
    return text["finding"]["stale"].format(last=periods.say(last))


def _count(text: dict, measure: Measure, found: dict) -> str:
    texts = text["finding"]["count"]
    if found["outcome"] == "cannot be compared":
        return texts["not_compared"].format(changed=periods.say(found["changed"]))
    counted = _counted(text, found)
    if found["signal"] and found["verdict"] == "possible change":
        luck = _luck(text, found) if not found["is_total"] else ""
        return texts["signal" if counted else "signal_alone"].format(signal=_signal(text, found), luck=luck, counted=counted)
    if found["outcome"] == "too few":
        return texts["too_few"].format(counted=counted)
    if found["outcome"] != "compared":
        return texts[_lacking(found, counted)].format(counted=counted, months=number_words.months(found["months"]), **_windows(found))
    return texts[_case(found)].format(counted=counted, usual=_usual(found), **_range(found))


def _lacking(found: dict, counted: str) -> str:
    """Which sentence says what is not held: how much it usually varies, the year before, or nearly everything."""
    if counted:
        return "no_usual"
    return "not_enough" if number_format.is_missing(found["now"]) else "no_before"


def _counted(text: dict, found: dict) -> str:
    """Both numbers with their months; nothing where one is not held."""
    if number_format.is_missing(found["now"]) or number_format.is_missing(found["before"]):
        return ""
    which = {(True, True): "both", (True, False): "from_none", (False, True): "to_none", (False, False): "none"}
    return text["finding"]["counted"][which[found["now"] > 0, found["before"] > 0]].format(**_windows(found))


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
        "now": number_format.number(found["now"], "count"),
        "before": number_format.number(found["before"], "count"),
        "span": number_words.span(found["first"], found["last"]),
        "span_before": number_words.span(first, last),
    }


def _usual(found: dict) -> str:
    """The months that set what is usual."""
    return f"{periods.say(found['usual_first'])} to {periods.say(found['usual_last'])}" if found["usual_first"] else ""


def _range(found: dict) -> dict[str, str]:
    way = "rise" if found["change"] > 0 else "fall"
    if found["method"] == "exact":
        return {"way": way}
    low, high = found["low"], found["high"]
    size = number_words.size(low, high, "percent") if low > 0 or high < 0 else ""
    return {"way": way, "size": size, "low": number_words.lower_or_higher(low), "high": number_words.lower_or_higher(high)}


def _survey(text: dict, measure: Measure, found: dict) -> str:
    texts = text["finding"]["survey"]
    when = texts["when"][measure.kind].format(last=periods.say(found["last"]))
    if found["outcome"] != "compared":
        which = "not_enough" if number_format.is_missing(found["before"]) else "no_base"
        return texts[which].format(now=spoken(found["now"], measure), when=when)
    interviews = texts["interviews"][measure.kind].format(base=number_format.number(found["base"], "count"))
    facts = {"when": when, "interviews": interviews, **_shares(found, measure)}
    if found["verdict"] == "no clear change":
        low, high = number_words.fall_or_rise(found["low"]), number_words.fall_or_rise(found["high"])
        return texts["no_change"].format(**facts, low=low, high=high)
    rise = found["change"] > 0
    way = {"way": "rise" if rise else "fall", "moved": "up" if rise else "down"}
    which = "clear" if found["verdict"].startswith("clear") else "apart"
    return texts[which].format(**facts, **way, size=number_words.size(found["low"], found["high"], "points"))


def _share(text: dict, measure: Measure, found: dict) -> str:
    texts = text["finding"]["share"]
    facts = {name: number_format.number(found[name], "count", decimals=1) for name in ("now",
        "before")} | {"last": periods.say(found["last"])}
    if found["outcome"] != "compared":
        return texts["not_enough" if number_format.is_missing(found["before"]) else "no_base"].format(**facts)
    if found["verdict"] == "no clear change":
        low, high = number_words.fall_or_rise(found["low"]), number_words.fall_or_rise(found["high"])
        return texts["no_change"].format(**facts, low=low, high=high)
    way = "rise" if found["change"] > 0 else "fall"
    which = "clear" if found["verdict"].startswith("clear") else "apart"
    return texts[which].format(**facts, way=way, size=number_words.size(found["low"], found["high"], "points"))


def _shares(found: dict, measure: Measure) -> dict[str, str]:
    """Both shares as whole people in 100; with a decimal where they are apart and would sound alike."""
    now, before = spoken(found["now"], measure), spoken(found["before"], measure)
    if now == before and found["verdict"] != "no clear change":
        now, before = (number_format.number(found[name], "count", decimals=1) for name in ("now", "before"))
    return {"now": now, "before": before}


def _stock(text: dict, measure: Measure, found: dict) -> str:
    texts = text["finding"]["stock"]
    facts = {"now": number_format.number(found["now"], "count"), "last": periods.say(found["last"])}
    if found["outcome"] != "compared":
        return texts["not_enough"].format(**facts)
    difference = f"{number_format.number(abs(found['change']), 'count')} {'more' if found['change'] > 0 else 'fewer'}"
    which = "clear" if found["verdict"].startswith("clear") else "no_change"
    return texts[which].format(**facts, before=number_format.number(found["before"], "count"), difference=difference)


def _luck(text: dict, found: dict) -> str:
    """How many areas would stand out by chance alone, of those that have a chart."""
    which = "luck" if found["luck"] >= 1 else "little_luck"
    luck, among = (number_format.number(found[name], "count", decimals=0) for name in ("luck", "among"))
    return text["finding"][which].format(luck=luck, among=among)


def _signal(text: dict, found: dict) -> str:
    """What the newest points of a control chart show."""
    up = found["signal"] > 0
    more = {2: "_two", 3: "_three"}.get(found["far"], "") if found["rule"] == "astronomical" else ""
    return text["signals"][found["rule"] + more].format(
        at=periods.say(found["at"]),
        span=periods.say(found["at"]) if found["step"] == "month" else number_words.span(periods.shift(found["at"], -2), found["at"]),
        above="above" if up else "below",
        higher="higher" if up else "lower",
        step=found["step"],
        usual=_usual(found),
    )

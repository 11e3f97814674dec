"""
An answer in words: its title, its finding and its details.

The title has at most twelve words, chosen by rule, with neither the measure's name nor a full stop.

The finding gives both numbers with their months, then at most one clause on what a reader must know: at most 25 words in one or two
sentences. What does not fit stands in the details, each thing apart, so that a face may fold it: chance, luck, the rest of the area,
breaks, age.
"""

from collections.abc import Iterable

from metrics.domain import Break, Measure, periods
from metrics.narrative import change_range, number_format
from metrics.narrative.comparison import COUNT, STOCK, SURVEY, Comparison
from metrics.narrative.phrases import capital
from metrics.statistics.verdict import NOT_COMPARED, NOT_ENOUGH, POSSIBLE

MOST_WORDS = 25
RUN_POINTS = 7
POINTS = {"astronomical": 1, "two_of_three": 2, "shift": RUN_POINTS, "trend": RUN_POINTS}
"""How many points of the chart each rule marks at least; *since* is said of more."""
SOON = ("too soon", "not begun")
WITH = "with"
"""The verdict on an area that does not differ clearly from the rest of the force."""
STEP_MONTHS = {"month": 1, "quarter": 3}


def title(comparison: Comparison) -> str:
    """
    What an answer says in a few words.

    A clear change comes first; then, on a year before, a new signal of the control chart; then what cannot be told.
    """
    text = comparison.text["titles"]
    if comparison.is_clear:
        return capital(_clear(comparison, text))
    if comparison.shown == POSSIBLE:
        return _signal(comparison, text["signals"])
    if comparison.verdict in (NOT_ENOUGH, NOT_COMPARED):
        return text[_lacking(comparison)]
    return text["steady"].format(than=comparison.than)


def _clear(comparison: Comparison, text: dict) -> str:
    facts = {"way": change_range.way(comparison), "than": comparison.than}
    if comparison.family == STOCK:
        return text["stock"].format(size=change_range.range_words(comparison), than=comparison.in_than)
    if comparison.few or not comparison.has_range:
        return text["few"].format(direction=change_range.direction_word(comparison), than=comparison.in_than)
    return change_range.size(comparison, text["percent" if comparison.family == COUNT else "points"], **facts)


def _lacking(comparison: Comparison) -> str:
    """Which title says why there is no verdict."""
    if comparison.verdict == NOT_COMPARED:
        brk = comparison.refused
        return "refused" if brk is None or brk.reaches(whole=True) else "refused_areas"
    if comparison.reason in SOON:
        return "too_soon"
    if not comparison.has_now:
        return _without_newest(comparison)
    return "too_few" if comparison.has_both and comparison.few else "not_enough"


def _without_newest(comparison: Comparison) -> str:
    """A month lacks; single readings are all that is published of the measure; or none is held here, at this level or by this day."""
    if comparison.reason == "gap":
        return "gap"
    return "single" if comparison.measure.readings and comparison.lacking == "held" else "missing"


def _signal(comparison: Comparison, text: dict) -> str:
    """What the newest points of the control chart show; from when on, where that is longer than the rule that it met."""
    rule = comparison.row["signal_rule"]
    words = _dates(comparison) | {"rising": "rising" if comparison.signal == "above" else "falling", "run": number_format.few(RUN_POINTS)}
    return capital(text[rule if _marked_points(comparison) <= POINTS.get(rule, 0) else "since"].format(**words))


def _marked_points(comparison: Comparison) -> int:
    """How many points the chart marks without a break, up to the newest that it marks."""
    return periods.between(comparison.row["signal_since"], comparison.row["signal_at"]) // STEP_MONTHS[comparison.step] + 1


def _dates(comparison: Comparison) -> dict[str, str]:
    """Which way a signal goes, and its first and newest month or quarter."""
    each = comparison.text["when"]["survey_quarter"] if comparison.step == "quarter" else "{last}"
    dates = {name: each.format(last=periods.say(comparison.row[f"signal_{name}"])) for name in ("since", "at")}
    return dates | {"usual": change_range.signal_words(comparison), "step": comparison.step}


def _dated(comparison: Comparison) -> str:
    """A signal with its date: `below usual since December 2025`, or the one month, or two of three."""
    rule, points = comparison.row["signal_rule"], _marked_points(comparison)
    few = rule == "two_of_three" and points <= POINTS[rule]
    which = "two_of_three" if few else "in" if points == 1 else "since"
    return comparison.text["dated"][which].format(**_dates(comparison))


def finding(comparison: Comparison) -> str:
    """
    Both numbers, their months, and the most needed clause for which there is room.

    Where nothing is held there is one sentence that says so.
    """
    if not comparison.has_now:
        return _missing(comparison, comparison.text["finding"])
    text = _numbers(comparison)
    for clause in _clauses(comparison):
        if len(f"{text} {clause}".split()) <= MOST_WORDS:
            text = f"{text} {clause}"
            break
    return text


def _missing(comparison: Comparison, texts: dict) -> str:
    """Why there is no newest figure."""
    reason = texts["clauses"]["reasons"].get(comparison.reason)
    day = periods.say_day(comparison.row["as_at"])
    return reason or texts["missing"][comparison.lacking].format(levels=comparison.levels, day=day)


def _numbers(comparison: Comparison) -> str:
    """The two figures and their windows in one sentence; the newest alone where the other is not held, not comparable or itself."""
    texts = comparison.text["finding"][comparison.family]
    if not comparison.has_both or comparison.is_itself or comparison.verdict == NOT_COMPARED:
        return texts["now"].format(**_facts(comparison))
    which = "linked" if comparison.is_linked and "linked" in texts else "both"
    return texts[which].format(**_facts(comparison), before=comparison.before, than=comparison.in_than)


def _facts(comparison: Comparison) -> dict[str, str]:
    return {"now": capital(comparison.now), "span": window(comparison)}


def window(comparison: Comparison) -> str:
    """The newest months as they are said: `April to June 2026`, `the year to June 2026`."""
    row = comparison.row
    if comparison.family == SURVEY:
        return comparison.text["when"][comparison.measure.kind].format(last=periods.say(row["now_to"]))
    return number_format.window(row["now_from"], row["now_to"])


def _clauses(comparison: Comparison) -> list[str]:
    """What a reader must know beside the numbers, most needed first; the first for which there is room is said."""
    text = comparison.text["finding"]["clauses"]
    if comparison.verdict == NOT_COMPARED:
        return [_refused(comparison, text)]
    if comparison.verdict == NOT_ENOUGH:
        return _why_not(comparison, text)
    return [*_opposed(comparison, text), *_old(comparison, text), *_judged(comparison, text)]


def _refused(comparison: Comparison, text: dict) -> str:
    """Why nothing before is comparable: many events had no area then, or the way of recording changed."""
    brk = comparison.refused
    if brk is None or brk.reaches(whole=True):
        return text["refused"]
    return text["refused_areas"].format(until=periods.say(brk.until or brk.period))


def _why_not(comparison: Comparison, text: dict) -> list[str]:
    opposed, reasons = _opposed(comparison, text), text["reasons"]
    if comparison.reason in reasons or not comparison.has_both:
        return [*opposed, reasons.get(comparison.reason, reasons[comparison.row["question"]])]
    return [*opposed, text["too_few" if comparison.few else "no_test"]]


def _opposed(comparison: Comparison, text: dict) -> list[str]:
    """Said first wherever the chart's signal and the two printed numbers point opposite ways, shorter where room is scarce."""
    if not comparison.signal_opposes:
        return []
    way = comparison.text["direction"]["way"][change_range.way(comparison)]
    short = text["opposed_short"].format(way=way, usual=change_range.signal_words(comparison))
    return [text["opposed"].format(way=way, dated=_dated(comparison)), short] if comparison.row.get("signal_since") else [short]


def _old(comparison: Comparison, text: dict) -> list[str]:
    return [text["old"]] if comparison.is_stale else []


def _judged(comparison: Comparison, text: dict) -> list[str]:
    """The clause of a comparison that was made: the signal's luck, everyone counted, the rest of the area, or chance."""
    if comparison.family == STOCK:
        return [text["counted"]]
    if comparison.shown == POSSIBLE:
        return [*_signal_luck(comparison, text), *_chance(comparison, text)]
    return _control(comparison, text) if comparison.is_clear else _chance(comparison, text)


def _signal_luck(comparison: Comparison, text: dict) -> list[str]:
    row = comparison.row
    if comparison.whole or number_format.is_missing(row["signal_by_luck"]):
        return []
    facts = {"areas": number_format.whole(row["signal_areas"]), "charted": number_format.whole(row["signal_charted"])}
    facts["luck"] = number_format.about(row["signal_by_luck"])
    return [text["signal_luck"].format(**facts)]


def _control(comparison: Comparison, text: dict) -> list[str]:
    verdict = comparison.row.get("control_verdict") or ""
    if verdict != WITH:
        return [text["control"].get(verdict, text["beyond"])]
    return [text["control"][name] for name in (["like"] if comparison.rest_is_like else ["with", "with_short"])]


def _chance(comparison: Comparison, text: dict) -> list[str]:
    if comparison.few:
        return [text["small"]]
    if comparison.excludes_none and not comparison.whole:
        return [text["many"].format(tested=number_format.whole(comparison.row["areas_tested"]))]
    if not comparison.has_range:
        return []
    return [text[which].format(range=change_range.allowed(comparison)) for which in ("chance", "chance_short")]


def details(comparison: Comparison, *, breaks: Iterable[Break] = (), part_of: Measure | None = None) -> dict[str, str]:
    """
    Everything that a reader may unfold, by what it is about: `range`, `windows`, `luck`, `control`, `signal` and so on.

    The headings of these names stand in `data/wording.yaml`, under `answers: details: headings`, in the order of telling.

    `part_of`: the measure that counts this one too, where there is one.
    """
    text = comparison.text["details"]
    sections = {
        "range": _range(comparison, text), "windows": _windows(comparison, text), "luck": _luck(comparison, text),
        "control": _control_detail(comparison, text), "signal": _signal_detail(comparison, text),
        "breaks": _breaks(comparison, text, breaks), "linked": _linked(comparison, text), "base": _base(comparison, text),
        "old": _old_detail(comparison, text), "visitors": _visitors(comparison, text),
        "part": text["part"].format(whole=part_of.title) if part_of else "",
        "missing": "" if comparison.has_now else comparison.measure.missing or "",
    }  # fmt: skip
    return {name: sections[name] for name in text["headings"] if sections[name]}


def _range(comparison: Comparison, text: dict) -> str:
    texts = text["range"]
    if comparison.verdict in (NOT_ENOUGH, NOT_COMPARED):
        return ""
    if comparison.family == STOCK:
        return texts["counted"]
    if comparison.few:
        return texts["few"].format(now=comparison.now, before=comparison.before)
    if not comparison.has_range:
        return ""
    return _chance_detail(comparison, texts)


def _chance_detail(comparison: Comparison, texts: dict) -> str:
    if comparison.is_clear:
        return texts["clear"].format(range=change_range.range_words(comparison))
    which = "many" if comparison.excludes_none and not comparison.whole else "not_clear"
    return texts[which].format(range=change_range.allowed(comparison), tested=number_format.whole(comparison.row["areas_tested"]))


def _windows(comparison: Comparison, text: dict) -> str:
    """Both windows by their months."""
    row = comparison.row
    if not comparison.has_both or comparison.verdict == NOT_COMPARED:
        return ""
    before = number_format.window(row["before_from"], row["before_to"])
    if comparison.family == SURVEY:
        before = comparison.text["when"][comparison.measure.kind].format(last=periods.say(row["before_to"]))
    return text["windows"].format(now_span=capital(window(comparison)), before_span=before)


def _luck(comparison: Comparison, text: dict) -> str:
    """Both numbers: how many areas changed this way, or show a new signal, and how many luck alone would give."""
    row = comparison.row
    if comparison.whole or comparison.is_stale or not comparison.has_both or comparison.verdict == NOT_COMPARED:
        return ""
    return " ".join(filter(None, (_luck_of_changes(row, text), _luck_of_signals(row, text) if comparison.is_news else "")))


def _luck_of_changes(row: dict, text: dict) -> str:
    if any(map(number_format.is_missing, (row["by_luck"], row["change"]))) or not row["areas_tested"]:
        return ""
    facts = {name: number_format.whole(row[name]) for name in ("areas", "areas_tested")}
    facts["areas_clear"] = number_format.few(row["areas_clear"])
    moved = text["moved"]["up" if row["change"] > 0 else "down"]
    return text["luck"].format(**facts, moved=moved, luck=number_format.about(row["by_luck"]))


def _luck_of_signals(row: dict, text: dict) -> str:
    if number_format.is_missing(row["signal_by_luck"]):
        return ""
    facts = {name: number_format.whole(row[name]) for name in ("signal_areas", "signal_charted")}
    return text["signal_luck"].format(**facts, luck=number_format.about(row["signal_by_luck"]))


def _control_detail(comparison: Comparison, text: dict) -> str:
    row, verdict = comparison.row, comparison.row["control_verdict"]
    lacking = [name for name in ("control_low", "control_high") if number_format.is_missing(row[name])]
    if not comparison.has_both or not verdict or lacking:
        return ""
    spread = change_range.spread(comparison, row["control_low"], row["control_high"])
    which = "with_many" if verdict == WITH and comparison.rest_lies_outside else verdict
    return text["control"][which].format(range=spread, tested=number_format.whole(row["areas_tested"]))


def _signal_detail(comparison: Comparison, text: dict) -> str:
    if not comparison.signal or not comparison.row.get("signal_since"):
        return ""
    dated = text["signal"].format(dated=capital(_dated(comparison)))
    return f"{dated} {text['opposed']}" if comparison.signal_opposes else dated


def _breaks(comparison: Comparison, text: dict, breaks: Iterable[Break]) -> str:
    """The breaks that lie between the windows and touch the place, but for those that a linked series has bridged."""
    if not comparison.has_both:
        return ""
    between = (comparison.row["breaks"] or "").split()
    titles = dict.fromkeys(brk.title for brk in breaks if brk.id in between and brk.reaches(whole=comparison.is_linked))
    return text["breaks"].format(titles="; ".join(titles)) if titles else ""


def _linked(comparison: Comparison, text: dict) -> str:
    """What the figure before is as published, and why it is not the one that decides."""
    if not comparison.is_linked or not comparison.has_both:
        return ""
    return text["linked"].format(published=number_format.whole(comparison.row["before"]), counted=comparison.before)


def _base(comparison: Comparison, text: dict) -> str:
    base = comparison.row.get("base")
    if comparison.family != SURVEY or number_format.is_missing(base):
        return ""
    return text["base"].format(base=number_format.whole(base))


def _old_detail(comparison: Comparison, text: dict) -> str:
    return text["old"].format(last=periods.say(comparison.row["now_to"])) if comparison.is_stale else ""


def _visitors(comparison: Comparison, text: dict) -> str:
    rated = comparison.visited and comparison.measure.rate == "residents" and comparison.has_now
    return text["visitors"].format(place=comparison.place.name) if rated else ""

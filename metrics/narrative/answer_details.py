"""What stands behind an answer, each thing apart, so that a face may fold it: chance, luck, the rest of the area, breaks, age."""

from collections.abc import Iterable

from metrics.domain import Break, Measure, periods
from metrics.narrative import answer_text, change_range, number_format, number_words
from metrics.narrative.comparison import NOT_ENOUGH, REFUSED, STOCK, SURVEY, Comparison
from metrics.narrative.phrases import capital


def details(comparison: Comparison, *, breaks: Iterable[Break] = (), part_of: Measure | None = None) -> dict[str, str]:
    """
    Everything that a reader may unfold, by what it is about: `range`, `windows`, `luck`, `control`, `signal` and so on.

    The headings of these names stand in `data/wording.yaml`, under `answers: details: headings`, in the order of telling.

    Parameters
    ----------
    breaks
        The breaks of the measure.
    part_of
        The measure that counts this one too, where there is one.
    """
    text = comparison.text["details"]
    sections = {
        "range": _range(comparison, text), "windows": _windows(comparison, text), "luck": _luck(comparison, text),
        "control": _control(comparison, text), "signal": _signal(comparison, text), "breaks": _breaks(comparison, text, breaks),
        "linked": _linked(comparison, text), "base": _base(comparison, text), "old": _old(comparison, text),
        "visitors": _visitors(comparison, text), "part": text["part"].format(whole=part_of.title) if part_of else "",
        "missing": "" if comparison.has_now else comparison.measure.missing or "",
    }  # fmt: skip
    return {name: sections[name] for name in text["headings"] if sections[name]}


def _range(comparison: Comparison, text: dict) -> str:
    texts = text["range"]
    if comparison.verdict in (NOT_ENOUGH, REFUSED):
        return ""
    if comparison.family == STOCK:
        return texts["counted"]
    if comparison.few:
        return texts["few"].format(now=comparison.now, before=comparison.before)
    if not comparison.has_range:
        return ""
    return _chance(comparison, texts)


def _chance(comparison: Comparison, texts: dict) -> str:
    if comparison.is_clear:
        return texts["clear"].format(range=change_range.range_words(comparison))
    which = "many" if comparison.excludes_none and not comparison.whole else "not_clear"
    return texts[which].format(range=change_range.allowed(comparison), tested=number_words.whole(comparison.row["areas_tested"]))


def _windows(comparison: Comparison, text: dict) -> str:
    """Both windows by their months."""
    row = comparison.row
    if not comparison.has_both or comparison.verdict == REFUSED:
        return ""
    before = number_words.window(row["before_from"], row["before_to"])
    if comparison.family == SURVEY:
        before = comparison.text["when"][comparison.measure.kind].format(last=periods.say(row["before_to"]))
    return text["windows"].format(now_span=capital(answer_text.window(comparison)), before_span=before)


def _luck(comparison: Comparison, text: dict) -> str:
    """Both numbers: how many areas changed this way, or show a new signal, and how many luck alone would give."""
    row = comparison.row
    if comparison.whole or comparison.is_stale or not comparison.has_both or comparison.verdict == REFUSED:
        return ""
    return " ".join(filter(None, (_luck_of_changes(row, text), _luck_of_signals(row, text) if comparison.is_news else "")))


def _luck_of_changes(row: dict, text: dict) -> str:
    if number_format.is_missing(row["by_luck"]) or not row["areas_tested"]:
        return ""
    facts = {name: number_words.whole(row[name]) for name in ("areas", "areas_clear", "areas_tested")}
    return text["luck"].format(**facts, luck=number_words.about(row["by_luck"]))


def _luck_of_signals(row: dict, text: dict) -> str:
    if number_format.is_missing(row["signal_by_luck"]):
        return ""
    facts = {name: number_words.whole(row[name]) for name in ("signal_areas", "signal_charted")}
    return text["signal_luck"].format(**facts, luck=number_words.about(row["signal_by_luck"]))


def _control(comparison: Comparison, text: dict) -> str:
    row, verdict = comparison.row, comparison.row["control_verdict"]
    lacking = [name for name in ("control_low", "control_high") if number_format.is_missing(row[name])]
    if not comparison.has_both or not verdict or lacking:
        return ""
    return text["control"][verdict].format(range=change_range.spread(comparison, row["control_low"], row["control_high"]))


def _signal(comparison: Comparison, text: dict) -> str:
    if not comparison.signal or not comparison.row.get("signal_since"):
        return ""
    usual = capital(change_range.signal_words(comparison))
    dated = text["signal"].format(usual=usual, since=periods.say(comparison.row["signal_since"]))
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
    return text["linked"].format(published=number_words.whole(comparison.row["before"]), counted=comparison.before)


def _base(comparison: Comparison, text: dict) -> str:
    base = comparison.row.get("base")
    if comparison.family != SURVEY or number_format.is_missing(base):
        return ""
    return text["base"].format(base=number_words.whole(base))


def _old(comparison: Comparison, text: dict) -> str:
    return text["old"].format(last=periods.say(comparison.row["now_to"])) if comparison.is_stale else ""


def _visitors(comparison: Comparison, text: dict) -> str:
    rated = comparison.visited and comparison.measure.rate == "residents" and comparison.has_now
    return text["visitors"].format(place=comparison.place.name) if rated else ""

"""
How far a change goes, in words: both ends of its range, nearer end first, and never a percentage above 100.

The scorecard says it in three words, the title in a sentence, the finding as what chance allows.
"""

from metrics.narrative import number_format
from metrics.narrative.comparison import COUNT, STOCK, Comparison
from metrics.statistics.verdict import NOT_COMPARED, NOT_ENOUGH

DOUBLED = 100


def direction_word(comparison: Comparison) -> str:
    """Which way a clear change goes: fewer or more for counts, lower or higher for shares; nothing where it is not clear."""
    if not comparison.is_clear:
        return ""
    words = comparison.text["direction"][COUNT if comparison.family in (COUNT, STOCK) else "share"]
    return words["up" if comparison.rises else "down"]


def signal_words(comparison: Comparison) -> str:
    """Which way the newest months stand apart: `below usual` or `above usual`; nothing where they do not."""
    return comparison.text["direction"]["signal"][comparison.signal] if comparison.signal else ""


def range_words(comparison: Comparison) -> str:
    """
    The change for a row of the scorecard: `11 to 39% fewer`, `1 to 17 points up`, `not clear`.

    Where either window holds few events the direction stands alone, without a percentage.
    """
    text = comparison.text["range"]
    if comparison.verdict in (NOT_ENOUGH, NOT_COMPARED):
        return text[comparison.verdict]
    if not comparison.is_clear:
        return text["not_clear"]
    if comparison.family == STOCK:
        return f"{difference(comparison)} {direction_word(comparison)}"
    if comparison.few or not comparison.has_range:
        return direction_word(comparison)
    return size(comparison, text[_unit(comparison)], word=direction_word(comparison), way=way(comparison))


def size(comparison: Comparison, texts: dict[str, str], **facts: str) -> str:
    """
    The range of a clear change, by the shape that its ends have.

    `texts`: a sentence for each shape: `between`, `about`, `up_to`, and for counts `least` and `doubled`.
    """
    unit = _unit(comparison)
    nearer, farther = sorted((abs(comparison.row["low"]), abs(comparison.row["high"])))
    least, most = (_bare(end, unit) for end in (nearer, farther))
    shape = _shape(nearer, farther, least, most, comparison.rises, unit)
    return texts[shape].format(least=least, most=most, number=least.removesuffix("%"), **facts)


def allowed(comparison: Comparison) -> str:
    """What chance allows of a change that is not clear: `anything from 30% fewer to 3% more`."""
    return spread(comparison, comparison.row["low"], comparison.row["high"])


def spread(comparison: Comparison, low: float, high: float) -> str:
    """Both ends of a range in words, the lower first, in the unit of the comparison."""
    texts = comparison.text["allowed"][_unit(comparison)]
    ends = {name: _end(value, texts, _unit(comparison)) for name, value in (("low", low), ("high", high))}
    return comparison.text["allowed"]["both"].format(**ends)


def difference(comparison: Comparison) -> str:
    """How many people in post more or fewer."""
    return number_format.number(abs(comparison.now_value - comparison.before_value), "count")


def way(comparison: Comparison) -> str:
    """`up` or `down`."""
    return "up" if comparison.rises else "down"


def _shape(nearer: float, farther: float, least: str, most: str, rises: bool, unit: str) -> str:
    """Which sentence the two ends take: one above 100% is never printed."""
    if unit == "percent" and rises and farther > DOUBLED:
        return "doubled" if nearer >= DOUBLED else "least" if least != "0%" else "any"
    if least == most:
        return "one_point" if most == "1" and unit == "points" else "about"
    if least in ("0", "0%"):
        return "up_to_one" if most == "1" and unit == "points" else "up_to"
    return "between"


def _end(value: float, texts: dict[str, str], unit: str) -> str:
    """One end of what chance allows."""
    if unit == "percent" and value > DOUBLED:
        return texts["doubled"]
    bare = _bare(abs(value), unit)
    if bare in ("0", "0%"):
        return texts["none"]
    key = "up" if value > 0 else "down"
    return texts[f"{key}_one" if bare == "1" and unit == "points" else key].format(size=bare)


def _bare(value: float, unit: str) -> str:
    return number_format.number(value, "percent" if unit == "percent" else "count", decimals=0)


def _unit(comparison: Comparison) -> str:
    return "percent" if comparison.family == COUNT else "points"

"""A row of the answers table with all its words, so that every face says the same of it."""

from metrics.domain import Definitions
from metrics.narrative import change_range, titles
from metrics.narrative.answer_details import details
from metrics.narrative.answer_text import finding
from metrics.narrative.comparison import Comparison

WORDS = ("title", "finding", "details", "direction_word", "range_words", "signal_words", "shown")


def worded(text: dict, known: Definitions, row: dict) -> dict:
    """
    The row with its words.

    Parameters
    ----------
    text
        The section `answers` of `data/wording.yaml`.
    row
        As the answers table holds it; `change`, `low` and `high` in per cent for counts, in points for shares.

    Returns
    -------
    dict
        The row and `title` (at most 12 words), `finding` (at most 25), `details` (texts by what they are about), `direction_word`
        (`fewer`, `higher` or nothing), `range_words` (`11 to 39% fewer`, `not clear`), `signal_words` (`below usual` or nothing) and
        `shown`, the verdict as it is shown: a new signal without a clear change is a possible change.
    """
    compared = comparison(text, known, row)
    part_of = known.measures.get(row.get("part_of") or "")
    words = (
        titles.title(compared), finding(compared), details(compared, breaks=known.breaks_of(row["measure"]), part_of=part_of),
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

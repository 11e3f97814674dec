"""How many areas changed by more than chance, each way, and how many luck alone would give: both numbers, never one."""

from collections.abc import Iterable

from metrics.narrative import number_format, number_words


def area_luck(text: dict, answers: Iterable[dict]) -> str:
    """
    One measure in all areas, for one question; nothing where no area was tested.

    Parameters
    ----------
    text
        The section `answers` of `data/wording.yaml`.
    answers
        Rows of the answers table, without that of the whole force.
    """
    tested = [row for row in answers if row["areas_tested"] and not number_format.is_missing(row["by_luck"])]
    if not tested:
        return ""
    ways = {"up": [row["areas"] for row in tested if _rose(row)], "down": [row["areas"] for row in tested if not _rose(row)]}
    facts = {name: number_words.few(max(counts, default=0)) for name, counts in ways.items()}
    question = text["questions"][tested[0]["question"]]
    luck = number_words.about(tested[0]["by_luck"])
    return text["area_luck"].format(**facts, question=question, tested=number_words.whole(tested[0]["areas_tested"]), luck=luck)


def _rose(row: dict) -> bool:
    """Which way the counts of a row are of: a row of more than before counts those that rose."""
    return row["linked_now"] > row["linked_before"]

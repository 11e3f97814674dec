"""
A claim check: what someone said, held against the published figures by fixed rules.

Words are read by rules and lists of phrases, never by guessing: where it is not sure what is claimed, the answer is a
question. Every answer carries its months, its as-at date, its source, and the sentence that the figures would stand behind.
"""

from datetime import date

from metrics.claims.answering import answer
from metrics.claims.asking import Known
from metrics.claims.checking import Checked, Grade, check
from metrics.claims.claim import CANNOT, Answer, Choice, Claim, Question
from metrics.claims.claim_words import Vocabulary
from metrics.claims.claim_words import read as read_vocabulary
from metrics.claims.paraphrase import question
from metrics.claims.parsing import LONGEST, MOST, Unsure, parse
from metrics.domain import Definitions
from metrics.domain.periods import say_day
from metrics.narrative import Wording
from metrics.store import Ask

FILE = "claims.yaml"

__all__ = [
    "FILE", "LONGEST", "MOST", "Answer", "Choice", "Claim", "Question", "Vocabulary", "check_text", "lines_of", "read_vocabulary",
]


def check_text(
    text: str, known: Definitions, wording: Wording, ask: Ask, as_at: date | None, heard: Vocabulary
) -> tuple[Answer | Question, ...]:
    """
    Check every claim of a text.

    Parameters
    ----------
    text
        At most 500 characters; everything that comes back of it is plain text, to be escaped by whoever shows it.
    ask
        Answers a question of `metrics/store/sql/`: `Store.ask`.
    as_at
        Only what was published by that day counts; None is now.
    heard
        The words of claims: `read_vocabulary`.

    Returns
    -------
    tuple
        For each claim its answer, or the question that must be answered first; never empty.

    Raises
    ------
    Refused
        More than 500 characters.
    """
    figures = Known(ask, known, wording, as_at)
    said = parse(text, known, heard, figures.as_at or date.max)
    words = wording.text["claims"]
    if not said.found:
        return (Question("nothing", words["questions"]["nothing"]),)
    told: list[Answer | Question] = []
    for one in said.found:
        if isinstance(one, Unsure):
            told.append(question(one, said, known, words))
        else:
            told.append(_answered(one, figures, known, wording, heard))
    # What is left unanswered is said, and not passed over.
    rest = [Question("too_many", words["too_many"].format(many=MOST))] if said.more else []
    return _once([*told, *rest])


def lines_of(told: Answer | Question, wording: Wording) -> list[str]:
    """An answer or a question as lines of text, for a face that has nothing else."""
    words = wording.text["claims"]
    if isinstance(told, Question):
        few = [f"  {choice.text}" for choice in told.choices[:MOST]]
        return [told.text, *few, *(["  ..."] if len(told.choices) > MOST else [])]
    about = words["about" if told.period else "about_no_period"].format(period=told.period, day=say_day(told.as_at) if told.as_at else "")
    lines = [words["outcomes"][told.outcome] + ".", words["read_as"].format(claim=told.read_as), *told.reasons, *told.sentences, about]
    return [line for line in (*lines, told.source) if line]


def _answered(claim: Claim, figures: Known, known: Definitions, wording: Wording, heard: Vocabulary) -> Answer:
    if figures.knows_nothing:
        nothing = Grade(CANNOT, "nothing known", {"day": say_day(figures.as_at) if figures.as_at else ""})
        return answer(claim, Checked(CANNOT, (nothing,)), None, known, wording, figures.as_at)
    held = figures.held(claim.measure, claim.place, heard.mistaken.get(claim.measure, ())) if claim.measure and claim.place else None
    return answer(claim, check(claim, held), held, known, wording, figures.as_at)


def _once(told: list[Answer | Question]) -> tuple[Answer | Question, ...]:
    """One question after the other: where a place is missing everywhere, it is asked once."""
    kept, places = [], 0
    for one in told:
        places += isinstance(one, Question) and one.key == "no place"
        if not (isinstance(one, Question) and one.key == "no place" and places > 1):
            kept.append(one)
    return tuple(kept)

"""
A claim check: what someone said, held against the published figures by fixed rules.

Words are read by rules and lists of phrases: a misspelt name is taken for the one it is near, aloud, and where it is not sure what
is claimed the answer is a question. Every answer says in one sentence what the figures support, with its months, day and source.
"""

from datetime import date

from metrics.claims.answering import answer, question
from metrics.claims.claim import CANNOT, Answer, Choice, Claim, Question
from metrics.claims.figures import Figures, Library
from metrics.claims.judging import UNSETTLED, Judged, cannot, judge
from metrics.claims.reading import LONGEST, MOST, Text, Unsure, read
from metrics.claims.vocabulary import Vocabulary
from metrics.claims.vocabulary import read as read_vocabulary
from metrics.domain import Definitions
from metrics.domain.periods import say_day
from metrics.narrative import Wording
from metrics.store import Ask

FILE = "claims.yaml"

__all__ = [
    "CANNOT", "FILE", "LONGEST", "MOST", "Answer", "Choice", "Claim", "Question", "Vocabulary", "check_text", "lines_of", "read_vocabulary",
]


def check_text(
    text: str, known: Definitions, wording: Wording, ask: Ask, as_at: date | None, vocabulary: Vocabulary
) -> tuple[Answer | Question, ...]:
    """
    Check every claim of a text.

    `text`: at most 500 characters; everything that comes back of it is plain text, to be escaped where it is shown.
    `as_at`: only what was published by that day counts; None is now.
    Returns: for each claim its answer, or the question that must be answered first; never empty.
    Raises Refused: more than 500 characters.
    """
    library = Library(ask, known, as_at)
    text_read = read(text, known, vocabulary, library.as_at or date.max)
    words = wording.text["claims"]
    if not text_read.claims:
        return (Question("nothing", words["questions"]["nothing"]),)
    figures = _figures(text_read.claims, library, vocabulary)
    replies = [_reply(claim, figures.get(claim), text_read, library, wording) for claim in text_read.claims]
    # What is left unanswered is said, and not passed over.
    rest = [Question("too_many", words["too_many"].format(many=MOST))] if text_read.more else []
    return _once([*replies, *rest])


def lines_of(reply: Answer | Question, wording: Wording) -> list[str]:
    """An answer or a question as lines of text, for a face that has nothing else."""
    words = wording.text["claims"]
    if isinstance(reply, Question):
        few = [f"  {choice.text}" for choice in reply.choices[:MOST]]
        return [reply.text, *few, *(["  ..."] if len(reply.choices) > MOST else [])]
    day = say_day(reply.as_at) if reply.as_at else ""
    about = words["about" if reply.period else "about_no_period"].format(period=reply.period, day=day)
    lines = [words["outcomes"][reply.outcome] + ".", words["read_as"].format(claim=reply.read_as), *reply.assumed]
    return [line for line in (*lines, reply.summary, *reply.reasons, *reply.details, about, reply.source) if line]


def _reply(claim: Claim | Unsure, figures: Figures | None, text_read: Text, library: Library, wording: Wording) -> Answer | Question:
    if isinstance(claim, Unsure):
        return question(claim, text_read, library.known, wording)
    judged = _judged(claim, figures, library)
    if any(grade.reason == UNSETTLED for grade in judged.grades):
        start = max(text_read.text.find(claim.text), 0)
        return question(Unsure("negation", claim, (start, start + len(claim.text))), text_read, library.known, wording)
    return answer(claim, judged, figures, library.known, wording, library.as_at)


def _figures(claims: tuple[Claim | Unsure, ...], library: Library, vocabulary: Vocabulary) -> dict[Claim, Figures]:
    """What is held of each claim's measure in its places, asked for once; nothing of those where it is not known which that is."""
    areas = tuple(place.id for place in library.known.areas)
    asked = [claim for claim in claims if isinstance(claim, Claim) and claim.measure and claim.place]
    if library.knows_nothing or not asked:
        return {}
    wanted = [(claim.measure, (claim.place, *filter(None, (claim.other,)), *(areas if claim.areas else ()))) for claim in asked]
    return dict(zip(asked, library.figures(wanted, vocabulary.mistaken), strict=True))


def _judged(claim: Claim, figures: Figures | None, library: Library) -> Judged:
    if claim.beyond is not None:
        return cannot(claim.beyond[0], words=claim.beyond[1])
    if figures is None:
        return cannot("nothing known", day=say_day(library.as_at) if library.as_at else "")
    return judge(claim, figures)


def _once(replies: list[Answer | Question]) -> tuple[Answer | Question, ...]:
    """One question after the other: where a place is missing everywhere, it is asked once."""
    kept, places = [], 0
    for reply in replies:
        places += isinstance(reply, Question) and reply.key == "no place"
        if not (isinstance(reply, Question) and reply.key == "no place" and places > 1):
            kept.append(reply)
    return tuple(kept)

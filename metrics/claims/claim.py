"""What is claimed, what is asked back, and what is answered: the nouns of a claim check."""

from dataclasses import dataclass
from datetime import date

SUPPORTED, PARTLY, NOT_SUPPORTED, CANNOT = "supported", "partly supported", "not supported", "cannot be checked"
OUTCOMES = (SUPPORTED, PARTLY, NOT_SUPPORTED, CANNOT)
WAYS = ("up", "down", "none", "better", "worse")


@dataclass(frozen=True)
class Amount:
    """
    A number as it was claimed.

    `unit` is `number`, `percent`, `points` or `per_1000`; `near` is how far a figure may lie from it and still round to it;
    `bound` is `exact`, `about`, `at least` or `at most`; `said` are the claim's own words.
    """

    number: float
    unit: str
    near: float
    bound: str = "exact"
    said: str = ""
    way: str = ""

    def holds(self, figure: float) -> bool:
        """
        Whether a figure is what was claimed, to the digits given.

        Examples
        --------
        >>> Amount(6, "percent", 0.5).holds(5.6), Amount(6, "percent", 0.5).holds(4.9), Amount(5, "percent", 0.5, "at least").holds(9)
        (True, False, True)
        """
        low = self.number - self.near <= figure
        # A half is rounded up, so the upper end belongs to the next number.
        high = figure < self.number + self.near or figure == self.number
        return {"at least": low, "at most": high or figure <= self.number}.get(self.bound, low and high)


@dataclass(frozen=True)
class Period:
    """
    The time that a claim is about.

    `kind` is `unsaid`, `year ago`, `newest year`, `newest quarter`, `since`, `back`, `plan`, `meeting`, `within` or `between`. `first`
    to `last` are the months of `since` (the time compared with) and of `within` and `between` (the time itself);
    `then_first` to `then_last` the earlier time of `between`; `months` how far `back` goes.
    """

    kind: str = "unsaid"
    first: str = ""
    last: str = ""
    then_first: str = ""
    then_last: str = ""
    months: int = 0


@dataclass(frozen=True)
class Claim:
    """
    One thing claimed.

    `size` is how much it changed, `start` and `level` where it stood before and stands; `cause` are the words that give a reason;
    `beyond` names a rule of what is not checked here, and the words that it was seen by.
    """

    text: str
    measure: str = ""
    place: str = ""
    way: str = ""
    size: Amount | None = None
    start: Amount | None = None
    level: Amount | None = None
    period: Period = Period()
    clearly: bool = False
    cause: str = ""
    beyond: tuple[str, str] | None = None


@dataclass(frozen=True)
class Choice:
    """An answer to a question: its label, and the whole text with that said."""

    label: str
    text: str


@dataclass(frozen=True)
class Question:
    """What must be known before a claim can be checked; `key` names the rule that asks."""

    key: str
    text: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Answer:
    """
    What the figures say of a claim.

    `sentences` are those that the figures would stand behind, `reasons` why this outcome, `facts` the names and numbers that
    it rests on. `read_as` is the claim as it was understood.
    """

    claim: Claim
    outcome: str
    read_as: str
    reasons: tuple[str, ...]
    sentences: tuple[str, ...]
    period: str
    as_at: date
    source: str
    facts: tuple[tuple[str, object], ...] = ()

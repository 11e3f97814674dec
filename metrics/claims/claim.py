"""What is claimed, what is asked back, and what is answered: the nouns of a claim check."""

from dataclasses import dataclass
from datetime import date

SUPPORTED, PARTLY, NOT_SUPPORTED, CANNOT = "supported", "partly supported", "not supported", "cannot be checked"
OTHER = {"up": "down", "down": "up"}


@dataclass(frozen=True)
class Amount:
    """
    A number as it was claimed.

    `unit` is `number`, `percent`, `points` or `per_1000`; `near` is how far below it a figure may lie and still be called that, `above`
    how far above where that is another width; `bound` is `exact`, `about`, `at least` or `at most`; `text` are the claim's own words;
    `way` is the direction that the number has in itself, as in `doubled` or `-6%`.
    """

    number: float
    unit: str
    near: float
    bound: str = "exact"
    text: str = ""
    way: str = ""
    above: float | None = None

    @property
    def worded(self) -> bool:
        """Whether it is said in words, such as `doubled` or `a third`, which are as wide as they are meant."""
        return self.unit == "percent" and not any(map(str.isdecimal, self.text))

    def holds(self, figure: float) -> bool:
        """
        Whether a figure is what was claimed, to the digits given.

        >>> Amount(6, "percent", 0.5).holds(5.6), Amount(6, "percent", 0.5).holds(4.9), Amount(5, "percent", 0.5, "at least").holds(9)
        (True, False, True)
        >>> Amount(100, "percent", 10, above=70).holds(129), Amount(25, "percent", 2.5, "at least").holds(23)
        (True, False)
        """
        if self.bound == "at least":
            return figure >= self.number
        if self.bound == "at most":
            return figure <= self.number
        # A half is rounded up, so the upper end belongs to the next number.
        above = self.near if self.above is None else self.above
        return self.number - self.near <= figure < self.number + above or figure == self.number


@dataclass(frozen=True)
class Period:
    """
    The time that a claim is about.

    `kind` is `unsaid`, `year ago`, `newest year`, `newest quarter`, `newest months`, `since`, `back`, `plan`, `meeting`, `within` or
    `between`. `first` to `last` are the months of `since` (the time compared with) and of `within` and `between` (the time itself);
    `then_first` to `then_last` the earlier time of `between`; `months` how far `back` goes and how many months are the newest.
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
    What is claimed of one measure.

    `size` is how much it changed, `start` and `level` where it stood before and stands; `other` the place it is compared with, `each`
    whether that is for each resident; `areas` of how many areas it is claimed; `record` that it is the highest or the lowest, `up` or
    `down`; `denied` that the change is denied; `cause` the words that give a reason; `beyond` the rule of what is not checked here,
    and the words that show it; `assumed` what was taken for granted, each a key of a sentence with its words.
    """

    text: str
    measure: str = ""
    place: str = ""
    way: str = ""
    size: Amount | None = None
    start: Amount | None = None
    level: Amount | None = None
    period: Period = Period()
    other: str = ""
    each: bool = False
    areas: Amount | None = None
    record: str = ""
    clearly: bool = False
    denied: bool = False
    cause: str = ""
    beyond: tuple[str, str] | None = None
    assumed: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Choice:
    """An answer to a question: its label, and the whole text with that put in."""

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

    `summary` says in at most 25 words what the figures support; `assumed` what was taken for granted in reading the claim, `read_as`
    the claim as it was understood, `reasons` why this outcome, `details` the other comparisons with their ranges, `facts` the names and
    numbers that the outcome rests on. `question` is that of the answer whose two times it compares; empty where it compares others.
    """

    claim: Claim
    outcome: str
    read_as: str
    summary: str
    assumed: tuple[str, ...]
    reasons: tuple[str, ...]
    details: tuple[str, ...]
    period: str
    as_at: date
    source: str
    facts: tuple[tuple[str, object], ...] = ()
    question: str = ""

"""What a meeting's record would say that it does not say now, and the other way about: to be read before it is changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from metrics.domain import Commitment, Concern, Meeting, periods


@dataclass(frozen=True)
class Change:
    """One entry that is new, changed or taken off; its text, what else is worth a look, and what a changed one says now."""

    kind: str
    text: str
    details: str = ""
    before: str = ""

    @property
    def whole(self) -> str:
        """
        The entry in a line.

        >>> Change("Changed promise", "Walk the park.", "ward sergeant", "Walk.").whole
        'Walk the park. (ward sergeant) Before: Walk.'
        """
        return in_a_line(self.text, self.details) + (f" Before: {self.before}" if self.before else "")


def in_a_line(text: str, details: str) -> str:
    """A text, and in brackets what else is worth a look."""
    return f"{text} ({details})" if details else text


def changes(before: Meeting | None, after: Meeting, names: Mapping[str, str]) -> tuple[Change, ...]:
    """
    What differs between two states of a meeting's record: concerns, then promises, then the next meeting and the source.

    `names`: what the measures and the concerns are called that entries name by their ids.

    >>> from datetime import date
    >>> lights = Concern("lights", "Lights in the park.", "Parks", "Minutes", measures=("good-job",))
    >>> meeting = Meeting("brent", date(2027, 1, 18), "held", "Minutes", concerns=(lights,))
    >>> changes(None, meeting, {"good-job": "Police do a good job"})[0].whole
    'Lights in the park. (Parks; Police do a good job)'
    >>> changes(meeting, meeting, {})
    ()
    """
    return tuple(_all(before, after, names))


def _all(before: Meeting | None, after: Meeting, names: Mapping[str, str]) -> Iterator[Change]:
    yield from _of("concern", before.concerns if before else (), after.concerns, names)
    yield from _of("promise", before.commitments if before else (), after.commitments, names)
    if after.next and after.next != (before.next if before else None):
        yield Change("The next meeting", f"By the end of {periods.say(after.next.by)}.")
    if before and before.next and not after.next:
        yield Change("The next meeting", "Taken off.")
    if not before or before.status != after.status or before.source != after.source:
        yield Change("Where this can be read", after.source)


def _of(noun: str, before: tuple, after: tuple, names: Mapping[str, str]) -> Iterator[Change]:
    was = {entry.id: entry for entry in before}
    for entry in after:
        kept = was.get(entry.id)
        if kept is None:
            yield Change(f"New {noun}", entry.text, _details(entry, names))
        elif entry != kept:
            yield Change(f"Changed {noun}", entry.text, _details(entry, names), in_a_line(kept.text, _details(kept, names)))
    for entry in before:
        if entry.id not in {kept.id for kept in after}:
            yield Change(f"Taken off: {noun}", entry.text)


def _details(entry: Concern | Commitment, names: Mapping[str, str]) -> str:
    if isinstance(entry, Concern):
        measures = ", ".join(names.get(measure, measure) for measure in entry.measures)
        return "; ".join(filter(None, [entry.theme, entry.ward, measures, entry.gap]))
    due = f"due by {periods.say(entry.due)}" if entry.due else ""
    answers = f"answers: {names.get(entry.concern, entry.concern)}" if entry.concern else ""
    return "; ".join(filter(None, [entry.owner, due, answers, entry.history[-1].status if entry.history else ""]))

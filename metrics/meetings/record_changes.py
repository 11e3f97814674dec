"""What a meeting's record would say that it does not say now, and the other way about: for whoever is about to change it."""

from collections.abc import Iterator
from dataclasses import dataclass

from metrics.domain import Commitment, Concern, Meeting, periods


@dataclass(frozen=True)
class Change:
    """One entry that is new, changed or taken off; its text, and what else is worth a look."""

    kind: str
    text: str
    details: str = ""


def changes(before: Meeting | None, after: Meeting) -> tuple[Change, ...]:
    """
    What differs between two states of a meeting's record: concerns, then promises, then the next meeting and the source.

    Examples
    --------
    >>> from datetime import date
    >>> lights = Concern("lights", "Lights in the park.", "Parks", "Minutes", measures=("good-job",))
    >>> meeting = Meeting("brent", date(2027, 1, 18), "held", "Minutes", concerns=(lights,))
    >>> changes(None, meeting)[0]
    Change(kind='New concern', text='Lights in the park.', details='Parks; good-job')
    >>> changes(meeting, meeting)
    ()
    """
    return tuple(_all(before, after))


def _all(before: Meeting | None, after: Meeting) -> Iterator[Change]:
    yield from _of("concern", before.concerns if before else (), after.concerns)
    yield from _of("promise", before.commitments if before else (), after.commitments)
    if after.next and after.next != (before.next if before else None):
        yield Change("The next meeting", f"By the end of {periods.say(after.next.by)}.")
    if before and before.next and not after.next:
        yield Change("The next meeting", "Taken off.")
    if not before or before.status != after.status or before.source != after.source:
        yield Change("Where this can be read", after.source)


def _of(noun: str, before: tuple, after: tuple) -> Iterator[Change]:
    was = {entry.id: entry for entry in before}
    for entry in after:
        if entry != was.get(entry.id):
            yield Change(f"Changed {noun}" if entry.id in was else f"New {noun}", entry.text, _details(entry))
    for entry in before:
        if entry.id not in {kept.id for kept in after}:
            yield Change(f"Taken off: {noun}", entry.text)


def _details(entry: Concern | Commitment) -> str:
    if isinstance(entry, Concern):
        return "; ".join(filter(None, [entry.theme, entry.ward, ", ".join(entry.measures), entry.gap]))
    due = f"due by {periods.say(entry.due)}" if entry.due else ""
    return "; ".join(filter(None, [entry.owner, due, entry.history[-1].status if entry.history else ""]))

"""
Reading `data/meetings`: one file for each meeting, `<area>/<date>.yaml`, checked by itself and beside the area's others.

Held, promised and due are three things. A file says held or promised; whether a promised meeting is due is worked out. A
meeting that has not been held has no concerns and makes no promises: it only carries over those of the area's earlier
meetings. A commitment that is carried over keeps its words, its due date and its whole history.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from metrics.definitions import public_text, yaml_file
from metrics.definitions.references import LAST, check_commitment, check_since, must_be_known, unique_ids
from metrics.definitions.schema import Spot, noun
from metrics.definitions.yaml_file import Fields
from metrics.domain import Commitment, Measure, Meeting, Place, Plan, Refused
from metrics.domain.names import hint

KEPT = ("text", "source", "due")
FIRST_VERSION = {"borough": "area"}
"""Fields that the first version named otherwise: its folders of data still open."""


@dataclass(frozen=True)
class Around:
    """What a meeting's file may name."""

    places: dict[str, Place]
    measures: dict[str, Measure]
    plans: dict[str, Plan]

    @cached_property
    def planned(self) -> set[str]:
        """The commitments of every plan."""
        return {commitment.id for plan in self.plans.values() for commitment in plan.commitments}


@dataclass(frozen=True)
class Earlier:
    """What an area's meetings have said so far."""

    speakers: set[str] = field(default_factory=set)
    concerns: set[str] = field(default_factory=set)
    made: dict[str, date] = field(default_factory=dict)
    newest: dict[str, Commitment] = field(default_factory=dict)


def read(
    folder: Path, places: dict[str, Place], measures: dict[str, Measure], plans: dict[str, Plan], *, draft: Path | None = None
) -> tuple[Meeting, ...]:
    """
    Every meeting on record, oldest first; none where there is no folder.

    `draft`: a file `<area>/<date>.yaml` elsewhere, read as if it stood in the folder already, instead of any of that name there.
    Raises Refused: a file, folder, word, reference, date or text that cannot be taken, with its file and line.
    """
    paths = {(path.parent.name, path.name): path for path in _files(folder)}
    if draft:
        paths[draft.parent.name, draft.name] = draft
    around = Around(places, measures, plans)
    meetings = [_read_one(path, around) for path in paths.values()]
    meetings.sort(key=lambda pair: (pair[0].date, pair[0].area))
    _check_together(meetings, around)
    return tuple(meeting for meeting, _ in meetings)


def _files(folder: Path) -> Iterator[Path]:
    """The files of meetings; hidden ones are not ours."""
    if not folder.exists():
        return
    for inner in _shown(folder):
        if not inner.is_dir():
            raise Refused("stands beside the areas: a meeting stands in its area's folder", file=inner)
        for path in _shown(inner):
            if path.suffix != ".yaml" or not path.is_file():
                raise Refused(f"a file of meetings/{inner.name} must end in .yaml", file=path)
            yield path


def _shown(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.iterdir()) if not path.name.startswith(".")]


def _read_one(path: Path, around: Around) -> tuple[Meeting, Spot]:
    whole = yaml_file.load(path)
    _rename(whole)
    spot = Spot(whole, path, whole.line)
    public_text.check_size(spot)
    meeting = noun(Meeting, spot)
    _check_place_and_date(meeting, spot, around)
    _check_concerns(meeting, spot, around.measures)
    for measure in meeting.shown.keys() - around.measures.keys():
        spot.at("shown").at(measure).refuse(f"no measure called {measure!r}{hint(measure, around.measures)}")
    if meeting.next and meeting.next.by < meeting.date.isoformat()[:7]:
        spot.at("next").at("by").refuse(f"{meeting.next.by} is before the meeting that promised it, {meeting.date}")
    return meeting, spot


def _rename(whole: object) -> None:
    """Give fields that earlier versions named otherwise the name they have now."""
    for old, new in FIRST_VERSION.items():
        if isinstance(whole, Fields) and old in whole and new not in whole:
            whole[new], whole.lines[new] = whole.pop(old), whole.lines.pop(old)


def _check_place_and_date(meeting: Meeting, spot: Spot, around: Around) -> None:
    must_be_known(spot.at("area"), "area", [place.id for place in around.places.values() if place.level == "area"])
    if (meeting.area, meeting.date.isoformat()) != (spot.file.parent.name, spot.file.stem):
        stands = f"{spot.file.parent.name}/{spot.file.stem}"
        spot.at("date").refuse(f"{meeting.area} {meeting.date} is not where the file stands, {stands}")
    first = min(plan.launched for plan in around.plans.values())
    if not first <= meeting.date <= date(LAST, 12, 31):
        spot.at("date").refuse(f"{meeting.date} is not between the launch of the plan, {first}, and {LAST}")


def _check_concerns(meeting: Meeting, spot: Spot, measures: dict[str, Measure]) -> None:
    if meeting.concerns and meeting.status != "held":
        spot.at("concerns").refuse("a meeting that has not been held has no concerns yet: set `status: held` once it has been")
    for index, concern in enumerate(meeting.concerns):
        here = spot.at("concerns").at(index)
        for position in range(len(concern.measures)):
            must_be_known(here.at("measures").at(position), "measure", measures)
        if not concern.measures and not concern.gap:
            here.refuse(f"{concern.id}: neither measures nor `gap`: say what no measure answers")
    for name in ("concerns", "commitments"):
        if name in spot.value:
            unique_ids(spot.at(name))


def _check_together(meetings: list[tuple[Meeting, Spot]], around: Around) -> None:
    """Check names and commitments beside what the area's earlier meetings said; meetings come oldest first."""
    ordinary = public_text.place_words(around.places.values())
    earlier: dict[str, Earlier] = {}
    for meeting, spot in meetings:
        before = earlier.setdefault(meeting.area, Earlier())
        before.speakers.update(speaker.name for speaker in meeting.speakers)
        before.concerns.update(concern.id for concern in meeting.concerns)
        public_text.check_names(spot, before.speakers, ordinary)
        for index, commitment in enumerate(meeting.commitments):
            here = spot.at("commitments").at(index)
            check_commitment(commitment, here, plans=around.plans.values(), measures=around.measures, concerns=sorted(before.concerns))
            _check_made(commitment, here, meeting, before, around.planned)


def _check_made(commitment: Commitment, spot: Spot, meeting: Meeting, before: Earlier, planned: set[str]) -> None:
    """Refuse a commitment that nobody made yet, that the plan has, or that is not carried over as it was made."""
    if commitment.id in planned:
        spot.at("id").refuse(f"{commitment.id!r} is already the id of a commitment of the plan")
    if commitment.id in before.newest:
        _check_kept(commitment, spot, before.newest[commitment.id], before.made[commitment.id])
    elif meeting.status != "held":
        spot.at("id").refuse(f"{commitment.id!r} was promised at no meeting held before: set `status: held` once this one has been")
    before.newest[commitment.id] = commitment
    check_since(commitment, spot, before.made.setdefault(commitment.id, meeting.date))


def _check_kept(now: Commitment, spot: Spot, before: Commitment, made: date) -> None:
    """Refuse a commitment carried over with other words, another due date or a part of its history left out."""
    for name in KEPT:
        was = getattr(before, name)
        if getattr(now, name) != was:
            words = f"{was!r}" if was else "nothing"
            spot.refuse(f"{now.id}: {name} was {words} when it was promised, {made}, and stays so: a change is a step of the history")
    if now.history[: len(before.history)] != before.history:
        spot.refuse(f"{now.id}: the history leaves out or changes a step that an earlier meeting's file holds: only add to it")

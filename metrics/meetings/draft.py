"""
The next meeting's file, begun: every field explained, and what the meetings before it leave open carried over.

Open commitments are carried over as they stand, with their history so far. Concerns are carried over as a list to report back
on, in comments: whether one is raised again is for the meeting to say.
"""

from datetime import date
from pathlib import Path

from metrics import definitions
from metrics.definitions import yaml_file
from metrics.domain import Definitions, Place, Refused, periods
from metrics.meetings import calendar, save

DRAFT = """\
# {place}: public meeting of {day}. Lines that begin with # explain; they may stay or go.
# Afterwards run `python -m metrics check`: it says in one line what cannot be taken, and where.
area: {area}
date: {date}

# `promised` until the meeting has taken place, then `held`. Whether it is due is worked out from the date.
status: promised

# Where this can be read: the announcement, and once it has been held the minutes.
source: A draft; no announcement is recorded here yet

# The hall and the hour, and what is worth knowing besides, without names.
# where: "Guildhall, 6pm"
# note: About 200 residents; talks, breakout groups, questions and answers.

# Office-holders who spoke in public. Nobody else is named anywhere in this file.
# speakers:
#   - name: Given name and surname
#     role: Superintendent for {place}

# What residents raised, once the meeting has been held: in a sentence, without names. `measures` are the ids that
# `python -m metrics list measures` gives; `gap` says what no measure answers, and must be there where there are none.
# concerns:
#   - id: street-lighting
#     text: Better lighting on the way from the station.
#     theme: Streets
#     ward: The ward, where it is about one
#     gap: No measure here answers this.
#     source: Minutes of the meeting
{concerns}
# What was promised: by which role, due by the end of which month, and for which concern of this or an earlier meeting.
# Each change of status is one more step of the history, oldest first: done or under way with its source, not done or dropped
# with the reason in `said`. Without a step the status is `no evidence recorded`.
#   - id: walk-with-residents
#     text: A walk with residents along the route.
#     owner: Ward sergeant
#     due: "{later}"
#     concern: street-lighting
#     source: Minutes of the meeting
#     history:
#       - date: {date}
#         status: under way
#         said: What was reported.
#         source: Where that can be read
{commitments}
# The next meeting as it was promised: by the end of which month, and in whose words.
# next:
#   by: "{later}"
#   text: Another meeting in three months.
#   source: Minutes of the meeting
"""


def begin(data: Path, known: Definitions, area: Place, day: date) -> Path:
    """
    Write the draft of an area's meeting on a day, as promised.

    Returns: the file, `meetings/<area>/<date>.yaml` under `data`.
    Raises Refused: not an area, a day before the plan, or there is a file for that day; nothing was changed.
    """
    if area.level != "area":
        raise Refused(f"{area.name} is not a {known.force.area_singular}: meetings are held in {known.force.area_plural}")
    path = save.path_of(data, area.id, day)
    with save.alone(data):
        if path.exists():
            raise Refused("there is a file for that meeting already: edit it", file=path)
        save.keep(data, known, area.id, day, draft(definitions.with_meetings(data, known), area, day))
    return path


def draft(known: Definitions, area: Place, day: date) -> str:
    """The text of a new meeting's file, with what is open on that day carried over."""
    promised = [promise for promise in calendar.promises(known, area.id, day) if promise.meeting and promise.open_on(day)]
    return DRAFT.format(
        place=area.name,
        area=area.id,
        date=day.isoformat(),
        day=periods.say_day(day),
        later=periods.shift(day.isoformat()[:7], 3),
        concerns=_to_report_on(calendar.carried(known, area.id, day)),
        commitments=_carried_over([promise.commitment for promise in promised]),
    )


def _to_report_on(raised: tuple[calendar.Raised, ...]) -> str:
    if not raised:
        return ""
    head = "#\n# To report back on. Move one up under `concerns` only if it was raised again, with its id as it is:\n"
    entries = yaml_file.text([save.as_written(item.concern) for item in raised])
    return head + "".join(f"#   {line}\n" for line in entries.splitlines())


def _carried_over(commitments: list) -> str:
    if not commitments:
        return "# commitments:\n"
    return "commitments:\n" + yaml_file.text([save.as_written(commitment) for commitment in commitments])

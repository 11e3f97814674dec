"""A meeting's file begun and its minutes put on record; and its pack."""

from argparse import Namespace
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from tqdm import tqdm

from metrics.build import definition_files
from metrics.cli.arguments import Parser, add_area, command, day, load
from metrics.definitions import configuration
from metrics.domain import Refused
from metrics.domain.names import place_named
from metrics.meetings import meeting_file, minutes
from metrics.meetings.agenda import balance
from metrics.meetings.brief import brief
from metrics.report.snapshot import Snapshot
from metrics.store import Store


def add_to(sub) -> None:
    """Add the commands of a meeting."""
    _add_meeting(sub)
    parser = command(
        sub, "pack", run_pack, "write the files of a meeting: slides, handout, one sheet",
        "Write what a public meeting needs, for a laptop without a network: one HTML file with slides, handout and figures, "
        "the slides as PowerPoint, and one page to hand out.",
    )
    add_area(parser)
    parser.add_argument("--meeting", metavar="DATE", type=day, required=True, help="the day of the meeting it is for, such as 2027-01-18")
    parser.add_argument("--since", metavar="DATE", type=day, default=None, help="the day to look back on (the area's last meeting)")
    parser.add_argument("--out", metavar="DIR", type=Path, default=Path("build/packs"), help="the folder to write to (build/packs)")


def _add_meeting(sub) -> None:
    parser = command(
        sub, "meeting", run_meeting, "begin the file of a public meeting, or put its minutes on record",
        "Begin the file of an area's next meeting with what is open carried over, or put minutes on record.",
    )
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION", parser_class=Parser)
    new = actions.add_parser(
        "new", help="begin the file of a meeting, every field explained",
        description="Begin data/meetings/AREA/DATE.yaml, every field explained, with open commitments and concerns carried over.",
    )
    record = actions.add_parser(
        "record", help="put minutes on record",
        description="Put the minutes of a meeting that was held on record, from a CSV file with the columns kind, text, theme, ward, "
        "measure, owner, due; kind is concern, commitment, speaker (the name under text, the role under owner) or next (the month "
        "under due). Name no resident.",
    )
    for action in (new, record):
        add_area(action)
        action.add_argument("date", metavar="DATE", type=day, help="the day of the meeting, such as 2027-01-18")
    record.add_argument("file", metavar="FILE", type=Path, help="the minutes, a CSV file")
    record.add_argument("--source", default="", help="where the minutes can be read; needed the first time")


def run_meeting(given: Namespace) -> None:
    """Begin the file of a meeting, or put its minutes on record, and say what to do next."""
    config, known = load(given)
    configuration.only_in_full(config)
    area = place_named(known.places, given.area)
    if given.action == "new":
        print(f"began {meeting_file.begin(config.data, known, area, given.date)}")
        print("now fill it in, and run `python -m metrics check`; set `status: held` once it has been held")
        return
    contents = minutes.read(given.file, known, area.id, given.date)
    kept = minutes.record(config.data, known, area.id, given.date, source=given.source, today=date.today(), **contents)
    print(f"on record: {kept.id}; concerns: {len(kept.concerns)}, commitments: {len(kept.commitments)}")
    print("now run `python -m metrics build` to show it")


def run_pack(given: Namespace) -> None:
    """Write the pack of a meeting, and say what was written."""
    # What draws slides takes a tenth of a second and 20 MB, which no other command needs.
    from metrics.outputs import pack

    config, known = load(given)
    place = place_named(known.places, given.area)
    if place.level != "area":
        raise Refused(f"a pack is for one of the {known.force.area_plural}, and {place.name} is none")
    now = Snapshot(Store(config.database), known, definition_files.wording(config.data), given.meeting)
    meeting_brief = brief(now, place, day=given.meeting, since=given.since)
    warning = balance(meeting_brief, pack.chosen(meeting_brief))
    printed = configuration.filled(config)
    for path in pack.write(meeting_brief, given.out, **printed, watch=_written):
        print(f"{path}  {path.stat().st_size / 1000:,.0f} kB")
    for remark in filter(None, (_left_out(printed, given), warning)):
        print(remark)


def _left_out(printed: dict[str, str], given: Namespace) -> str:
    """What the pack does not name because the configuration does not; empty where it names all."""
    names = " and ".join(name for name, value in printed.items() if not value)
    file = configuration.local_path(configuration.path_of(given.config)).name
    return f"printed without {names}, as nobody has filled that in: write it into {file}" if names else ""


def _written(names: Iterable[str]) -> Iterable[str]:
    """The names of files, with a bar while they are made where someone is watching."""
    return tqdm(names, desc="writing", unit="file", disable=None, leave=False)

"""A meeting's file begun and its minutes put on record; and its pack."""

from argparse import Namespace
from collections.abc import Iterable
from datetime import date

from tqdm import tqdm

from metrics.build import database
from metrics.cli.loading import load
from metrics.domain import Refused, editions
from metrics.domain.place_names import place_named
from metrics.meetings import draft, minutes, minutes_file
from metrics.meetings.briefing import balance, brief
from metrics.narrative import Wording
from metrics.outputs import pack_files
from metrics.store import Store


def run_meeting(given: Namespace) -> None:
    """Begin the file of a meeting, or put its minutes on record, and say what to do next."""
    config, known = load(given)
    editions.only_in_full(config)
    borough = place_named(known.places, given.borough)
    if given.action == "new":
        print(f"began {draft.begin(config.data, known, borough, given.date)}")
        print("now fill it in, and run `python -m metrics check`; set `status: held` once it has been held")
        return
    said = minutes_file.read(given.file, known, borough.id, given.date)
    kept = minutes.record(config.data, known, borough.id, given.date, source=given.source, today=date.today(), **said)
    print(f"on record: {kept.id}; concerns: {len(kept.concerns)}, commitments: {len(kept.commitments)}")
    print("now run `python -m metrics build` to show it")


def run_pack(given: Namespace) -> None:
    """Write the pack of a meeting, and say what was written."""
    config, known = load(given)
    place = place_named(known.places, given.borough)
    if place.level != "area":
        raise Refused(f"a pack is for a borough, and {place.name} is none")
    wording = Wording(config.data / database.WORDING)
    told = brief(Store(config.database), known, wording, place, day=given.meeting, since=given.since)
    warning = balance(told, pack_files.chosen(told))
    for path in pack_files.pack(told, given.out, address=config.address or "", contact=config.contact, watch=_written):
        print(f"{path}  {path.stat().st_size / 1000:,.0f} kB")
    if warning:
        print(warning)


def _written(names: Iterable[str]) -> Iterable[str]:
    """The names of files, with a bar while they are made where someone is watching."""
    return tqdm(names, desc="writing", unit="file", disable=None, leave=False)

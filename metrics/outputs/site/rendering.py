"""The files of the edition, made in as little time as can be: by several processes at once."""

import os
from collections.abc import Iterator
from pathlib import Path

from metrics.domain.boundaries import Boundaries
from metrics.outputs.site.page_frame import site_of
from metrics.outputs.site.processes import Made, begun
from metrics.outputs.site.site_files import assembled
from metrics.report.snapshot import Snapshot


def files(
    reading: Snapshot, database: Path, *, address: str, contact: str, outlines: Boundaries | None = None, processes: int | None = None
) -> Iterator[tuple[str, bytes]]:
    """
    Every file of the public edition of a snapshot: those of `metrics.outputs.site.site`.

    Parameters
    ----------
    database
        The folder of builds that the snapshot is of.
    processes
        How many make the pages of measures at once, as many as the machine has processors unless given.

    Raises
    ------
    Refused
        As `site` does; and where another build has come into use, or a process was ended, before the last one was made.
    """
    of = Made(database, reading.store.build, reading.known, reading.wording, reading.as_at, address, contact, outlines)
    with begun(of, list(reading.known.measures), processes or len(os.sched_getaffinity(0))) as subjects:
        yield from assembled(site_of(reading, address, contact, outlines), subjects)

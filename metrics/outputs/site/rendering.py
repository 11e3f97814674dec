"""The files of the edition, made in as little time as can be: by several processes, and only those that would be others than before."""

import os
from collections.abc import Iterator
from pathlib import Path

from metrics.outputs.site.input_digest import digests
from metrics.outputs.site.measure_files import Subject, subject
from metrics.outputs.site.page_cache import Memory
from metrics.outputs.site.page_frame import Site, site_of
from metrics.outputs.site.processes import Made, begun
from metrics.outputs.site.site_files import assembled
from metrics.report.snapshot import Reading


def files(
    reading: Reading, database: Path, memory: Memory, *, address: str, contact: str, processes: int | None = None
) -> Iterator[tuple[str, bytes]]:
    """
    Every file of the public edition of a reading: those of `metrics.outputs.site.site`, what is remembered first.

    Parameters
    ----------
    database
        The folder of builds that the reading is of.
    memory
        Of subjects made before; those that would be the same are not made again, and the new ones are kept.
    processes
        How many make subjects at once, as many as the machine has processors unless said.

    Raises
    ------
    Refused
        As `site` does; and where another build has come into use, or a process was ended, before the last one was made.
    """
    site = site_of(reading, address, contact)
    of = Made(database, reading.store.build, reading.known, reading.wording, reading.as_at, address, contact)
    return assembled(site, _subjects(site, of, memory, processes or len(os.sched_getaffinity(0))))


def _subjects(site: Site, of: Made, memory: Memory, processes: int) -> Iterator[Subject]:
    """Every subject: from memory, while those that are not there are being made. One that is damaged there is made here."""
    wanted = digests(site)
    missing = [name for name, digest in wanted.items() if not memory.has(digest)]

    def kept(one: Subject) -> Subject:
        memory.keep(wanted[one.measure], one)
        return one

    with begun(of, missing, processes) as others:
        yield from (memory.recall(digest) or kept(subject(site, name)) for name, digest in wanted.items() if name not in missing)
        yield from map(kept, others)
    memory.keep_only(wanted.values())

"""Publishing the public edition of the build in use: made page by page, and put in its place as a whole."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from metrics import definitions
from metrics.editions.public.edition import site
from metrics.model import Config
from metrics.publishing import Published, publish
from metrics.reading import Reading
from metrics.store import Store
from metrics.words import Wording

SOURCE = Path(__file__).parents[2]
WRITTEN = {".py", ".sql", ".html", ".css", ".svg", ".xml", ".atom"}


def publish_site(config: Config, folder: Path, watch: Callable[[], object] = lambda: None) -> Published:
    """
    Publish every public page of the build in use.

    Parameters
    ----------
    folder
        The folder of editions.
    watch
        Called once for each file that is made.

    Raises
    ------
    Refused
        There is no build, the configuration has no address, or the edition cannot be taken; the one before stays.
    """
    known = definitions.definitions(config.data, config.plan)
    reading = Reading(Store(config.database), known, Wording(config.data / "wording.yaml"))
    files = site(reading, address=config.address or "", contact=config.contact)
    return publish(folder, _watched(files, watch), name=name_of(reading, config))


def name_of(reading: Reading, config: Config) -> str:
    """An edition's name: its as-at date, and eight digits that stand for everything it is made of."""
    whole = hashlib.sha256(f"{reading.build} {config.address} {config.contact}".encode())
    for path in sorted(path for path in SOURCE.rglob("*") if path.suffix in WRITTEN):
        whole.update(path.name.encode() + b"\0" + path.read_bytes())
    return f"{reading.as_at.isoformat()}-{whole.hexdigest()[:8]}"


def _watched(files: Iterable[tuple[str, bytes]], watch: Callable[[], object]) -> Iterator[tuple[str, bytes]]:
    for one in files:
        watch()
        yield one

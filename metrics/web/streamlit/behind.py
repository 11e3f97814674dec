"""What the build in use does not show yet, for `/healthz`: pages go on as the build says, whatever has happened to the files since."""

from functools import lru_cache

from metrics.build.definition_files import Stamp, stamps, unbuilt
from metrics.domain import Refused
from metrics.refresh import state
from metrics.web.streamlit import cached_reads

MATTERS = {
    "waits": "a newer release waits for a person: read its review, and `python -m metrics refresh --take`",
    "trouble": "a newer release could not be had: `python -m metrics refresh` says why",
    "unreadable": "what it remembers cannot be read: `python -m metrics refresh` says why",
}
NOT_BUILT = "run `python -m metrics build`"


def behind() -> list[str]:
    """A line for each thing that is newer than the build in use; none where the build is of what stands on the disk."""
    config, build = cached_reads.config(), cached_reads.store().build
    lines = [f"{dataset}: {MATTERS[matter]}" for dataset, matter in open_matters().items()]
    if cached_reads.known(build).plan.id != config.plan:
        lines.append(f"the build follows another plan than the configuration: {NOT_BUILT}")
    try:
        changed = len(_unbuilt(build, stamps(config.data)))
    except OSError as error:
        return [*lines, f"the data cannot be read ({error.strerror})"]
    return [*lines, f"{changed} files of the data are not as in the build: {NOT_BUILT}"] if changed else lines


def open_matters() -> dict[str, str]:
    """What refresh left open, by dataset; that it cannot be read is one more such thing, for which no page fails."""
    chosen = cached_reads.config().refresh
    try:
        return state.open_matters(chosen.folder) if chosen else {}
    except (OSError, Refused):
        return {"refresh": "unreadable"}


@lru_cache(maxsize=2)
def _unbuilt(build: str, there: tuple[Stamp, ...]) -> tuple[str, ...]:
    """Looked through once for each build and state of the disk: health is asked for every few seconds."""
    return unbuilt(cached_reads.config().data, there, cached_reads.store().ask)

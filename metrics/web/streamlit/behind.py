"""What the build in use does not show yet, for `/healthz`: pages go on as the build says, whatever has happened to the files since."""

from functools import lru_cache

from metrics.build import freshness
from metrics.build.freshness import Stamp
from metrics.web.streamlit import cached_reads

NOT_BUILT = "run `python -m metrics build`"


def behind() -> list[str]:
    """A line for each thing that is newer than the build in use; none where the build is of what stands on the disk."""
    config, build = cached_reads.config(), cached_reads.store().build
    lines = []
    if cached_reads.known(build).plan.id != config.plan:
        lines.append(f"the build follows another plan than the configuration: {NOT_BUILT}")
    try:
        changed = len(_unbuilt(build, freshness.stamps(config.data)))
    except OSError as error:
        return [*lines, f"the data cannot be read ({error.strerror})"]
    return [*lines, f"{changed} files of the data are not as in the build: {NOT_BUILT}"] if changed else lines


@lru_cache(maxsize=2)
def _unbuilt(build: str, there: tuple[Stamp, ...]) -> tuple[str, ...]:
    """Looked through once for each build and state of the disk: health is asked for every few seconds."""
    return freshness.unbuilt(cached_reads.config().data, there, cached_reads.store().ask)

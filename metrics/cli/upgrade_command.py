"""The command that brings a data folder of the first version into today's form, whole or not at all, and keeps what each file said."""

import os
import shutil
from argparse import Namespace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from metrics import definitions
from metrics.cli.arguments import command
from metrics.cli.checks import check_claims, check_what_pages_read
from metrics.definitions import change_log, first_version
from metrics.definitions.project_lock import alone
from metrics.domain import Config
from metrics.ingest import releases

SHIPPED = Path(__file__).parents[2] / "data"
EARLIER = "earlier"


def add_to(sub) -> None:
    """Add the command of the upgrade."""
    command(
        sub, "upgrade", run_upgrade, "bring a data folder of the first version into today's form",
        "Rewrite what has another form since: words for levels, missions and commitments of plans, the words of sentences and claims. "
        "Releases stay byte by byte; what each file said before is kept in data/earlier. All of it, or nothing where the whole would not "
        "hold together. A folder of today's form is left alone.",
    )


def run_upgrade(given: Namespace) -> None:
    """Bring the folder up, and say what was done file by file."""
    config = definitions.load(definitions.path_of(given.config))
    all_releases = releases.all_of(config.data)
    if not first_version.is_first_version(config.data):
        definitions.definitions(config.data, config.plan)
        print(f"{config.data} is of today's form, with {len(all_releases)} releases: nothing to do")
        return
    with alone(config.data):
        changed = _upgraded(config, max((release.published for release in all_releases), default=datetime.now(UTC).date()))
    for name in changed:
        print(f"  {name}: {'from this version' if name in first_version.FROM_THIS_VERSION else 'in its form of today'}")
    print(f"{len(changed)} files brought up, what they said before is in {config.data / EARLIER}; "
          f"{len(all_releases)} releases as they were")


def _upgraded(config: Config, recorded: date) -> list[str]:
    """Make the new folder beside the old one, read it whole, and only then put file by file in its place."""
    with TemporaryDirectory(prefix=".upgrade-", dir=config.data.parent) as beside:
        trial = Path(beside) / "data"
        shutil.copytree(config.data, trial, ignore=shutil.ignore_patterns("releases", EARLIER))
        changed = dict(first_version.in_todays_form(config.data, SHIPPED, recorded))
        for name, text in changed.items():
            (trial / name).write_text(text, encoding="utf-8", newline="\n")
        known = definitions.definitions(trial, config.plan)
        check_claims(trial, known)
        check_what_pages_read(trial, known)
        for name in changed:
            _put(config.data, trial / name, name)
    return list(changed)


def _put(data: Path, made: Path, name: str) -> None:
    """Put a file in its place, once a copy of what stood there is kept."""
    final = data / name
    if final.exists():
        kept = (data / EARLIER / name).with_suffix(f".{datetime.now(UTC):%Y%m%dT%H%M%S%f}{final.suffix}")
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(final, kept)
    os.replace(made, final)
    change_log.note(data, change_log.COMMAND_LINE, final)

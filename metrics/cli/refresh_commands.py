"""The command that looks for newer official files, and what a person does with what it brings."""

import sys
from argparse import Namespace
from datetime import date

from metrics import definitions
from metrics.build import database
from metrics.cli.arguments import command, load, watched
from metrics.definitions.configuration import check_filled
from metrics.domain import Config, Definitions, Refused
from metrics.outputs.site.publish_site import publish_site
from metrics.refresh import refresh, state
from metrics.refresh.download import Client
from metrics.refresh.state import State

TROUBLE, WAITS = 1, 2
"""Exit statuses: something could not be had; something waits for a person."""


def add_to(sub) -> None:
    """Add the command."""
    parser = command(
        sub, "refresh", run_refresh, "look for newer official files, fetch them and write a review",
        "Ask each catalogue of data/datasets once, fetch what has changed, try it on a copy of the data and write a review. "
        "Exit status 2 says that something waits for a person, 1 that something could not be had.",
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--dry-run", action="store_true", help="only say what would be fetched; nothing is written")
    what.add_argument("--take", nargs="*", metavar="DATASET", help="import what waits, of all datasets or of these")
    what.add_argument("--leave", nargs="*", metavar="DATASET", help="leave what waits, of all datasets or of these, until it changes")
    parser.add_argument("--accept", metavar="REASON", default="", help="take what looks odd; the reason is kept with the release")


def run_refresh(given: Namespace) -> int:
    """Look, or do what is asked with what waits."""
    config, known = load(given)
    if given.leave is not None:
        print(f"left: {', '.join(refresh.leave(config, given.leave)) or 'nothing waits'}")
        return 0
    if given.take is not None:
        return _take(config, known, given.take, given.accept)
    check_filled(config, definitions.path_of(given.config), "contact")
    client = Client(config.contact, refresh.chosen_of(config))
    print(f"brought by hand: {', '.join(refresh.by_hand(known)) or 'none'}")
    return _say(config, known, client) if given.dry_run else _look(given, config, known, client)


def _say(config: Config, known: Definitions, client: Client) -> int:
    changed, troubles = refresh.look(client, known, state.read(refresh.chosen_of(config).folder))
    for dataset, entries in changed.items():
        for label, entry in entries.items():
            print(f"would fetch {dataset}, {label}: {entry.address}")
    if not changed:
        print("nothing has changed")
    return _complained(troubles)


def _look(given: Namespace, config: Config, known: Definitions, client: Client) -> int:
    now = refresh.refresh(config, known, client, date.today())
    status = _complained(now.troubles)
    if now.all_clear and refresh.chosen_of(config).publish:
        check_filled(config, definitions.path_of(given.config), "contact", "address")
        _take(config, known, [], "")
        _publish(config)
        return status
    if not now.waiting:
        print("nothing waits")
        return status
    _tell(config, now)
    print(refresh.read_review(config))
    return WAITS


def _take(config: Config, known: Definitions, datasets: list[str], accept: str) -> int:
    taken = refresh.take(config, known, date.today(), datasets, accept)
    for release in taken:
        print(f"took {release.dataset} {release.published}: {release.rows:,} figures")
    print("now run `python -m metrics build` to show it" if taken else "nothing waits")
    return 0


def _publish(config: Config) -> None:
    database.build_project(config, watched=watched)
    done = publish_site(config, refresh.chosen_of(config).publish)
    print(f"published {done.name}: {done.written:,} files written")


def _complained(troubles: dict[str, str]) -> int:
    for dataset, reason in troubles.items():
        print(f"{dataset}: {reason}", file=sys.stderr)
    return TROUBLE if troubles else 0


def _tell(config: Config, now: State) -> None:
    """The exit status tells what e-mail and webhook could not."""
    try:
        refresh.tell(config, now)
    except Refused as refusal:
        print(refusal, file=sys.stderr)

"""What a server that hosts the public pages runs: publish, go back, withdraw, verify, and look for newer official files."""

import sys
from argparse import Namespace
from datetime import date
from pathlib import Path

from tqdm import tqdm

from metrics import definitions, publish
from metrics.build import database
from metrics.cli.arguments import command, load, watched
from metrics.definitions.configuration import check_filled
from metrics.domain import Config, Definitions, Refused
from metrics.outputs.site.publish_site import publish_site
from metrics.refresh import refresh, state
from metrics.refresh.download import Client
from metrics.refresh.state import State


def add_to(sub) -> None:
    """Add the commands of a server."""
    parser = command(
        sub, "publish", run_publish, "publish the public pages, whole or not at all",
        "Build, then write every public page as one edition in DIR, check it, and make it current in one step. "
        "What is the same as before is not written again; the last editions are kept.",
    )
    parser.add_argument("folder", metavar="DIR", type=Path, help="the folder of editions; a web server's root is DIR/current")
    parser = command(
        sub, "rollback", run_rollback, "go back to an earlier edition of the public pages",
        "Make an earlier edition of DIR current again, once every file of it is known to be whole.",
    )
    parser.add_argument("folder", metavar="DIR", type=Path, help="the folder of editions")
    parser.add_argument("edition", metavar="EDITION", nargs="?", help="the edition's name (the one before the current)")
    _add_upkeep(sub)
    _add_refresh(sub)


def _add_upkeep(sub) -> None:
    parser = command(
        sub, "withdraw", run_withdraw, "take a page out of every edition, or withdraw a whole edition",
        "Put a note with today's date and the reason in the place of a page, in every edition kept and every one to come; or of a whole "
        "edition that is not in use. What a page says may stand in feeds, lists and files too: withdraw each.",
    )
    parser.add_argument("folder", metavar="DIR", type=Path, help="the folder of editions")
    parser.add_argument("what", metavar="EDITION|PAGE", help="an edition's name, or a page's address such as /brent/2027-01-18/")
    parser.add_argument("--reason", required=True, help="why, for readers: it stands in the place of the page")
    parser = command(
        sub, "verify", run_verify, "check every published file against what was published",
        "Compute every digest of an edition of DIR again, and say whether every file is as it was published.",
    )
    parser.add_argument("folder", metavar="DIR", type=Path, help="the folder of editions")
    parser.add_argument("edition", metavar="EDITION", nargs="?", help="the edition's name (the current one)")


def _add_refresh(sub) -> None:
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


def run_publish(given: Namespace) -> None:
    """Publish what `data/` says into a folder of editions."""
    config = definitions.load(definitions.path_of(given.config))
    check_filled(config, definitions.path_of(given.config), "contact", "address")
    _publish(config, given.folder)


def run_rollback(given: Namespace) -> None:
    """Point to an earlier edition, once every file of it is known to be as it was published."""
    print(f"{publish.rollback(given.folder, given.edition)} is current again")


def run_withdraw(given: Namespace) -> None:
    """Put the note in its place, and say where."""
    changed = publish.withdraw(given.folder, given.what, given.reason, date.today())
    print(f"withdrawn from {len(changed)} editions: {', '.join(changed)}")


def run_verify(given: Namespace) -> None:
    """Say how many files are as they were published."""
    print(f"{publish.verify(given.folder, given.edition):,} files are as they were published")


TROUBLE, WAITS = 1, 2
"""Exit statuses: something could not be had; something waits for a person."""


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
    folder = refresh.chosen_of(config).publish
    if now.all_clear and folder:
        check_filled(config, definitions.path_of(given.config), "contact", "address")
        _take(config, known, [], "")
        _publish(config, folder)
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


def _publish(config: Config, folder: Path) -> None:
    """Build, so that the pages say what `data/` says, publish, and say what changed."""
    database.build_project(config, watched=watched)
    with tqdm(desc="publishing", unit="file", disable=None, leave=False) as bar:
        done = publish_site(config, folder, bar.update)
    print(f"published {done.name}: {done.written:,} files written, {done.unchanged:,} as they were, {done.removed:,} gone")


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

"""The public pages: published whole or not at all, and back to an earlier edition."""

from argparse import Namespace
from datetime import date
from pathlib import Path

from tqdm import tqdm

from metrics import definitions, publish
from metrics.build import database
from metrics.cli.arguments import command, watched
from metrics.definitions.configuration import check_filled
from metrics.outputs.site.publish_site import publish_site


def add_to(sub) -> None:
    """Add the commands of the public pages."""
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


def run_publish(given: Namespace) -> None:
    """Build, so that the pages say what `data/` says, publish, and say what changed."""
    config = definitions.load(definitions.path_of(given.config))
    check_filled(config, definitions.path_of(given.config), "contact", "address")
    database.build_project(config, watched=watched)
    with tqdm(desc="publishing", unit="file", disable=None, leave=False) as bar:
        done = publish_site(config, given.folder, bar.update)
    print(f"published {done.name}: {done.written:,} files written, {done.unchanged:,} as they were, {done.removed:,} gone")


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

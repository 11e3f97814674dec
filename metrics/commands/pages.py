"""The public pages: published whole or not at all, and back to an earlier edition."""

from argparse import Namespace

from tqdm import tqdm

from metrics import publishing
from metrics.commands.loading import load
from metrics.editions.public.publishing import publish_site


def run_publish(given: Namespace) -> None:
    """Publish the build in use, and say what changed."""
    config, _ = load(given)
    with tqdm(desc="publishing", unit="file", disable=None, leave=False) as bar:
        done = publish_site(config, given.folder, bar.update)
    print(f"published {done.name}: {done.written:,} files written, {done.unchanged:,} as they were, {done.removed:,} gone")


def run_rollback(given: Namespace) -> None:
    """Point to an earlier edition, once every file of it is known to be as it was published."""
    print(f"{publishing.rollback(given.folder, given.edition)} is current again")

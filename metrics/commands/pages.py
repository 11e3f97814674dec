"""The public pages: published whole or not at all, and back to an earlier edition."""

from argparse import Namespace

from tqdm import tqdm

from metrics import building, publishing
from metrics.commands.loading import load, watched
from metrics.editions.public.publishing import publish_site
from metrics.model import Refused


def run_publish(given: Namespace) -> None:
    """Build, so that the pages say what `data/` says, publish, and say what changed."""
    config, known = load(given)
    if config.address is None:
        lacking = "it lacks where the public pages will stand: write it in, such as `address: https://progress.example.gov.uk`"
        raise Refused(lacking, file=given.config)
    building.build(config.data, config.database, known, watched=watched, cited_from=config.cited_from)
    with tqdm(desc="publishing", unit="file", disable=None, leave=False) as bar:
        done = publish_site(config, given.folder, bar.update)
    print(f"published {done.name}: {done.written:,} files written, {done.unchanged:,} as they were, {done.removed:,} gone")


def run_rollback(given: Namespace) -> None:
    """Point to an earlier edition, once every file of it is known to be as it was published."""
    print(f"{publishing.rollback(given.folder, given.edition)} is current again")

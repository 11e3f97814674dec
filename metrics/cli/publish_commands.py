"""The public pages: published whole or not at all, and back to an earlier edition."""

from argparse import Namespace

from tqdm import tqdm

from metrics import publish
from metrics.build import database
from metrics.cli.loading import load, watched
from metrics.domain import Refused
from metrics.outputs.site.publish_site import publish_site


def run_publish(given: Namespace) -> None:
    """Build, so that the pages say what `data/` says, publish, and say what changed."""
    config, known = load(given)
    if config.address is None:
        lacking = "it lacks where the public pages will stand: write it in, such as `address: https://progress.example.gov.uk`"
        raise Refused(lacking, file=given.config)
    database.build(config.data, config.database, known, watched=watched, cited_from=config.cited_from)
    with tqdm(desc="publishing", unit="file", disable=None, leave=False) as bar:
        done = publish_site(config, given.folder, bar.update)
    print(f"published {done.name}: {done.written:,} files written, {done.unchanged:,} as they were, {done.removed:,} gone")


def run_rollback(given: Namespace) -> None:
    """Point to an earlier edition, once every file of it is known to be as it was published."""
    print(f"{publish.rollback(given.folder, given.edition)} is current again")

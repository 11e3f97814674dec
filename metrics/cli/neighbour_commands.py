"""The command that brings places like ours: a publisher's list of neighbours, as far as it lies in the force, into `neighbours.yaml`."""

from argparse import Namespace
from pathlib import Path

from metrics.cli.arguments import command
from metrics.cli.loading import load
from metrics.definitions import change_log, neighbour_file, yaml_writer
from metrics.domain.neighbours import Neighbours
from metrics.ingest import neighbours

HEAD = (
    "# The statistical neighbours of each area that are areas of the force too, in the publisher's order: like it in society and economy,\n"
    "# not in crime. Made by `python -m metrics neighbours`.\n"
)


def add_to(sub) -> None:
    """Add the command of neighbours."""
    parser = command(
        sub, "neighbours", run_neighbours, "bring the list of the places most like each area",
        "Read the statistical nearest neighbours of local authorities into data/neighbours.yaml: those that are areas of the force too.",
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="a file with type, lad, rank_of_20 and neighbour_lad")
    parser.add_argument("--source", required=True, help="the publisher and the name of the list")
    parser.add_argument("--licence", required=True, help="the licence, with the words that it asks for")
    parser.add_argument("--published", required=True, metavar="WORDS", help="when the list was published, such as March 2026")
    parser.add_argument("--url", default="", help="where the publisher has it, if that is known")


def run_neighbours(given: Namespace) -> None:
    """Put the neighbours where the definitions look for them."""
    config, known = load(given)
    listed, models = neighbours.by_model(given.file, known.places)
    made = Neighbours(given.source, given.licence, given.published, listed, models, given.url)
    path = config.data / neighbour_file.NAME
    path.write_text(HEAD + yaml_writer.text(neighbour_file.as_fields(made)), encoding="utf-8", newline="\n")
    change_log.note(config.data, change_log.COMMAND_LINE, path)
    for name, model in models.items():
        many = [len(alike) for alike in model.areas.values()]
        print(f"{name}: {min(many)} to {max(many)} of {listed} neighbours are areas here, for {len(many)} areas; in {path}")

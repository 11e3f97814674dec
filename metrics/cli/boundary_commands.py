"""The command that brings the outlines of the areas: a publisher's file simplified into `boundaries.yaml`."""

from argparse import Namespace
from pathlib import Path

from metrics.cli.arguments import command
from metrics.cli.loading import load
from metrics.definitions import boundary_file, change_log, yaml_writer
from metrics.ingest.boundaries import WIDTH, simplified

WARD_WIDTH = 4000
"""Units of the grid of wards: a ward is as finely drawn on the map of its area as an area is on the map of all."""

HEAD = "# Outlines of the areas, for drawing only, never for deciding where a point lies. Made by `python -m metrics boundaries`.\n"


def add_to(sub) -> None:
    """Add the command of the outlines."""
    parser = command(
        sub, "boundaries", run_boundaries, "bring the outlines of the areas for the map",
        "Simplify the outlines in a TopoJSON file of the areas into data/boundaries.yaml, which the map is drawn from.",
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="a TopoJSON file in degrees whose areas carry the codes of places.csv")
    parser.add_argument("--wards", action="store_true", help="the file is of the wards of wards.csv: data/ward-boundaries.yaml is written")
    parser.add_argument("--source", required=True, help="the publisher, the name of the boundaries and when they were published")
    parser.add_argument("--licence", required=True, help="the licence, with the words that it asks for")
    how_far = "how far a border may move, in thousandths of the map's width (3)"
    parser.add_argument("--tolerance", metavar="UNITS", type=float, default=3.0, help=how_far)


def run_boundaries(given: Namespace) -> None:
    """Simplify the outlines of a file and put them where the pages look for them."""
    config, known = load(given)
    ids = {code: code for code in known.wards} if given.wards else {place.code: place.id for place in known.places.values() if place.code}
    settings = {"source": given.source, "licence": given.licence, "tolerance": given.tolerance}
    outlines = simplified(given.file, ids, **settings, width=WARD_WIDTH if given.wards else WIDTH)
    path = config.data / (boundary_file.WARDS if given.wards else boundary_file.NAME)
    text = HEAD + yaml_writer.text(boundary_file.as_fields(outlines))
    path.write_text(text, encoding="utf-8", newline="\n")
    change_log.note(config.data, change_log.COMMAND_LINE, path)
    print(f"{len(outlines.areas)} areas, {sum(map(len, outlines.arcs))} places, {len(text):,} bytes in {path}")

"""
The commands that bring what is known of places: outlines for the map, wards and the postcodes in them, and the places most like each area.
"""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from metrics.cli.arguments import command, load
from metrics.definitions import change_log, force_file, geography_files, yaml_file
from metrics.domain.geography import Neighbours
from metrics.ingest import places
from metrics.ingest.places import simplified

WIDTH, WARD_WIDTH = 1000, 4000
"""Units of the grid of areas, and of wards: a ward is as finely drawn on the map of its area as an area is on the map of all."""
OUTLINES_HEAD = (
    "# Outlines of the areas, for drawing only, never for deciding where a point lies. Made by `python -m metrics boundaries`.\n"
)
NEIGHBOURS_HEAD = (
    "# The statistical neighbours of each area that are areas of the force too, in the publisher's order: like it in society and economy,\n"
    "# not in crime. Made by `python -m metrics neighbours`.\n"
)


def add_to(sub) -> None:
    """Add the commands of outlines, wards, postcodes and neighbours."""
    for add in (_add_boundaries, _add_wards, _add_postcodes, _add_neighbours):
        add(sub)


def _add_boundaries(sub) -> None:
    parser = command(
        sub, "boundaries", run_boundaries, "bring the outlines of the areas for the map",
        "Simplify the outlines in a TopoJSON file of the areas into data/boundaries.yaml, which the map is drawn from.",
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="a TopoJSON file in degrees whose areas carry the codes of places.csv")
    parser.add_argument("--wards", action="store_true", help="the file is of the wards of wards.csv: data/ward-boundaries.yaml is written")
    _add_origin(parser, "the publisher, the name of the boundaries and when they were published")
    how_far = "how far a border may move, in thousandths of the map's width (3)"
    parser.add_argument("--tolerance", metavar="UNITS", type=float, default=3.0, help=how_far)


def _add_wards(sub) -> None:
    parser = command(
        sub, "wards", run_wards, "bring the list of wards, with households and residents",
        "Read the wards of every area from a file of the Census into data/wards.csv, which ward figures are held against.",
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="lad, ward, ward_name, households_2021 and residents_2021_estimate")


def _add_postcodes(sub) -> None:
    parser = command(
        sub, "postcodes", run_postcodes, "bring the list of live postcodes and the ward of each",
        "Pack the postcodes of every area into data/postcodes.txt, so that a reader can look for a ward by postcode.",
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="a file with postcode, lad and ward, such as Code-Point Open")
    _add_origin(parser, "the publisher, the name of the list and of which month it is")


def _add_neighbours(sub) -> None:
    parser = command(
        sub, "neighbours", run_neighbours, "bring the list of the places most like each area",
        "Read the statistical nearest neighbours of local authorities into data/neighbours.yaml: those that are areas of the force too.",
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="a file with type, lad, rank_of_20 and neighbour_lad")
    _add_origin(parser, "the publisher and the name of the list")
    parser.add_argument("--published", required=True, metavar="WORDS", help="when the list was published, such as March 2026")
    parser.add_argument("--url", default="", help="where the publisher has it, if that is known")


def _add_origin(parser: ArgumentParser, source: str) -> None:
    """The words that the pages say of what is brought: its source, and its licence."""
    parser.add_argument("--source", required=True, help=source)
    parser.add_argument("--licence", required=True, help="the licence, with the words that it asks for")


def run_boundaries(given: Namespace) -> None:
    """Simplify the outlines of a file and put them where the pages look for them."""
    config, known = load(given)
    ids = {code: code for code in known.wards} if given.wards else {place.code: place.id for place in known.places.values() if place.code}
    width, origin = WARD_WIDTH if given.wards else WIDTH, {"source": given.source, "licence": given.licence}
    outlines = simplified(given.file, ids, **origin, width=width, tolerance=given.tolerance)
    path = config.data / (geography_files.WARD_BOUNDARIES if given.wards else geography_files.BOUNDARIES)
    text = OUTLINES_HEAD + yaml_file.text(geography_files.boundary_fields(outlines))
    _write(config.data, path, text)
    print(f"{len(outlines.areas)} areas, {sum(map(len, outlines.arcs))} places, {len(text):,} bytes in {path}")


def run_wards(given: Namespace) -> None:
    """Put the list of wards where the definitions look for it."""
    config, known = load(given)
    text = places.as_text(given.file, known.places)
    path = config.data / force_file.WARDS
    _write(config.data, path, text)
    print(f"{text.count(chr(10)) - 1} wards in {path}")


def run_postcodes(given: Namespace) -> None:
    """Put the packed list where the pages look for it."""
    config, known = load(given)
    grouped = places.postcodes_by_ward(given.file, known.wards, known.places)
    text = geography_files.postcode_text(given.source, given.licence, grouped)
    path = config.data / geography_files.POSTCODES
    _write(config.data, path, text)
    print(f"{sum(map(len, grouped.values())):,} postcodes, {len(text):,} bytes in {path}")


def run_neighbours(given: Namespace) -> None:
    """Put the neighbours where the definitions look for them."""
    config, known = load(given)
    listed, models = places.by_model(given.file, known.places)
    made = Neighbours(given.source, given.licence, given.published, listed, models, given.url)
    path = config.data / geography_files.NEIGHBOURS
    _write(config.data, path, NEIGHBOURS_HEAD + yaml_file.text(geography_files.neighbour_fields(made)))
    for name, model in models.items():
        many = [len(alike) for alike in model.areas.values()]
        print(f"{name}: {min(many)} to {max(many)} of {listed} neighbours are areas here, for {len(many)} areas; in {path}")


def _write(data: Path, path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
    change_log.note(data, change_log.COMMAND_LINE, path)

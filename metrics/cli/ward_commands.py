"""The commands that bring what lies below an area: its wards, their outlines, and the postcodes in them."""

from argparse import Namespace
from pathlib import Path

from metrics.cli.arguments import command
from metrics.cli.loading import load
from metrics.definitions import change_log, postcode_file, ward_file
from metrics.ingest import postcodes, wards


def add_to(sub) -> None:
    """Add the commands of wards and postcodes."""
    parser = command(
        sub, "wards", run_wards, "bring the list of wards, with households and residents",
        "Read the wards of every area from a file of the Census into data/wards.csv, which ward figures are held against.",
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="lad, ward, ward_name, households_2021 and residents_2021_estimate")
    parser = command(
        sub, "postcodes", run_postcodes, "bring the list of live postcodes and the ward of each",
        "Pack the postcodes of every area into data/postcodes.txt, so that a reader can look for a ward by postcode.",
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="a file with postcode, lad and ward, such as Code-Point Open")
    parser.add_argument("--source", required=True, help="the publisher, the name of the list and of which month it is")
    parser.add_argument("--licence", required=True, help="the licence, with the words that it asks for")


def run_postcodes(given: Namespace) -> None:
    """Put the packed list where the pages look for it."""
    config, known = load(given)
    grouped = postcodes.by_ward(given.file, known.wards, known.places)
    text = postcode_file.as_text(given.source, given.licence, grouped)
    (config.data / postcode_file.NAME).write_text(text, encoding="ascii", newline="\n")
    change_log.note(config.data, change_log.COMMAND_LINE, config.data / postcode_file.NAME)
    print(f"{sum(map(len, grouped.values())):,} postcodes, {len(text):,} bytes in {config.data / postcode_file.NAME}")


def run_wards(given: Namespace) -> None:
    """Put the list of wards where the definitions look for it."""
    config, known = load(given)
    text = wards.as_text(given.file, known.places)
    (config.data / ward_file.NAME).write_text(text, encoding="utf-8", newline="\n")
    change_log.note(config.data, change_log.COMMAND_LINE, config.data / ward_file.NAME)
    print(f"{text.count(chr(10)) - 1} wards in {config.data / ward_file.NAME}")

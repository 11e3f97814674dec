"""
What stands in `data/`: releases imported; wards, postcodes, outlines and neighbours brought; all of it checked, what would fail in a page
later too; and the database built.
"""

from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path

from tqdm import tqdm

from metrics import claims, definitions
from metrics.build import database
from metrics.build.definition_files import check_wording
from metrics.claims.vocabulary import words_of
from metrics.cli.arguments import command, day, load, publication, watched
from metrics.definitions import change_log, force_file, geography_files, yaml_file
from metrics.definitions.yaml_file import Fields
from metrics.domain import Config, Definitions, Refused
from metrics.domain.geography import Neighbours
from metrics.domain.names import hint
from metrics.ingest import pipeline, places, releases
from metrics.ingest.importers import READERS
from metrics.ingest.places import simplified
from metrics.meetings import calendar, meeting_file
from metrics.outputs.page.templating import check_templates


def check_importers(data: Path, known: Definitions) -> None:
    """Refuse a dataset whose importer is not there."""
    for dataset in known.datasets.values():
        if dataset.importer not in READERS:
            reason = f"importer: there is no importer called {dataset.importer!r}{hint(dataset.importer, READERS)}"
            path = data / "datasets" / f"{dataset.id}.yaml"
            raise Refused(reason, file=path, line=yaml_file.load(path).lines["importer"])


def check_claims(data: Path, known: Definitions) -> None:
    """Refuse words of claims that hide a measure: a claim by its title would be asked about, or answered on another measure."""
    path = data / claims.FILE
    phrases, written = claims.read_vocabulary(path, known).phrases, yaml_file.load(path)
    for measure in known.measures.values():
        kind, meaning = phrases[words_of(measure.title)]
        if (kind, meaning) != ("measure", measure.id):
            reason = f"{measure.title!r} is the title of the measure {measure.id}, which can then never be claimed"
            raise Refused(reason, file=path, line=_line_of(written.get(kind), words_of(measure.title)))


def _line_of(fields: Fields | None, words: tuple[str, ...]) -> int | None:
    """The line of a heading's phrase that has these words; none where the heading lists them otherwise."""
    return next((line for phrase, line in fields.lines.items() if words_of(phrase) == words), None) if isinstance(fields, Fields) else None


def check_what_pages_read(data: Path, known: Definitions) -> None:
    """Read sentences and templates as pages will."""
    check_wording(data)
    check_templates()


def add_to(sub) -> None:
    """Add the commands of what stands in `data/`."""
    for add in (_add_import, _add_boundaries, _add_wards, _add_postcodes, _add_neighbours):
        add(sub)
    command(sub, "check", run_check, "check every definition and release, and build nothing")
    build = command(sub, "build", run_build, "build the database from data/ and make it current")
    build.add_argument("--again", action="store_true", help="build even where nothing has changed")


def _add_import(sub) -> None:
    parser = command(
        sub, "import", run_import, "keep official files as one more release",
        "Read official files, say what they hold and change, and keep them as one more release. "
        "Importing the same files again changes nothing. Datasets: `python -m metrics list datasets`.",
    )
    parser.add_argument("dataset", metavar="DATASET", help="what the files are, such as recorded-crime")
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="all files of this release")
    parser.add_argument(
        "--published", metavar="DATE", required=True, type=publication,
        help="the day of publication, 2026-04-18; or the month, 2026-04, where the day is not known: "
        "its last day is used and marked approximate",
    )
    parser.add_argument("--retrieved", metavar="DATE", type=day, default=None, help="the day the files were fetched (today)")
    parser.add_argument("--accept", metavar="REASON", default="", help="take what looks odd; the reason is kept with the release")
    parser.add_argument(
        "--unfinished", action="store_true",
        help="the newest month was not finished by its publisher: it is drawn, and judged by nothing; needs --accept",
    )
    parser.add_argument("--note", default="", help="anything a reader should know of where the files came from")


def run_import(given: Namespace) -> None:
    """Keep files as one more release, and print its account."""
    config, known = load(given)
    with tqdm(total=len(pipeline.STAGES), disable=None, leave=False, bar_format="{desc}: {bar}") as bar:
        done = _imported(given, config, known, bar)
    if done.already_held and done.located:
        print(f"already held as {done.release.dataset} {done.release.published}; where its figures stand in the files is kept now")
        return
    if done.already_held:
        print(f"nothing to do: already held as {done.release.dataset} {done.release.published}")
        return
    print("\n".join(pipeline.account_of(done.release)))
    print("now run `python -m metrics build` to show it")


def _imported(given: Namespace, config: Config, known: Definitions, bar: tqdm) -> pipeline.Imported:
    published, approximate = given.published
    retrieved = given.retrieved or date.today()
    if retrieved > date.today():
        raise Refused(f"retrieved {retrieved} is in the future")

    def tell(step: str) -> None:
        bar.set_description_str(step)
        bar.update()

    return pipeline.bring_in(
        given.files,
        dataset=given.dataset,
        published=published,
        approximate=approximate,
        retrieved=retrieved,
        definitions=known,
        data=config.data,
        note=given.note,
        accept=given.accept,
        unfinished=given.unfinished,
        tell=tell,
    )


def run_check(given: Namespace) -> None:
    """Read every definition, meeting and release, and say that all is well."""
    config, known = load(given)
    too_soon = calendar.held_after(known, date.today())
    if too_soon:
        path = meeting_file.path_of(config.data, too_soon.area, too_soon.date)
        raise Refused("status: a meeting on a day to come has not been held: it is promised", file=path)
    every_release = releases.all_of(config.data)
    check_importers(config.data, known)
    check_claims(config.data, known)
    check_what_pages_read(config.data, known)
    for release in every_release:
        if release.dataset not in known.datasets:
            raise Refused(f"releases of {release.dataset}, which data/datasets does not describe")
    figures = f"{len(every_release)} releases with {sum(release.rows for release in every_release):,} figures"
    if not known.headlines:
        print("no measure has a `headline` number: the first screen and the plan lead with none")
    print(f"all is well: {len(known.measures)} measures, {len(known.places)} places, {_meetings_on_record(known)}, {figures}")


def _meetings_on_record(known: Definitions) -> str:
    """How many meetings, concerns and commitments are on record; what is carried over counts once."""
    concerns = {(meeting.area, concern.id) for meeting in known.meetings for concern in meeting.concerns}
    promised = {(meeting.area, promise.id) for meeting in known.meetings for promise in meeting.commitments}
    planned = sum(len(plan.commitments) for plan in known.plans.values())
    return f"{len(known.meetings)} meetings, {len(concerns)} concerns, {len(promised) + planned} commitments"


def run_build(given: Namespace) -> None:
    """Build the database and make it current."""
    config = definitions.load(definitions.path_of(given.config))
    built = database.build_project(config, again=given.again, watched=watched)
    print(f"nothing to do: {built.name} is current" if built.already_current else f"built {built.name}, now current")


WIDTH, WARD_WIDTH = 1000, 4000
"""Units of the grid of areas, and of wards: a ward is as finely drawn on the map of its area as an area is on the map of all."""
OUTLINES_HEAD = (
    "# Outlines of the areas, for drawing only, never for deciding where a point lies. Made by `python -m metrics boundaries`.\n"
)
NEIGHBOURS_HEAD = (
    "# The statistical neighbours of each area that are areas of the force too, in the publisher's order: like it in society and economy,\n"
    "# not in crime. Made by `python -m metrics neighbours`.\n"
)


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

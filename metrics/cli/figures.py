"""Figures in: importing releases, checking everything that is held and what would fail in a page later, building the database."""

from argparse import Namespace
from datetime import date
from pathlib import Path

from tqdm import tqdm

from metrics import claims, definitions
from metrics.build import database
from metrics.build.definition_files import check_wording
from metrics.claims.words import words_of
from metrics.cli.arguments import command, day, load, publication, watched
from metrics.definitions import yaml_file
from metrics.definitions.yaml_file import Fields
from metrics.domain import Config, Definitions, Refused
from metrics.domain.names import hint
from metrics.ingest import pipeline, releases
from metrics.ingest.importers import READERS
from metrics.meetings import calendar, save
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
    """Add the commands that take figures in."""
    _add_import(sub)
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
        path = save.path_of(config.data, too_soon.area, too_soon.date)
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

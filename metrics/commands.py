"""What each command does, and how it tells. Every function takes the words of the command line, parsed."""

import csv
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable
from datetime import date

import pandas as pd
from tqdm import tqdm

from metrics import building, claims, definitions, drafting, editing, filing, importing, meetings, minutes, minutes_file, releases
from metrics.briefing import balance, brief
from metrics.editions import packing
from metrics.findings import findings
from metrics.model import Config, Definitions, Measure, Refused
from metrics.places import place_named
from metrics.spelling import hint
from metrics.store import Store
from metrics.words import Wording

FOUND = ["measure", "place", "as_at", "verdict", "sentence", "method", "base", "low", "high"]
SHOWN = ["measure", "place", "period", "value", "base", "published"]


def load(given: Namespace) -> tuple[Config, Definitions]:
    """The configuration and everything it points to."""
    config = definitions.load(given.config)
    return config, definitions.definitions(config.data, config.plan)


def run_import(given: Namespace) -> None:
    """Keep files as one more release, and print its account."""
    config, known = load(given)
    with tqdm(total=len(importing.STEPS), disable=None, leave=False, bar_format="{desc}: {bar}") as bar:
        done = _imported(given, config, known, bar)
    if done.already_held:
        print(f"nothing to do: already held as {done.release.dataset} {done.release.published}")
        return
    print("\n".join(importing.account_of(done.release)))
    print("now run `python -m metrics build` to show it")


def _imported(given: Namespace, config: Config, known: Definitions, bar: tqdm) -> importing.Imported:
    published, approximate = given.published
    retrieved = given.retrieved or date.today()
    if retrieved > date.today():
        raise Refused(f"retrieved {retrieved} is in the future")

    def tell(step: str) -> None:
        bar.set_description_str(step)
        bar.update()

    return importing.bring_in(
        given.files,
        dataset=given.dataset,
        published=published,
        approximate=approximate,
        retrieved=retrieved,
        definitions=known,
        data=config.data,
        note=given.note,
        tell=tell,
    )


def run_check(given: Namespace) -> None:
    """Read every definition, meeting and release, and say that all is well."""
    config, known = load(given)
    too_soon = meetings.held_after(known, date.today())
    if too_soon:
        path = filing.path_of(config.data, too_soon.borough, too_soon.date)
        raise Refused("status: a meeting on a day to come has not been held: it is promised", file=path)
    held = releases.all_of(config.data)
    claims.read_vocabulary(config.data / claims.FILE, known)
    for release in held:
        if release.dataset not in known.datasets:
            raise Refused(f"releases of {release.dataset}, which data/datasets does not describe")
    figures = f"{len(held)} releases with {sum(release.rows for release in held):,} figures"
    print(f"all is well: {len(known.measures)} measures, {len(known.places)} places, {_said_at_meetings(known)}, {figures}")


def _said_at_meetings(known: Definitions) -> str:
    """How many meetings, concerns and commitments are on record; what is carried over counts once."""
    concerns = {(one.borough, concern.id) for one in known.meetings for concern in one.concerns}
    promised = {(one.borough, promise.id) for one in known.meetings for promise in one.commitments}
    planned = sum(len(plan.commitments) for plan in known.plans.values())
    return f"{len(known.meetings)} meetings, {len(concerns)} concerns, {len(promised) + planned} commitments"


def run_meeting(given: Namespace) -> None:
    """Begin the file of a meeting, or put its minutes on record, and say what to do next."""
    config, known = load(given)
    editing.only_in_full(config)
    borough = place_named(known.places, given.borough)
    if given.action == "new":
        print(f"began {drafting.begin(config.data, known, borough, given.date)}")
        print("now fill it in, and run `python -m metrics check`; set `status: held` once it has been held")
        return
    said = minutes_file.read(given.file, known, borough.id, given.date)
    kept = minutes.record(config.data, known, borough.id, given.date, source=given.source, today=date.today(), **said)
    print(f"on record: {kept.id}; concerns: {len(kept.concerns)}, commitments: {len(kept.commitments)}")
    print("now run `python -m metrics build` to show it")


def run_pack(given: Namespace) -> None:
    """Write the pack of a meeting, and say what was written."""
    config, known = load(given)
    place = place_named(known.places, given.borough)
    if place.level != "borough":
        raise Refused(f"a pack is for a borough, and {place.name} is none")
    wording = Wording(config.data / building.WORDING)
    told = brief(Store(config.database), known, wording, place, day=given.meeting, since=given.since)
    warning = balance(told, packing.chosen(told))
    for path in packing.pack(told, given.out, address=config.address or "", contact=config.contact, watch=_written):
        print(f"{path}  {path.stat().st_size / 1000:,.0f} kB")
    if warning:
        print(warning)


def _written(names: Iterable[str]) -> Iterable[str]:
    """The names of files, with a bar while they are made where someone is watching."""
    return tqdm(names, desc="writing", unit="file", disable=None, leave=False)


def run_build(given: Namespace) -> None:
    """Build the database and make it current."""
    config, known = load(given)
    built = building.build(config.data, config.database, known, again=given.again, watched=_watched)
    print(f"nothing to do: {built.name} is current" if built.already_current else f"built {built.name}, now current")


def run_list(given: Namespace) -> None:
    """List measures, places, datasets or releases, one a line."""
    config, known = load(given)
    for row in LISTS[given.what](config, known):
        print("  ".join(row).rstrip())


def run_show(given: Namespace) -> None:
    """Print one measure in one place, as a table or as CSV."""
    config, known = load(given)
    measure = measure_named(known, given.measure)
    place = place_named(known.places, given.place)
    figures = Store(config.database).ask("series", measure=measure.id, place=place.id, as_at=given.as_at)
    if figures.empty:
        raise Refused(f"no figures for {measure.id} in {place.id}{_why(measure, place.level, given.as_at)}")
    rows = [(r.measure, r.place, r.period, f"{r.value:.10g}", _base(r.base), f"{r.published:%Y-%m-%d}") for r in figures.itertuples()]
    _print_csv(rows, SHOWN) if given.csv else _print_table(measure, known, rows)


def run_findings(given: Namespace) -> None:
    """Print findings: those kept in the build, or worked out for another date."""
    config, known = load(given)
    wanted = {
        "measure": measure_named(known, given.measure).id if given.measure else None,
        "place": place_named(known.places, given.place).id if given.place else None,
    }
    store = Store(config.database)
    newest = store.ask("newest")["published"].iloc[0].date()
    day = min(given.as_at or newest, newest)
    found = store.ask("findings", as_at=day, **wanted)
    if found.empty:
        found = _worked_out(store, config, known, day, wanted)
    if given.csv:
        found["as_at"] = found["as_at"].astype(str).str[:10]
        _print_csv(found[FOUND].astype(object).where(found[FOUND].notna(), "").itertuples(index=False, name=None), FOUND)
        return
    for row in found.itertuples():
        print(f"{row.measure}, {row.place}: {row.verdict}. {row.sentence}")


def _worked_out(store: Store, config: Config, known: Definitions, day: date, wanted: dict) -> pd.DataFrame:
    """Findings of a day that the build does not keep."""
    found = findings(store.ask, known, Wording(config.data / building.WORDING), _watched([day]))
    for column, name in wanted.items():
        found = found[found[column] == name] if name else found
    return found


def run_claim(given: Namespace) -> None:
    """Print what the figures say of each claim of a text, or what must be known first."""
    config, known = load(given)
    wording, heard = Wording(config.data / building.WORDING), claims.read_vocabulary(config.data / claims.FILE, known)
    told = claims.check_text(given.text, known, wording, Store(config.database).ask, given.as_at, heard)
    print("\n\n".join("\n".join(claims.lines_of(one, wording)) for one in told))


def measure_named(known: Definitions, name: str) -> Measure:
    """The measure with an id; refused with what was probably meant."""
    if name not in known.measures:
        raise Refused(f"no measure called {name!r}{hint(name, list(known.measures))}; see `python -m metrics list measures`")
    return known.measures[name]


def _why(measure: Measure, level: str, as_at: date | None) -> str:
    if measure.missing:
        return f": {measure.missing}"
    if level not in measure.levels:
        return f": it is held for {' and '.join(measure.levels)} only"
    return f" published by {as_at}" if as_at else ""


def _base(base: float) -> str:
    return "" if base != base else f"{base:.10g}"


def _print_csv(rows: Iterable[tuple], header: list[str]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)


def _print_table(measure: Measure, known: Definitions, rows: list[tuple]) -> None:
    dataset = known.datasets[measure.source.dataset]
    print(f"{measure.title} ({measure.unit}). Source: {dataset.publisher}, {dataset.title}, {dataset.licence}.")
    widths = [max(len(row[i]) for row in [SHOWN, *rows]) for i in range(len(SHOWN))]
    for row in [SHOWN, *rows]:
        cells = [cell.rjust(width) if i in (3, 4) else cell.ljust(width) for i, (cell, width) in enumerate(zip(row, widths, strict=True))]
        print("  ".join(cells).rstrip())


def _watched(dates: list[date]) -> Iterable[date]:
    """The dates, with a bar while they are judged where someone is watching."""
    return tqdm(dates, desc="judging", unit="date", disable=None, leave=False)


def _measures(config: Config, known: Definitions) -> Iterable[tuple[str, ...]]:
    for measure in known.measures.values():
        yield measure.id.ljust(24), measure.mission.ljust(10), measure.title


def _places(config: Config, known: Definitions) -> Iterable[tuple[str, ...]]:
    for place in known.places.values():
        yield place.id.ljust(26), place.level.ljust(8), place.code.ljust(9), place.name


def _datasets(config: Config, known: Definitions) -> Iterable[tuple[str, ...]]:
    for dataset in known.datasets.values():
        yield dataset.id.ljust(18), dataset.title, f"({dataset.publisher})"


def _releases(config: Config, known: Definitions) -> Iterable[tuple[str, ...]]:
    for release in releases.all_of(config.data):
        day = f"{release.published}{' (about)' if release.approximate else ''}"
        yield release.dataset.ljust(18), day.ljust(18), f"{release.rows:,} figures{', second-hand' if release.second_hand else ''}"


LISTS: dict[str, Callable] = {"measures": _measures, "places": _places, "datasets": _datasets, "releases": _releases}
COMMANDS: dict[str, Callable[[Namespace], None]] = {
    "import": run_import,
    "check": run_check,
    "meeting": run_meeting,
    "pack": run_pack,
    "build": run_build,
    "list": run_list,
    "show": run_show,
    "findings": run_findings,
    "claim": run_claim,
}

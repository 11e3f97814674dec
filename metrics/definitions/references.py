"""
What one definition says of another: every name must lead somewhere, and every date must be possible.

Each check takes nouns together with the spots they were read from, so that a refusal names file and line.

A commitment leads somewhere, and each step of its history has its day, its reason and its evidence. `done` and `under way` need the
source that shows it; `not done` and `dropped` need the reason. Without a step the status is `no evidence recorded`, never anything better.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from metrics.definitions.schema import Spot
from metrics.domain import Break, Commitment, Dataset, Measure, Place, Plan, Step
from metrics.domain.names import hint

RESIDENTS = "residents"
ALL_OF = "all of "


def check_measure(measure: Measure, spot: Spot, measures: dict[str, Measure], datasets: dict[str, Dataset]) -> None:
    """Refuse a measure whose source, rate, companions or target lead nowhere, and one without the level that its first page shows."""
    if "force" not in measure.levels:
        spot.at("levels").refuse("'force' is missing: every measure has a page of the whole force area, even where it has no figures")
    if measure.source:
        _check_source(measure, spot.at("source"), datasets)
    elif not measure.missing:
        spot.refuse("neither 'source' nor 'missing': say where the figures come from, or why there are none")
    if measure.rate:
        must_be_known(spot.at("rate"), "measure", {RESIDENTS, *measures} - {measure.id})
    for index in range(len(measure.related)):
        must_be_known(spot.at("related").at(index), "other measure", measures.keys() - {measure.id})
    if measure.part_of:
        must_be_known(spot.at("part_of"), "other measure", measures.keys() - {measure.id})
    if measure.design_effect is not None and not measure.design_effect > 0:
        spot.at("design_effect").refuse(f"{measure.design_effect:g}: a design effect is above zero")
    if measure.target and measure.target.by < measure.target.baseline_period:
        spot.at("target").at("by").refuse(f"the target is due before its baseline, {measure.target.baseline_period}")


KINDS_OF_PERCENT = ("survey_rolling_year", "survey_quarter", "share")


def check_kind(measure: Measure, spot: Spot, datasets: dict[str, Dataset]) -> None:
    """Refuse a percentage that counts events, a share that is no percentage, and a stock of what is recorded month by month."""
    if (measure.unit == "percent") != (measure.kind in KINDS_OF_PERCENT):
        spot.at("unit").refuse(f"{measure.unit!r} does not go with the kind {measure.kind!r}: shares and surveys alone are in percent")
    dataset = datasets.get(measure.source.dataset) if measure.source else None
    if measure.kind == "stock" and dataset and (dataset.total or dataset.provisional_months):
        spot.at("kind").refuse(f"'stock' is how many there are at the end of a month, and {dataset.id} counts events")


def check_titles(measures: Iterable[tuple[Measure, Spot]]) -> None:
    """Refuse a title that two measures share: nobody could tell their pages and rows apart."""
    owners: dict[str, str] = {}
    for measure, spot in measures:
        if owners.setdefault(measure.title.casefold(), measure.id) != measure.id:
            spot.at("title").refuse(f"{measure.title!r} is already the title of {owners[measure.title.casefold()]}")


def check_headlines(measures: Iterable[tuple[Measure, Spot]]) -> None:
    """Refuse a headline number that two measures claim."""
    claimed: dict[int, str] = {}
    for measure, spot in measures:
        if measure.headline and claimed.setdefault(measure.headline, measure.id) != measure.id:
            spot.at("headline").refuse(f"{measure.headline} is already the number of {claimed[measure.headline]}")


def check_missions(plan: Plan, measures: Iterable[tuple[Measure, Spot]]) -> None:
    """Refuse a plan without a mission that a measure serves."""
    for measure, written in measures:
        if measure.mission not in plan.missions:
            nearest = hint(measure.mission, plan.missions)
            written.at("mission").refuse(f"the plan {plan.id} has no mission called {measure.mission!r}{nearest}")


def check_plan(plan: Plan, spot: Spot) -> None:
    """Refuse a plan whose baseline is not before its launch, or with an id that stands twice."""
    if plan.baseline_last < plan.baseline_first:
        spot.at("baseline_last").refuse(f"the baseline ends before it begins, {plan.baseline_first}")
    if plan.baseline_last > plan.launched.isoformat()[:7]:
        spot.at("baseline_last").refuse(f"the baseline ends after the launch, {plan.launched}")
    unique_ids(spot.at("commitments"))
    taken = {plan.id: "the plan", **dict.fromkeys(plan.missions, "a mission")}
    for kind, what in (("reforms", "a reform"), ("priorities", "a priority")):
        ids = unique_ids(spot.at(kind))
        for index, name in enumerate(ids):
            if name in taken:
                spot.at(kind).at(index).at("id").refuse(f"{name!r} is already the id of {taken[name]}: each has a page")
        taken |= dict.fromkeys(ids, what)


def check_parts(plan: Plan, spot: Spot, measures: Iterable[str], plans: Iterable[str]) -> None:
    """Refuse a mission, reform or priority that is called as another plan is, and a measure of one that leads nowhere."""
    for name in plan.missions:
        if name in plans:
            spot.at("missions").at(name).refuse(f"{name!r} is also the id of a plan: each has a page")
    listed = [(kind, index, part) for kind in ("reforms", "priorities") for index, part in enumerate(getattr(plan, kind))]
    for kind, index, part in listed:
        here = spot.at(kind).at(index)
        if part.id in plans:
            here.at("id").refuse(f"{part.id!r} is also the id of a plan: each has a page")
        for number in range(len(part.measures)):
            must_be_known(here.at("measures").at(number), "measure", list(measures))


def check_dataset(dataset: Dataset, spot: Spot, places: dict[str, Place]) -> None:
    """Refuse a published name that two lists claim (its figures would be counted twice or lost) or an unknown area."""
    claimed: dict[str, str] = {}
    lists = [(spot.at("series").at(series), series) for series in dataset.series]
    lists += [(spot.at(name), name) for name in ("counted_in_total_only", "left_out") if getattr(dataset, name)]
    for listed, owner in lists:
        for index, name in enumerate(listed.value):
            if claimed.setdefault(name.lower(), owner) != owner:
                listed.at(index).refuse(f"{name!r} already stands in {claimed[name.lower()]}")
    areas = [place.id for place in places.values() if place.level == "outside"]
    for index in range(len(dataset.outside)):
        must_be_known(spot.at("outside").at(index), "area of the level outside", areas)
    labels = [file.label for file in dataset.catalogue.files] if dataset.catalogue else []
    for index, label in enumerate(labels):
        if label in labels[:index]:
            spot.at("catalogue").at("files").at(index).refuse(f"two files are known by the same words, {label!r}")
    if dataset.total in dataset.series:
        spot.at("total").refuse(f"{dataset.total!r} is also a series: the total is counted, not read")


def with_names(datasets: dict[str, Dataset], spots: dict[str, Spot]) -> dict[str, Dataset]:
    """The datasets, each with the published names of its series where it takes them from another."""
    return {name: _named_as(dataset, spots[name], datasets) if dataset.names_from else dataset for name, dataset in datasets.items()}


def _named_as(dataset: Dataset, spot: Spot, datasets: dict[str, Dataset]) -> Dataset:
    """What the other dataset knows and this one keeps no series of is counted in its total."""
    must_be_known(spot.at("names_from"), "dataset", datasets.keys() - {dataset.id})
    other = datasets[dataset.names_from or ""]
    for series in dataset.series:
        must_be_known(spot.at("series").at(series).at(0), "series", other.series)
    kept = {series: tuple(name for each in names for name in other.series[each]) for series, names in dataset.series.items()}
    taken = {each for names in dataset.series.values() for each in names}
    rest = tuple(name for series, names in other.series.items() if series not in taken for name in names)
    return replace(dataset, series=kept, counted_in_total_only=(*other.counted_in_total_only, *rest), left_out=other.left_out)


def check_link(brk: Break, spot: Spot, places: dict[str, Place]) -> None:
    """Refuse a link that shares out the events of anything but an area outside the others."""
    if brk.link:
        outside = [place.id for place in places.values() if place.level == "outside"]
        must_be_known(spot.at("link").at("shared"), "area of the level outside", outside)


def with_measures_named(brk: Break, spot: Spot, measures: dict[str, Measure], datasets: dict[str, Dataset]) -> Break:
    """The break with `all of DATASET` spelt out as the measures that come from it."""
    if brk.until and brk.until < brk.period:
        spot.at("until").refuse(f"ends before it begins, {brk.period}")
    named: list[str] = []
    for index in range(len(brk.link.refused) if brk.link else 0):
        must_be_known(spot.at("link").at("refused").at(index), "measure", measures)
    for index, text in enumerate(brk.measures):
        named += _named(text, spot.at("measures").at(index), measures, datasets)
    return replace(brk, measures=tuple(dict.fromkeys(named)))


def _named(text: str, spot: Spot, measures: dict[str, Measure], datasets: dict[str, Dataset]) -> list[str]:
    if not text.startswith(ALL_OF):
        must_be_known(spot, "measure", measures)
        return [text]
    dataset = text.removeprefix(ALL_OF)
    if dataset not in datasets:
        spot.refuse(f"no dataset called {dataset!r}{hint(dataset, datasets)}")
    return [measure.id for measure in measures.values() if measure.source and measure.source.dataset == dataset]


def _check_source(measure: Measure, spot: Spot, datasets: dict[str, Dataset]) -> None:
    must_be_known(spot.at("dataset"), "dataset", datasets)
    dataset = datasets[measure.source.dataset]
    total = {dataset.total} - {None}
    # A dataset without series of its own takes what an analyst supplies: one series for each measure, of the same name.
    series = {*dataset.series, *total} or {measure.id}
    for index in range(len(measure.source.series)):
        must_be_known(spot.at("series").at(index), f"series of {dataset.id}", series)


def must_be_known(spot: Spot, what: str, choices: Iterable[str]) -> None:
    """Refuse a name that leads nowhere, with what was probably meant."""
    if spot.value not in choices:
        spot.refuse(f"no {what} called {spot.value!r}{hint(spot.value, sorted(choices))}")


def unique_ids(spot: Spot) -> list[str]:
    """The ids of a list of mappings; one that stands twice is refused."""
    ids: list[str] = []
    for index, item in enumerate(spot.value):
        if item["id"] in ids:
            spot.at(index).at("id").refuse(f"{item['id']!r} is already the id of another")
        ids.append(item["id"])
    return ids


FIRST, LAST = 2000, 2099
NEED_A_REASON = ("not done", "dropped")
NEED_EVIDENCE = ("done", "under way")


def check_commitment(
    commitment: Commitment, spot: Spot, *, plans: Iterable[Plan], measures: Collection[str], concerns: Collection[str]
) -> None:
    """Refuse a commitment whose reform, priority, measure or concern leads nowhere, or whose history does not hold together."""
    reforms, priorities = _ids(plans, "reforms"), _ids(plans, "priorities")
    for name, choices in (("reform", reforms), ("priority", priorities), ("measure", measures), ("concern", concerns)):
        if getattr(commitment, name):
            must_be_known(spot.at(name), name, choices)
    before: date | None = None
    for index, step in enumerate(commitment.history):
        here = spot.at("history").at(index)
        _check_step(step, here)
        if before and step.date <= before:
            here.at("date").refuse(f"{step.date} is not after the step before it, {before}: oldest first, one step a day")
        before = step.date


def _ids(plans: Iterable[Plan], kind: str) -> list[str]:
    return [part.id for plan in plans for part in getattr(plan, kind)]


def check_since(commitment: Commitment, spot: Spot, made: date) -> None:
    """Refuse a commitment that was due, or that something became of, before it was made."""
    if commitment.due and commitment.due < made.isoformat()[:7]:
        spot.at("due").refuse(f"{commitment.due} is before it was promised, {made}")
    if commitment.history and commitment.history[0].date < made:
        spot.at("history").at(0).at("date").refuse(f"{commitment.history[0].date} is before it was promised, {made}")


def _check_step(step: Step, spot: Spot) -> None:
    if not FIRST <= step.date.year <= LAST:
        spot.at("date").refuse(f"{step.date}: a year from {FIRST} to {LAST} was expected")
    if step.status in NEED_A_REASON and not step.said:
        spot.at("status").refuse(f"{step.status!r} needs the reason: add `said`")
    if step.status in NEED_EVIDENCE and not step.source:
        spot.at("status").refuse(f"{step.status!r} needs the evidence: add `source`, and `url` where there is one")

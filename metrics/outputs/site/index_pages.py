"""The pages that lead to others: London, the plan, every measure, the boroughs side by side, the sources."""

import json
from collections.abc import Iterator, Mapping

from metrics.domain import Measure, periods
from metrics.outputs.site import addresses, fragments, meeting_pages
from metrics.outputs.site.fragments import Shown
from metrics.outputs.site.page_frame import NAME, Site
from metrics.report.cards import LONDON

SHOWN_NOTES = 3


def pages(site: Site, every: Mapping[str, Mapping[str, Shown]]) -> Iterator[tuple[str, bytes]]:
    """Each of them; `every` is every measure of each place, by their ids."""
    london = every[LONDON]
    yield _home(site, london)
    yield _plan(site, london)
    yield site.page(
        "measures/", "measures.html", title="Every measure", description="Every measure by mission, with what is found for London.",
        missions=fragments.in_missions(site, london),
    )
    yield _compare(site, every)
    yield _sources(site)


def _home(site: Site, london: Mapping[str, Shown]) -> tuple[str, bytes]:
    known = site.reading.known
    said = fragments.tally(site, london.values())
    return site.page(
        "", "home.html", title=NAME, description=f"What changed in London and its 32 boroughs, from published figures. {said[0]}",
        said=said, clear=[one for one in london.values() if one.verdict.startswith(fragments.CLEAR)], headlines=_headlines(site, london),
        boroughs=known.boroughs, tiles=sorted(known.boroughs, key=lambda one: (one.row, one.column)),
    )


def _headlines(site: Site, london: Mapping[str, Shown]) -> list[tuple]:
    """The headline measures under their missions, in the plan's order."""
    return fragments.in_missions(site, {one.id: london[one.id] for one in site.reading.known.headlines})


def _plan(site: Site, london: Mapping[str, Shown]) -> tuple[str, bytes]:
    plan = site.reading.known.plan
    reforms = {one.id: one for one in plan.reforms}
    return site.page(
        "plan/", "plan.html", title=f"{plan.title} {plan.years}", description=f"{plan.mission}. The headline measures and commitments.",
        plan=plan, missions=_headlines(site, london), commitments=[meeting_pages.with_status(site, one) for one in plan.commitments],
        reforms=reforms, said=fragments.tally(site, [london[one.id] for one in site.reading.known.headlines]),
    )


def _compare(site: Site, every: Mapping[str, Mapping[str, Shown]]) -> tuple[str, bytes]:
    known = site.reading.known
    held = [one for one in known.measures.values() if one.source and not one.missing and "area" in one.levels]
    found = {one.id: {place.id: every[place.id][one.id].verdict for place in known.boroughs} for one in held}
    grouped = [
        (mission.title, [(one, fragments.counts(site, found[one.id].values())) for one in held if one.mission == name])
        for name, mission in known.plan.missions.items()
    ]
    return site.page(
        "compare/", "compare.html", title=f"The {len(known.areas)} {known.force.area_plural} side by side",
        description=site.words["page"]["compare"],
        grouped=grouped, boroughs=known.boroughs, found=found, headlines=[one for one in known.headlines if one.id in found],
    )


def _sources(site: Site) -> tuple[str, bytes]:
    known, held = site.reading.known, site.reading.releases()
    datasets = [(one, [release(row) for row in held[held["dataset"] == one.id].itertuples()]) for one in known.datasets.values()]
    missing = [(one, site.words["no_figures"].format(why=one.missing)) for one in known.measures.values() if one.missing]
    return site.page(
        "sources/", "sources.html", title="Sources and corrections", description=site.words["page"]["sources"],
        datasets=datasets, missing=missing, restated=corrections(site), build=site.reading.build,
    )


def release(row) -> dict:
    """What one release held and what it restated, as it is said."""
    report, day = json.loads(row.report), row.published.date()
    notes = list(filter(None, [row.note, *report["gaps"], *sorted(report["notes"], key=lambda note: "cells left out" not in note)]))
    rest = len(notes) - SHOWN_NOTES
    return {
        "published": day, "approximate": row.approximate, "second_hand": row.second_hand,
        "span": f"{periods.say(report['first'])} to {periods.say(report['last'])}",
        "rows": int(row.rows), "new": int(report["new"]), "restated": int(report["changed"]), "largest": report["largest_changes"][:1],
        "notes": notes[:SHOWN_NOTES] + ([f"and {rest} more"] if rest > 0 else []),
    }


def corrections(site: Site) -> list[tuple[Measure, str, list[str], str]]:
    """London's figures that are not what they were when first published, by measure, with their source."""
    found, london = [], site.reading.known.places[LONDON]
    for one in site.reading.known.measures.values():
        said = fragments.restated(site, one, LONDON)
        found += [(one, addresses.of_measure(one.id, LONDON), said, fragments.source(site, one, london))] if said else []
    return found


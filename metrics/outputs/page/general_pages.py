"""
The pages of no single place or measure: every measure with its picture, sources and corrections, the method, and whose site this is.

Sources names each dataset with its releases, what was restated since, what is missing, and how figures are added.
"""

import json
from collections.abc import Iterable, Mapping

from metrics.domain import Measure, periods
from metrics.narrative import Wording, number_format
from metrics.narrative.number_format import constants
from metrics.outputs.page import templating
from metrics.outputs.page.pen import Pen, Routes, clock
from metrics.report.cards import source_line
from metrics.report.scorecard import Scorecard
from metrics.report.snapshot import Snapshot


def measures(snapshot: Snapshot, card: Scorecard, pen: Pen, routes: Routes) -> str:
    """Every measure of a place under its mission."""
    text = snapshot.wording.text["scorecard"]
    return templating.body(
        "measures.html", card=card, pen=pen, routes=routes, clock=clock(snapshot.known, snapshot.as_at, card.mark), text=text,
        title=text["every_measure"].format(place=card.place.name), since=periods.say_short(f"{card.mark:%Y-%m}"),
    )


def about(snapshot: Snapshot, ways: list[tuple[str, str, str]]) -> str:
    """Whose site this is not, and the ways from here: words, address, what is there."""
    whose = snapshot.wording.text["page"]["whose"]
    return templating.body("about.html", whose=whose, as_at=snapshot.as_at, ways=ways)


def method(wording: Wording) -> str:
    """How change is judged, and what is said of small counts."""
    named = constants()
    sections = [
        (section["title"], [text.format(**named) for text in section.get("text", ())], section.get("links", ()))
        for section in wording.text["method"]
    ]
    return templating.body("method.html", sections=sections, small_counts=wording.text["public"]["small_counts"])


SHOWN_NOTES = 3
NO_LINES: Mapping[str, Iterable[str]] = {}


def sources(
    snapshot: Snapshot, routes: Routes, *, newer: Mapping[str, Iterable[str]] = NO_LINES, steps: Iterable[str] = (), feed: str = ""
) -> str:
    """
    The body of the page.

    `newer`: of each dataset, what is known of newer releases.
    `steps`: what an analyst does to add figures; left out where readers cannot.
    """
    known, text, releases = snapshot.known, snapshot.wording.text, snapshot.releases()
    datasets = [
        (dataset, [release(row) for row in releases[releases["dataset"] == dataset.id].itertuples()], list(newer.get(dataset.id, ())))
        for dataset in known.datasets.values()
    ]
    missing = [(measure, text["no_figures"].format(why=measure.missing)) for measure in known.measures.values() if measure.missing]
    return templating.body(
        "sources.html", routes=routes, text=text["page"], force=known.force, as_at=snapshot.as_at, build=snapshot.build, datasets=datasets,
        restated=corrections(snapshot), missing=missing, steps=list(steps), feed=feed,
    )


def release(row) -> dict:
    """What one release held and what it restated, as it is said; `row` is one of the question `releases`."""
    report, day = json.loads(row.report), row.published.date()
    return {
        "published": day, "approximate": row.approximate, "second_hand": row.second_hand,
        "span": f"{periods.say(report['first'])} to {periods.say(report['last'])}",
        "rows": int(row.rows), "new": int(report["new"]), "restated": int(report["changed"]), "unchanged": int(report["unchanged"]),
        "notes": [*_in_short(row.note, report), *_largest(report["largest_changes"]), *_outside(report["outside"])],
    }


def _in_short(note: str, report: dict) -> list[str]:
    """The first notes of an import, those on many cells first, and how many more there are."""
    notes = list(filter(None, [note, *report["gaps"], *sorted(report["notes"], key=lambda line: "cells left out" not in line)]))
    rest = len(notes) - SHOWN_NOTES
    return notes[:SHOWN_NOTES] + ([f"and {rest} more"] if rest > 0 else [])


def _largest(changes: list[dict]) -> list[str]:
    """The largest restatement; nothing where none is."""
    return [_restatement(change) for change in changes[:1]]


def _restatement(change: dict) -> str:
    was, now = (number_format.number(change[name], "count") for name in ("was", "now"))
    return f"Largest restatement: {change['measure']}, {change['place']}, {periods.say(change['period'])}: {was} to {now}"


def _outside(totals: dict[str, float]) -> list[str]:
    """What is counted in the total and lies in no area."""
    areas = [f"{name} {number_format.number(total, 'count')}" for name, total in totals.items() if total]
    return [f"Not an area, counted in the total: {', '.join(areas)}"] if areas else []


def corrections(snapshot: Snapshot) -> list[tuple[Measure, list[str], str]]:
    """The whole force area's figures that are not what they were when first published, by measure, with their source."""
    total, listed = snapshot.known.total.id, []
    for measure in snapshot.known.measures.values():
        rows = snapshot.restated(measure.id, total).itertuples()
        sentences = [snapshot.wording.restated(measure, row.period, row.first, row.now) for row in rows]
        listed += [(measure, sentences, _source(snapshot, measure, total))] if sentences else []
    return listed


def _source(snapshot: Snapshot, measure: Measure, place: str) -> str:
    return source_line(snapshot.known.datasets[measure.source.dataset], snapshot.series(measure.id, place), snapshot.as_at)

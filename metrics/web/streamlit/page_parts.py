"""Parts of pages: introductions, summaries, the plan's promises, the releases. Words come from the data."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date

import pandas as pd
import streamlit as st

from metrics.charts.render import html
from metrics.charts.render.table import table
from metrics.domain import Commitment, Dataset, Definitions, Measure, Plan, periods
from metrics.narrative import counted, number_format
from metrics.report.cards import LONDON
from metrics.report.snapshot import Reading
from metrics.statistics.multiple_testing import expected_by_luck
from metrics.web.streamlit import cached_reads, card_view, footer
from metrics.web.streamlit.cached_reads import Seen, drawn_once
from metrics.web.streamlit.plain_text import header, plain, title

SHOWN_NOTES = 3


@drawn_once
def of_borough(seen: Seen, name: str) -> None:
    """Which place this is, what the page does and does not say, every measure, mission by mission, and whose site this is."""
    reading = cached_reads.reading(seen)
    place, words = reading.known.places[name], reading.wording.text["page"]
    said = [*([words["london_until"]] if name == LONDON else []), words["borough"].format(place=place.name)]
    opening = html.heading(1, place.name) + html.paragraphs(*said) + _tally(reading, name, reading.every_measure(place))
    missions = (_mission(seen, one, name, reading.measures_at(one, place)) for one in reading.known.plan.missions)
    st.html("".join([opening, *missions, footer.footing(seen)]))


@drawn_once
def of_plan(seen: Seen) -> None:
    """The plan's name, mission and launch, whose list of measures this is, and how each headline measure stands."""
    reading = cached_reads.reading(seen)
    plan, words = reading.known.plan, reading.wording.text["page"]
    opening = (
        html.heading(1, f"{plan.title} {plan.years}")
        + html.paragraphs(f"{plan.mission}. {plan.launch_note}", words["headline"], words["plan"])
        + html.paragraphs(f"Source of the plan: {plan.source}", kind="source")
        + _tally(reading, LONDON, reading.known.headlines)
    )
    headlines = {one: [measure for measure in reading.known.headlines if measure.mission == one] for one in plan.missions}
    st.html(opening + "".join(_mission(seen, one, LONDON, measures) for one, measures in headlines.items()))


def _tally(reading: Reading, place: str, measures: Iterable[Measure]) -> str:
    """How many measures have which verdict, never an average, and how many would stand out by luck alone."""
    words = reading.wording.text
    found = [reading.found(place)[one.id] for one in measures]
    counts = counted(Counter(row["verdict"] for row in found), words["verdicts"])
    charted = [row for row in found if row["charted"]]
    luck = number_format.number(expected_by_luck(len(charted), "month"), "count")
    facts = {"among": len(charted), "luck": luck, "signals": sum(row["signal"] != 0 for row in charted)}
    return html.paragraphs(words["page"]["counted"].format(measures=len(found), counts=counts), words["page"]["luck"].format(**facts))


def _mission(seen: Seen, name: str, place: str, measures: Iterable[Measure]) -> str:
    """One of the missions, its line, and some measures of it in a place."""
    mission = cached_reads.known(seen.build).plan.missions[name]
    cards = card_view.together(seen, place, [measure.id for measure in measures])
    return html.heading(2, mission.title) + html.paragraphs(mission.text) + cards


def commitments(plan: Plan, day: date | None = None) -> None:
    """What the plan said would be done, what is known of it by a day (or now), and how far it has come, in words."""
    reforms = {reform.id: reform.title for reform in plan.reforms}
    rows = [_commitment(one, reforms, day or date.max) for one in plan.commitments]
    st.html(_text_table(rows, "What the plan said would be done"))


def reforms(plan: Plan) -> None:
    """The plan's reforms and priorities."""
    st.html(html.definition_list((one.title, one.text) for one in plan.reforms))
    st.html(html.paragraphs(plan.priorities_note) + html.bullets(plan.priorities))


def dataset(seen: Seen, one: Dataset) -> None:
    """A dataset's publisher, licence and caveats, and each of its releases."""
    header(one.title)
    facts = [("Publisher", one.publisher), ("Licence", one.licence), ("Where", one.url), ("Published every", one.frequency)]
    st.html(html.definition_list([*facts, *(("Bear in mind", caveat) for caveat in one.caveats)]))
    held = cached_reads.reading(seen).releases()
    rows = [_release(row) for row in held[held["dataset"] == one.id].itertuples()]
    st.html(_text_table(rows, f"Releases of {one.title}") if rows else html.paragraphs("No release is held yet."))


def missing(seen: Seen, known: Definitions) -> None:
    """Measures without any figures, and why."""
    wording = cached_reads.wording(seen.build)
    rows = [(one.title, wording.text["no_figures"].format(why=one.missing)) for one in known.measures.values() if one.missing]
    st.html(html.definition_list(rows))


def instead() -> None:
    """That an older build answers, where the newest cannot be read; nothing else may be taken for the newest figures."""
    asked = cached_reads.store()
    if asked.instead_of:
        seen = Seen(asked.build)
        facts = {"newest": asked.instead_of, "build": asked.build, "day": periods.say_day(cached_reads.reading(seen).as_at)}
        st.warning(plain(cached_reads.wording(seen.build).text["page"]["instead"].format(**facts)))


def how_to_add(seen: Seen) -> None:
    """What an analyst does to add a release."""
    st.html(html.steps(cached_reads.wording(seen.build).text["page"]["how_to_add"]))


def sources_heading(seen: Seen) -> None:
    """What the page of sources holds."""
    title("Sources")
    st.html(html.paragraphs(cached_reads.wording(seen.build).text["page"]["sources"]))


@drawn_once
def footing(seen: Seen) -> None:
    """The end of a page by itself."""
    st.html(footer.footing(seen))


def _commitment(one: Commitment, reforms: dict[str, str], day: date) -> dict[str, str]:
    step = one.step_on(day)
    said = [f"{step.said} ({step.source})" if step.said and step.source else step.said or step.source] if step else []
    return {
        "Commitment": one.text,
        "Status": one.status_on(day).capitalize(),
        "Since": periods.say_day(step.date) if step else "",
        "What is known": " ".join(filter(None, [*said, one.note])),
        "Due": periods.say(one.due) if one.due else "",
        "Reform": reforms.get(one.reform or "", ""),
        "Source": one.source,
    }


def _release(row) -> dict[str, str]:
    report = json.loads(row.report)
    day = periods.say_day(row.published.date())
    areas = [f"{name} {number_format.number(total, 'count')}" for name, total in report["outside"].items() if total]
    return {
        "Published": f"About {day}" if row.approximate else day,
        "Months": f"{periods.say(report['first'])} to {periods.say(report['last'])}",
        "Figures kept": number_format.number(row.rows, "count"),
        "New": number_format.number(report["new"], "count"),
        "Restated": number_format.number(report["changed"], "count"),
        "Unchanged": number_format.number(report["unchanged"], "count"),
        "Not a borough, counted in London": "; ".join(areas),
        "Largest restatement": _largest(report["largest_changes"]),
        "Note": "; ".join(filter(None, [row.note, *report["gaps"], *_in_short(report["notes"])])),
    }


def _largest(changes: list[dict]) -> str:
    if not changes:
        return ""
    one = changes[0]
    was, now = number_format.number(one["was"], "count"), number_format.number(one["now"], "count")
    return f"{one['measure']}, {one['place']}, {periods.say(one['period'])}: {was} to {now}"


def _in_short(notes: list[str]) -> list[str]:
    """The first notes of an import, those on many cells first, and how many more there are."""
    ordered = sorted(notes, key=lambda note: "cells left out" not in note)
    rest = len(ordered) - SHOWN_NOTES
    return ordered[:SHOWN_NOTES] + ([f"and {rest} more"] if rest > 0 else [])


def _text_table(rows: list[dict[str, str]], caption: str) -> str:
    return table(pd.DataFrame(rows), caption=caption, units=dict.fromkeys(rows[0], "text"))

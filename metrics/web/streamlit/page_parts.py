"""Parts of pages: the note on method, the releases, what every page ends with. Words come from the data."""

import json

import pandas as pd
import streamlit as st

from metrics.charts.render import html
from metrics.charts.render.table import table
from metrics.domain import Dataset, Definitions, periods
from metrics.narrative import number_format
from metrics.narrative.method import constants
from metrics.web.streamlit import behind, cached_reads
from metrics.web.streamlit.cached_reads import Seen, drawn_once
from metrics.web.streamlit.plain_text import header, plain, title

SHOWN_NOTES = 3


def dataset(seen: Seen, dataset: Dataset) -> None:
    """A dataset's publisher, licence and caveats, and each of its releases."""
    facts = [("Publisher", dataset.publisher), ("Licence", dataset.licence), ("Where", dataset.url), ("Published every", dataset.frequency)]
    facts += [("Newer releases", line) for line in _newer(seen, dataset)]
    releases = cached_reads.reading(seen).releases()
    own = releases[releases["dataset"] == dataset.id]
    rows = [_release(row) for row in own.itertuples()]
    about = html.definition_list([*facts, *(("Bear in mind", caveat) for caveat in dataset.caveats)])
    listed = _text_table(rows, f"Releases of {dataset.title}") if rows else html.paragraphs("No release is held yet.")
    st.html(html.folded(_in_a_line(dataset, own), about, listed))


def _in_a_line(dataset: Dataset, releases: pd.DataFrame) -> str:
    """A dataset, its publisher, how many releases are held and the day of the newest."""
    if releases.empty:
        return f"{dataset.title}: no release yet"
    many = "1 release" if len(releases) == 1 else f"{len(releases)} releases"
    return f"{dataset.title}: {dataset.publisher}, {many}, the newest {periods.say_day(releases['published'].max().date())}"


def _newer(seen: Seen, dataset: Dataset) -> list[str]:
    """How newer releases are brought, and what is open of the next."""
    words, matter = cached_reads.wording(seen.build).text["page"]["newer"], behind.open_matters().get(dataset.id)
    return [words["looked_for" if dataset.catalogue else "by_hand"], *([words[matter]] if matter else [])]


def missing(seen: Seen, known: Definitions) -> None:
    """Measures without any figures, and why."""
    wording = cached_reads.wording(seen.build)
    without = [measure for measure in known.measures.values() if measure.missing]
    st.html(html.definition_list((measure.title, wording.text["no_figures"].format(why=measure.missing)) for measure in without))


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


def foot(seen: Seen) -> str:
    """The end of a page, as HTML."""
    words = cached_reads.wording(seen.build).text["page"]
    reading = cached_reads.reading(seen)
    facts = {"day": periods.say_day(reading.as_at), "build": reading.build, "contact": cached_reads.config().contact}
    return html.boxed("footing", html.paragraphs(words["whose"], words["footing"].format(**facts)))


@drawn_once
def footing(seen: Seen) -> None:
    """The end of a page by itself."""
    st.html(foot(seen))


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
        "Not an area, counted in the total": "; ".join(areas),
        "Largest restatement": _largest(report["largest_changes"]),
        "Note": "; ".join(filter(None, [row.note, *report["gaps"], *_in_short(report["notes"])])),
    }


def _largest(changes: list[dict]) -> str:
    if not changes:
        return ""
    largest = changes[0]
    was, now = number_format.number(largest["was"], "count"), number_format.number(largest["now"], "count")
    return f"{largest['measure']}, {largest['place']}, {periods.say(largest['period'])}: {was} to {now}"


def _in_short(notes: list[str]) -> list[str]:
    """The first notes of an import, those on many cells first, and how many more there are."""
    ordered = sorted(notes, key=lambda note: "cells left out" not in note)
    rest = len(ordered) - SHOWN_NOTES
    return ordered[:SHOWN_NOTES] + ([f"and {rest} more"] if rest > 0 else [])


def _text_table(rows: list[dict[str, str]], caption: str) -> str:
    return table(pd.DataFrame(rows), caption=caption, units=dict.fromkeys(rows[0], "text"))


def method(seen: Seen) -> None:
    """The whole note on how change is judged."""
    title("How change is judged")
    named = constants()
    for section in cached_reads.wording(seen.build).text["method"]:
        header(section["title"])
        text = html.paragraphs(*(text.format(**named) for text in section.get("text", ())))
        st.html(text + html.links((link["name"], link["url"]) for link in section.get("links", ())))

"""Parts of pages: headings and text without power over a page, newer releases, what the build does not show yet, and every page's end."""

import re
from collections.abc import Mapping
from functools import lru_cache

import streamlit as st

from metrics.build.definition_files import Stamp, stamps, unbuilt
from metrics.charts.render import html
from metrics.domain import Refused, periods
from metrics.refresh import state
from metrics.store import Store
from metrics.web.streamlit import cached_reads
from metrics.web.streamlit.cached_reads import Seen, drawn_once

MATTERS = {
    "waits": "a newer release waits for a person: read its review, and `python -m metrics refresh --take`",
    "trouble": "a newer release could not be had: `python -m metrics refresh` says why",
    "unreadable": "what it remembers cannot be read: `python -m metrics refresh` says why",
}
NOT_BUILT = "run `python -m metrics build`"


def behind() -> list[str]:
    """A line for each thing that is newer than the build in use; none where the build is of what stands on the disk."""
    config, build = cached_reads.config(), cached_reads.store().build
    lines = [f"{dataset}: {MATTERS[matter]}" for dataset, matter in open_matters().items()]
    if cached_reads.known(build).plan.id != config.plan:
        lines.append(f"the build follows another plan than the configuration: {NOT_BUILT}")
    try:
        changed = len(_unbuilt(build, stamps(config.data)))
    except OSError as error:
        return [*lines, f"the data cannot be read ({error.strerror})"]
    return [*lines, f"{changed} files of the data are not as in the build: {NOT_BUILT}"] if changed else lines


def open_matters() -> dict[str, str]:
    """What refresh left open, by dataset; that it cannot be read is one more such thing, for which no page fails."""
    chosen = cached_reads.config().refresh
    try:
        return state.open_matters(chosen.folder) if chosen else {}
    except (OSError, Refused):
        return {"refresh": "unreadable"}


@lru_cache(maxsize=2)
def _unbuilt(build: str, there: tuple[Stamp, ...]) -> tuple[str, ...]:
    """Looked through once for each build and state of the disk: health is asked for every few seconds."""
    return unbuilt(cached_reads.config().data, there, cached_reads.store().ask)


def newer(seen: Seen, matters: Mapping[str, str]) -> dict[str, list[str]]:
    """Of each dataset, how newer releases are brought, and what is open of the next as `open_matters` tells it."""
    words = cached_reads.wording(seen.build).text["page"]["newer"]
    brought = {dataset.id: "looked_for" if dataset.catalogue else "by_hand" for dataset in cached_reads.known(seen.build).datasets.values()}
    return {name: [words[how], *([words[matters[name]]] if name in matters else [])] for name, how in brought.items()}


def instead(asked: Store) -> None:
    """That an older build answers, where the newest cannot be read; nothing else may be taken for the newest figures."""
    if asked.instead_of:
        seen = Seen(asked.build)
        facts = {"newest": asked.instead_of, "build": asked.build, "day": periods.say_day(cached_reads.reading(seen).as_at)}
        st.warning(plain(cached_reads.wording(seen.build).text["page"]["instead"].format(**facts)))


def foot(seen: Seen) -> str:
    """The end of a page, as HTML."""
    words = cached_reads.wording(seen.build).text["page"]
    reading = cached_reads.reading(seen)
    facts = {"day": periods.say_day(reading.as_at), "build": reading.build, "contact": cached_reads.config().contact}
    return html.boxed("footing", html.paragraphs(words["whose"], words["footing"].format(**facts)))


@drawn_once
def footing(seen: Seen) -> None:
    """The end of a page by itself."""
    st.html(f'<div class="page">{foot(seen)}</div>')


MARKDOWN = r"\`*_{}[]()#+-.!|<>~$:&"
LINKED = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?=@)", re.IGNORECASE)
JOINER = "\N{WORD JOINER}"
"""Takes no room. Put into an address it is none any more: Streamlit makes links of addresses after Markdown is read, escaped or not."""


def plain(text: str) -> str:
    r"""
    Text with everything that Markdown would read taken out of its power.

    >>> print(plain("[a](b)"))
    \[a\]\(b\)
    >>> JOINER in plain("https://example.org"), JOINER in plain("www.example.org"), JOINER in plain("a@example.org")
    (True, True, True)
    """
    return "".join(f"\\{letter}" if letter in MARKDOWN else letter for letter in LINKED.sub(JOINER, text))


def title(text: str) -> None:
    """The page's one heading of the first level."""
    st.title(plain(text), anchor=False)


def header(text: str) -> None:
    """A heading of the second level."""
    st.header(plain(text), anchor=False)

"""Parts of pages: newer releases, what every page ends with. Words come from the data."""

import streamlit as st

from metrics.charts.render import html
from metrics.domain import periods
from metrics.store import Store
from metrics.web.streamlit import behind, cached_reads
from metrics.web.streamlit.cached_reads import Seen, drawn_once
from metrics.web.streamlit.plain_text import plain


def newer(seen: Seen) -> dict[str, list[str]]:
    """Of each dataset, how newer releases are brought, and what is open of the next."""
    words, matters = cached_reads.wording(seen.build).text["page"]["newer"], behind.open_matters()
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

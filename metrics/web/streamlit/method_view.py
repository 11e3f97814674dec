"""The method note, from the words in `data/wording.yaml` and the very constants that the code uses."""

import streamlit as st

from metrics.charts.render import html
from metrics.narrative.method import constants_said
from metrics.web.streamlit import cached_reads
from metrics.web.streamlit.cached_reads import Seen
from metrics.web.streamlit.plain_text import header, title


def show(seen: Seen) -> None:
    """The whole note."""
    title("How change is judged")
    constants = constants_said()
    for section in cached_reads.wording(seen.build).text["method"]:
        header(section["title"])
        text = html.paragraphs(*(text.format(**constants) for text in section.get("text", ())))
        st.html(text + html.links((link["name"], link["url"]) for link in section.get("links", ())))

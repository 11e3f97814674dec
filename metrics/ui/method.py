"""The method note, from the words in `data/wording.yaml` and the very constants that the code uses."""

import streamlit as st

from metrics.drawing import html
from metrics.method import constants_said
from metrics.ui import reads
from metrics.ui.plain import header, title
from metrics.ui.reads import Seen


def show(seen: Seen) -> None:
    """The whole note."""
    title("How change is judged")
    said = constants_said()
    for section in reads.wording(seen.build).text["method"]:
        header(section["title"])
        text = html.paragraphs(*(text.format(**said) for text in section.get("text", ())))
        st.html(text + html.links((link["name"], link["url"]) for link in section.get("links", ())))

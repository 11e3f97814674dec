"""Sources: every release, what it restated, what is missing, and how to add one."""

import streamlit as st

from metrics.web.streamlit import cached_reads, page_parts, pickers

seen = pickers.seen()
known = cached_reads.known(seen.build)

page_parts.sources_heading(seen)
with st.container(gap=None):
    for dataset in known.datasets.values():
        page_parts.dataset(seen, dataset)
st.header("What is missing", anchor=False)
page_parts.missing(seen, known)
st.header("How to add figures", anchor=False)
page_parts.how_to_add(seen)
page_parts.footing(seen)

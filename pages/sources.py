"""Sources: every release, what it restated, what is missing, and how to add one."""

import streamlit as st

from metrics.ui import choose, parts, reads

seen = choose.seen()
known = reads.known(seen.build)

parts.sources_heading(seen)
for dataset in known.datasets.values():
    parts.dataset(seen, dataset)
st.header("What is missing", anchor=False)
parts.missing(seen, known)
st.header("How to add figures", anchor=False)
parts.how_to_add(seen)
parts.footing(seen)

"""Sources: every release, what it restated, what is missing, and how to add one."""

import streamlit as st

from metrics.ui import parts, reads

build = reads.store().build
known = reads.known(build)

parts.sources_heading(build)
for dataset in known.datasets.values():
    parts.dataset(build, dataset)
st.header("What is missing", anchor=False)
parts.missing(build, known)
st.header("How to add figures", anchor=False)
parts.how_to_add(build)
parts.footing(build)

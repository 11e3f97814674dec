"""Sources: every release, what it restated, what is missing, and how to add one."""

import streamlit as st

from metrics import ui

build = ui.store().build
known = ui.known(build)

st.title("Sources", anchor=False)
ui.sources_introduction()
for dataset in known.datasets.values():
    ui.dataset(build, dataset)
st.header("What is missing", anchor=False)
ui.missing(known)
st.header("How to add figures", anchor=False)
ui.how_to_add()
ui.footing(build)

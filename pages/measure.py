"""One measure over time, in one place."""

import streamlit as st

from metrics import ui

build = ui.store().build
known = ui.known(build)

measure = ui.choose_measure(known)
place = ui.choose_place(known)
st.title(f"{measure.title}: {place.name}", anchor=False)
ui.show_large_card(build, measure, place, as_rate=ui.choose_rate(measure))
ui.related(known, measure, place)
ui.footing(build)

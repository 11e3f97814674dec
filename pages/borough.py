"""One borough: every indicator, grouped by mission, each beside London."""

import streamlit as st

from metrics import ui

build = ui.store().build
known = ui.known(build)

place = ui.choose_place(known)
st.title(place.name, anchor=False)
ui.paragraphs(ui.borough_introduction(known, place))
ui.summary(build, place)
for mission in known.plan.missions:
    ui.mission(known, mission)
    for measure in ui.measures_of(known, mission):
        ui.show_card(build, measure, place)
ui.footing(build)

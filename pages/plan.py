"""The plan: headline measures by mission, commitments, and what has no figures and why."""

import streamlit as st

from metrics import ui

build = ui.store().build
known = ui.known(build)
london = known.places[ui.LONDON]

ui.plan_heading(known.plan)
for mission in known.plan.missions:
    ui.mission(known, mission)
    for measure in ui.headlines_of(known, mission):
        ui.show_card(build, measure, london)
st.header("Commitments", anchor=False)
ui.commitments(known.plan)
st.header("Reforms and priorities", anchor=False)
ui.reforms(known.plan)
ui.footing(build)

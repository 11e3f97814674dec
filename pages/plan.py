"""The plan: headline measures by mission, commitments, reforms and priorities."""

import streamlit as st

from metrics.cards import LONDON
from metrics.ui import card, parts, reads

build = reads.store().build
known = reads.known(build)

parts.plan_heading(build, known.plan)
parts.tally(build, known.places[LONDON], known.headlines)
for mission in known.plan.missions:
    parts.mission(known.plan, mission)
    for measure in parts.headlines(known, mission):
        card.show(build, measure, known.places[LONDON])
st.header("Commitments", anchor=False)
parts.commitments(known.plan)
st.header("Reforms and priorities", anchor=False)
parts.reforms(known.plan)
parts.footing(build)

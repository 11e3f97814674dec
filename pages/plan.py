"""The plan: headline measures by mission, commitments, reforms and priorities."""

import streamlit as st

from metrics.cards import LONDON
from metrics.ui import card, choose, parts, reads

seen = choose.seen()
known = reads.known(seen.build)

parts.plan_heading(seen, known.plan)
parts.tally(seen, known.places[LONDON], known.headlines)
for mission in known.plan.missions:
    parts.mission(known.plan, mission)
    card.together(seen, LONDON, tuple(one.id for one in parts.headlines(known, mission)))
st.header("Commitments", anchor=False)
parts.commitments(known.plan)
st.header("Reforms and priorities", anchor=False)
parts.reforms(known.plan)
parts.footing(seen)

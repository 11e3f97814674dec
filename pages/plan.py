"""The plan: headline measures by mission, commitments, reforms and priorities."""

import streamlit as st

from metrics.ui import choose, parts, reads

seen = choose.seen()
known = reads.known(seen.build)

parts.of_plan(seen)
st.header("Commitments", anchor=False)
parts.commitments(known.plan, seen.as_at)
st.header("Reforms and priorities", anchor=False)
parts.reforms(known.plan)
parts.footing(seen)

"""The plan: headline measures by mission, commitments, reforms and priorities."""

import streamlit as st

from metrics.web.streamlit import cached_reads, page_parts, pickers

seen = pickers.seen()
known = cached_reads.known(seen.build)

page_parts.of_plan(seen)
st.header("Commitments", anchor=False)
page_parts.commitments(known.plan, seen.as_at)
st.header("Reforms and priorities", anchor=False)
page_parts.reforms(known.plan)
page_parts.footing(seen)

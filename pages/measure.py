"""One measure over time, in one place."""

import streamlit as st

from metrics.ui import card, choose, parts, reads

build = reads.store().build
known = reads.known(build)
measure = choose.measure(known)
place = choose.place(known)

st.title(f"{measure.title}: {place.name}", anchor=False)
card.show_large(build, measure, place, as_rate=choose.rate(measure))
parts.footing(build)

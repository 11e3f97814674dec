"""The frame: which pages there are, in which order. Run with `streamlit run dashboard.py`, or `make run`."""

import streamlit as st

from metrics import ui

PAGES = {
    "plan": st.Page("pages/plan.py", title="The plan", default=True),
    "borough": st.Page("pages/borough.py", title="Your borough"),
    "measure": st.Page("pages/measure.py", title="One measure"),
    "sources": st.Page("pages/sources.py", title="Sources"),
}

page = st.navigation(list(PAGES.values()), position="top")
st.set_page_config(page_title=f"{page.title} – A New Met for London, followed", layout="wide")
st.html(ui.STYLE)
page.run()

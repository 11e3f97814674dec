"""The served app. Run with `streamlit run dashboard.py`, or `make run`; its pages are listed in `metrics/ui/frame.py`."""

from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from metrics.ui import frame

# The frame stands in another folder than `pages/`, or Streamlit would serve a page without it to the first visitor.
app = st.App(Path(__file__).parent / "metrics" / "ui" / "frame.py")

if get_script_run_ctx() is not None:
    frame.main()

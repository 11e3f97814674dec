"""Sources: every release, what it restated, what is missing, and how to add one."""

from metrics.web.streamlit import bodies, pickers

bodies.of_sources(pickers.seen())

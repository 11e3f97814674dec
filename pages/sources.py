"""Sources: every release, what it restated, what is missing, and how to add one."""

from metrics.web.streamlit import bodies, page_parts, pickers

bodies.of_sources(pickers.seen(), tuple(page_parts.open_matters().items()))

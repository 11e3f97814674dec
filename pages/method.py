"""How the dashboard decides what changed, in plain words."""

from metrics.web.streamlit import bodies, pickers

bodies.of_method(pickers.seen())

"""The plan: how its headline measures stand, what it promised, and what is known of that."""

from metrics.web.streamlit import bodies, pickers

bodies.of_plan(pickers.seen())

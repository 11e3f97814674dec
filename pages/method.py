"""How the dashboard decides what changed, in plain words."""

from metrics.web.streamlit import page_parts, pickers

seen = pickers.seen()

page_parts.method(seen)
page_parts.footing(seen)

"""How the dashboard decides what changed, in plain words."""

from metrics.web.streamlit import method_view, page_parts, pickers

seen = pickers.seen()

method_view.show(seen)
page_parts.footing(seen)

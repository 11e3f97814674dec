"""A claim that someone made, checked against the figures."""

from metrics.web.streamlit import claim_view, page_parts, pickers

seen = pickers.seen()
text = claim_view.typed(seen)

if text:
    claim_view.answers(seen, text)
claim_view.examples(seen)
page_parts.footing(seen)

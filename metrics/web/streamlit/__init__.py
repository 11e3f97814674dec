"""What the Streamlit pages share: cached reads, pickers whose choice is the address, the card, parts of pages."""

from metrics.web.streamlit import (
    cached_reads,
    card_view,
    claim_view,
    compare_view,
    meeting_view,
    method_view,
    page_parts,
    pickers,
)

__all__ = ["cached_reads", "card_view", "claim_view", "compare_view", "meeting_view", "method_view", "page_parts", "pickers"]

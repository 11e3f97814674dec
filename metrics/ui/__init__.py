"""What the Streamlit pages share: cached reads, pickers whose choice is the address, the card, parts of pages."""

from metrics.ui import card, choose, claim, compare, meeting, method, parts, reads

__all__ = ["card", "choose", "claim", "compare", "meeting", "method", "parts", "reads"]

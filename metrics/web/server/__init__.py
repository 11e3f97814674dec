"""
Serving: one process answers for the plain pages of an edition and, below `/explore/`, for the explorer.

`Front` stands before Streamlit. Plain pages, the explorer's own files and every refusal never reach it.
"""

from metrics.web.server.explorer import Explorer, routes
from metrics.web.server.front import EXPLORE, KEY_COOKIE, Front
from metrics.web.server.visitor_limits import MOST, OWN_NAMES, Turns, asking

__all__ = ["EXPLORE", "KEY_COOKIE", "MOST", "OWN_NAMES", "Explorer", "Front", "Turns", "asking", "routes"]

"""
What a meeting needs to know: what changed in a place since the last one, what was promised, what cannot be said.

`brief` gathers it from two readings, then and now; `agenda` puts it in order; faces only arrange it.
"""

from metrics.meetings.briefing.agenda import Item, agenda, arranged, balance
from metrics.meetings.briefing.brief import Brief, brief

__all__ = ["Brief", "Item", "agenda", "arranged", "balance", "brief"]

"""
Public meetings: the calendar, minutes, the draft of the next one, and what it needs to know: what changed in a place since the last one,
what was promised, what cannot be said.

`brief` gathers that from two readings, then and now; `agenda` puts it in order; faces only arrange it.
"""

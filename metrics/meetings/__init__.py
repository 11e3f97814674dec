"""Public meetings: the calendar, minutes, the draft of the next one, and its briefing."""

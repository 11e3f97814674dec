"""The plan: how its headline measures stand, what it promised, and what is known of that; or the one part that the address names."""

from metrics.web.streamlit import bodies, pickers

seen = pickers.seen()
part = pickers.plan_part(seen)
if part is None:
    bodies.of_plan(seen)
else:
    bodies.of_plan_part(seen, part)

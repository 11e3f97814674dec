"""One borough: every indicator, grouped by mission, each beside London."""

from metrics.ui import card, choose, parts, reads

seen = choose.seen()
known = reads.known(seen.build)
place = choose.place(known)

parts.borough_heading(seen, place)
parts.tally(seen, place, reads.reading(seen).every_measure(place))
for mission in known.plan.missions:
    parts.mission(known.plan, mission)
    card.together(seen, place.id, tuple(one.id for one in reads.reading(seen).measures_at(mission, place)))
parts.footing(seen)

"""One borough: every indicator, grouped by mission, each beside London."""

from metrics.ui import card, choose, parts, reads

build = reads.store().build
known = reads.known(build)
place = choose.place(known)

parts.borough_heading(build, place)
parts.tally(build, place, parts.every_measure(known, place))
for mission in known.plan.missions:
    parts.mission(known.plan, mission)
    for measure in parts.measures_at(known, mission, place):
        card.show(build, measure, place)
parts.footing(build)

"""The 32 boroughs side by side, without a league table."""

from metrics.ui import choose, compare, parts, reads

build = reads.store().build
known = reads.known(build)
measure = choose.measure(known, among=compare.measures(known), first="neighbourhood-crime")
place = choose.place(known)

compare.heading(build, measure)
compare.tiles(build, measure)
compare.lines(build, measure, place)
compare.funnel(build, measure, place)
parts.footing(build)

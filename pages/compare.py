"""The 32 boroughs side by side, without a league table."""

from metrics.ui import choose, compare, parts, reads

seen = choose.seen()
known = reads.known(seen.build)
measure = choose.measure(known, among=compare.measures(known), first="neighbourhood-crime")
place = choose.place(known)

compare.heading(seen, measure)
compare.tiles(seen, measure)
compare.lines(seen, measure, place)
compare.funnel(seen, measure, place)
parts.footing(seen)

"""One measure over time, in one place."""

from metrics.ui import card, choose, reads

seen = choose.seen()
known = reads.known(seen.build)
measure = choose.measure(known)
place = choose.place(known)
then = choose.shown_then(known, seen)
as_rate = choose.rate(measure)

card.show_large(seen, measure, place, as_rate=as_rate, shown=then)
card.below(seen, measure.id, place.id, as_rate)

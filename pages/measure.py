"""One measure over time, in one place."""

from metrics.web.streamlit import cached_reads, card_view, pickers

seen = pickers.seen()
known = cached_reads.known(seen.build)
measure = pickers.measure(known)
place = pickers.place(known)
then = pickers.shown_then(known, seen)
as_rate = pickers.rate(measure)

card_view.show_large(seen, measure, place, as_rate=as_rate, shown=then)
card_view.below(seen, measure.id, place.id, as_rate)

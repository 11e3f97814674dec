"""One measure over time, in one place: drawn at once, and to be explored where a reader asks for it."""

from metrics.web.streamlit import bodies, cached_reads, pickers, shell

seen = pickers.seen()
known = cached_reads.known(seen.build)
measure, place, as_rate = shell.measure_bar(known)
then = pickers.shown_then(known, seen)
shell.titled(known.force.site_name, measure.title, place.name)

bodies.measure_head(seen, measure.id, place.id, as_rate, then, pickers.with_cells())
bodies.explorable(seen, measure, place, as_rate, then)
bodies.measure_rest(seen, measure.id, place.id, as_rate)

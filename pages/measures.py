"""Every measure under its mission, with its picture and what is found, in the whole force area or in the place that was chosen."""

from metrics.web.streamlit import bodies, cached_reads, pickers

seen = pickers.seen()
place = pickers.place(cached_reads.known(seen.build))

bodies.of_measures(seen, place.id)

"""One place by an address that was given out earlier: the same as the first screen."""

from metrics.web.streamlit import bodies, cached_reads, pickers, toolbar

seen = pickers.seen()
place, since = toolbar.of_place(seen, cached_reads.known(seen.build))

bodies.of_place(seen, place.id, since, foot=True)

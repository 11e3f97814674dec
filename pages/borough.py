"""One borough: every indicator, grouped by mission, each beside London."""

from metrics.ui import choose, parts, reads

seen = choose.seen()
place = choose.place(reads.known(seen.build))

parts.of_borough(seen, place.id)

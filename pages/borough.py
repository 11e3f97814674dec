"""One borough: every indicator, grouped by mission, each beside London."""

from metrics.web.streamlit import cached_reads, page_parts, pickers

seen = pickers.seen()
place = pickers.place(cached_reads.known(seen.build))

page_parts.of_borough(seen, place.id)

"""The 32 boroughs side by side, without a league table."""

from metrics.web.streamlit import cached_reads, compare_view, page_parts, pickers

seen = pickers.seen()
known = cached_reads.known(seen.build)
measure = pickers.measure(known, among=compare_view.measures(known), first="neighbourhood-crime")
place = pickers.place(known)

compare_view.heading(seen, measure)
compare_view.tiles(seen, measure)
compare_view.lines(seen, measure, place)
compare_view.funnel(seen, measure, place)
page_parts.footing(seen)

"""One measure in every area, side by side, without a league table."""

from metrics.web.streamlit import bodies, cached_reads, pickers, shell, toolbar

seen = pickers.seen()
measure, place = toolbar.of_comparison(cached_reads.known(seen.build))
shell.titled(f"Compare: {measure.title}")

bodies.of_compare(seen, measure.id, place.id)

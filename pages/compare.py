"""One measure in every area, side by side, without a league table."""

from metrics.web.streamlit import bodies, cached_reads, pickers, shell, toolbar

seen = pickers.seen()
known = cached_reads.known(seen.build)
measure, place = toolbar.of_comparison(known)
shell.titled(known.force.site_name, f"Compare: {measure.title}")

bodies.of_compare(seen, measure.id, place.id)

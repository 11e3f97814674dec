"""One measure in every area, side by side, without a league table."""

from metrics.web.streamlit import bodies, cached_reads, pickers, shell

seen = pickers.seen()
known = cached_reads.known(seen.build)
measure, place = shell.comparison_bar(known)
shell.titled(known.force.site_name, f"Compare: {measure.title}")

bodies.of_compare(seen, measure.id, place.id)

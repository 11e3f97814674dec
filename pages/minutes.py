"""What was asked and promised at a meeting, put on record."""

from metrics.web.streamlit import cached_reads, minutes_form, page_parts, pickers

seen = pickers.seen()
place = pickers.place(cached_reads.known(seen.build))

minutes_form.form(seen, place)
page_parts.footing(seen)

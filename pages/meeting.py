"""The first screen: what changed in a place since its last meeting; of the whole force area until a place is chosen."""

from metrics.web.streamlit import bodies, cached_reads, meeting_view, page_parts, pickers, shell

seen = pickers.seen()
known = cached_reads.known(seen.build)
place, since, day = shell.place_bar(seen, known)
shell.titled(known.force.site_name, "What changed", place.name)

if shell.presents():
    bodies.of_place(seen, place.id, since, foot=False)
    meeting_view.agenda(seen, place.id, since, day)
    page_parts.footing(seen)
else:
    bodies.of_place(seen, place.id, since, foot=True)

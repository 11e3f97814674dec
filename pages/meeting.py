"""The first screen: what changed in this borough since the last meeting."""

from metrics.domain import editions
from metrics.web.streamlit import cached_reads, meeting_view, pack_download, page_parts, pickers

seen = pickers.seen()
known = cached_reads.known(seen.build)
place = pickers.place(known)
since = pickers.since(known, place, seen)

if editions.is_public(cached_reads.config()):
    meeting_view.whole(seen, place.id, since)
else:
    meeting_view.opening(seen, place.id, since)
    pack_download.buttons(seen, place, since)
    meeting_view.body(seen, place.id, since)
    meeting_view.agenda(seen, place.id, since)
    page_parts.footing(seen)

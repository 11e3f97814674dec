"""The first screen: what changed in this borough since the last meeting."""

from metrics import editing
from metrics.ui import choose, meeting, parts, reads, take_away

seen = choose.seen()
known = reads.known(seen.build)
place = choose.place(known)
since = choose.since(known, place, seen)

if editing.is_public(reads.config()):
    meeting.whole(seen, place.id, since)
else:
    meeting.opening(seen, place.id, since)
    take_away.buttons(seen, place, since)
    meeting.body(seen, place.id, since)
    meeting.agenda(seen, place.id, since)
    parts.footing(seen)

"""The first screen: what changed in this borough since the last meeting."""

from metrics.ui import choose, meeting, parts, reads, take_away

seen = choose.seen()
known = reads.known(seen.build)
place = choose.place(known)
since = choose.since(known, place, seen)

meeting.opening(seen, place.id, since)
take_away.buttons(seen, place, since)
meeting.body(seen, place.id, since)
meeting.agenda(seen, place.id, since)
choose.known_at(known)
parts.footing(seen)

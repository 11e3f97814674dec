"""The first screen: what changed in this borough since the last meeting."""

from metrics.ui import choose, meeting, parts, reads, take_away

seen = choose.seen()
known = reads.known(seen.build)
place = choose.place(known)
since = choose.since(known, place, seen)
brief = reads.brief(seen, place.id, since)
items = reads.items(seen, place.id, since)

meeting.opening(seen, brief)
take_away.buttons(place, brief, items)
meeting.standing_out(seen, brief)
meeting.promises(brief)
meeting.corrections(brief)
meeting.concerns(brief, items)
meeting.unsaid(brief)
meeting.agenda(seen, brief, items)
choose.known_at(known)
parts.footing(seen)

"""What was asked and promised at a meeting, put on record."""

from metrics.ui import choose, minutes, parts, reads

seen = choose.seen()
place = choose.place(reads.known(seen.build))

minutes.form(seen, place)
parts.footing(seen)

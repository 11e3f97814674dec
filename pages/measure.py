"""One measure over time, in one place."""

from metrics.ui import card, choose, parts, reads

build = reads.store().build
known = reads.known(build)
measure = choose.measure(known)
place = choose.place(known)

parts.measure_heading(measure, place)
card.show_large(build, measure, place, as_rate=choose.rate(measure))
card.from_every_baseline(build, measure, place)
card.corrections(build, measure, place)
parts.footing(build)

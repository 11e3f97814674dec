"""A claim that someone made, checked against the figures."""

from metrics.ui import choose, claim, parts

seen = choose.seen()
text = claim.typed(seen)

if text:
    claim.answers(seen, text)
claim.examples(seen)
parts.footing(seen)

"""How the dashboard decides what changed, in plain words."""

from metrics.ui import choose, method, parts

seen = choose.seen()

method.show(seen)
parts.footing(seen)

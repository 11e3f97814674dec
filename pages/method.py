"""How the dashboard decides what changed, in plain words."""

from metrics.ui import method, parts, reads

build = reads.store().build

method.show(build)
parts.footing(build)

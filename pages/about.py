"""What this site is, whose it is not, and the way to its sources, its method and the record of meetings."""

from metrics.domain import project
from metrics.web.streamlit import bodies, cached_reads, pickers

bodies.about(pickers.seen(), records=not project.is_public(cached_reads.config()))

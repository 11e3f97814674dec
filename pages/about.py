"""What this site is, whose it is not, and the way to its sources, its method and the record of meetings."""

from metrics.domain import editions
from metrics.web.streamlit import bodies, cached_reads, pickers

bodies.about(pickers.seen(), records=not editions.is_public(cached_reads.config()))

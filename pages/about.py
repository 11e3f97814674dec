"""What this site is, whose it is not, and the way to its sources, its method and the record of meetings."""

from metrics.definitions import configuration
from metrics.web.streamlit import bodies, cached_reads, pickers

bodies.about(pickers.seen(), records=not configuration.is_public(cached_reads.config()))

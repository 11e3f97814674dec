"""
The public edition: the whole site as plain files, which any web server can serve and any phone can read.

No script, no cookie, nothing asked of another server. The same reading gives the same bytes, whenever it is made.
"""

from metrics.outputs.site.site_files import site

__all__ = ["site"]

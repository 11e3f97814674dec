"""
The public edition: the whole site as plain files, which any web server can serve and any phone can read.

No script, no cookie, nothing asked of another server. The same reading gives the same bytes, whenever it is made.
"""

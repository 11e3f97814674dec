"""
One description, several drawings: a `Chart` on a page, as a picture, on a slide, to point at, as a table and as a file.

`frame` and `marked` decide once where figures and flags stand, so that every drawing agrees.
"""

from pathlib import Path

PARTS_STYLE = Path(__file__).with_name("parts.css")
"""Chips, tally, flags, rows and charts, the same on every face."""

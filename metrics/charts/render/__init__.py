"""
One description, several drawings: a `Chart` as a Plotly figure, an inline SVG, an HTML table and a CSV.

`scale` and `labels` decide once where things stand, so that every drawing agrees.
"""

from pathlib import Path

PARTS_STYLE = Path(__file__).with_name("parts.css")
"""Chips, tally, flags, rows and charts, the same on every face."""

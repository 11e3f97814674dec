"""The pack of a meeting: one file with slides, handout and figures that opens anywhere, and one sheet of paper."""

from metrics.outputs.pack.document import pack_html, sheet_html

__all__ = ["pack_html", "sheet_html"]

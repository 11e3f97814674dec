"""
What changed and what did not: tidy frames in, frames out.

Every function here is pure: it reads no file, no clock and no global, and never alters
what it is given. A missing value stays missing.
"""

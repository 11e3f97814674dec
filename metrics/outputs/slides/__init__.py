"""Slides: the deck of a meeting as a PowerPoint file."""

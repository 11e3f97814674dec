"""
Every sentence about a figure, from results and `data/wording.yaml`. Nothing else makes one.

A function takes results and gives a sentence; the numbers in it are formatted here, once.
"""

from metrics.narrative.phrases import FEWEST_FOR_A_RATE, counted, spoken
from metrics.narrative.wording import Wording

__all__ = ["FEWEST_FOR_A_RATE", "Wording", "counted", "spoken"]

"""What is tested for surveys and counts of everyone: the columns, the design effect, the one in a hundred."""

from pathlib import Path

import pandas as pd

from metrics.definitions import definitions

KNOWN = definitions(Path(__file__).parents[2] / "data", "new-met-2023").measures


def figures(now: float, before: float, base: float = 400.0) -> pd.DataFrame:
    return pd.DataFrame({"measure": "m", "place": "london", "period": ["2024-06", "2025-06"], "value": [before, now], "base": base})

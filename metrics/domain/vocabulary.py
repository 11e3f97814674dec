"""The closed sets of words: what a field may say, and nothing else."""

STANDINGS = ("quoted", "paraphrased", "proposed")
UNITS = ("percent", "count", "minutes", "per_1000")
BETTER = ("higher", "lower", "neither")
KINDS = ("count", "survey_rolling_year", "survey_quarter", "share", "stock", "flow")
LEVELS = ("force", "unit", "area")
PLACE_LEVELS = (*LEVELS, "outside", "elsewhere")
FIGURE_LEVELS = ("area", "ward")
NAMED_LEVELS = (*LEVELS, "ward")
RULES = ("note", "caution", "refuse")
TOUCHES = ("everywhere", "areas")
FREQUENCIES = ("month", "quarter", "year")
EDITIONS = ("full", "public")
MEETING_STATUSES = ("held", "promised")
NO_EVIDENCE = "no evidence recorded"
COMMITMENT_STATUSES = ("done", "under way", "not done", "dropped", NO_EVIDENCE)
TIDY = ["measure", "place", "period", "value", "base"]

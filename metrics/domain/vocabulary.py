"""The closed sets of words: what a field may say, and nothing else."""

MISSIONS = ("trust", "crime", "standards")
STANDINGS = ("quoted", "paraphrased", "proposed")
UNITS = ("percent", "count", "minutes", "per_1000")
BETTER = ("higher", "lower", "neither")
KINDS = ("count", "survey_rolling_year", "survey_quarter", "share", "stock", "flow")
LEVELS = ("london", "unit", "borough")
PLACE_LEVELS = (*LEVELS, "outside")
RULES = ("note", "caution", "refuse")
FREQUENCIES = ("month", "quarter", "year")
EDITIONS = ("full", "public")
MEETING_STATUSES = ("held", "promised")
NO_EVIDENCE = "no evidence recorded"
COMMITMENT_STATUSES = ("done", "under way", "not done", "dropped", NO_EVIDENCE)
TIDY = ["measure", "place", "period", "value", "base"]

"""The closed set of verdicts: what may be shown of a change, whichever rule chose it."""

CLEAR = ("clear improvement", "clear worsening", "clear rise", "clear fall")
POSSIBLE, NO_CHANGE = "possible change", "no clear change"
NOT_ENOUGH, NOT_COMPARED = "not enough data", "cannot be compared"
VERDICTS = (*CLEAR, POSSIBLE, NO_CHANGE, NOT_ENOUGH, NOT_COMPARED)

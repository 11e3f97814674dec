"""Which words and forms the fields of the files in `data/` may hold; a field not named here holds any plain text."""

import re

from metrics import domain

CLOSED = {
    domain.Measure: {
        "standing": domain.STANDINGS,
        "unit": domain.UNITS,
        "better": domain.BETTER,
        "kind": domain.KINDS,
        "levels": domain.LEVELS,
    },
    domain.Place: {"level": domain.PLACE_LEVELS},
    domain.Break: {"rule": domain.RULES, "touches": domain.TOUCHES},
    domain.Meeting: {"status": domain.MEETING_STATUSES},
    domain.Step: {"status": domain.COMMITMENT_STATUSES},
    domain.Force: {"levels": domain.NAMED_LEVELS},
    domain.Dataset: {"frequency": domain.FREQUENCIES, "base": domain.LEVELS, "level": domain.FIGURE_LEVELS},
    domain.Config: {"edition": domain.EDITIONS},
}
PERIOD = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])"), "a period, written YYYY-MM such as 2023-06"
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*"), "an id: small letters, digits and hyphens, such as knife-crime"
CONTACT = re.compile(r"mailto:[^\s@\"'`\\]+@[^\s@\"'`\\]+|https://[^\s\"'`\\]+"), "an address that begins mailto: or https://"
ADDRESS = re.compile(r"https://[^\s\"'`\\]+"), "a web address that begins https://"
ASKED = re.compile(rf"{ADDRESS[0].pattern}|http://(?:127\.0\.0\.1|localhost)[:/][^\s\"'`\\]*"), "an address that begins https://"
"""What the project asks by itself: over TLS, or a mirror on this very machine."""
MODULE = re.compile(r"[a-z]+(?:_[a-z]+)*"), "the name of an importer, such as recorded_crime"
FORMS = {
    **dict.fromkeys(("period", "until", "redefined", "baseline_from", "baseline_first", "baseline_last"), PERIOD),
    **dict.fromkeys(("baseline_period", "by", "due", "keep_from"), PERIOD),
    **dict.fromkeys(("id", "series", "dataset", "measure", "reform", "priority", "concern", "plan"), SLUG),
    **dict.fromkeys(("rate", "related", "total", "missions"), SLUG),
    **dict.fromkeys(("outside", "part_of", "shared", "refused", "names_from"), SLUG),
    "security": CONTACT,
    **dict.fromkeys(("address", "url", "licence_url"), ADDRESS),
    **dict.fromkeys(("listing", "webhook"), ASKED),
    "importer": MODULE,
}
NEVER_EMPTY = ("levels", "series", "measures", "reforms", "missions", "words", "files", "recipients")

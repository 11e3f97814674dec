"""What every page ends with: whose site this is, how fresh it is, whom to ask."""

from metrics import periods
from metrics.drawing import html
from metrics.ui import reads
from metrics.ui.reads import Seen


def footing(seen: Seen) -> str:
    """The end of a page, as HTML."""
    words = reads.wording(seen.build).text["page"]
    facts = {"day": periods.say_day(reads.reading(seen).as_at), "build": reads.reading(seen).build, "contact": reads.config().contact}
    return html.boxed("footing", html.paragraphs(words["whose"], words["footing"].format(**facts)))

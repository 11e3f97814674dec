"""Claims put to the shipped figures, and the figures themselves read without the project's own code."""

from datetime import date

import pytest

from metrics import claims, definitions
from metrics.claims.figures import Library
from metrics.claims.reading import read
from metrics.narrative import Wording
from metrics.store import Store
from tests.web.streamlit.conftest import ROOT, Published

DAY = date(2026, 8, 31)


class Checker:
    """Puts texts to the shipped figures, as known on one day."""

    def __init__(self, config):
        self.known = definitions.definitions(config.data, config.plan)
        self.wording = Wording(config.data / "wording.yaml")
        self.vocabulary = claims.read_vocabulary(config.data / claims.FILE, self.known)
        self.store = Store(config.database)

    def __call__(self, text: str, as_at: date = DAY):
        return claims.check_text(text, self.known, self.wording, self.store.ask, as_at, self.vocabulary)

    def only(self, text: str, as_at: date = DAY):
        """The one answer or question of a text."""
        (reply,) = self(text, as_at)
        return reply

    def outcome(self, text: str) -> str:
        """The outcome of a text's first claim, or the key of the question that comes first."""
        reply = self(text)[0]
        return f"asks: {reply.key}" if isinstance(reply, claims.Question) else reply.outcome

    def rules(self, text: str) -> tuple[str, ...]:
        """The rules that gave the answer to a text's one claim."""
        return dict(self.only(text).facts)["rules"]

    def answer(self, measure: str, place: str, question: str = "year") -> dict:
        """The kept answer to a question."""
        every = self.store.whole("answers", as_at=DAY)
        asked = (every["measure"] == measure) & (every["place"] == place) & (every["question"] == question)
        return every[asked].to_dict("records")[0]

    def figures(self, measure: str, as_at: date = DAY):
        """What claims of a measure are held against, in every place."""
        places = tuple(place.id for place in (self.known.total, *self.known.areas))
        (figures,) = Library(self.store.ask, self.known, as_at).figures([(measure, places)], {})
        return figures

    def parsed(self, text: str):
        """What a text is read as."""
        return read(text, self.known, self.vocabulary, DAY)


@pytest.fixture(scope="session")
def check(served) -> Checker:
    return Checker(definitions.load(served))


@pytest.fixture(scope="session")
def published() -> Published:
    return Published(ROOT / "data" / "releases")

"""Claims put to the shipped figures, and the figures themselves read without the project's own code."""

from datetime import date

import pytest

from metrics import claims, definitions
from metrics.claims.parsing import parse
from metrics.narrative import Wording
from metrics.store import Store
from tests.web.streamlit.conftest import ROOT, Published

DAY = date(2026, 8, 31)


class Told:
    """Puts texts to the shipped figures, as known on one day."""

    def __init__(self, config):
        self.known = definitions.definitions(config.data, config.plan)
        self.wording = Wording(config.data / "wording.yaml")
        self.heard = claims.read_vocabulary(config.data / claims.FILE, self.known)
        self.store = Store(config.database)

    def __call__(self, text: str, as_at: date = DAY):
        return claims.check_text(text, self.known, self.wording, self.store.ask, as_at, self.heard)

    def one(self, text: str, as_at: date = DAY):
        """The one answer or question of a text."""
        (told,) = self(text, as_at)
        return told

    def outcome(self, text: str) -> str:
        """The outcome of a text's one claim, or the key of the question that comes first."""
        told = self.one(text)
        return f"asks: {told.key}" if isinstance(told, claims.Question) else told.outcome

    def parsed(self, text: str):
        """What a text is read as."""
        return parse(text, self.known, self.heard, DAY)

    def verdict(self, measure: str, place: str) -> str:
        """The verdict of the finding, and which way what stands out goes."""
        return self.store.ask("findings", measure=measure, place=place, as_at=DAY).to_dict("records")[0]


@pytest.fixture(scope="session")
def told(served) -> Told:
    return Told(definitions.load(served))


@pytest.fixture(scope="session")
def published() -> Published:
    return Published(ROOT / "data" / "releases")

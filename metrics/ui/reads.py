"""
Cached reads. Every function takes the build's name, so that new figures are never hidden behind an old cache.

Plain caches of the process, shared by all visitors: nothing that comes from here is ever changed, and looking
a card up among Streamlit's own caches took longer than anything else on a page of forty.
"""

import os
from datetime import date
from functools import lru_cache
from pathlib import Path

import pandas as pd

from metrics import cards, definitions
from metrics.cards import LONDON, Card
from metrics.drawing import html, plotly_figure
from metrics.drawing.svg import svg
from metrics.model import Config, Definitions
from metrics.store import Store
from metrics.words import Wording

ROOT = Path(__file__).parent.parent.parent
CONFIG = "METRICS_CONFIG"


def config() -> Config:
    """What `config.yaml` chooses, or the file that the environment names in its place."""
    return _config(Path(os.environ.get(CONFIG) or ROOT / "config.yaml"))


def store() -> Store:
    """The build in use now; its connection is kept for as long as the build is."""
    return Store(config().database)


@lru_cache(maxsize=2)
def known(build: str) -> Definitions:
    """The definitions that belong to a build."""
    return definitions.definitions(config().data, config().plan)


@lru_cache(maxsize=2)
def wording(build: str) -> Wording:
    """The sentences that belong to a build."""
    return Wording(config().data / "wording.yaml")


@lru_cache(maxsize=2)
def as_at(build: str) -> date:
    """The publication date of the newest release held."""
    return store().ask("newest")["published"].iloc[0].date()


@lru_cache(maxsize=2)
def releases(build: str) -> pd.DataFrame:
    """Every release held, with what its import found."""
    return store().ask("releases")


@lru_cache(maxsize=64)
def figures(build: str, place: str) -> dict[str, pd.DataFrame]:
    """The newest figures of every measure in one place and in London, by measure."""
    every = store().ask("series_of_places", measures=list(known(build).measures), places=sorted({place, LONDON}))
    return dict(tuple(every.groupby("measure")))


@lru_cache(maxsize=4096)
def card(build: str, measure: str, place: str, as_rate: bool = True) -> Card:
    """One card, made once for each build."""
    here = known(build)
    wanted = here.measures[measure]
    by_measure = figures(build, place)
    held = [by_measure[name] for name in (wanted.id, wanted.rate) if name in by_measure]
    frame = pd.concat(held) if held else _nothing()
    return cards.card(wanted, here.places[place], frame, here, wording(build), as_at=as_at(build), as_rate=as_rate)


@lru_cache(maxsize=4096)
def picture(build: str, measure: str, place: str) -> str:
    """A card's chart as an image, drawn once for each build."""
    chart = card(build, measure, place).chart
    return html.image(svg(chart), alt=chart.alt)


@lru_cache(maxsize=512)
def figure(build: str, measure: str, place: str, as_rate: bool) -> dict:
    """A card's chart as a Plotly dictionary, made once for each build."""
    return plotly_figure.figure(card(build, measure, place, as_rate).chart)


@lru_cache(maxsize=4)
def _config(path: Path) -> Config:
    return definitions.load(path)


def _nothing() -> pd.DataFrame:
    columns = ["measure", "place", "period", "value", "base", "published", "second_hand", "residents", "residents_year"]
    return pd.DataFrame(columns=columns)

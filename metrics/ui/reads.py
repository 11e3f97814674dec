"""
Cached reads. Every function takes the build's name, so that new figures are never hidden behind an old cache.

What is only looked at is shared by all visitors; nothing that comes from here is ever changed.
"""

import os
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path

import pandas as pd
import streamlit as st

from metrics import cards, definitions, pictures
from metrics.cards import Card
from metrics.charts import Chart
from metrics.drawing import html, plotly_figure
from metrics.drawing.svg import svg
from metrics.model import Config, Definitions
from metrics.store import Store
from metrics.words import Wording

ROOT = Path(__file__).parent.parent.parent
NARROWEST = 288
"""What a window of 320 pixels leaves for a picture, in pixels."""
CONFIG = "METRICS_CONFIG"


def kept(entries: int) -> Callable[[Callable], Callable]:
    """
    Keep so many answers of a function for every visitor.

    Streamlit's cache makes visitors who ask for the same at once wait for one answer. The plain cache before it
    finds what is there in a fraction of the time: a page asks for eighty things.
    """
    return lambda make: lru_cache(maxsize=entries)(st.cache_resource(make, max_entries=entries, show_spinner=False))


def config() -> Config:
    """What `config.yaml` chooses, or the file that the environment names in its place."""
    return _config(Path(os.environ.get(CONFIG) or ROOT / "config.yaml"))


def store() -> Store:
    """The build in use now; its connection is kept for as long as the build is."""
    return Store(config().database)


@kept(2)
def known(build: str) -> Definitions:
    """The definitions that belong to a build."""
    return definitions.definitions(config().data, config().plan)


@kept(2)
def wording(build: str) -> Wording:
    """The sentences that belong to a build."""
    return Wording(config().data / "wording.yaml")


@kept(2)
def as_at(build: str) -> date:
    """The publication date of the newest release held."""
    return store().ask("newest")["published"].iloc[0].date()


@kept(2)
def releases(build: str) -> pd.DataFrame:
    """Every release held, with what its import found."""
    return store().ask("releases")


@kept(512)
def figures(build: str, place: str, measures: tuple[str, ...] | None = None) -> dict[str, pd.DataFrame]:
    """The newest figures of every measure, or of some, in one place and in London, by measure."""
    every = store().ask("figures", place=place, measures=list(measures) if measures else None)
    return dict(tuple(every.groupby("measure")))


@kept(64)
def found(build: str, place: str) -> dict[str, dict]:
    """What is found of every measure in one place, as now known, by measure."""
    rows = store().ask("findings", measure=None, place=place, as_at=as_at(build))
    return {row["measure"]: row for row in rows.to_dict("records")}


@kept(64)
def found_of(build: str, measure: str) -> pd.DataFrame:
    """What is found of one measure in every place, as now known."""
    return store().ask("findings", measure=measure, place=None, as_at=as_at(build))


@kept(512)
def points(build: str, place: str, measure: str | None = None) -> dict[str, pd.DataFrame]:
    """The control charts of one place, or one of them, by measure."""
    return dict(tuple(store().ask("points", place=place, measure=measure).groupby("measure")))


@kept(64)
def against(build: str, place: str) -> dict[str, pd.DataFrame]:
    """Each measure's newest change from every sensible baseline, in one place."""
    return dict(tuple(store().ask("against", place=place).groupby("measure")))


@kept(512)
def strip(build: str, measure: str, place: str) -> Chart | None:
    """The picture of a change from every sensible baseline, where there are two or more."""
    known_here, rows = known(build), against(build, place).get(measure)
    if rows is None or len(rows) < 2:
        return None
    shown = card(build, measure, place, False, True)
    alt = f"{shown.measure.title}, {shown.place.name}: {wording(build).signs(rows['change'])}"
    words = {"title": shown.measure.title, "alt": alt, "source": shown.chart.source}
    return pictures.from_every_baseline(rows, shown.measure, known_here.plan, words)


@kept(512)
def restated(build: str, measure: str, place: str) -> pd.DataFrame:
    """The newest figures that are not what they were when first published: `period, first, now`."""
    return store().ask("restated", measure=measure, place=place)


@kept(512)
def strip_picture(build: str, measure: str, place: str) -> str:
    """That picture as an image, drawn once for each build."""
    chart = strip(build, measure, place)
    return html.image(svg(chart, narrowest=NARROWEST), alt=chart.alt)


@kept(4096)
def card(build: str, measure: str, place: str, as_rate: bool = False, alone: bool = False) -> Card:
    """One card, made once for each build; `alone` asks for its own figures and not for those of every card of the place."""
    here = known(build)
    wanted = here.measures[measure]
    by_measure = figures(build, place, tuple(filter(None, (wanted.id, wanted.rate))) if alone else None)
    charted = points(build, place, measure if alone else None).get(measure)
    held = [by_measure[name] for name in (wanted.id, wanted.rate) if name in by_measure]
    frame = pd.concat(held) if held else _nothing()
    return cards.card(
        wanted, here.places[place], frame, here, wording(build),
        as_at=as_at(build), finding=found(build, place)[measure], points=charted, as_rate=as_rate,
    )


@kept(4096)
def picture(build: str, measure: str, place: str) -> str:
    """A card's chart as an image, drawn once for each build."""
    chart = card(build, measure, place).chart
    return html.image(svg(chart, narrowest=NARROWEST), alt=chart.alt)


@kept(512)
def figure(build: str, measure: str, place: str, as_rate: bool) -> dict:
    """A card's chart as a Plotly dictionary, made once for each build."""
    return plotly_figure.figure(card(build, measure, place, as_rate, True).chart)


@kept(4)
def _config(path: Path) -> Config:
    return definitions.load(path)


def _nothing() -> pd.DataFrame:
    columns = ["measure", "place", "period", "value", "base", "published", "second_hand", "residents", "residents_year"]
    return pd.DataFrame(columns=columns)

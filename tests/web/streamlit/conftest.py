"""A page run without a browser, and the shipped figures read without the project's own code."""

import csv
import json
import re
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[3]
# The frame, and not `dashboard.py`: beside a folder of pages the test runner runs a page without its frame.
SCRIPT = ROOT / "metrics" / "web" / "streamlit" / "script.py"
# Nobody is read what is marked as hidden: a shape that stands beside its verdict's words.
TAG = re.compile(r'<span [^>]*aria-hidden="true">.*?</span>|<[^>]+>')
# What Markdown keeps of a text whose power was taken out of it.
POWERLESS = re.compile(r"\\([!-/:-@\[-`{-~])")


class Page:
    """One visitor's page."""

    def __init__(self, app: AppTest):
        self.app = app

    def go(self, name: str, **address: str) -> "Page":
        """Open a page by its link in the navigation, at an address."""
        self.app.switch_page(str(ROOT / "pages" / f"{name}.py"))
        self.app.query_params.clear()
        for key, value in address.items():
            self.app.query_params[key] = value
        return self.run()

    def run(self) -> "Page":
        """Run the page once more; no page may end in an error."""
        self.app.run()
        assert [error.message for error in self.app.exception] == []
        return self

    @property
    def address(self) -> dict[str, str]:
        return dict(self.app.query_params)

    @property
    def title(self) -> str:
        (title,) = [*self._headings(1), *(POWERLESS.sub(r"\1", title.value) for title in self.app.title)]
        return title

    @property
    def headers(self) -> list[str]:
        return [*self._headings(2), *(POWERLESS.sub(r"\1", header.value) for header in self.app.header)]

    @property
    def warnings(self) -> list[str]:
        return [POWERLESS.sub(r"\1", warning.value) for warning in self.app.warning]

    @property
    def html(self) -> list[str]:
        """Every piece of HTML of the page's body."""
        return [piece.value for piece in self.app.main.get("html")]

    @property
    def text(self) -> str:
        """Every word that a reader meets."""
        labels = [widget.label for kind in (self.app.selectbox, self.app.radio, self.app.tabs, self.app.expander) for widget in kind]
        alternative = [unescape(alt) for alt in re.findall(r' alt="([^"]*)"', "".join(self.html))]
        return "\n".join([self.title, *self.headers, *self.warnings, *labels, *alternative, *map(words, self.html)])

    @property
    def cards(self) -> dict[str, str]:
        """The words of each card by its title."""
        boxes = re.findall(r'<div class="card"><h\d>(.*?)</h\d>(.*?)</div>', "".join(self.html))
        return {unescape(title): words(rest) for title, rest in boxes}

    def _headings(self, level: int) -> list[str]:
        """The headings of a level that stand in a piece of HTML."""
        return [words(title) for title in re.findall(rf"<h{level}[^>]*>(.*?)</h{level}>", "".join(self.html))]

    def explore(self) -> "Page":
        """Ask for the chart that can be pointed at."""
        self.app.toggle(key="explore").set_value(True)
        return self.run()

    def pick(self, key: str, choice: str | None) -> "Page":
        """Choose in a picker."""
        self.app.selectbox(key=key).set_value(choice)
        return self.run()


def words(html: str) -> str:
    """HTML as the words a reader meets, a line for each piece."""
    return unescape(re.sub(r"\n+", "\n", TAG.sub("\n", html))).strip()


@pytest.fixture
def visit(served, monkeypatch):
    """Open a page as a new visitor, at an address."""
    monkeypatch.setenv("METRICS_CONFIG", str(served))

    def open_page(name: str = "", **address: str) -> Page:
        page = Page(AppTest.from_file(str(SCRIPT), default_timeout=60))
        return page.go(name, **address) if name else page.run()

    return open_page


class Published:
    """The figures of the releases themselves, read line by line: nothing of the project's own code is in between."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.releases = cache(self._releases)

    def figures(self, dataset: str, series: list[str], place: str) -> dict[str, float]:
        """The newest figure of each period, some series added up; an official release outweighs a second-hand one."""
        newest: dict[str, float] = {}
        for release in self.releases(dataset):
            parts: dict[str, list[float]] = {}
            for row in release:
                if row["place"] == place and row["measure"] in series:
                    parts.setdefault(row["period"], []).append(float(row["value"]))
            newest |= {period: sum(values) for period, values in parts.items() if len(values) == len(series)}
        return newest

    def years(self, dataset: str, series: list[str], place: str) -> tuple[float, float]:
        """The sum of the newest twelve months, and of the twelve before."""
        months = [value for _, value in sorted(self.figures(dataset, series, place).items())]
        return sum(months[-12:]), sum(months[-24:-12])

    def residents(self, place: str, period: str) -> float:
        """Residents in the year of a period, or in the nearest one for which there is an estimate."""
        known = {int(when[:4]): value for when, value in self.figures("population", ["residents"], place).items()}
        return known[min(known, key=lambda year: abs(year - int(period[:4])))]

    def _releases(self, dataset: str) -> list[list[dict[str, str]]]:
        """The rows of each release, the newest official one last."""
        paths = sorted((self.folder / dataset).glob("*.csv"), key=lambda path: (not facts(path)["second_hand"], path.stem))
        return [list(csv.DictReader(path.open(encoding="utf-8"))) for path in paths]


def facts(path: Path) -> dict:
    """What is written beside a release."""
    return json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def published() -> Published:
    """The shipped figures."""
    return Published(ROOT / "data" / "releases")

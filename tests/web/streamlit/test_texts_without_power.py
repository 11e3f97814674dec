"""
A title in a definition that tries to be more than a title: on every page it is shown as it is written.

HTML in a definition is refused when it is read; Markdown is not, because a title may hold any of its signs.
"""

import re

import pytest

from metrics.cli import main
from metrics.domain import periods
from tests.conftest import Project
from tests.ingest.samples import recorded_crime

HOSTILE = "![x](http://example.com/x.png) **a** & b :red[b] $c$"
LOOSE = re.compile(r"(?<!\\)[\[\]<>*$:!`]")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A project of its own in which a measure and a dataset have such a title."""
    project = Project(tmp_path_factory.mktemp("hostile"))
    for path in (project.data / "measures" / "personal-robbery.yaml", project.data / "datasets" / "recorded-crime.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"^title: .*$", f"title: '{HOSTILE}'", text, flags=re.MULTILINE), encoding="utf-8")
    months = [month.replace("-", "") for month in periods.span("2021-01", "2024-03")]
    file = project.put("borough.csv", recorded_crime(months=months))
    command = ["--config", str(project.config)]
    assert main([*command, "import", "recorded-crime", str(file), "--published", "2024-04-18"]) == 0
    assert main([*command, "build"]) == 0
    return project


@pytest.mark.parametrize("name", ["plan", "meeting", "measure", "compare", "sources", "method"])
def test_a_title_is_only_words(visit, hostile, monkeypatch, name):
    monkeypatch.setenv("METRICS_CONFIG", str(hostile.config))
    page = visit(name, measure="personal-robbery", area="sutton")
    headings = [heading.value for heading in [*page.app.title, *page.app.header]]
    assert [heading for heading in headings if LOOSE.search(heading)] == []
    assert [piece for piece in page.html if re.search(r"<img src|<script|<a (?!href|class=.go[ a-z]*. href)", piece)] == []
    assert page.app.markdown.values == []
    if name not in ("plan", "method"):
        assert HOSTILE in page.text

"""A publisher on this machine, and a project whose datasets are asked of it."""

import re
from collections.abc import Iterator

import pytest

from metrics.refresh import download
from tests.conftest import CONFIG, Project
from tests.ingest.samples import force_strength
from tests.refresh.publisher import Publisher, serving

CATALOGUE = re.compile(r"^catalogue:\n(?:  .*\n)+", re.MULTILINE)
FORCE = "/api/dataset/strength"


@pytest.fixture
def publisher(monkeypatch) -> Iterator[Publisher]:
    """A publisher of its own, asked without any proxy and asked again without a pause."""
    monkeypatch.setattr(download, "PAUSE", 0.0)
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with serving() as there:
        yield there


@pytest.fixture
def asking(project, publisher) -> Project:
    """A project that keeps what it fetches in `refresh`, with one dataset in a catalogue: the force's strength, which is up."""
    for path in (project.data / "datasets").glob("*.yaml"):
        path.write_text(CATALOGUE.sub("", path.read_text(encoding="utf-8")), encoding="utf-8")
    listed(project, "force-strength", publisher.address + FORCE, "{words: [strength], format: csv}")
    project.config.write_text(CONFIG + "refresh: {folder: refresh}\n", encoding="utf-8")
    publisher.catalogue(FORCE, [publisher.file("/a1/Police_Force_Strength.csv", force_strength())])
    return project


def listed(project: Project, dataset: str, listing: str, *files: str) -> None:
    """Name a catalogue in the definition of a dataset."""
    lines = "".join(f"    - {file}\n" for file in files)
    path = project.data / "datasets" / f"{dataset}.yaml"
    path.write_text(path.read_text(encoding="utf-8") + f"catalogue:\n  listing: {listing}\n  files:\n{lines}", encoding="utf-8")

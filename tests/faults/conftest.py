"""What the tests of faults share: the public edition of the shipped data as it is hosted, two replicas behind nginx."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.hosting import MISSING, WHY, Site, explorer, hosted
from tests.web.server.conftest import public_config, published

__all__ = ["public_config", "published"]


@pytest.fixture(scope="session")
def database(served) -> Path:
    """The folder of a database of the shipped data."""
    return served.parent / "db"


@pytest.fixture(scope="session")
def hosting(tmp_path_factory, database, published) -> Iterator[Site]:
    """Two replicas behind the shipped nginx configuration; a test that kills one starts it again."""
    if MISSING:
        pytest.skip(WHY)
    folder = tmp_path_factory.mktemp("hosting")
    replicas = [explorer(folder, database, published, f"replica-{number}") for number in (1, 2)]
    with hosted(folder / "nginx", published, replicas) as site:
        yield site

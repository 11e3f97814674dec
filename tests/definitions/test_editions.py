"""The public edition neither writes nor presents: not by hiding, but by not having the pages and by refusing."""

import pytest

from metrics.definitions import configuration
from metrics.domain import Refused
from metrics.web.streamlit import cached_reads, shell


@pytest.fixture
def edition(tmp_path, monkeypatch):
    """Serve an edition from a configuration of its own."""

    def choose(name: str) -> None:
        path = tmp_path / f"{name}.yaml"
        path.write_text(f"plan: new-met-2023\nedition: {name}\ndata: data\ndatabase: db\ncontact: The tests\n", encoding="utf-8")
        monkeypatch.setenv("METRICS_CONFIG", str(path))

    return choose


def test_the_public_edition_does_not_have_the_pages_that_write_or_present(edition, monkeypatch):
    monkeypatch.setattr(shell, "ONLY_IN_FULL", frozenset({"sources"}))
    edition("full")
    assert shell.served() == shell.PAGES
    edition("public")
    assert list(shell.served()) == [name for name in shell.PAGES if name != "sources"]


def test_only_pages_that_there_are_can_be_kept_to_the_full_edition():
    assert set(shell.PAGES) >= shell.ONLY_IN_FULL


def test_whatever_writes_refuses_in_the_public_edition_and_goes_on_in_the_full(edition):
    edition("full")
    configuration.only_in_full(cached_reads.config())
    edition("public")
    with pytest.raises(Refused, match="this is the public edition"):
        configuration.only_in_full(cached_reads.config())

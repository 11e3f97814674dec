"""One configuration for the app, the commands and make: which file it is, and what lies over it."""

from pathlib import Path

import pytest

from metrics.cli import main
from metrics.definitions import configuration, load, path_of
from metrics.definitions.configuration import NAME, PROJECT, VARIABLE, check_filled
from metrics.domain import Refused
from metrics.web.streamlit import cached_reads, shell

WRITTEN = "plan: new-met-2023\nedition: full\ndata: data\ndatabase: db\ncontact: The analyst\n"


@pytest.fixture
def written(tmp_path) -> Path:
    """A configuration of its own."""
    path = tmp_path / "config.yaml"
    path.write_text(WRITTEN, encoding="utf-8")
    return path


def test_the_file_named_comes_first_then_environment_then_folder_then_project(written, tmp_path, monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.chdir("/")
    assert path_of() == PROJECT / NAME
    monkeypatch.chdir(tmp_path)
    assert path_of().resolve() == written
    monkeypatch.setenv(VARIABLE, "/elsewhere/other.yaml")
    assert path_of() == Path("/elsewhere/other.yaml")
    assert path_of(written) == written


def test_commands_and_app_follow_the_environment(written, monkeypatch, capsys):
    monkeypatch.setenv(VARIABLE, str(written))
    assert cached_reads.config().contact == "The analyst"
    monkeypatch.setenv(VARIABLE, "/nowhere.yaml")
    assert main(["check"]) == 1
    assert capsys.readouterr().err == "nowhere.yaml: no such file\n"


def test_the_local_file_lies_over_the_other_field_by_field(written, tmp_path):
    (tmp_path / "config.local.yaml").write_text("# Here.\n\ncontact: The night shift\naddress: https://tracker.example\n", encoding="utf-8")
    config = load(written)
    assert (config.contact, config.address, config.plan, config.data) == (
        "The night shift", "https://tracker.example", "new-met-2023", tmp_path / "data"
    )


@pytest.mark.parametrize(
    ("local", "says"),
    [
        ("\n\nedition: pubic\n", "config.local.yaml, line 3: edition: 'pubic' is not one of full, public"),
        ("colour: red\n", "config.local.yaml, line 1: colour: unknown field"),
        ("- contact\n", "config.local.yaml, line 1: a mapping"),
    ],
)
def test_a_mistake_in_the_local_file_names_it_and_its_line(written, tmp_path, local, says):
    (tmp_path / "config.local.yaml").write_text(local, encoding="utf-8")
    with pytest.raises(Refused) as refusal:
        load(written)
    assert str(refusal.value).startswith(says)


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("contact: x\n", "it lacks where the public pages will stand"),
        ("contact: The person who runs this dashboard\naddress: https://tracker.example\n", "contact: 'The person"),
        ("contact: x\naddress: https://progress.example.gov.uk\n", "address: 'https://progress.example.gov.uk' is as it was shipped"),
    ],
)
def test_nothing_is_published_with_what_nobody_filled_in(written, lines, says):
    written.write_text(WRITTEN.replace("contact: The analyst\n", lines), encoding="utf-8")
    with pytest.raises(Refused, match=r"^config\.yaml: ") as refusal:
        check_filled(load(written), written, "contact", "address")
    assert says in str(refusal.value)


def test_what_is_filled_in_is_published(written):
    written.write_text(WRITTEN + "address: https://tracker.example\n", encoding="utf-8")
    check_filled(load(written), written, "contact", "address")


def test_a_file_that_may_not_be_read_is_one_line(written, monkeypatch, capsys):
    def forbidden(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", forbidden)
    assert main(["--config", str(written), "check"]) == 1
    assert capsys.readouterr().err == f"{written}: cannot be read or written (Permission denied)\n"


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

"""The command `findings`: what it prints, as at any day, and what it says to a wrong word."""

import pytest

from metrics.cli import main


@pytest.fixture
def findings_of(served, capsys):
    """The output of the command for some words, which must succeed."""

    def run(*words: str) -> str:
        assert main(["--config", str(served), "findings", *words]) == 0
        return capsys.readouterr().out

    return run


def test_a_day_after_the_newest_release_knows_what_is_known_now(findings_of):
    assert findings_of("--measure", "rape", "--as-at", "2999-01-01") == findings_of("--measure", "rape")


@pytest.mark.parametrize(("words", "says"), [
    (("--measure", "weapon"), "weapons"), (("--place", "Hackny"), "hackney"), (("--as-at", "yesterday"), "not a day"),
    (("weapons",), "unrecognized arguments"), (("--place",), "expected one argument"),
])
def test_a_wrong_word_is_one_line_and_the_exit_status_1(served, capsys, words, says):
    capsys.readouterr()
    assert main(["--config", str(served), "findings", *words]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert says.lower() in err.lower()


def test_without_a_build_the_command_says_what_to_do(project):
    status, out, err = project.run("findings")
    assert (status, out) == (1, "")
    assert "python -m metrics build" in err

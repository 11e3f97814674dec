"""The command line teaches, answers, and turns a mistake into one line and the exit status 1."""

import csv
import io
import os
import re
import shlex
import shutil
import subprocess
import sys

import pytest

from metrics.cli import main
from metrics.cli.questions import COLUMNS
from tests.conftest import ROOT, Project
from tests.ingest.samples import SAMPLES, force_strength, recorded_crime

COMMANDS = ("import", "check", "build", "list", "show")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A project with two releases and a build of them, to copy."""
    project = Project(tmp_path_factory.mktemp("made"))
    config = ["--config", str(project.config)]
    crime, force = project.put("borough.csv", recorded_crime()), project.put("strength.csv", force_strength())
    assert main([*config, "import", "recorded-crime", str(crime), "--published", "2024-04-18"]) == 0
    assert main([*config, "import", "force-strength", str(force), "--published", "2024-02"]) == 0
    assert main([*config, "build"]) == 0
    return project


@pytest.fixture
def built(made, project):
    """The same project, to use and change."""
    for folder in ("data", "db"):
        shutil.copytree(made.root / folder, project.root / folder, dirs_exist_ok=True)
    return project


def help_of(capsys, *words: str) -> str:
    with pytest.raises(SystemExit) as left:
        main([*words, "--help"])
    assert left.value.code == 0
    return capsys.readouterr().out


def test_help_names_every_command_and_shows_examples_to_copy(capsys):
    text = help_of(capsys)
    for command in COMMANDS:
        assert f"\n    {command} " in text
    assert "python -m metrics import recorded-crime" in text
    assert "--as-at 2026-04-30" in text


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_says_what_it_does_in_a_sentence(capsys, command):
    text = help_of(capsys, command)
    sentence = text.split("\n\n")[1]
    assert sentence[0].isupper()
    assert "." in sentence


MISTAKES = {
    "": "the following arguments are required: COMMAND",
    "biuld": "invalid choice: 'biuld'",
    "import": "the following arguments are required: DATASET, FILE, --published",
    "import recorded-crime a.csv": "the following arguments are required: --published",
    "import recorded-crime a.csv --published yesterday": "argument --published: 'yesterday' is not a day such as 2026-04-30",
    "import recorded-crime a.csv --published 2024-02-30": "'2024-02-30' is not a day such as 2026-04-30",
    "import recorded-crime a.csv --published 2024-13": "'2024-13' is not a day",
    "import recorded-crimes a.csv --published 2024-04-18": "no dataset called 'recorded-crimes'",
    "import recorded-crime a.csv --published 2024-04-18": "a.csv: no such file",
    "list wonders": "invalid choice: 'wonders'",
    "show": "the following arguments are required: MEASURE, PLACE",
    "show residential-burglry london": "did you mean residential-burglary?",
    "show residential-burglary Kingstn": "did you mean Kingston upon Thames?",
    "show residential-burglary 'City of London'": "policed by another force",
    "show residential-burglary london --as-at soon": "argument --as-at: 'soon' is not a day such as 2026-04-30",
    "show residential-burglary london --as-at 2024-04-17": "no figures for residential-burglary in london published by 2024-04-17",
    "show residential-burglary south-west": "it is held for London and boroughs only",
    "show police-officers sutton": "no figures for police-officers in sutton: it is held for London only",
    "show answer-999 london": "no figures for answer-999 in london: No series is held here",
    "show rape london --wrong": "unrecognized arguments: --wrong",
}


@pytest.mark.parametrize("words", MISTAKES)
def test_a_mistake_is_told_in_one_line(built, refused, words):
    refused(*shlex.split(words), says=MISTAKES[words])


def test_a_configuration_that_is_not_there_is_told(capsys):
    assert main(["--config", "nowhere/config.yaml", "check"]) == 1
    assert capsys.readouterr().err == "config.yaml: no such file\n"


BAD_YAML = {
    "a key given twice": ("title: Recorded rape\n", "title: Recorded rape\ntitle: Rape\n", "'title' is given twice"),
    "a tag": ("title: Recorded rape\n", "title: !!python/object/apply:os.system [ls]\n", "a tag (!)"),
    "an alias bomb": ("title: Recorded rape\n", "title: &a [&b [*b, *b], *b]\n", "an anchor (&) or alias (*)"),
    "a word misspelt": ("title: Recorded rape\n", "titel: Rape\n", "did you mean title?"),
}


@pytest.mark.parametrize("damage", BAD_YAML)
@pytest.mark.parametrize("command", ["check", "build", "list measures", "show rape london"])
def test_a_damaged_definition_is_told_with_its_line_by_every_command(built, refused, damage, command):
    was, becomes, says = BAD_YAML[damage]
    path = built.data / "measures" / "rape.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(was) == 1
    path.write_text(text.replace(was, becomes), encoding="utf-8")
    assert "rape.yaml, line " in refused(*command.split(), says=says)


def test_show_gives_csv_with_the_promised_columns(built):
    status, out, err = built.run("show", "police-officers", "london", "--csv")
    assert (status, err) == (0, "")
    assert out == (
        "measure,place,period,value,base,published\n"
        "police-officers,london,2023-11,33000,,2024-02-29\n"
        "police-officers,london,2023-12,33001,,2024-02-29\n"
        "police-officers,london,2024-01,33002,,2024-02-29\n"
    )


@pytest.mark.parametrize("name", ["kingston-upon-thames", "Kingston upon Thames", "KINGSTON UPON THAMES", "E09000021", "e09000021"])
def test_a_place_is_found_by_slug_name_or_code(built, name):
    by_slug = built.run("show", "residential-burglary", "kingston-upon-thames", "--csv")
    assert by_slug[0] == 0
    assert built.run("show", "residential-burglary", name, "--csv") == by_slug


def test_show_as_a_table_names_the_source_and_lines_up(built):
    lines = built.run("show", "police-officers", "london")[1].splitlines()
    assert lines[0].endswith("Source: Metropolitan Police Service, Police force strength, Open Government Licence v3.0.")
    assert lines[1].split() == ["measure", "place", "period", "value", "base", "published"]
    assert lines[2].split() == ["police-officers", "london", "2023-11", "33000", "2024-02-29"]
    assert {line.index("2024-02-29") for line in lines[2:-2]} == {lines[1].index("published")}
    assert all(line.startswith("police-officers, london, ") for line in lines[-2:])


def test_as_at_shows_only_what_was_published_by_that_day(built):
    built.take("recorded-crime", built.put("later.csv", recorded_crime(months=("202404",))), published="2024-05-18")
    built.run("build")
    for day, newest in (("2024-05-17", "2024-03"), ("2024-05-18", "2024-04")):
        shown = built.run("show", "stalking", "london", "--csv", "--as-at", day)[1]
        assert shown.splitlines()[-1].split(",")[2] == newest


def test_check_counts_what_is_held(built):
    status, out, err = built.run("check")
    assert (status, err) == (0, "")
    assert out.startswith("all is well: ")
    assert "2 releases" in out


LISTED = {"measures": "residential-burglary", "places": "E09000021", "datasets": "recorded-crime", "releases": "2024-02-29 (about)"}


@pytest.mark.parametrize("what", LISTED)
def test_list_gives_one_line_each(built, what):
    status, out, err = built.run("list", what)
    assert (status, err) == (0, "")
    assert any(LISTED[what] in line for line in out.splitlines())
    assert all(line.strip() for line in out.splitlines())


def test_list_gives_measures_unless_told_otherwise(built):
    assert built.run("list") == built.run("list", "measures")


def test_list_names_every_dataset_that_can_be_imported(built):
    out = built.run("list", "datasets")[1]
    assert {line.split()[0] for line in out.splitlines()} >= set(SAMPLES)


def test_the_program_itself_ends_with_status_1_and_no_traceback(tmp_path):
    command = [sys.executable, "-m", "metrics", "--config", tmp_path / "config.yaml", "check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "config.yaml: no such file\n")


def test_a_reader_who_has_seen_enough_is_no_error(built):
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "metrics", "--config", built.config, "list", "measures"]
    done = subprocess.run(command, cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def test_publishing_without_an_address_says_what_to_write_and_where_before_it_builds(project):
    status, _, err = project.run("publish", project.root / "public")
    assert status == 1 and err.count("\n") == 1
    assert err.startswith("config.yaml: ") and "`address: https://" in err
    assert not (project.root / "public").exists() and not list(project.root.rglob("*.duckdb"))


def test_publishing_and_going_back(project):
    example = ROOT / "examples" / "police-x"
    shutil.rmtree(project.data)
    shutil.copytree(example / "data", project.data)
    text = (example / "config.yaml").read_text(encoding="utf-8")
    project.config.write_text(re.sub("database: .*", "database: db", text), encoding="utf-8")
    status, out, err = project.run("publish", project.root / "public")
    assert (status, err) == (0, "")
    assert " files written, 0 as they were, 0 gone" in out
    assert (project.root / "public" / "current" / "index.html").is_file()
    status, out, _ = project.run("publish", project.root / "public")
    assert status == 0 and "0 files written" in out
    status, _, err = project.run("rollback", project.root / "public")
    assert status == 1 and err.count("\n") == 1


def test_findings_print_both_answers_with_their_words_in_the_named_columns(built):
    _, out, _ = built.run("findings", "--place", "london", "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert tuple(rows[0]) == COLUMNS
    assert {row["question"] for row in rows} == {"year", "plan"}
    assert all(row["title"] and row["finding"] and row["stale"] in ("yes", "no") for row in rows)


def test_findings_and_show_say_the_same_sentences(built):
    _, findings, _ = built.run("findings", "--place", "london", "--measure", "police-officers")
    _, shown, _ = built.run("show", "police-officers", "london")
    assert len(findings.splitlines()) == 2
    assert findings in shown


def test_a_day_that_the_build_does_not_keep_is_worked_out(built):
    _, out, _ = built.run("findings", "--place", "london", "--measure", "police-officers", "--as-at", "2024-03-01")
    assert len(out.splitlines()) == 2


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

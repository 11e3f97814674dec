"""What a page would stumble over later is refused by `check` before, in one line with its file."""

import pytest

from metrics.domain import Refused
from metrics.outputs.page.templating import check_templates


def change(project, file: str, was: str, becomes: str) -> None:
    path = project.data / file
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, becomes, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "was", "becomes", "says"),
    [
        ("datasets/recorded-crime.yaml", "importer: recorded_crime", "importer: recorded_crimes", "did you mean recorded_crime?"),
        ("measures/homicide.yaml", "unit: count", "unit: percent", "unit: 'percent' does not go with the kind 'count'"),
        ("measures/good-job.yaml", "unit: percent", "unit: count", "unit: 'count' does not go with the kind 'survey_"),
        ("measures/homicide.yaml", "kind: count", "kind: stock", "kind: 'stock' is how many there are at the end of a month"),
        ("measures/homicide.yaml", "title: Homicide", "title: Knife Crime", "is already the title of homicide"),
        ("measures/residential-burglary.yaml", "title: Residential burglary", "title: Burglary", "'Burglary' is the title of the measure"),
        ("measures/homicide.yaml", "title: Homicide", "title: Murder", "'Murder' is the title of the measure homicide"),
        ("wording.yaml", "\npage:\n", "\npages:\n", "wording.yaml: the section 'page' is missing, and pages read it: is it pages?"),
        ("wording.yaml", "Before you present: {warning}", "Before you present: {warning", "wording.yaml, line "),
        ("wording.yaml", "Before you present: {warning}", "Before you present: {the warning}", "{the warning} is no name"),
        ("wording.yaml", "Before you present: {warning}", "Before you present: {warnnig}", "did you mean warning?: 'Before you"),
        ("wording.yaml", "  footing: ", "  foting: ", "lacks the sentence 'footing', and pages read it: is it foting?"),
    ],
)
def test_what_a_page_would_stumble_over_is_refused(project, refused, file, was, becomes, says):
    change(project, file, was, becomes)
    refused("check", says=says)


def test_a_template_that_is_none_is_refused_with_its_line(tmp_path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/a.html").write_text("<p>\n{% if %}\n", encoding="utf-8")
    with pytest.raises(Refused, match=r"^a\.html, line 2: not a template"):
        check_templates(tmp_path)


def test_a_force_without_headline_measures_is_told_so(project):
    for path in (project.data / "measures").glob("*.yaml"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if not line.startswith("headline:")), encoding="utf-8")
    status, out, _ = project.run("check")
    assert (status, out.splitlines()[0]) == (0, "no measure has a `headline` number: the first screen and the plan lead with none")


def test_a_build_is_refused_too_and_none_is_made(project, refused):
    change(project, "wording.yaml", "    too_soon: ", "    to_soon: ")
    refused("build", says="the section 'answers' lacks the sentence 'titles > too_soon', and pages read it: is it to_soon?")

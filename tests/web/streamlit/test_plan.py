"""The page of the plan, pages/plan.py."""

import re
from datetime import date

from tests.web.streamlit.conftest import words


def rows_of_commitments(page) -> list[list[str]]:
    """The cells of each row of the table of promises, as read on a wide page, where the head names them and `<i>` is not shown."""
    whole = re.sub(r"<i>[^<]*: </i>", "", "".join(page.html))
    table = whole[whole.index('<table class="promised-table">') :]
    rows = re.findall(r"<tr>(.*?)</tr>", table[: table.index("</table>")], re.DOTALL)
    return [[words(cell).replace("\n", " ") for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)] for row in rows]


def test_the_title_says_how_many_headline_measures_are_better_and_worse(visit):
    page = visit("plan")
    title = re.fullmatch(r"The plan: (\d+) of (\d+) up-to-date headline measures clearly better, (\d+) worse", page.title)
    bar = re.search(r'<div class="tally-bar".*?</div>', "".join(page.html), re.DOTALL)[0]
    counts = {kind: int(count) for kind, count in re.findall(r'<i class="([a-z ]+)"[^>]*><b>(\d+)</b>', bar)}
    assert [counts["improvement"], sum(counts.values()), counts["worsening"]] == [int(number) for number in title.groups()]


def test_every_headline_measure_is_under_its_mission_with_figures_or_a_reason(visit, shipped_definitions):
    whole = "".join(visit("plan").html)
    rows = re.findall(r'<tr class="row" id="([a-z0-9-]+)">', whole)
    missing = [headline.title for headline in shipped_definitions.headlines if headline.missing]
    assert len(rows) + len(missing) == 20 and len(missing) > 2
    assert [title for title in missing if title not in whole] == []
    assert all(mission.title in whole for mission in shipped_definitions.plan.missions.values())


def test_it_says_that_the_list_of_headline_measures_is_not_the_mets_own(visit):
    assert "was not found in any source held here" in visit("plan").text


def test_every_commitment_stands_in_a_table_with_its_status(visit, shipped_definitions):
    head, *rows = rows_of_commitments(visit("plan"))
    assert head == ["Promise", "Due", "Status", "Evidence"]
    wanted = [(commitment.text, commitment.status_on(date.max).capitalize()) for commitment in shipped_definitions.plan.commitments]
    assert [(row[0], row[2].split(",")[0]) for row in rows] == wanted


def test_a_commitment_done_late_shows_when_and_when_it_was_due(visit):
    (charter,) = [row for row in rows_of_commitments(visit("plan")) if row[0].startswith("A stop and search charter")]
    assert charter[1:3] == ["October 2023", "Done, 27 February 2025"]
    assert charter[3] == "Published on 27 February 2025, 16 months after the promised month. (Published source, not held here)"


def test_the_priorities_say_whose_words_they_are(visit, shipped_definitions):
    text = visit("plan").text
    assert shipped_definitions.plan.priorities_note in text
    for priority in shipped_definitions.plan.priorities:
        assert priority.title in text


def test_the_plan_is_of_london_whatever_borough_was_chosen(visit):
    visit("meeting", area="sutton")
    assert "London, since the launch" in visit("plan", area="sutton").text


def test_a_part_of_the_plan_has_an_address_and_one_that_is_none_is_said(visit):
    assert visit("plan", part="culture-change").title == "Culture change"
    assert visit("plan", part="new-met-2025").title == "The plan: 0 of 9 up-to-date headline measures clearly better, 1 worse"
    assert visit("plan", part="service-to-victims").title == "A compassionate and effective service to victims"
    page = visit("plan", part="culture-chnge" * 40)
    (warning,) = page.warnings
    assert warning.startswith("no part of the plan called 'culture-chnge") and len(warning) <= 300
    assert page.title.startswith("The plan: ")


def test_on_a_phone_each_cell_of_a_commitment_says_what_it_is(visit):
    rows = re.findall(r'<tr><th scope="row">(?:(?!</tr>).)*</tr>', "".join(visit("plan").html), re.DOTALL)
    assert rows and {tuple(re.findall(r"<td><i>([^<]*): </i>", row)) for row in rows} == {("Due", "Status", "Evidence")}

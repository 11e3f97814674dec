"""The pages below the plan: each mission, reform and priority with its measures and promises, another plan with its own answers."""

import re
from dataclasses import replace
from datetime import date

import pytest

from metrics.domain import Refused
from metrics.narrative import number_format
from metrics.outputs.page import general_pages
from metrics.outputs.page.pen import Pen
from metrics.outputs.site.addresses import SiteRoutes
from metrics.report.snapshot import Snapshot

ROUTES = SiteRoutes("../../", "london")
OTHER = "new-met-2025"


def html(now, name: str) -> str:
    return general_pages.plan_part(now, name, Pen(words=now.wording.text["verdicts"]), ROUTES)


def words(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_there_is_a_page_for_each_mission_reform_priority_and_other_plan(now):
    plan = now.known.plan
    parts = [part.id for part in (*plan.reforms, *plan.priorities)]
    assert general_pages.part_names(now) == [*plan.missions, *parts, OTHER] and len(parts) == 12


@pytest.mark.parametrize("name", ["community-crime-fighting", "culture-change", "fixing-our-foundations"])
def test_a_reform_shows_all_of_its_measures_and_no_other(now, name):
    reform = next(reform for reform in now.known.plan.reforms if reform.id == name)
    page = html(now, name)
    rows = set(re.findall(r'<tr class="row" id="([a-z0-9-]+)">', page))
    missing = {measure for measure in reform.measures if now.known.measures[measure].missing}
    assert rows == set(reform.measures) - missing
    assert all(now.known.measures[measure].title in page for measure in missing)
    assert "chosen for this dashboard, not by the plan" in page


def test_a_reform_lists_what_the_plan_and_the_meetings_promised_under_it(now):
    text = words(html(now, "community-crime-fighting"))
    planned = [promise.text for promise in now.known.plan.commitments if promise.reform == "community-crime-fighting"]
    assert len(planned) > 3 and all(promise in text for promise in planned)
    assert "A cap on the days that ward officers are taken away from their wards. Kingston upon Thames, 7 August 2023" in text
    assert "A stop and search charter" not in text


@pytest.mark.parametrize("number", range(9))
def test_a_priority_has_the_page_of_a_reform_and_says_what_is_not_known(now, number):
    priority = now.known.plan.priorities[number]
    page = html(now, priority.id)
    rows = set(re.findall(r'<tr class="row" id="([a-z0-9-]+)">', page))
    missing = {measure for measure in priority.measures if now.known.measures[measure].missing}
    assert rows == set(priority.measures) - missing
    assert ("No measure on record stands under this." in page) == (not priority.measures)
    text = words(page).replace("&#39;", "'")
    assert (priority.text or "Its text is not held here.") in text and now.known.plan.priorities_note in text
    promised = [promise.text for promise in now.known.plan.commitments if promise.priority == priority.id]
    assert all(promise in text for promise in promised) and ("No promise on record" in text) == (not promised)
    assert "stand under a priority of the plan was chosen for this dashboard, not by the plan" in text


def test_each_commitment_of_the_plan_stands_under_a_priority(now):
    assert [promise.id for promise in now.known.plan.commitments if not promise.priority] == []


def test_a_mission_shows_every_measure_of_its_own(now):
    page = html(now, "crime")
    shown = {measure.id for measure in now.known.measures.values() if measure.mission == "crime" and "force" in measure.levels}
    rows = set(re.findall(r'<tr class="row" id="([a-z0-9-]+)">', page))
    assert rows <= shown and {name for name in shown - rows if now.answers("london")[name]["year"]["now_to"]} == set()


def test_a_count_leaves_out_old_figures_and_parts_of_other_measures(now):
    wanted = r"Measures counted in London: (\d+)\. Clearly better since the plan began: (\w+); clearly worse: (\w+)\."
    sentence = re.search(wanted, html(now, "crime"))
    answers = [both["plan"] for name, both in now.answers("london").items() if now.known.measures[name].mission == "crime"]
    counted = [answer for answer in answers if answer["now_to"] and not answer["stale"] and not answer["part_of"]]
    assert int(sentence[1]) == len(counted)
    verdicts = [answer["verdict"] for answer in counted]
    wanted = [number_format.few(verdicts.count(verdict)) for verdict in ("clear improvement", "clear worsening")]
    assert [sentence[2], sentence[3]] == wanted


def test_another_plan_has_the_same_page_with_its_own_launch_and_answers(now):
    page = html(now, OTHER)
    text = words(page)
    answers = now.since_plan(OTHER, "london")
    headlines = [measure.id for measure in now.known.headlines if answers[measure.id]["now_to"]]
    counted = [answers[name] for name in headlines if not answers[name]["stale"] and not answers[name]["part_of"]]
    better, worse = ([row["verdict"] for row in counted].count(verdict) for verdict in ("clear improvement", "clear worsening"))
    assert f"<h1>The plan: {better} of {len(counted)} up-to-date headline measures clearly better, {worse} worse</h1>" in page
    assert "since the launch of A New Met for London, phase 2 on 1 April 2025" in text and "April 2023 to March 2025" in text
    assert "The exact start of phase 2 is not verified" in text and "as for A New Met for London 2023-2025" in text
    assert "Putting crime-fighting first" in text and "Each commitment of the plan comes with a way of checking" in text
    assert "New since" not in text and "before A New Met for London 2023-2025; dots" in text


def test_another_plan_says_each_answer_in_words(now):
    fold = html(now, OTHER)
    fold = words(fold[fold.index('<details id="in-words">') :])
    for name in ("neighbourhood-crime", "knife-crime", "officers-pcsos"):
        answer = now.since_plan(OTHER, "london")[name]
        assert f"{answer['title']}. {answer['finding']}" in fold
    assert "Knife crime Too soon to tell." in fold and "The plan had not run for a year then." in fold


def test_on_an_earlier_day_another_plan_shows_no_answers_and_says_so(now):
    then = Snapshot(now.store, now.known, now.wording, date(2023, 8, 7))
    text = words(html(then, OTHER))
    assert "Answers since 1 April 2025 are kept for the newest figures only" in text and "Headline measure" not in text
    assert "A New Met for London, phase 2 2025-2028" in text and "Putting crime-fighting first" in text


def test_both_plans_can_be_chosen_from_either(now):
    first = general_pages.plan(now, Pen(words=now.wording.text["verdicts"]), SiteRoutes("../", "london"))
    assert f'<a href="../plan/{OTHER}/">A New Met for London, phase 2 2025-2028</a>' in first
    assert '<a href="../../plan/">A New Met for London 2023-2025</a>' in html(now, OTHER)
    assert '<a href="../plan/culture-change/">Culture change</a>' in first and '<a href="../plan/trust/">More trust</a>' in first
    assert all(f'<a href="../plan/{priority.id}/">' in first for priority in now.known.plan.priorities)


def test_a_force_of_one_plan_has_no_choice(now):
    alone = replace(now.known, plans={now.known.plan.id: now.known.plan})
    snapshot = Snapshot(now.store, alone, now.wording)
    assert general_pages.plans(snapshot, ROUTES, here=now.known.plan.id) == [] and OTHER not in general_pages.part_names(snapshot)


def test_what_else_is_known_of_the_plan_is_folded_with_its_sources(now):
    page = general_pages.plan(now, Pen(words=now.wording.text["verdicts"]), SiteRoutes("../", "london"))
    fold = page[page.index('<details id="known">') :]
    fold = fold[: fold.index("</details>")]
    assert "Integrity, professionalism, compassion, courage, respect" in words(fold) and "<dt>Values</dt>" in fold
    assert "more than 10,000 interactions" in fold and "45,000 people" in fold
    assert fold.count('class="source"') == len(now.known.plan.facts) + 1
    assert 'href="https://www.met.police.uk/notices/met/a-new-met-for-london/"' in fold


def test_an_id_used_twice_in_a_plan_and_a_measure_that_leads_nowhere_are_refused(project):
    path = project.data / "plans" / "new-met-2023.yaml"
    whole = path.read_text(encoding="utf-8")
    spoilt = {
        "'culture-change' is already the id of a reform": whole.replace("id: reducing-crime", "id: culture-change"),
        "no priority called 'frontlines': did you mean frontline": whole.replace("priority: reducing-crime", "priority: frontlines"),
        "'trust' is already the id of a mission": whole.replace("culture-change", "trust"),
        "'new-met-2025' is also the id of a plan": whole.replace("culture-change", "new-met-2025"),
        "no measure called 'listn': did you mean listen": whole.replace("good-job, listen,", "good-job, listn,"),
    }
    for reason, text in spoilt.items():
        path.write_text(text, encoding="utf-8")
        with pytest.raises(Refused, match=reason):
            _ = project.definitions

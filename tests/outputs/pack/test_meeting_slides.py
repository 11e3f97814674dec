"""The slides of a meeting: eleven to fifteen, few words each, in the order chosen, nothing said that the figures do not say."""

from dataclasses import replace

import pytest

from metrics.charts.spec.layers import Bars
from metrics.domain import Commitment
from metrics.meetings.agenda import Item, agenda
from metrics.meetings.calendar import Promise
from metrics.outputs import pack
from metrics.outputs.meeting_facts import MeetingFacts
from metrics.outputs.slides import item_slides
from metrics.outputs.slides.meeting_slides import room, slides_of
from metrics.outputs.slides.slide import Close
from metrics.report.news import told_first
from tests.outputs.pack.conftest import ADDRESS, SHOWN

PLACES = ("kingston-upon-thames", "bromley", "westminster", "barking-and-dagenham")
MOST_WORDS = {"promises": 64, "concerns": 64, "overview": 105, "gaps": 65}
"""Tables may have more words than any other slide, which has 40."""


@pytest.fixture(scope="module", params=PLACES)
def made(request, brief_of):
    brief = brief_of(request.param, since=SHOWN if request.param == "bromley" else None)
    return brief, slides_of(brief, pack.chosen(brief), address=ADDRESS, contact="The tests")


def words(slide) -> int:
    return len(" ".join(slide.words).split())


def test_there_are_eleven_to_fifteen_slides(made):
    assert 11 <= len(made[1]) <= 15


def test_a_presenter_who_chooses_everything_has_fifteen_slides_and_no_more(brief_of):
    brief = brief_of("kingston-upon-thames")
    assert len(slides_of(brief, agenda(brief))) == 15


def test_what_the_slides_have_no_room_for_is_known_and_nothing_else(brief_of):
    """Of everything that can be chosen, a measure has a slide, a promise and a concern a row, or it is left out."""
    brief = brief_of("kingston-upon-thames")
    chosen, slides = agenda(brief), slides_of(brief, agenda(brief))
    left = {item.id for item in room(brief, chosen).left_out}
    drawn, notes = {slide.measure for slide in slides if slide.kind == "finding"}, str([slide.notes for slide in slides])
    for item in chosen:
        if item.kind not in ("promise", "concern"):
            assert (item.id in left) != (item.card.measure.id in drawn and item.points[0] in notes), item.id
    promised = [row.text for slide in slides if slide.kind == "promises" for row in slide.body.rows]
    assert {item.id for item in chosen if item.kind == "concern"} & left == set()
    assert {"promise-twenty-minute-walk", "promise-abstraction-cap"} & left == set() and "Every ward officer within" in str(promised)
    assert len(left) > 10


def test_the_slides_hold_everything_that_is_proposed(made):
    brief, _ = made
    assert room(brief, pack.chosen(brief)).left_out == ()


def test_measures_that_nobody_chose_are_named(brief_of):
    brief = brief_of("bromley")
    shown = [slide.kicker for slide in slides_of(brief, ()) if slide.kind == "finding"]
    asked = room(brief, ())
    assert (asked.left_out, list(asked.besides)) == ((), shown) and len(shown) == 4
    assert asked.sentences({"left_out": "Left: {titles}", "besides": "Also: {titles}"}) == (f"Also: {'; '.join(shown)}",)


def test_no_slide_has_more_words_than_its_kind_may(made):
    _, slides = made
    assert [(slide.title, words(slide)) for slide in slides if words(slide) > MOST_WORDS.get(slide.kind, 40)] == []


def test_half_of_the_slides_have_at_most_45_words(made):
    counts = sorted(map(words, made[1]))
    assert counts[len(counts) // 2] <= 45


def test_the_chart_of_a_slide_is_drawn_for_the_answer_that_the_slide_gives(made):
    brief, slides = made
    findings = [slide for slide in slides if slide.kind == "finding"]
    assert len(findings) >= 4
    for slide in findings:
        answer = brief.measures[slide.measure].lead
        assert f"{answer['title']}. {answer['finding']}" in slide.body.chart.alt
        assert marked(slide.body.chart) in (set(), {answer["before_to"], answer["now_to"]})


def test_a_measure_that_is_no_longer_clear_has_the_chart_of_the_question_that_was(brief_of):
    brief = brief_of("bromley", since=SHOWN)
    entry = next(entry for entry in brief.measures.values() if entry.lead is not told_first(entry.answers))
    facts = MeetingFacts(brief)
    row = next(row for row in facts.scorecard.rows if row.measure.id == entry.measure.id)
    assert entry.lead["finding"] in item_slides.finding(facts, row).body.chart.alt
    assert all(item.card.question == entry.lead["question"] for item in agenda(brief) if item.id == entry.measure.id)


def marked(chart) -> set[str]:
    bars = [period for layer in chart.layers if isinstance(layer, Bars) for period in layer.compared]
    return {*bars, *(period for layer in chart.layers if getattr(layer, "style", "") == "compared" for period, *_ in layer.points)}


def test_no_title_is_longer_than_two_lines(made):
    assert [slide.title for slide in made[1] if len(slide.title) > 84 or len(slide.title.split()) > 14] == []


def test_no_slide_goes_on_from_another(made):
    titles = [(slide.title, slide.kicker) for slide in made[1] if slide.kind != "concerns"]
    assert len(titles) == len(set(titles))
    assert not [title for title, _ in titles if " of 2)" in title or " of 3)" in title]


def test_at_most_five_findings_and_both_ways_where_there_are_both(made):
    brief, slides = made
    findings = [slide for slide in slides if slide.kind == "finding"]
    assert 4 <= len(findings) <= 5
    clear = {row.clear.verdict for row in MeetingFacts(brief).scorecard.stands_out if row.clear}
    rows = {row.measure.title: row for row in MeetingFacts(brief).scorecard.rows}
    shown = {rows[slide.kicker].clear.verdict for slide in findings if rows[slide.kicker].clear}
    assert {"clear improvement", "clear worsening"} & clear <= shown


def test_findings_stand_in_the_order_chosen(brief_of):
    brief = brief_of("westminster")
    items = [item for item in agenda(brief) if item.card is not None and item.kind not in (*pack.FIRST, *pack.KEPT)][:4]
    slides = slides_of(brief, tuple(reversed(items)))
    assert [slide.kicker for slide in slides if slide.kind == "finding"] == [item.card.measure.title for item in reversed(items)]


def test_a_finding_says_what_the_answer_says_and_shows_its_two_figures(made):
    brief, slides = made
    rows = {row.measure.title: row for row in MeetingFacts(brief).scorecard.rows}
    for slide in (slide for slide in slides if slide.kind == "finding"):
        row = rows[slide.kicker]
        answer = item_slides.answer(MeetingFacts(brief), row)
        assert (slide.title, slide.body.chip.verdict) == (answer["title"], answer["shown"])
        assert slide.body.newest.split()[0] in answer["finding"] or slide.body.newest == "0"
        assert not slide.body.before or slide.body.before.split()[0] in answer["finding"]
        assert not slide.body.before or ("like for like" in slide.body.before_period) == answer["linked"]
        assert slide.body.chart.source in slide.notes


def test_news_has_the_slide_of_its_own_question(brief_of):
    """In Bromley criminal damage is no longer clear since the plan, and steady on a year before."""
    brief = brief_of("bromley", since=SHOWN)
    item = next(item for item in agenda(brief) if item.id == "criminal-damage")
    slide = next(slide for slide in slides_of(brief, (item,)) if slide.kind == "finding")
    assert slide.title == "No clear change on the year before the plan"


def test_every_footer_is_one_short_line(made):
    assert [slide.source for slide in made[1] if not 0 < len(slide.source) <= 104] == []


def test_what_is_too_long_is_cut_at_a_word_and_stands_whole_in_the_notes(brief_of):
    brief = brief_of("kingston-upon-thames")
    long = "A promise that is told at length " * 20
    promise = Promise(Commitment("long", long, "The tests"), brief.day, "a-meeting")
    facts = MeetingFacts(replace_promises(brief, (promise,)))
    slide = item_slides.promises(facts, (Item("promise-long", "promise", long, ()),))
    row = next(row for row in slide.body.rows if row.text.startswith("A promise"))
    assert row.text == "A promise that is told at length A promise that is told at length A\N{HORIZONTAL ELLIPSIS}"
    assert long.strip() in " ".join(slide.notes)


def test_kept_and_failed_promises_come_first_and_the_footer_says_how_many_are_shown(brief_of):
    """The charter is done; that a superintendent is lacking is on no record."""
    slide = item_slides.promises(MeetingFacts(brief_of("bromley")), ())
    many = len(brief_of("bromley").promises)
    assert slide.title == f"1 of {many} recorded as kept"
    assert [row.mark for row in slide.body.rows] == ["done", "not done", "open", "open"]
    assert slide.source == f"4 of {many} shown, all in the handout with their sources"
    row = next(row for row in slide.body.rows if row.text.startswith("A superintendent"))
    assert (row.due, row.status) == ("Due March 2023", "No evidence recorded")


def test_a_meeting_that_is_due_is_counted_with_no_promise(brief_of):
    facts = MeetingFacts(brief_of("kingston-upon-thames"))
    slide = item_slides.promises(facts, ())
    assert [row.mark for row in slide.body.rows] == ["done", "late", "not done", "open"]
    chosen = tuple(item for item in pack.chosen(facts.brief) if item.kind == "promise")
    assert [row.mark for row in item_slides.promises(facts, chosen).body.rows] == ["done", "late", "open", "open"]
    assert slide.source.startswith(f"The next meeting and 3 of {len(brief_of('kingston-upon-thames').promises)} shown, ")


def test_the_overview_counts_what_the_first_sentence_of_the_place_counts(made):
    brief, slides = made
    card = MeetingFacts(brief).scorecard
    slide = next(slide for slide in slides if slide.kind == "overview")
    assert card.hero.startswith(f"{slide.title}. ")
    new = [row for row in card.headline_rows if not row.is_old]
    assert [(row.measure, [chip.verdict for chip in row.chips]) for row in slide.body.rows] == [
        (row.measure.id, [row.year.verdict, row.plan.verdict]) for row in new
    ]
    assert slide.body.columns[-2:] == ("On a year before", "Since the plan began")


def test_what_was_clear_when_old_figures_ended_is_told_with_what_cannot_be_said(brief_of):
    slide = next(slide for slide in slides_of(brief_of("kingston-upon-thames"), ()) if slide.kind == "gaps")
    assert slide.body.rows[0] == ("Know how to contact local officers", "Clear worsening, year to Dec 2023")


def replace_promises(brief, promises):
    """The same brief with these promises."""
    copy = replace(brief)
    copy.__dict__["promises"] = promises
    return copy


@pytest.mark.parametrize(("place", "sentence"), [
    ("kingston-upon-thames", "31 of 32 rose beyond chance; luck gives about 1."),
    ("barking-and-dagenham", "16 of 32 fell beyond chance; luck gives about 1."),
])  # fmt: skip
def test_the_slide_of_every_area_says_which_way_the_counted_went(brief_of, place, sentence):
    slides = slides_of(brief_of(place), pack.chosen(brief_of(place)))
    assert next(slide for slide in slides if slide.kind == "comparison").body.sentence == sentence


def test_without_an_address_the_last_slide_leads_to_the_handout(brief_of):
    last = slides_of(brief_of("kingston-upon-thames"), (), address="")[-1]
    assert isinstance(last.body, Close) and last.body.url == ""
    assert last.body.lines[0] == ("In the handout", "Every figure, table and source.")


def test_where_nothing_newly_stands_out_no_slide_asks_which_of_it_is_chance(brief_of):
    slides = slides_of(brief_of("enfield"), ())
    slide = next(slide for slide in slides if slide.kind == "chance")
    assert slide.body.stand_out == 0 and ", none newly stand out" in slide.title
    assert slide.body.sentence == "A small change may still be there. More months will tell."


def test_slides_that_show_improvements_alone_carry_a_warning(brief_of):
    brief = brief_of("bromley", since=SHOWN)
    good = Item("x", "clear", "Good news", ("Point.",), verdict="clear improvement")
    assert "Every change chosen here is for the better" in " ".join(slides_of(brief, [good])[0].notes)
    assert "Before you present" not in " ".join(slides_of(brief, ())[0].notes)


def test_dots_count_the_charted_measures_that_the_brief_counts(made):
    brief, slides = made
    slide = next(slide for slide in slides if slide.kind == "chance")
    assert f"among the {slide.body.among} " in brief.luck
    stand_out = {0: "none newly stand", 1: "one newly stands"}.get(slide.body.stand_out, f"{slide.body.stand_out} newly stand")
    assert slide.title.startswith(f"Of {slide.body.among} charted measures, {stand_out} out; ")


def test_the_comparison_counts_every_area_once(made):
    brief, slides = made
    body = next(slide.body for slide in slides if slide.kind == "comparison")
    assert sum(many for _, many, _ in body.counts) == len(body.verdicts) == len(brief.now.known.areas)


def test_a_concern_of_usual_length_is_told_whole(brief_of):
    brief = brief_of("kingston-upon-thames")
    slides = slides_of(brief, pack.chosen(brief))
    raised = [row.text for slide in slides if slide.kind == "concerns" for row in slide.body.rows]
    assert raised == [item.concern.text.rstrip(".") for item in brief.concerns]

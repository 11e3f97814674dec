"""Every verdict of every kind of measure is read as a reader would read it, and no word of the vocabulary is idle."""

import math
import re
import shutil
from dataclasses import replace
from datetime import date
from itertools import product
from string import Formatter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.domain import Measure, Place, Refused
from metrics.narrative import Wording
from metrics.statistics.verdict import CLEAR, VERDICTS
from tests.conftest import ROOT

WORDING = Wording(ROOT / "data" / "wording.yaml")
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
PERIOD = re.compile(rf"({MONTHS}) 20\d\d")
RANGE = re.compile(r"\(possible range: [^()]*\)")
BANNED = re.compile(
    r"significan|because|due to|caus|\bnan\b|\binf\b|(?-i:None\b(?! recorded))|\{|\}|  |\b0%|\b1 points|\b1 months|not published|−|rank",
    re.IGNORECASE,
)
SMALL = ("possible range: from", "could be anything from", "this small", "less than 1 in 100")
AS_AT = date(2026, 8, 31)
SUTTON, LONDON = Place("sutton", "Sutton", "area"), Place("london", "London", "force")
COUNT = Measure("m", "M", "?", "crime", "proposed", "count", "lower", "count", ("force", "area"), "d", "o")
SURVEY = replace(COUNT, mission="trust", unit="percent", better="higher", kind="survey_rolling_year")
ANSWERED = replace(SURVEY, mission="standards", kind="share")
STOCK = replace(COUNT, mission="standards", better="higher", kind="stock")

QUARTER = {"first": "2026-04", "last": "2026-06"}
YEAR = {"first": "2025-07", "last": "2026-06"}
QUIET = {
    "place": "sutton", "signal": 0, "rule": "none", "at": "", "far": 0, "step": "month", "charted": True, "luck": 2.08, "among": 32,
    "caution": "", "changed": "2024-03", "usual_first": "2021-07", "usual_last": "2023-06", "months": 8, "base": 548.0, "needed": 1.2,
}
FALL = QUIET | QUARTER | {
    "outcome": "compared", "method": "rate ratio", "now": 236.0, "before": 312.0,
    "change": math.log(0.76), "low": math.log(0.60), "high": math.log(0.95),
}
RISE = FALL | {"now": 312.0, "before": 236.0, "change": math.log(1.32), "low": math.log(1.05), "high": math.log(1.66)}
WOBBLE = FALL | {"now": 305.0, "change": math.log(0.98), "low": math.log(0.69), "high": math.log(1.07)}
FEW = FALL | YEAR | {"method": "exact", "now": 3.0, "before": 14.0, "change": math.log(0.2), "low": math.log(0.04), "high": math.log(0.7)}
SHARE = {
    "place": "sutton", "outcome": "compared", "method": "score interval", "now": 53.2, "before": 49.4, "first": "2025-09",
    "last": "2025-09", "change": 3.8, "low": 1.3, "high": 6.6, "base": 400.0, "caution": "", "signal": 0, "charted": False, "needed": 8.0,
}
POST = SHARE | {"method": "plain difference", "now": 31011.0, "before": 32452.0, "change": -1441.0, "low": -1441.0, "high": -1441.0}
UNTESTED = {"method": "none", "change": math.nan, "low": math.nan, "high": math.nan}
SIGNALS = {
    "astronomical": {"rule": "astronomical", "far": 1}, "two far out": {"rule": "astronomical", "far": 2},
    "three far out": {"rule": "astronomical", "far": 3}, "trend": {"rule": "trend"}, "two of three": {"rule": "two_of_three"},
    "shift": {"rule": "shift"},
}


def said(verdict: str, found: dict, measure: Measure = COUNT, place: Place = SUTTON, as_at: date = AS_AT) -> str:
    return WORDING.finding(measure, place, found | {"verdict": verdict, "place": place.id}, as_at)


def counts() -> list[tuple[str, dict]]:
    """Every way to say something of counts: verdict and what was found."""
    cases = [(verdict, found) for verdict in CLEAR for found in (FALL, RISE, FALL | YEAR, FEW, FEW | {"before": 12.0, "now": 0.0})]
    cases += [("clear rise", FEW | {"now": 14.0, "before": 0.0, "change": math.inf, "low": 0.5, "high": math.inf})]
    cases += [("possible change", found | {"charted": charted}) for found in (FALL, RISE, FEW) for charted in (True, False)]
    for name, step, way in product(SIGNALS, ("month", "quarter"), (1, -1)):
        seen = SIGNALS[name] | {"at": "2026-06", "step": step, "signal": way}
        cases += [("possible change", found | seen) for found in (WOBBLE, FALL, WOBBLE | UNTESTED | {"outcome": "too few"})]
        cases += [("possible change", lacking("before") | seen), ("possible change", WOBBLE | seen | {"luck": 0.4, "among": 6})]
    even = FEW | {"now": 11.0, "low": -1.2, "high": 0.8}
    cases += [("no clear change", found) for found in (WOBBLE, WOBBLE | YEAR, FALL, RISE, FEW, even)]
    small, pairs = WOBBLE | YEAR | UNTESTED | {"outcome": "too few"}, ((4.0, 0.0), (0.0, 3.0), (0.0, 0.0), (4.0, 5.0))
    cases += [("not enough data", small | {"now": now, "before": before}) for now, before in pairs]
    cases += [("not enough data", found) for found in (lacking("before"), lacking("usual"), lacking("now"), lacking("now") | {"months": 1})]
    return [*cases, ("cannot be compared", WOBBLE | UNTESTED | {"outcome": "cannot be compared"})]


def lacking(what: str) -> dict:
    """Where something is not held."""
    found = WOBBLE | UNTESTED | {"outcome": "not enough data", "needed": math.nan}
    if what == "usual":
        return found | {"usual_first": "", "usual_last": ""}
    return found | {"before": math.nan} | ({"now": math.nan, "first": "", "last": ""} if what == "now" else {})


def surveys() -> list[tuple[str, dict]]:
    fall = SHARE | {"now": 49.0, "before": 61.0, "change": -12.0, "low": -19.7, "high": -4.1}
    narrow = SHARE | {"now": 52.4, "before": 51.6, "change": 0.8, "low": 0.1, "high": 1.4}
    wobble = SHARE | {"now": 52.0, "before": 58.0, "change": -6.0, "low": -20.6, "high": 9.6}
    cases = [(verdict, found) for verdict in CLEAR for found in (SHARE, fall, narrow)]
    cases += [("possible change", found) for found in (SHARE, fall, narrow)]
    cases += [("no clear change", found) for found in (wobble, wobble | {"low": -0.4}, wobble | {"high": 0.3})]
    untested = SHARE | UNTESTED | {"outcome": "not enough data"}
    return [*cases, ("not enough data", untested | {"before": math.nan}), ("not enough data", untested)]


def stocks() -> list[tuple[str, dict]]:
    more = POST | {"now": 33000.0, "change": 548.0, "low": 548.0, "high": 548.0}
    cases = [(verdict, found) for verdict in CLEAR for found in (POST, more)]
    cases += [("no clear change", POST | {"now": 32400.0, "change": -52.0, "low": -1.0, "high": 1.0})]
    return [*cases, ("not enough data", POST | UNTESTED | {"outcome": "not enough data", "before": math.nan})]


def nothing() -> list[tuple[Measure, Place, dict]]:
    found = {"outcome": "no figures", "verdict": "not enough data", "last": "", "caution": ""}
    missing = replace(COUNT, missing="No file of it is published.")
    london_only = replace(STOCK, levels=("force",))
    return [(missing, SUTTON, found), (london_only, SUTTON, found), (COUNT, SUTTON, found)]


ALL = [
    (measure, place, verdict, found)
    for measure, cases in (
        (COUNT, counts()), (SURVEY, surveys()), (replace(SURVEY, kind="survey_quarter"), surveys()), (STOCK, stocks()),
        (ANSWERED, surveys()),
    )
    for verdict, found in cases
    for place in (SUTTON, LONDON)
]


def faults(sentence: str, verdict: str) -> list[str]:
    """What is wrong with a sentence about a figure; nothing in a good one."""
    wrong = [f"says {found[0]!r}" for found in [BANNED.search(sentence)] if found]
    if not sentence.endswith(".") or sentence.endswith(" ."):
        wrong.append("no full stop")
    if not (sentence[0].isupper() or sentence[0].isdigit()):
        wrong.append("begins without a capital")
    if "%" in RANGE.sub("", sentence) and verdict not in CLEAR:
        wrong.append("a percentage, and not clear")
    if verdict == "no clear change" and not any(words in sentence for words in SMALL):
        wrong.append("no clear change without what is ruled out")
    if verdict == "no clear change" and "no clear change" not in sentence:
        wrong.append("another verdict")
    if verdict == "possible change" and "orth asking about" not in sentence:
        wrong.append("does not say that it is worth asking about")
    if verdict not in CLEAR and re.search(r"\ba clear\b", sentence):
        wrong.append("calls clear what is not")
    return wrong


@pytest.mark.parametrize(("measure", "place", "verdict", "found"), ALL)
def test_every_sentence_reads_well(measure, place, verdict, found):
    sentence = said(verdict, found, measure, place)
    assert faults(sentence, verdict) == [], sentence
    assert PERIOD.search(sentence) or "held so far" in sentence, sentence


def test_every_verdict_is_walked_for_every_kind_that_can_have_it():
    walked = {(measure.kind, verdict) for measure, _, verdict, _ in ALL}
    assert {verdict for kind, verdict in walked if kind == "count"} == set(VERDICTS)
    both = {"survey_rolling_year", "survey_quarter"}
    assert all({verdict for kind, verdict in walked if kind == one} == set(VERDICTS) - {"cannot be compared"} for one in both)


@pytest.mark.parametrize(("measure", "place", "found"), nothing())
def test_a_missing_figure_is_a_finding_of_its_own(measure, place, found):
    sentence = WORDING.finding(measure, place, found, AS_AT)
    assert faults(sentence, "not enough data") == []


@pytest.mark.parametrize(("verdict", "found", "words"), [
    ("clear fall", FALL, "236 recorded in April to June 2026, 312 in April to June 2025: a clear fall, between 5% and 40%."),
    ("clear rise", RISE, "312 recorded in April to June 2026, 236 in April to June 2025: a clear rise, between 5% and 66%."),
    ("no clear change", WOBBLE, ("305 recorded in April to June 2026, 312 in April to June 2025: no clear change. Numbers here go up and "
     "down this much without anything changing (possible range: from 31% lower to 7% higher).")),
    ("not enough data", WOBBLE | YEAR | {"outcome": "too few", "now": 4.0, "before": 3.0}, ("4 recorded in the 12 months to June 2026, "
     "3 in the 12 months to June 2025. Too few to say whether this is changing.")),
    ("clear rise", FEW | {"now": 14.0, "before": 0.0, "change": math.inf}, ("14 recorded in the 12 months to June 2026, none in the "
     "12 months to June 2025 (from none to 14): a clear rise.")),
    ("cannot be compared", WOBBLE | {"outcome": "cannot be compared"}, ("The way this is recorded changed and had not settled before "
     "March 2024. Figures before and after cannot be compared yet.")),
    ("not enough data", lacking("now"), "8 months held so far. To tell a change takes the same months of two years."),
    ("possible change", WOBBLE | SIGNALS["shift"] | {"signal": 1, "at": "2026-04"}, ("All of the last seven months, up to April 2026, "
     "were above what was usual for the time of year in July 2021 to June 2023. Worth asking about; about 2 of 32 boroughs would show "
     "this by chance alone. 305 recorded in April to June 2026, 312 in April to June 2025.")),
    ("possible change", WOBBLE | SIGNALS["astronomical"] | {"signal": -1, "at": "2026-06", "step": "quarter"}, ("In one quarter, April "
     "to June 2026, the number was far below what was usual for the time of year in July 2021 to June 2023. Worth asking about; about 2 "
     "of 32 boroughs would show this by chance alone. 305 recorded in April to June 2026, 312 in April to June 2025.")),
])
def test_counts_are_told_word_for_word(verdict, found, words):
    assert said(verdict, found) == words


@pytest.mark.parametrize(("verdict", "found", "words"), [
    ("clear improvement", SHARE, ("About 53 in 100 in the 12 months to September 2025, up from about 49 a year before. Allowing for survey "
     "chance the rise is between 1 and 7 points. Based on about 400 interviews a year.")),
    ("clear worsening", SHARE | {"now": 49.0, "before": 61.0, "change": -12.0, "low": -19.7, "high": -4.1}, ("About 49 in 100 in the "
     "12 months to September 2025, down from about 61 a year before. Allowing for survey chance the fall is between 4 and 20 points. "
     "Based on about 400 interviews a year.")),
    ("no clear change", SHARE | {"now": 52.0, "before": 58.0, "low": -20.6, "high": 9.6}, ("About 52 in 100 in the 12 months to "
     "September 2025, about 58 a year before. With about 400 interviews a year this could be anything from a fall of 21 points to a rise "
     "of 10 points: no clear change.")),
    ("clear improvement", SHARE | {"now": 52.4, "before": 51.6, "change": 0.8, "low": 0.2, "high": 1.4}, ("About 52.4 in 100 in the "
     "12 months to September 2025, up from about 51.6 a year before. Allowing for survey chance the rise is up to 1 point. Based on "
     "about 400 interviews a year.")),
])
def test_surveys_are_told_word_for_word(verdict, found, words):
    assert said(verdict, found, SURVEY) == words


def test_a_count_of_everyone_is_told_word_for_word():
    assert said("clear worsening", POST, STOCK) == (
        "31,011 at the end of September 2025, 1,441 fewer than a year before (32,452). "
        "This counts everyone in post, so chance plays no part."
    )


def test_london_is_not_told_what_boroughs_would_show_by_chance():
    found = WOBBLE | SIGNALS["shift"] | {"signal": 1, "at": "2026-04"}
    assert "boroughs" in said("possible change", found)
    assert "boroughs" not in said("possible change", found, place=LONDON)


def test_one_month_far_out_is_called_one_month_and_more_are_not():
    told = [said("possible change", WOBBLE | {"signal": 1, "at": "2026-06", "rule": "astronomical", "far": far}) for far in (1, 2, 3)]
    assert [" ".join(sentence.split()[:3]) for sentence in told] == ["In one month,", "In two of", "In each of"]


def test_a_break_between_calls_for_caution_where_something_is_compared():
    crossed = {"caution": "New recording system"}
    for verdict, found in (("clear fall", FALL), ("no clear change", WOBBLE), ("possible change", FALL)):
        assert said(verdict, found | crossed).endswith("changed (New recording system): part of any difference can be that.")
    seen = {"signal": 1, "rule": "shift", "at": "2026-04", "outcome": "too few"}
    assert "New recording system" in said("possible change", WOBBLE | seen | crossed)
    assert "New recording system" not in said("not enough data", WOBBLE | {"outcome": "too few"} | crossed)


def test_an_old_figure_says_how_old_it_is():
    assert said("clear fall", FALL, as_at=date(2027, 7, 1)).endswith(" The newest figure held here is for June 2026.")
    assert "newest" not in said("clear fall", FALL, as_at=date(2027, 6, 30))


def mirrored(sentence: str) -> str:
    """The sentence with every word of direction turned round and every number left out."""
    turned = {"rise": "fall", "up": "down", "above": "below", "higher": "lower", "more than a": "fewer than a"}
    turned |= {there: here for here, there in turned.items()}
    words = re.sub(r"[\d,.%]+", "#", sentence)
    return re.sub(r"\b(" + "|".join(turned) + r")\b", lambda word: turned[word[0]], words)


@pytest.mark.parametrize(("measure", "verdict", "found", "other"), [
    (COUNT, "clear worsening", RISE, FALL), (COUNT, "possible change", RISE, FALL),
    (COUNT, "possible change", WOBBLE | SIGNALS["trend"] | {"signal": 1, "at": "2026-04"},
     WOBBLE | SIGNALS["trend"] | {"signal": -1, "at": "2026-04"}),
    (SURVEY, "clear improvement", SHARE, SHARE | {"now": 49.0, "before": 61.0, "change": -12.0, "low": -19.7, "high": -4.1}),
    (STOCK, "clear worsening", POST, POST | {"now": 33000.0, "change": 548.0, "low": 548.0, "high": 548.0}),
])
def test_good_and_bad_news_are_told_in_the_same_words(measure, verdict, found, other):
    there, back = said(verdict, found, measure), said(verdict, other, measure)
    # The time of "up to April" is no direction, and a range runs from its lower end in both.
    plain = [re.sub(r"up to|from [^)]*", "", sentence) if "trend" in found.get("rule", "") or "range" in sentence else sentence
             for sentence in (there, back)]
    assert mirrored(plain[0]) == re.sub(r"[\d,.%]+", "#", plain[1])
    better = replace(measure, better="neither")
    assert said(verdict, found, better) == there


@settings(deadline=None, derandomize=True, max_examples=300)
@given(
    st.integers(0, 5000), st.integers(0, 5000), st.floats(-3, 3), st.floats(0.001, 3),
    st.sampled_from(["rate ratio", "exact"]), st.booleans(),
)
def test_no_numbers_make_a_bad_sentence(now, before, middle, reach, method, charted):
    found = FALL | {"now": float(now), "before": float(before), "change": middle, "low": middle - reach, "high": middle + reach}
    found |= {"method": method, "charted": charted}
    apart = middle - reach > 0 or middle + reach < 0
    for verdict in (["clear rise", "possible change", "no clear change"] if apart else ["no clear change"]):
        assert faults(said(verdict, found), verdict) == []


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.floats(0, 100), st.floats(0, 100), st.floats(-99, 99), st.floats(0.6, 99), st.integers(30, 20000))
def test_no_shares_make_a_bad_sentence(now, before, middle, reach, base):
    found = SHARE | {"now": now, "before": before, "change": middle, "low": middle - reach, "high": middle + reach, "base": float(base)}
    apart = middle - reach > 0 or middle + reach < 0
    for verdict in (["clear improvement", "possible change"] if apart else ["no clear change"]):
        assert faults(said(verdict, found, SURVEY), verdict) == []


# The vocabulary is closed


class Heard(dict):
    """Texts that remember which of them were used."""

    def __init__(self, texts: dict, path: str, used: set[str]):
        self.path, self.used = path, used
        super().__init__({key: Heard(text, f"{path}{key}.", used) if isinstance(text, dict) else text for key, text in texts.items()})

    def __getitem__(self, key):
        self.used.add(f"{self.path}{key}")
        return super().__getitem__(key)


def leaves(texts: dict, path: str = "") -> dict[str, str]:
    found = {}
    for key, text in texts.items():
        found |= leaves(text, f"{path}{key}.") if isinstance(text, dict) else {f"{path}{key}": text}
    return found


def test_every_sentence_of_a_finding_is_said_by_some_finding():
    used, wording = set(), Wording(ROOT / "data" / "wording.yaml")
    wording.text = Heard(wording.text, "", used)
    for measure, place, verdict, found in ALL:
        told = found | {"verdict": verdict, "place": place.id, "caution": "New recording system"}
        wording.finding(measure, place, told, date(2028, 1, 1))
    for measure, place, found in nothing():
        wording.finding(measure, place, found, AS_AT)
    sections = ("finding.", "signals.", "no_figures", "not_at_level", "nothing_as_at")
    wanted = {path for path in leaves(WORDING.text) if path.startswith(sections)}
    assert wanted - used == set()


def test_there_is_a_word_for_every_verdict_and_no_other():
    assert tuple(WORDING.text["verdicts"]) == VERDICTS


def test_every_key_of_the_vocabulary_is_named_in_the_source():
    source = "\n".join(path.read_text(encoding="utf-8") for folder in ("metrics", "pages") for path in (ROOT / folder).rglob("*.py"))
    keys = {key for name, text in WORDING.text.items() for key in [name, *(text if isinstance(text, dict) and name == "page" else ())]}
    assert {key for key in keys if not re.search(rf"""["']{re.escape(key)}["']""", source)} == set()


@pytest.mark.parametrize(("path", "text"), [(path, text) for path, text in leaves(WORDING.text).items() if isinstance(text, str)])
def test_every_text_is_plain(path, text):
    assert not re.search(r"significan|because|due to|  ", text.strip(), re.IGNORECASE)
    assert all(name and name.isidentifier() for _, name, _, _ in Formatter().parse(text) if name is not None)


def test_the_faults_that_are_looked_for_would_be_found():
    bad = {
        "236 recorded, nan before.": "clear fall", "A fall of 5%": "clear fall", "A fall of 5%.": "possible change",
        "No clear change.": "no clear change", "Worth asking, a clear fall.": "possible change", "A fall because of it.": "clear fall",
        "A {way}.": "clear fall", "a fall.": "clear fall", "A significant fall.": "clear fall",
    }
    assert [sentence for sentence, verdict in bad.items() if not faults(sentence, verdict)] == []


def test_a_sentence_that_was_spoilt_is_refused_with_its_file(tmp_path):
    path = tmp_path / "wording.yaml"
    for name in ("force.yaml", "places.csv"):
        shutil.copy(ROOT / "data" / name, tmp_path)
    text = (ROOT / "data" / "wording.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace('no_change: "{counted}: no clear change.', 'no_change: "{cuonted}: no clear change.'), encoding="utf-8")
    with pytest.raises(Refused, match=r"^wording\.yaml: the sentence for m in sutton cannot be filled in: 'cuonted'"):
        Wording(path).finding(COUNT, SUTTON, WOBBLE | {"verdict": "no clear change"}, AS_AT)


def test_a_difference_alone_is_set_beside_the_chart_where_there_is_one_and_beside_luck_where_there_is_none():
    charted, bare = (said("possible change", FALL | {"charted": charted}) for charted in (True, False))
    assert "do not stand out" in charted
    assert "32 boroughs" not in charted
    assert "Of 32 boroughs looked at together" in bare
    assert "do not stand out" not in bare


def test_a_sentence_takes_the_words_of_the_force_and_refuses_others(tmp_path):
    for name in ("force.yaml", "places.csv"):
        shutil.copy(ROOT / "data" / name, tmp_path)
    path = tmp_path / "wording.yaml"
    path.write_text('a: {b: "[Areas]: {many} of [number of areas] [areas] of [total], not one [area]. [site]; [force], [force name]."}\n')
    wanted = "Boroughs: {many} of 32 boroughs of London, not one borough. "
    wanted += "A New Met for London, followed; the Met, Metropolitan Police Service."
    assert Wording(path).text["a"]["b"] == wanted
    path.write_text('a: {b: "x",\n  c: ["[aera]"]}\n')
    with pytest.raises(Refused, match=r"^wording\.yaml, line 2: \[aera\] is no word of the force: did you mean area"):
        Wording(path)

"""Claims made from the release files themselves, line by line: the numbers of the files stand, and other numbers do not."""

import pytest

from metrics.domain import periods

CRIME, DASHBOARD = "recorded-crime", "crime-dashboard"
NAMES = {"brent": "Brent", "bromley": "Bromley", "hackney": "Hackney", "london": "London", "kingston-upon-thames": "Kingston",
         "westminster": "Westminster", "camden": "Camden", "enfield": "Enfield", "haringey": "Haringey", "barnet": "Barnet"}
# measure, dataset, series, what people say, place
COUNTED = [
    ("personal-robbery", CRIME, ["personal-robbery"], "personal robberies", "brent"),
    ("residential-burglary", CRIME, ["residential-burglary"], "residential burglaries", "bromley"),
    ("shoplifting", CRIME, ["shoplifting"], "shoplifting offences", "hackney"),
    ("homicide", CRIME, ["homicide"], "homicides", "london"),
    ("vehicle-offences", CRIME, ["vehicle-offences"], "vehicle offences", "westminster"),
    ("knife-crime", DASHBOARD, ["knife-crime"], "knife crimes", "camden"),
    ("phone-theft-robbery", DASHBOARD, ["phone-theft", "phone-robbery"], "cases of mobile phone theft and robbery", "enfield"),
    ("neighbourhood-crime", CRIME, ["residential-burglary", "personal-robbery", "theft-from-person", "vehicle-offences"],
     "neighbourhood crimes", "haringey"),
]
CLEARLY = [*COUNTED, ("public-order", CRIME, ["public-order"], "public order offences", "barnet"),
           ("knife-crime", DASHBOARD, ["knife-crime"], "knife crimes", "london"),
           ("business-burglary", CRIME, ["business-burglary"], "business burglaries", "westminster"),
           ("shoplifting", CRIME, ["shoplifting"], "shoplifting offences", "kingston-upon-thames")]
EVERY = pytest.mark.parametrize(("measure", "dataset", "series", "phrase", "place"), COUNTED)
CHANGES = pytest.mark.parametrize(("measure", "dataset", "series", "phrase", "place"), CLEARLY)
OTHER = {"up": "down", "down": "up"}


def total(published, dataset, series, place, first, last) -> int:
    figures = published.figures(dataset, series, place)
    return int(sum(figures[month] for month in periods.span(first, last)))


def far_from(number: int) -> int:
    """Another number, so far away that no rounding hides it."""
    return number + max(2, number // 9)


@EVERY
def test_the_number_of_the_files_stands_and_another_does_not(check, published, measure, dataset, series, phrase, place):
    for first, last, when in (("2024-01", "2024-12", "2024"), ("2024-04", "2025-03", "2024/25"), ("2025-03", "2025-03", "March 2025")):
        number = total(published, dataset, series, place, first, last)
        right, wrong = (f"There were {count:,} {phrase} in {NAMES[place]} in {when}." for count in (number, far_from(number)))
        assert (check.outcome(right), check.outcome(wrong)) == ("supported", "not supported"), (right, wrong)


def answered(check, published, measure, dataset, series, place) -> tuple[bool, str, int, int]:
    """Whether the answer on a year before is a clear change, which way the numbers go, and both as the files give them."""
    row = check.answer(measure, place)
    ends = [(row[f"{when}_from"], row[f"{when}_to"]) for when in ("now", "before")]
    now, before = (total(published, dataset, series, place, *months) for months in ends)
    assert (now, before) == (row["now"], row["before"])
    return row["verdict"].startswith("clear"), "up" if now > before else "down", now, before


@CHANGES
def test_a_change_stands_only_as_far_as_its_answer(check, published, measure, dataset, series, phrase, place):
    clear, way, *_ = answered(check, published, measure, dataset, series, place)
    outcomes = [check.outcome(f"{phrase} are {which} in {NAMES[place]} on a year ago") for which in (way, OTHER[way])]
    assert outcomes[0] == "supported" if clear else outcomes[0] in ("not supported", "partly supported", "cannot be checked")
    assert outcomes[1] == "not supported"


@CHANGES
def test_a_percentage_stands_where_the_files_round_to_it(check, published, measure, dataset, series, phrase, place):
    clear, way, now, before = answered(check, published, measure, dataset, series, place)
    percent = abs(100 * (now / before - 1))
    outcome = check.outcome(f"{phrase} are {way} {percent:.1f}% in {NAMES[place]} on a year ago")
    assert (outcome == "supported") == clear
    assert check.outcome(f"{phrase} are {way} {percent + 300:.1f}% in {NAMES[place]} on a year ago") != "supported"


@CHANGES
def test_from_one_number_to_another(check, published, measure, dataset, series, phrase, place):
    clear, way, now, before = answered(check, published, measure, dataset, series, place)
    verb = "rose" if way == "up" else "fell"
    assert check.outcome(f"{phrase} in {NAMES[place]} {verb} from {before:,} to {now:,}") == ("supported" if clear else "partly supported")
    far = far_from(far_from(max(now, before)))
    pair = (far, far_from(far)) if way == "up" else (far_from(far), far)
    wrong = f"{phrase} in {NAMES[place]} {verb} from {pair[0]:,} to {pair[1]:,}"
    assert check.outcome(wrong) in ("not supported", "partly supported")
    assert "other numbers" in check.rules(wrong)


@pytest.mark.parametrize("place", ["hackney", "westminster", "london", "kingston-upon-thames"])
def test_trust_and_a_good_job_are_never_taken_for_one_another(check, published, place):
    trust, job = (max(published.figures("public-attitudes", [name], place).items()) for name in ("trust-met", "good-job"))
    assert trust[0] == job[0] and trust[1] != job[1]
    phrases = ["trust the Met", "say the police do a good job"]
    for number, right, wrong in ((trust[1], *phrases), (job[1], *reversed(phrases))):
        assert check.outcome(f"{number:.0f}% of people in {NAMES[place]} {right}") == "supported"
        answer = check.only(f"{number:.0f} in 100 people in {NAMES[place]} {wrong}")
        assert (answer.outcome, dict(answer.facts)["rules"]) == ("not supported", ("mistaken",))


def test_a_rate_is_that_of_twelve_months_and_of_the_residents(check, published):
    number = total(published, CRIME, ["residential-burglary"], "camden", "2025-01", "2025-12")
    rate = 1000 * number / published.residents("camden", "2025-12")
    assert check.outcome(f"{rate:.1f} residential burglaries per 1,000 residents in Camden in 2025") == "supported"
    assert check.outcome(f"{rate + 1:.1f} residential burglaries per 1,000 residents in Camden in 2025") == "not supported"


def test_everyone_in_post_is_counted(check, published):
    figures = published.figures("force-strength", ["officers"], "london")
    last = max(figures)
    now, before = figures[last], figures[periods.shift(last, -12)]
    assert now < 0.99 * before
    assert check.outcome(f"There are {now:,.0f} police officers in London") == "supported"
    assert check.outcome(f"Police officers are down by {before - now:,.0f} in London") == "supported"
    assert check.outcome(f"Police officers are down by {before - now + 200:,.0f} in London") == "not supported"
    assert check.outcome("More police officers in London") == "not supported"

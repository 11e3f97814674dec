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
EVERY = pytest.mark.parametrize(("measure", "dataset", "series", "said", "place"), COUNTED)
CHANGES = pytest.mark.parametrize(("measure", "dataset", "series", "said", "place"), CLEARLY)
OTHER = {"up": "down", "down": "up"}


def total(published, dataset, series, place, first, last) -> int:
    figures = published.figures(dataset, series, place)
    return int(sum(figures[month] for month in periods.span(first, last)))


def told_apart(number: int) -> int:
    """Another number, so far away that no rounding hides it."""
    return number + max(2, number // 9)


@EVERY
def test_the_number_of_the_files_stands_and_another_does_not(told, published, measure, dataset, series, said, place):
    for first, last, when in (("2024-01", "2024-12", "2024"), ("2024-04", "2025-03", "2024/25"), ("2025-03", "2025-03", "March 2025")):
        number = total(published, dataset, series, place, first, last)
        right, wrong = (f"There were {count:,} {said} in {NAMES[place]} in {when}." for count in (number, told_apart(number)))
        assert (told.outcome(right), told.outcome(wrong)) == ("supported", "not supported"), (right, wrong)


def found(told, published, measure, dataset, series, place) -> tuple[str, str, int, int]:
    """The finding's verdict, which way it goes, and both numbers of its months as the files give them."""
    row = told.verdict(measure, place)
    before = [periods.shift(row[end], -12) for end in ("first", "last")]
    numbers = total(published, dataset, series, place, row["first"], row["last"]), total(published, dataset, series, place, *before)
    assert numbers == (row["now"], row["before"])
    way = "up" if (row["signal"] or numbers[0] - numbers[1]) > 0 else "down"
    return row["verdict"], way, *numbers


@CHANGES
def test_a_change_stands_only_as_far_as_its_verdict(told, published, measure, dataset, series, said, place):
    verdict, way, now, before = found(told, published, measure, dataset, series, place)
    expected = "supported" if verdict.startswith("clear") else "partly supported" if verdict == "possible change" else "not supported"
    assert told.outcome(f"{said} are {way} in {NAMES[place]}") == expected
    assert told.outcome(f"{said} are {OTHER[way]} in {NAMES[place]}") == "not supported"
    numbers = "up" if now > before else "down"
    assert told.outcome(f"{said} are {OTHER[numbers]} in {NAMES[place]} compared with a year ago") == "not supported"


@CHANGES
def test_a_percentage_stands_where_the_files_round_to_it(told, published, measure, dataset, series, said, place):
    verdict, way, now, before = found(told, published, measure, dataset, series, place)
    percent = 100 * (now / before - 1)
    numbers = "up" if percent > 0 else "down"
    outcome = told.outcome(f"{said} are {numbers} {abs(percent):.1f}% in {NAMES[place]}")
    stands = verdict.startswith("clear") or (verdict == "possible change" and numbers == way)
    assert outcome == (("supported" if verdict.startswith("clear") else "partly supported") if stands else "not supported")
    assert told.outcome(f"{said} are {numbers} {abs(percent) + 300:.1f}% in {NAMES[place]}") == "not supported"


@CHANGES
def test_from_one_number_to_another(told, published, measure, dataset, series, said, place):
    verdict, _, now, before = found(told, published, measure, dataset, series, place)
    numbers = "rose" if now > before else "fell"
    clear = verdict.startswith("clear")
    assert told.outcome(f"{said} in {NAMES[place]} {numbers} from {before:,} to {now:,}") == ("supported" if clear else "partly supported")
    far = told_apart(told_apart(max(now, before)))
    pair = (far, told_apart(far)) if now > before else (told_apart(far), far)
    wrong = told.outcome(f"{said} in {NAMES[place]} {numbers} from {pair[0]:,} to {pair[1]:,}")
    assert wrong in ("not supported", "partly supported")
    assert "other numbers" in dict(told.one(f"{said} in {NAMES[place]} {numbers} from {pair[0]:,} to {pair[1]:,}").facts)["rules"]


@pytest.mark.parametrize("place", ["hackney", "westminster", "london", "kingston-upon-thames"])
def test_trust_and_a_good_job_are_never_taken_for_one_another(told, published, place):
    trust, job = (max(published.figures("public-attitudes", [name], place).items()) for name in ("trust-met", "good-job"))
    assert trust[0] == job[0] and trust[1] != job[1]
    said = ["trust the Met", "say the police do a good job"]
    for number, right, wrong in ((trust[1], *said), (job[1], *reversed(said))):
        assert told.outcome(f"{number:.0f}% of people in {NAMES[place]} {right}") == "supported"
        answer = told.one(f"{number:.0f} in 100 people in {NAMES[place]} {wrong}")
        assert (answer.outcome, dict(answer.facts)["rules"]) == ("not supported", ("mistaken",))


def test_a_rate_is_that_of_twelve_months_and_of_the_residents(told, published):
    number = total(published, CRIME, ["residential-burglary"], "camden", "2025-01", "2025-12")
    rate = 1000 * number / published.residents("camden", "2025-12")
    assert told.outcome(f"{rate:.1f} residential burglaries per 1,000 residents in Camden in 2025") == "supported"
    assert told.outcome(f"{rate + 1:.1f} residential burglaries per 1,000 residents in Camden in 2025") == "not supported"


def test_everyone_in_post_is_counted(told, published):
    figures = published.figures("force-strength", ["officers"], "london")
    last = max(figures)
    now, before = figures[last], figures[periods.shift(last, -12)]
    assert now < 0.99 * before
    assert told.outcome(f"There are {now:,.0f} police officers in London") == "supported"
    assert told.outcome(f"Police officers are down by {before - now:,.0f} in London") == "supported"
    assert told.outcome(f"Police officers are down by {before - now + 200:,.0f} in London") == "not supported"
    assert told.outcome("More police officers in London") == "not supported"

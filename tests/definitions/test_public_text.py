"""A person's name in a text that will be published is found; places, ranks without a name and figures are not taken for one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.definitions.public_text import (
    EITHER,
    FEWEST_LETTERS,
    PLACES,
    STREETS,
    WORDS,
    family_names,
    given_names,
    guessed_name,
    named,
    names_given,
)

ORDINARY = frozenset(["kingston", "upon", "thames", "kensington", "and", "chelsea", "brent", "sutton"])
PEOPLE = [
    *("Mr Smith", "Mr. Smith said so", "mr Smith", "Mrs Jones of Victoria Road", "Ms O'Neill", "Miss Begum", "Mr Smith Road"),
    *("Dr Patel", "Cllr Jas Athwal", "Councillor Brown", "Sir Mark", "Baroness Casey", "Professor Ahmed"),
    *("PC Jones", "PC Jones Ward", "Sgt. Kelly", "Inspector Gadget", "Supt Laughton", "Chief Superintendent Clair Kelland", "PCSO Khan"),
    *("Sarah Everard", "Joshua Laughton", "Aisha Khan", "José García", "Priya Patel", "Mohammed Ali", "Piotr Nowak", "Anne-Marie O'Neill"),
    *("MARK ROWLEY", "Mary Jones Kingston", "asked by Fatima Begum's son", "Victoria Brown of Victoria Road"),
    *("J. Smith", "R.J. Smith", "write to a.b@example.org", "ask @someone", "ring 020 7946 0958", "+44 20 7946 0958", "07700 900123"),
]
NOBODY = [
    *("Victoria Road", "Victoria Station", "Charlotte Street", "near St Helier", "Victoria Park Road", "Robin Hood Way"),
    *("Sir George Monoux College", "Lady Margaret Road", "Chelsea Bridge", "Gordon Hill Station", "Kensington and Chelsea Council"),
    *("Superintendent, Kingston upon Thames", "Superintendent Kingston upon Thames", "Chief superintendent of the South West command unit"),
    *("We miss Kingston's officers", "Stop and Search", "12 months to June 2023", "June Bank Holiday", "Guildhall, 6pm", "call 101 or 999"),
    *("77.6% in 2023, 86.2% in 2024", "PCSOs in post: 1,227 in July 2023", "01/02/2024 to 03/04/2025", "Clare's Law"),
    *("Memorial Hall, Edmonton", "on Victoria. Better"),
    *("Q. What of the police desk?", "A New Met for London", "Faith Leaders", "a resident", "the ward sergeant"),
]


@pytest.mark.parametrize("text", PEOPLE)
def test_a_person_is_found(text):
    assert named(text, ordinary=ORDINARY)


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_is_found_where_nobody_is_named(text):
    assert named(text, ordinary=ORDINARY) == ""


@pytest.mark.parametrize("text", ["Joshua Laughton spoke", "Supt Laughton spoke", "Supt. Joshua Laughton and Superintendent Laughton"])
def test_an_office_holder_who_may_be_named_is_left_alone_with_and_without_rank(text):
    assert named(text) != ""
    assert named(text, allowed=["Joshua Laughton"]) == ""


def test_another_person_with_the_same_surname_is_still_found():
    assert named("Sarah Laughton spoke", allowed=["Joshua Laughton"]) == "Sarah Laughton"


@settings(deadline=None, derandomize=True, max_examples=400)
@given(st.sampled_from(sorted(given_names() - WORDS - PLACES)), st.sampled_from(["Smith", "Begum", "Okafor", "Nowak"]))
def test_a_given_name_before_a_surname_is_found_wherever_it_stands(given_name, surname):
    person = f"{given_name.capitalize()} {surname}"
    for text in (person, f"said by {person}.", f"Lights, {person}, and more", f"({person})", person.upper()):
        assert named(text).upper() == person.upper()


@settings(deadline=None, derandomize=True)
@given(st.sampled_from(["Victoria", "Charlotte", "Albert", "Stanley", "Ashley"]), st.sampled_from(sorted(PLACES)))
def test_a_street_called_after_someone_is_a_street(first, after):
    assert named(f"Lights on {first} {after.capitalize()} tonight") == ""


@settings(deadline=None, derandomize=True)
@given(st.sampled_from(sorted(STREETS)))
def test_a_street_does_not_hide_the_people_who_live_there(street):
    assert named(f"Sarah Jones of Victoria {street.capitalize()}") == "Sarah Jones"


@settings(deadline=None, derandomize=True)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_whatever_is_found_stands_in_the_text(text):
    names = named(text, allowed=["Joshua Laughton"], ordinary=ORDINARY)
    assert all(word in text for word in names.split())
    assert names_given(text) in text


@settings(deadline=None, derandomize=True)
@given(st.from_regex(r"\A0[1237]\d{3} ?\d{3} ?\d{3}\Z"))
def test_a_telephone_number_is_found_however_it_is_spaced(number):
    assert named(f"ring {number} today") == number


def test_the_lists_hold_the_names_of_londoners_and_no_words_of_several():
    assert {"sarah", "mohammed", "aisha", "jose", "piotr", "priya"} <= given_names()
    assert {"okonkwo", "mensah", "kowalski", "nguyen", "warsame", "dhillon", "georgiou", "yilmaz"} <= family_names()
    assert (len(given_names()) > 3000, len(family_names()) > 1000) == (True, True)
    assert [name for name in given_names() | family_names() if len(name.split()) != 1 or name != name.lower()] == []


LONDONERS = (
    "Chukwuemeka Okafor", "Oluwaseun Adeyemi", "Ngozi Eze", "Kwabena Mensah", "Akosua Boateng", "Agnieszka Kowalska", "Zbigniew Wojcik",
    "Zhang Wei", "Wing Chan", "Nguyen Van Anh", "Linh Tran", "Abdirahman Warsame", "Hodan Farah", "Imran Hussain", "Gurpreet Dhillon",
    "Harjit Sandhu", "Rhiannon Griffiths", "Panayiotis Georgiou", "Mehmet Yilmaz", "Do Thi Hoa",
)  # fmt: skip


@pytest.mark.parametrize("name", LONDONERS)
def test_names_of_londons_communities_are_refused(name):
    assert named(f"Lights on the estate, asked {name} twice")


PASSED = (
    "Holly Lodge", "Austin Friars", "Lavender Hill", "Alexandra Palace", "Sydney Arms", "Jasmine Grove", "Mark Lane", "Green Lanes",
)  # fmt: skip


@pytest.mark.parametrize("place", PASSED)
def test_streets_and_places_are_neither_refused_nor_guessed(place):
    assert (named(f"Lights at {place} tonight"), guessed_name(f"Lights at {place} tonight")) == ("", "")


@pytest.mark.parametrize("name", ["Violet Featherstone", "Zebulon Okonkwo", "Grace Umbridge"])
def test_a_guess_is_a_warning_and_no_refusal(name):
    assert (named(f"asked by {name}"), guessed_name(f"asked by {name}")) == ("", name)


def test_a_short_given_name_before_an_unknown_word_is_no_name():
    assert named("Long Stays and Van Thefts") == ""
    assert len("van") < FEWEST_LETTERS
    assert "grace" in EITHER

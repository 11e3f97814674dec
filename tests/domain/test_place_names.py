"""A place is found by any name that a file or a person gives it, and by no other."""

from pathlib import Path

import pytest

from metrics.definitions import force_file
from metrics.domain import Refused, names
from metrics.domain.names import hint, keys_of, place_named

PLACES = force_file.read(Path(__file__).parents[2] / "data")[1]
KEPT = [made for made in vars(names).values() if hasattr(made, "cache_info")]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Kingston upon Thames", "kingston-upon-thames"),
        ("Kingston Upon Thames", "kingston-upon-thames"),
        ("kingston-upon-thames", "kingston-upon-thames"),
        ("E09000021", "kingston-upon-thames"),
        (" e09000021  ", "kingston-upon-thames"),
        ("RICHMOND UPON THAMES", "richmond-upon-thames"),
        ("City of Westminster", "westminster"),
        ("Westminster Borough", "westminster"),
        ("Hammersmith & Fulham", "hammersmith-and-fulham"),
        ("Barking  &Dagenham ", "barking-and-dagenham"),
        ("NA", "north-area"),
        ("sw", "south-west"),
        ("North Area", "north-area"),
        ("London", "london"),
        ("MPS", "london"),
        ("Metropolitan Police Service", "london"),
        ("Unknown", "unknown"),
        ("N/K", "unknown"),
        ("Other / NK", "unknown"),
        ("N/K (Legacy Only)", "unknown"),
        ("London Heathrow and London City Airports", "airports"),
        ("Aviation Security ", "aviation-security"),
        ("Aviation Security (SO18) (Legacy Only)", "aviation-security"),
        ("Aviation Policing", "aviation-security"),
        ("Non MET police force", "other-force"),
    ],
)
def test_a_place_goes_by_every_name_that_files_use(text, place):
    assert place_named(PLACES, text).id == place


@pytest.mark.parametrize("text", ["City of London", "E09000001", "city-of-london", "City of London Borough"])
def test_the_city_of_london_is_refused_by_name(text):
    with pytest.raises(Refused, match="policed by another force"):
        place_named(PLACES, text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Kingstn", "did you mean Kingston upon Thames?"),
        ("Westminister", "did you mean Westminster?"),
        ("Hammersmth and Fulham", "did you mean Hammersmith and Fulham?"),
    ],
)
def test_a_misspelt_place_is_refused_with_what_was_meant(text, meant):
    with pytest.raises(Refused, match=f"^no place called '{text}': ") as refusal:
        place_named(PLACES, text)
    assert str(refusal.value).endswith(meant)


@pytest.mark.parametrize("text", ["", "  ", "Manchester", "E09000099", "City of Camden", "upon"])
def test_a_place_that_is_not_known_is_never_guessed(text):
    with pytest.raises(Refused, match="no place called"):
        place_named(PLACES, text)


def test_no_two_places_share_a_key():
    keys = [key for place in PLACES.values() for key in keys_of(place)]
    assert len(keys) == len(set(keys))


def test_a_text_that_is_no_name_is_refused_without_a_search(monkeypatch):
    monkeypatch.setattr("metrics.domain.names.hint", None)
    with pytest.raises(Refused, match=r"^no place has a name of 400,000 letters$"):
        place_named(PLACES, "x" * 400_000)


def test_a_hint_names_the_nearest_and_says_nothing_of_the_far():
    assert hint("theft", ["theft-from-person", "phone-theft"]) == ": did you mean theft-from-person?"
    assert hint("xyz", ["theft-from-person"]) == ""
    assert hint("anything", []) == ""


def test_nothing_is_kept_of_what_was_asked_for():
    place_named(PLACES, "brent")
    before = [kept.cache_info().currsize for kept in KEPT]
    for spaces in range(50):
        assert place_named(PLACES, " " * spaces + "brent").id == "brent"
    assert [kept.cache_info().currsize for kept in KEPT] == before

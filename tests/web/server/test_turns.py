"""Turns: one address that asks for much waits behind everyone who asks for little."""

import threading

import pytest

from metrics.domain import Refused
from metrics.web.server.visitor_limits import Turns

MANY = 20


def asker(turns: Turns, who: str, served: list[str]) -> threading.Thread:
    """Somebody who waits for a turn and notes it."""
    def ask() -> None:
        with turns.taken(who):
            served.append(who)

    thread = threading.Thread(target=ask)
    thread.start()
    return thread


def until_waiting(turns: Turns, who: str, number: int) -> None:
    while turns.waiting(who) < number:
        threading.Event().wait(0.001)


def test_one_address_cannot_use_up_the_turns():
    turns, served = Turns(), []
    with turns.taken("first"):
        askers = [asker(turns, "greedy", served) for _ in range(MANY)]
        until_waiting(turns, "greedy", MANY)
        for who in ("a", "b"):
            askers.append(asker(turns, who, served))
            until_waiting(turns, who, 1)
    for thread in askers:
        thread.join()
    assert served[:3] == ["greedy", "a", "b"] and served.count("greedy") == MANY


def test_only_one_works_at_a_time():
    turns, inside, most = Turns(), [], []

    def work(who: str) -> None:
        for _ in range(50):
            with turns.taken(who):
                inside.append(who)
                most.append(len(inside))
                inside.remove(who)

    threads = [threading.Thread(target=work, args=(f"a{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) == 1 and len(most) == 400


def test_a_file_is_refused_while_many_of_its_address_wait():
    turns, served = Turns(), []
    with turns.taken("first"):
        askers = [asker(turns, "greedy", served) for _ in range(3)]
        until_waiting(turns, "greedy", 3)
        refusals = []

        def ask() -> None:
            with pytest.raises(Refused, match="too much"), turns.taken("greedy", most=3):
                refusals.append("never")

        late = threading.Thread(target=ask)
        late.start()
        late.join()
    for thread in askers:
        thread.join()
    assert (refusals, served) == ([], ["greedy"] * 3)


def test_a_request_that_fails_lets_the_next_go_on():
    turns = Turns()
    with pytest.raises(Refused), turns.taken("a"):
        raise Refused("not made")
    with turns.taken("b"):
        assert turns.waiting("b") == 0

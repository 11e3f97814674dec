"""The key of the full edition: taken out of the address into a cookie, and refused where it is another."""

import pytest

from metrics.web.server import KEY_COOKIE, Front
from tests.web.server.conftest import LOOKS, PAGES, STATIC, _asked, _finished, _stub

OWN = {"host": "localhost:8501"}


def asked(target: str, **front):
    made = Front(_stub, static=STATIC, title="The site", pages=PAGES, looks=LOOKS, builds=lambda: ("b1", None), published=None,
        **{"public": False, "key": "right"} | front)
    return _finished(_asked(made, target, "GET", OWN))


def test_the_right_key_becomes_a_cookie_of_this_visit_and_leaves_the_address():
    answer = asked("/?key=right&area=brent")
    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert answer.headers["set-cookie"] == f"{KEY_COOKIE}=right; Path=/; HttpOnly; SameSite=Strict"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("target", ["/?key=wrong", "/?key=", "/plan?key=%ff", "/?area=brent&key=right2"])
def test_another_key_is_refused(target):
    answer = asked(target)
    assert answer.status == 403 and "set-cookie" not in answer.headers


def test_the_public_edition_knows_no_key():
    assert "set-cookie" not in asked("/?key=", public=True, key="").headers


def test_where_people_sign_in_only_that_is_answered_besides_pages():
    site = {"names": ("localhost",), "key": ""}
    assert asked("/auth/login", **site).status == 299
    assert [asked(path, **site).status for path in ("/present/brent", "/_stcore/metrics", "/_stcore/agent")] == [404, 403, 404]
    assert asked("/", **site | {"names": ("progress.example.org",)}).status == 421

"""The key of the full edition: taken out of the address into a cookie, and refused where it is another."""

import pytest

from metrics.web.server import KEY_COOKIE, Front
from tests.web.server.conftest import EXPLORER, asked, stub

OWN = {"host": "localhost:8501"}


def answered(target: str, **chosen):
    chosen = {"public": False, "key": "right"} | chosen
    return asked(Front(stub, explorer=EXPLORER, builds=lambda: ("b1", None), published=None, **chosen), target, **OWN)


def test_the_right_key_becomes_a_cookie_of_this_visit_and_leaves_the_address():
    answer = answered("/?key=right&area=brent")
    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert sorted(answer.headers["set-cookie"].split("; ")) == ["HttpOnly", "Path=/", "SameSite=strict", f"{KEY_COOKIE}=right"]
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("target", ["/?key=wrong", "/?key=", "/plan?key=%ff", "/?area=brent&key=right2"])
def test_another_key_is_refused(target):
    answer = answered(target)
    assert answer.status == 403 and "set-cookie" not in answer.headers


def test_the_public_edition_knows_no_key():
    assert "set-cookie" not in answered("/?key=", public=True, key="").headers


def test_where_people_sign_in_only_that_is_answered_besides_pages():
    site = {"names": ("localhost",), "key": ""}
    assert answered("/auth/login", **site).status == 299
    assert [answered(path, **site).status for path in ("/present/brent", "/_stcore/metrics", "/_stcore/agent")] == [404, 403, 404]
    assert answered("/", **site | {"names": ("progress.example.org",)}).status == 421

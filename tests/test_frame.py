"""The frame itself: health, headers, error pages, closed doors."""

from tests.browsing import Browser
from tests.people import Cast


def test_the_process_says_that_it_is_alive(visitor: Browser) -> None:
    assert visitor.get("/healthz").text == "ok\n"


def test_a_page_that_is_not_there_says_so_kindly(visitor: Browser) -> None:
    reply = visitor.get("/no-such-page")

    assert reply.status_code == 404
    assert "not here" in reply.text


def test_the_cast_has_a_lead_for_each_team(cast: Cast) -> None:
    assert cast.ben != cast.lena

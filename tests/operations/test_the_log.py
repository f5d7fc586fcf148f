"""Every answer carries its request's id, and the log can be JSON that never holds an address."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from tests.browsing import Browser
from training.errors import SettingsError
from training.operations.request_log import HEADER
from training.settings import read_settings


@pytest.fixture
def logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def test_every_answer_carries_an_id_of_its_own(visitor: Browser) -> None:
    one, two = (visitor.get("/sign-in").headers[HEADER] for _ in range(2))

    assert len(one) == len(two) == 16
    assert one != two


def test_a_visitor_cannot_choose_the_id(visitor: Browser) -> None:
    assert visitor.get("/sign-in", headers={HEADER: "chosen-by-me"}).headers[HEADER] != "chosen-by-me"


@pytest.mark.parametrize(
    ("sent", "kept"), [("from-our-proxy.1", True), ("short", False), ("two\twords here", False)]
)
def test_an_id_of_a_trusted_proxy_is_kept_where_it_is_plain(
    site_like: Callable[..., Flask], sent: str, kept: bool
) -> None:
    site = site_like(trusted_proxies=1)
    found = site.test_client().get("/healthz", base_url="http://127.0.0.1:8000", headers={HEADER: sent})

    assert (found.headers[HEADER] == sent) is kept


def test_a_json_log_holds_one_object_a_line_with_route_status_and_id(
    site_like: Callable[..., Flask], capsys: pytest.CaptureFixture[str], logging_as_it_was: None
) -> None:
    site = site_like(log_format="json")
    answer = site.test_client().get("/t/reset/a-secret-of-somebody", base_url="http://127.0.0.1:8000")

    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    answered = next(line for line in lines if line["message"] == "answered")
    assert answered["request_id"] == answer.headers[HEADER]
    assert (answered["method"], answered["status"]) == ("GET", answer.status_code)
    assert "a-secret-of-somebody" not in json.dumps(lines)


def test_an_error_is_one_line_too(
    site_like: Callable[..., Flask], capsys: pytest.CaptureFixture[str], logging_as_it_was: None
) -> None:
    site_like(log_format="json")
    try:
        raise ValueError("two\nlines")
    except ValueError:
        logging.getLogger("training").exception("it broke")

    (line,) = capsys.readouterr().err.splitlines()
    assert "two\nlines" in json.loads(line)["error"]


def test_another_format_is_a_sentence() -> None:
    with pytest.raises(SettingsError, match="text or json"):
        read_settings({"TRAINING_LOG_FORMAT": "xml"})

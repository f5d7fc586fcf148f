"""`/metrics` is there for whoever holds the token, where one is set, and for nobody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families
from werkzeug.test import TestResponse

from tests.attempts.playing import Player
from tests.browsing import Browser
from training.database import db
from training.errors import SettingsError
from training.settings import read_settings

TOKEN = "a-token-of-thirty-two-characters"


@pytest.fixture
def watched(site_like: Callable[..., Flask]) -> Flask:
    """The same site with a token set."""
    return site_like(metrics_token=TOKEN)


def ask(site: Flask, token: str) -> TestResponse:
    with site.app_context():
        return site.test_client().get(
            "/metrics", base_url="http://127.0.0.1:8000", headers={"Authorization": f"Bearer {token}"}
        )


def figures(answer: TestResponse) -> dict[str, float]:
    return {
        sample.name + "".join(sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.get_data(as_text=True))
        for sample in family.samples
    }


def test_without_a_token_in_the_settings_there_is_no_such_page(visitor: Browser) -> None:
    assert visitor.get("/metrics").status_code == 404


@pytest.mark.parametrize("token", ["", "another", TOKEN.upper(), "é"])
def test_without_the_right_token_the_page_is_not_there(watched: Flask, token: str) -> None:
    assert ask(watched, token).status_code == 404


def test_it_counts_what_only_the_site_knows(watched: Flask, ana: Player) -> None:
    ana.says(ana.start(), 1, 1)
    db.session.remove()

    found = figures(ask(watched, TOKEN))

    assert found["zanshin_attempts_total"] == 1
    assert found["zanshin_answers_total"] == 2
    assert found["zanshin_active_sessions"] == 1
    assert found["zanshin_mailsqueued"] == 0


def test_a_short_token_is_refused_at_the_start() -> None:
    with pytest.raises(SettingsError, match="TRAINING_METRICS_TOKEN"):
        read_settings({"TRAINING_METRICS_TOKEN": "guess"})

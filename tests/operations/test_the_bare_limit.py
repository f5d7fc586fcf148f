"""What `make bench` compares with does what an honest step needs."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from bench import bare
from bench.person import Window


def test_the_bare_limit_records_a_step_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'bare.sqlite3'}"
    bare.prepare(url, 2)
    client = bare.application(url, "a lesson").test_client(use_cookies=False)
    headers = {"Cookie": bare.cookie(1)}

    said = [
        client.post("/step", data={"step": step, "choice": 1}, headers=headers).status_code
        for step in (1, 1, 2, 9)
    ]

    assert said == [303, 409, 303, 409]
    with closing(sqlite3.connect(tmp_path / "bare.sqlite3")) as database:
        assert database.execute("SELECT attempt_id, number FROM bare_step").fetchall() == [(1, 1), (1, 2)]
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_quantiles_are_of_the_times_themselves() -> None:
    window = Window(2.0, [0.1 * number for number in range(1, 11)])

    assert (window.rate, window.quantile(0.5), window.quantile(0.99)) == (5.0, 0.1 * 6, 1.0)

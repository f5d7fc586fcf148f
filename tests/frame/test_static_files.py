"""Static files: one stylesheet, for ever under an address of its content."""

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask

from tests.browsing import Browser
from training.web.static_files import asset, read_static_files

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = re.compile(r"/static/([0-9a-f]{16})/css/zanshin\.css")


def address(app: Flask) -> str:
    with app.test_request_context():
        return asset("css/zanshin.css")


def test_the_stylesheet_is_kept_for_ever(app: Flask, visitor: Browser) -> None:
    reply = visitor.get(address(app))

    assert reply.status_code == 200
    assert reply.mimetype == "text/css"
    assert "immutable" in reply.headers["Cache-Control"]


def test_it_is_sent_compressed_to_those_who_ask(app: Flask, visitor: Browser) -> None:
    reply = visitor.get(address(app), headers={"Accept-Encoding": "gzip"})

    assert reply.headers["Content-Encoding"] == "gzip"
    assert reply.headers["Vary"] == "Accept-Encoding"


def test_nobody_waits_for_compression_before_it_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(gzip, "compress")

    assert read_static_files(ROOT / "static").files


def test_an_older_page_still_gets_its_stylesheet_but_does_not_keep_it(visitor: Browser) -> None:
    reply = visitor.get("/static/0123456789abcdef/css/zanshin.css")

    assert reply.status_code == 200
    assert reply.headers["Cache-Control"] == "no-cache"


def test_only_a_face_may_be_shown_on_somebody_elses_page_as_a_mail_is(app: Flask, visitor: Browser) -> None:
    with app.app_context():
        face, stylesheet = asset("images/faces/farid.png"), asset("css/zanshin.css")

    policy = "Cross-Origin-Resource-Policy"
    assert visitor.get(face).headers[policy] == "cross-origin"
    assert visitor.get(stylesheet).headers[policy] == "same-origin"


def test_nothing_outside_the_folder_is_served(app: Flask, visitor: Browser) -> None:
    for name in ("../app.py", "..%2fapp.py", "css/../../app.py", "no-such-file.css"):
        assert visitor.get(f"/static/x/{name}").status_code == 404


def test_a_changed_file_changes_the_address(tmp_path: Path) -> None:
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "1.css").write_text("a{}")
    before = read_static_files(tmp_path).version

    (tmp_path / "css" / "1.css").write_text("b{}")

    assert read_static_files(tmp_path).version != before

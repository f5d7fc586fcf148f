"""A face as a picture: kept for ever, harmless by itself, and never a face that nobody drew."""

import re
from xml.etree import ElementTree as ET

import pytest
from flask import Flask

from tests.browsing import Browser
from training.web.faces import MOODS, Faces, face_picture


def address(app: Flask, who: str, mood: int = 2) -> str:
    with app.test_request_context():
        return face_picture(who, mood)


def test_every_person_in_every_mood_is_a_picture(app: Flask) -> None:
    faces: Faces = app.extensions["faces"]

    assert "marcus" in faces.drawn
    for who in faces.drawn:
        for mood in MOODS:
            with app.test_request_context():
                found = app.test_client().get(face_picture(who, int(mood)), base_url="http://127.0.0.1:8000")
            picture = ET.fromstring(found.get_data())  # noqa: S314  # our own drawing
            assert picture.get("data-mood") == mood


def test_it_is_kept_for_ever_and_small(app: Flask, visitor: Browser) -> None:
    reply = visitor.get(address(app, "marcus"), headers={"Accept-Encoding": "gzip"})

    assert reply.status_code == 200
    assert reply.mimetype == "image/svg+xml"
    assert "immutable" in reply.headers["Cache-Control"]
    assert len(reply.data) <= 4_000


def test_an_older_page_still_gets_its_face_but_does_not_keep_it(app: Flask, visitor: Browser) -> None:
    reply = visitor.get(re.sub("/[0-9a-f]{16}/", "/0123456789abcdef/", address(app, "marcus")))

    assert reply.status_code == 200
    assert reply.headers["Cache-Control"] == "no-cache"


def test_it_can_do_nothing_by_itself(app: Flask, visitor: Browser) -> None:
    policy = visitor.get(address(app, "marcus")).headers["Content-Security-Policy"]

    assert policy == "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def test_somebody_who_is_not_drawn_is_a_silhouette(app: Flask) -> None:
    assert "/silhouette-2.svg" in address(app, "nobody-yet")


@pytest.mark.parametrize("name", ["nobody-2", "marcus-5", "marcus-99999999999", "..%2fface-2"])
def test_there_is_no_other_picture(visitor: Browser, name: str) -> None:
    assert visitor.get(f"/faces/0/{name}.svg").status_code == 404

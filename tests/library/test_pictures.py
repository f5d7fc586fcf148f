"""Pictures in a lesson: encoded anew, with words and a size, served so that they can do nothing."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from tests.browsing import Browser
from tests.library.texts import FILES, LESSON
from tests.library_content import import_folder, write_content
from training.database import db
from training.library.formats.pictures import WIDEST, Picture, read_picture
from training.library.importing import survey
from training.library.models import Picture as Kept
from training.rendering import Form, Piece, render

pytestmark = pytest.mark.usefixtures("late_november")
SHOWN = LESSON.replace("The first is", "![A card beside the phone](../media/card.png)\n\nThe first is")


def drawn(kind: str, size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "navy").save(written, kind, **options)
    return written.getvalue()


def with_picture(folder: Path, body: bytes, text: str = SHOWN, name: str = "card.png") -> Path:
    (folder / "media").mkdir(exist_ok=True)
    (folder / "media" / name).write_bytes(body)
    return write_content(folder, {**FILES, "lessons/seeing-it-coming.md": text})


def found(folder: Path) -> list[str]:
    return [one.message for one in survey(folder).diagnostics if one.code == "L704"]


def test_a_lesson_shows_its_picture_with_words_and_a_size(app: Flask, visitor: Browser, folder: Path) -> None:
    import_folder(with_picture(folder, drawn("PNG")))
    page = visitor.get("/tips/seeing-it-coming").text
    image = re.search(r"<img[^>]*/media/[^>]*>", page)

    assert image is not None
    for part in ('alt="A card beside the phone"', 'width="40"', 'height="30"', 'loading="lazy"'):
        assert part in image[0]


def test_a_picture_is_served_for_ever_and_may_do_nothing(app: Flask, visitor: Browser, folder: Path) -> None:
    import_folder(with_picture(folder, drawn("PNG")))
    name = db.session.execute(select(Kept.name)).scalar_one()
    reply = visitor.get(f"/media/{name}")

    assert reply.content_type == "image/png"
    assert reply.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert reply.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert Image.open(io.BytesIO(reply.data)).size == (40, 30)
    assert visitor.get("/media/card.png").status_code == 404


def test_where_tips_are_for_members_pictures_are_too(app: Flask, visitor: Browser, folder: Path) -> None:
    import_folder(with_picture(folder, drawn("PNG")))
    app.extensions["settings"] = replace(app.extensions["settings"], public_tips=False)
    name = db.session.execute(select(Kept.name)).scalar_one()

    assert visitor.get(f"/media/{name}").status_code == 303


def test_a_feed_names_its_pictures_in_full(app: Flask, visitor: Browser, folder: Path) -> None:
    import_folder(with_picture(folder, drawn("PNG")))

    assert "http://127.0.0.1:8000/media/" in visitor.get("/tips/feed.atom").text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SHOWN.replace("A card beside the phone", ""), "without words"),
        (SHOWN.replace("../media/card.png", "card.png"), "cannot be shown"),
        (SHOWN.replace("../media/card.png", "../media/cord.png"), "cannot be shown"),
        (SHOWN.replace("../media/card.png", "../media/../lessons/x.png"), "cannot be shown"),
        (SHOWN.replace("../media/card.png", "https://example.org/x.png"), "cannot be shown"),
        (LESSON.replace("He hears", "![x](../media/card.png) He hears"), "only a lesson's prose"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_an_error(folder: Path, text: str, said: str) -> None:
    messages = found(with_picture(folder, drawn("PNG"), text))

    assert len(messages) == 1
    assert said in messages[0]


@pytest.mark.parametrize(
    "body",
    [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<html>", drawn("GIF"), drawn("PNG")[:60]],
    ids=["empty", "svg", "html", "gif", "cut"],
)
def test_what_is_no_picture_of_ours_is_refused_whatever_it_is_called(folder: Path, body: bytes) -> None:
    assert found(with_picture(folder, body))


def test_a_picture_with_more_pixels_than_anybody_needs_is_refused() -> None:
    assert isinstance(read_picture(drawn("PNG", (10_000, 5_000))), str)


def test_nothing_but_the_picture_survives() -> None:
    exif = Image.Exif()
    exif[0x010E] = "at home"
    tail = b"<script>alert(1)</script>"
    picture = read_picture(drawn("JPEG", exif=exif) + tail)

    assert isinstance(picture, Picture)
    assert b"at home" not in picture.body
    assert tail not in picture.body
    assert picture.name.endswith(".jpg")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_wide_picture_is_made_smaller(kind: str) -> None:
    picture = read_picture(drawn(kind, (3000, 1000)))

    assert isinstance(picture, Picture)
    assert (picture.width, picture.height) == (WIDEST, 480)


def test_a_text_that_was_given_no_picture_leaves_its_words() -> None:
    piece = Piece("![A card](https://evil.test/x.png) ![B](/media/x)", Form.ARTICLE, "lessons")

    assert render([piece])[0] == "<p><span>A card</span> <span>B</span></p>"

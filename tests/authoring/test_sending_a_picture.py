"""A trainer sends pictures: checked by what is in them, kept for every host, listed with their uses."""

import io
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.authoring.conftest import Open
from tests.authoring.writing import CONTENT, rewrite, source_of, text_in
from tests.browsing import Browser
from training.accounts.models import AuditEntry
from training.database import transaction
from training.library.exporting import export_content
from training.library.models import MediaFile, Picture

TIP = "seeing-it-coming"


def drawn(kind: str = "PNG", colour: str = "navy") -> bytes:
    exif, written = Image.Exif(), io.BytesIO()
    exif[0x010E] = "at home"
    Image.new("RGB", (40, 30), colour).save(written, kind, exif=exif)
    return written.getvalue()


def send(browser: Browser, name: str, body: bytes) -> TestResponse:
    return browser.post("/studio/media", {"file": (io.BytesIO(body), name)})


def sent(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(MediaFile)) or 0


@pytest.mark.parametrize(("kind", "ending"), [("PNG", "png"), ("JPEG", "jpg"), ("WEBP", "webp")])
def test_a_picture_is_kept_without_what_its_file_held_besides(
    tova: Browser, session: Session, kind: str, ending: str
) -> None:
    reply = send(tova, "Card Beside Phone.GIF", drawn(kind))
    kept = session.scalars(select(MediaFile)).one()

    assert reply.status_code == 303
    assert kept.name == f"card-beside-phone.{ending}"
    assert b"at home" not in kept.picture.body
    assert tova.get(f"/media/{kept.picture_name}").data == kept.picture.body
    assert f"](../media/{kept.name})" in tova.get("/studio/media").text


def test_a_tip_shows_it_and_the_list_says_where(tova: Browser, opened: Open, session: Session) -> None:
    send(tova, "card.png", drawn())
    assert "nowhere now" in tova.get("/studio/media").text
    address = opened("lesson", TIP)
    rewrite(tova, address, "\n## Your call", "\n![A card](../media/card.png)\n\n## Your call")

    page = tova.get(address)
    assert "L704" not in page.text
    name = session.scalars(select(MediaFile.picture_name)).one()
    assert f"/media/{name}" in page.text
    assert f'href="{address}"' in tova.get("/studio/media").text
    assert tova.post(f"{address}/publication", {"live": "1", "note": ""}).status_code == 303
    assert f"/media/{name}" in tova.get(f"/tips/{TIP}").text
    assert f'href="/tips/{TIP}"' in tova.get("/studio/media").text


def test_without_words_for_who_cannot_see_it_the_tip_is_not_ready(tova: Browser, opened: Open) -> None:
    send(tova, "card.png", drawn())
    address = opened("lesson", TIP)
    rewrite(tova, address, "\n## Your call", "\n![](../media/card.png)\n\n## Your call")

    assert "without words for who cannot see it" in tova.get(address).text


def test_an_export_writes_it_beside_the_text(tova: Browser, opened: Open, tmp_path: Path) -> None:
    send(tova, "card.png", drawn())
    address = opened("lesson", TIP)
    rewrite(tova, address, "\n## Your call", "\n![A card](../media/card.png)\n\n## Your call")
    tova.post(f"{address}/publication", {"live": "1", "note": ""})
    (tmp_path / "lessons").mkdir()
    (tmp_path / "lessons" / f"{TIP}.md").write_bytes(source_of("lesson", TIP).encode())
    with transaction() as writing:
        export_content(writing, tmp_path)

    with Image.open(tmp_path / "media" / "card.png") as written:
        assert written.size == (40, 30)
    assert "../media/card.png" in (tmp_path / "lessons" / f"{TIP}.md").read_text()


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("x.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "cannot be read as PNG, JPEG or WebP"),
        ("x.png", b"", "cannot be read"),
        ("x.png", drawn()[:60], "cannot be read"),
        ("….png", drawn(), "Its name makes no address"),
        ("interruptions.png", drawn(), "Another picture has that name"),
    ],
    ids=["svg", "empty", "cut", "nameless", "beside"],
)
def test_what_is_no_picture_gets_words_and_is_not_kept(
    tova: Browser, session: Session, name: str, body: bytes, said: str
) -> None:
    reply = send(tova, name, body)

    assert reply.status_code == 422
    assert said in reply.text
    assert sent(session) == 0


def kept(session: Session) -> list[str]:
    session.rollback()
    return list(session.scalars(select(Picture.name)))


def test_a_picture_that_no_text_shows_can_be_taken_away_bytes_and_all(
    tova: Browser, session: Session
) -> None:
    send(tova, "card.png", drawn())
    name = session.scalars(select(MediaFile.picture_name)).one()
    assert 'href="/studio/media/card.png/removal"' in tova.get("/studio/media").text
    assert "Remove this picture?" in tova.get("/studio/media/card.png/removal").text

    assert tova.post("/studio/media/card.png/removal").status_code == 303

    assert tova.get(f"/media/{name}").status_code == 404
    assert (sent(session), name in kept(session)) == (0, False)
    assert session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()[-1] == "picture removed"
    assert send(tova, "card.png", drawn(colour="red")).status_code == 303, "the name is free"
    assert tova.get("/studio/media/none.png/removal").status_code == 404


def test_a_picture_that_a_text_shows_or_once_showed_stays(
    tova: Browser, opened: Open, session: Session
) -> None:
    send(tova, "card.png", drawn())
    line = "\n![A card](../media/card.png)\n"

    def stays(why: str) -> None:
        assert why in tova.get("/studio/media/card.png/removal").text
        assert tova.post("/studio/media/card.png/removal").status_code == 409
        assert sent(session) == 1

    address = opened("lesson", TIP)
    rewrite(tova, address, "\n## Your call", f"{line}\n## Your call")
    stays("Take it out of the text first.")
    tova.post(f"{address}/publication", {"live": "1", "note": ""})
    stays("Take it out of the text first.")
    again = opened("lesson", TIP)
    rewrite(tova, again, line, "")
    tova.post(f"{again}/publication", {"live": "2", "note": ""})
    stays("An earlier revision of a tip shows it")


def test_the_bytes_stay_where_another_name_or_a_file_beside_the_texts_has_them(
    tova: Browser, session: Session, published: None
) -> None:
    beside = session.scalars(select(Picture.name)).one()
    send(tova, "mine.png", (CONTENT / "media" / "interruptions.png").read_bytes())
    send(tova, "one.png", drawn())
    send(tova, "two.png", drawn())
    shared = session.scalars(select(MediaFile.picture_name).where(MediaFile.name == "one.png")).one()

    tova.post("/studio/media/mine.png/removal")
    tova.post("/studio/media/one.png/removal")

    assert sorted(kept(session)) == sorted([beside, shared])


def test_a_name_keeps_its_picture(tova: Browser, session: Session) -> None:
    assert send(tova, "card.png", drawn()).status_code == 303
    assert send(tova, "card.png", drawn()).status_code == 303
    assert send(tova, "card.png", drawn(colour="red")).status_code == 422
    assert sent(session) == 1


def test_nothing_sent_is_said(tova: Browser) -> None:
    reply = tova.post("/studio/media")

    assert reply.status_code == 422
    assert "Choose a picture." in reply.text
    assert "interruptions.png" in tova.get("/studio/media").text


def test_the_text_keeps_its_line(tova: Browser, opened: Open) -> None:
    address = opened("lesson", TIP)
    rewrite(tova, address, "\n## Your call", "\n![A card](../media/none.png)\n\n## Your call")

    assert "../media/none.png" in text_in(tova.get(address))
    assert "There is no &#34;media/none.png&#34;." in tova.get(address).text

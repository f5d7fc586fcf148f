"""A trainer sends files: each becomes a draft or is refused in plain words, whatever is in it."""

import io
import stat
import zipfile
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.authoring.conftest import Open
from tests.authoring.writing import CALL, source_of, text_in
from tests.browsing import Browser
from training.authoring import uploads
from training.authoring.models import Draft
from training.authoring.rules import MOST_BYTES
from training.authoring.uploads import Arrived, Refused, decode, open_upload
from training.library.models import Kind

SKILL = "---\ntitle: Patience\nsummary: To wait.\n---\nWait.\n"


def packed(*files: tuple[str | ZipInfo, bytes]) -> bytes:
    written = io.BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for name, body in files:
            archive.writestr(name, body)
    return written.getvalue()


def send(browser: Browser, name: str, body: bytes) -> TestResponse:
    return browser.post("/studio/drafts/files", {"file": (io.BytesIO(body), name)})


def why(found: list[Arrived | Refused]) -> str:
    assert len(found) == 1
    assert isinstance(found[0], Refused), found
    return found[0].why


def drafts(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Draft)) or 0


def test_one_file_becomes_one_draft_with_its_very_text(published: None, tova: Browser) -> None:
    text = source_of("scenario", CALL).replace("\n", "\r\n")
    reply = send(tova, "My own call.md", ("\ufeff" + text).encode())
    page = tova.get(reply.location)

    assert reply.status_code == 303
    assert ">my-own-call.md<" in page.text
    assert text_in(page).replace("\r\n", "\n") == text.replace("\r\n", "\n")
    assert "it can be published" in page.text


def test_a_front_matter_gone_wrong_becomes_a_draft_with_its_problems(published: None, tova: Browser) -> None:
    page = tova.get(send(tova, "broken.md", b"---\ntitle: [\ncustomer: x\n## A scene\n").location)

    assert "stop publishing" in page.text
    assert text_in(page) == "---\ntitle: [\ncustomer: x\n## A scene\n"


def test_a_zip_becomes_a_draft_of_each_and_says_what_did_not(
    published: None, tova: Browser, session: Session
) -> None:
    body = packed(
        ("mine/skills/patience.md", SKILL.encode()),
        ("mine/lessons/wait-a-moment.md", b"---\ntitle: Wait\nteaser: Wait.\n---\nWait.\n"),
        ("mine/modules/first.md", b"---\ntitle: First\nsummary: x\n---\n1. [A](../lessons/a.md) - read\n"),
        ("mine/scenarios/redirect.md", b"no front matter"),
        ("mine/media/card.png", b"\x89PNG"),
        ("__MACOSX/._patience.md", b"\x00"),
    )
    page = send(tova, "all.zip", body)

    assert page.status_code == 200
    assert "4 drafts were made" in page.text
    for kind in ("call", "tip", "module", "skill"):
        assert f"<td>{kind}</td>" in page.text
    assert "mine/media/card.png" in page.text
    assert "Pictures are sent on a page of their own" in page.text
    assert "MACOSX" not in page.text
    assert drafts(session) == 4


def test_sent_twice_it_changes_nothing(published: None, tova: Browser, session: Session) -> None:
    send(tova, "patience.md", SKILL.encode())
    again = send(tova, "patience.md", SKILL.encode())
    other = send(tova, "patience.md", SKILL.encode() + b"More.\n")

    assert "A draft already, with this very text" in again.text
    assert "Not touched: somebody is writing a draft of it" in other.text
    assert drafts(session) == 1


def test_a_file_of_what_is_published_is_a_draft_of_its_next_revision(
    published: None, tova: Browser, session: Session
) -> None:
    same = source_of("skill", "redirect")
    body = packed(("skills/redirect.md", same.encode()), ("skills/recuse.md", SKILL.encode()))
    page = send(tova, "skills.zip", body)

    assert "Published just so: nothing to change" in page.text
    assert "A draft of the next revision" in page.text
    assert drafts(session) == 1
    assert session.scalars(select(Draft.base_revision_id)).one() is not None


def test_nothing_is_made_of_nothing(published: None, tova: Browser) -> None:
    assert tova.post("/studio/drafts/files").status_code == 422
    page = send(tova, "notes.pdf", b"%PDF-1.7")

    assert page.status_code == 422
    assert "No draft was made" in page.text
    assert "It does not end in .md." in page.text


def link() -> ZipInfo:
    info = ZipInfo("skills/link.md")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("/etc/passwd.md", "outside of the zip"),
        ("../../skills/x.md", "outside of the zip"),
        ("..\\x.md", "outside of the zip"),
        ("C:\\x.md", "outside of the zip"),
        (link(), "link to another file"),
        ("inner.zip", "packed inside"),
        ("letter.docx", "packed inside"),
        ("skills/х.md", "makes no address"),
        ("run.exe", "does not end in .md"),
    ],
    ids=["absolute", "upwards", "backslash", "drive", "symlink", "nested", "word", "cyrillic", "program"],
)
def test_an_entry_that_means_harm_is_refused_by_name(app: object, name: str | ZipInfo, said: str) -> None:
    assert said in why(open_upload("x.zip", packed((name, SKILL.encode()))))


def test_a_locked_zip_is_refused(app: object) -> None:
    body = bytearray(packed(("skills/x.md", SKILL.encode())))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        body[body.index(mark) + at] |= 1

    assert "password" in why(open_upload("x.zip", bytes(body)))


def test_a_bomb_goes_off_nowhere(app: object, monkeypatch: pytest.MonkeyPatch) -> None:
    big = b"a" * (MOST_BYTES + 1)
    assert "256 is the most" in why(open_upload("x.zip", packed(("x.md", big))))
    monkeypatch.setattr(uploads, "MOST_UNPACKED", 300_000)
    several = open_upload("x.zip", packed(*((f"{at}.md", b"a" * 200_000) for at in range(4))))
    assert [type(one) for one in several] == [Arrived, Arrived, Refused, Refused]
    monkeypatch.setattr(uploads, "MOST_FILES", 2)
    few = open_upload("x.zip", packed(*((f"{at}.md", b"a") for at in range(4))))
    assert [type(one) for one in few] == [Arrived, Arrived, Refused, Refused]
    monkeypatch.setattr(uploads, "MOST_ENTRIES", 3)
    assert "more than 3 entries" in why(
        open_upload("x.zip", packed(*((f"{at}.md", b"a") for at in range(4))))
    )


def test_an_entry_that_lies_about_its_size_is_read_no_further(app: object) -> None:
    body = bytearray(packed(("x.md", b"a" * 1_000_000)))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = body.index(mark) + at
        body[start : start + 4] = (100).to_bytes(4, "little")

    assert "damaged" in why(open_upload("x.zip", bytes(body)))


@pytest.mark.parametrize("cut", [4, 30, 60, 100, -30])
def test_a_broken_zip_is_said_to_be_broken(app: object, cut: int) -> None:
    assert "broken" in why(open_upload("x.zip", packed(("x.md", SKILL.encode()))[:cut]))


def test_a_list_of_names_that_is_no_text_is_refused(app: object) -> None:
    body = packed(("skills/é.md", SKILL.encode())).replace("é".encode(), b"\xff\xfe")

    assert "list of names" in why(open_upload("x.zip", body))


def test_two_files_of_one_address_and_an_empty_zip_are_said(app: object) -> None:
    two = open_upload("x.zip", packed(("a/Wait.md", SKILL.encode()), ("b/wait.md", SKILL.encode())))
    assert isinstance(two[1], Refused)
    assert "same address" in two[1].why
    assert "empty zip" in why(open_upload("x.zip", packed()))


def test_a_kind_of_packing_that_is_not_known_is_refused(app: object) -> None:
    written = io.BytesIO()
    with ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("x.md", SKILL)
    body = bytearray(written.getvalue())
    for mark, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        body[body.index(mark) + at] = 99

    assert "packed in a way" in why(open_upload("x.zip", bytes(body)))


@pytest.mark.parametrize(
    ("body", "text", "noted"),
    [
        ("Café – ja".encode("cp1252"), "Café – ja", "Windows text"),
        ("Grüße".encode("utf-16"), "Grüße", "UTF-16"),
        (b"a" * 50 + b"\x00", "a" * 50, "NUL"),
        ("\ufeffBOM\r\n".encode(), "BOM\r\n", ""),
        (b"\x00\x01\x02\x03abc", None, ""),
    ],
    ids=["latin", "utf-16", "nul", "bom", "binary"],
)
def test_bytes_are_read_as_what_they_are(app: object, body: bytes, text: str | None, noted: str) -> None:
    found, notes = decode(body)

    assert found == text
    assert noted in " ".join(notes)
    assert bool(notes) == bool(noted)


@pytest.mark.parametrize(
    ("kind", "slug"),
    [
        (Kind.SCENARIO, CALL),
        (Kind.LESSON, "seeing-it-coming"),
        (Kind.MODULE, "first-week"),
        (Kind.SKILL, "redirect"),
    ],
)
def test_without_a_folder_a_file_is_told_by_what_stands_in_it(app: object, kind: Kind, slug: str) -> None:
    found = open_upload(f"{slug}.md", source_of(kind, slug).encode())

    assert isinstance(found[0], Arrived)
    assert found[0].kind is kind


def test_a_copy_has_its_own_title_and_address(tova: Browser, opened: Open) -> None:
    assert (
        f'<option selected value="scenario/{CALL}">'
        in tova.get(f"/studio/drafts/new/copy?of=scenario/{CALL}").text
    )
    reply = tova.post("/studio/drafts/copies", {"of": f"scenario/{CALL}", "title": "He: a second time"})
    page = tova.get(reply.location)
    source = source_of("scenario", CALL)

    assert 'title: "He: a second time"' in text_in(page)
    assert "\n# He: a second time\n" in text_in(page)
    assert text_in(page).split("\n## ")[1:] == source.split("\n## ")[1:]
    assert "it can be published" in page.text
    assert "he-a-second-time.md" in page.text
    assert text_in(tova.get(opened("scenario", CALL))) == source


def test_a_copy_of_a_tip_has_no_week(published: None, tova: Browser) -> None:
    reply = tova.post("/studio/drafts/copies", {"of": "lesson/seeing-it-coming", "title": "Seeing it again"})
    text = text_in(tova.get(reply.location))

    assert "\ndate:" not in text
    assert "\nweek:" not in text
    assert "\ntitle: Seeing it again\n" in text


@pytest.mark.parametrize(
    "wrong",
    [{"of": "scenario/nothing-there"}, {"of": "x"}, {"title": "The attacking customer"}, {"title": ""}],
)
def test_a_copy_of_nothing_or_to_a_taken_address_is_refused(
    published: None, tova: Browser, session: Session, wrong: dict[str, str]
) -> None:
    form = {"of": f"scenario/{CALL}", "title": "Another", **wrong}

    assert tova.post("/studio/drafts/copies", form).status_code == 422
    assert drafts(session) == 0

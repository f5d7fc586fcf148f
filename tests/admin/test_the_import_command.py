"""`flask people import`, and how much a browser may send."""

from pathlib import Path

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.admin.conftest import deeds
from tests.browsing import Browser
from tests.people import Cast
from training.accounts.models import Person
from training.admin.import_views import MAX_FILE

MIB = 1024 * 1024
FILE = "name,e-mail,team\nInes Roth,ines@example.invalid,Late desk\n"


def send_raw(browser: Browser, text: str, path: str = "/admin/people/imports") -> int:
    """A file as a browser sends it; the test client would keep a large one in a file of its own."""
    parts = {'name="csrf_token"': browser.token(), 'name="file"; filename="people.csv"': text}
    said = [
        f"--cut\r\nContent-Disposition: form-data; {name}\r\n\r\n{text}\r\n" for name, text in parts.items()
    ]
    body = "".join([*said, "--cut--\r\n"]).encode()
    kind = "multipart/form-data; boundary=cut"
    return browser.client.post(path, data=body, content_type=kind, base_url=browser.base_url).status_code


def run(app: Flask, file: Path, *arguments: str, answer: str = "y\n") -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=["people", "import", str(file), *arguments], input=answer)
    return done.exit_code, done.output


def count(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Person)) or 0


def test_it_shows_asks_and_writes(app: Flask, cast: Cast, session: Session, tmp_path: Path) -> None:
    (file := tmp_path / "people.csv").write_text(FILE)

    code, output = run(app, file, "--make-teams", answer="n\n")
    assert (code, count(session)) == (1, 6)
    assert "1 new, 0 changed, 0 unchanged, 1 new teams." in output
    assert "Reading" in output
    code, output = run(app, file, "--make-teams")
    assert (code, count(session)) == (0, 7)
    assert "Writing" in output
    assert deeds() == ["team created", "entered"]
    assert run(app, file, "--yes")[1].count("Writing") == 0


def test_problems_are_told_by_row_and_nothing_is_written(
    app: Flask, cast: Cast, session: Session, tmp_path: Path
) -> None:
    (file := tmp_path / "people.csv").write_text(FILE + "x,y,\n" * 60)

    code, output = run(app, file, "--yes")
    assert (code, count(session)) == (1, 6)
    assert "row 2: There is no team “Late desk”." in output
    assert "row 3: “y” is not an e-mail address." in output
    assert "… and 11 more." in output
    assert "Nothing was written." in output


def test_a_file_that_makes_no_sense_is_refused(app: Flask, cast: Cast, tmp_path: Path) -> None:
    (file := tmp_path / "people.csv").write_bytes(b"PK\x03\x04")

    assert run(app, file)[0] == 1


def test_an_admin_may_send_more_than_others_may(ada: Browser, ben: Browser, visitor: Browser) -> None:
    assert send_raw(ada, FILE + "," * (2 * MIB)) == 303
    assert send_raw(ada, FILE + "," * MAX_FILE) == 413
    assert send_raw(ben, FILE + "," * (2 * MIB)) == 413
    assert send_raw(visitor, FILE + "," * (2 * MIB)) == 413
    assert send_raw(ada, FILE + "," * (2 * MIB), "/admin/proof") == 413

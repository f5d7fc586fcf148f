"""Delivery: each mail once, no silent loss, the uncertain few named."""

import email
import threading
from dataclasses import replace
from datetime import timedelta
from email import policy
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.mail.conftest import Hand, Mailbox, free_port, write
from training.clock import now
from training.database import db, transaction
from training.mail import claims, transport
from training.mail.addresses import AddressError, clean_address
from training.mail.delivery import deliver_waiting
from training.mail.housekeeping import forget_the_old
from training.mail.models import Message
from training.settings import Settings


def rows() -> list[Message]:
    db.session.remove()
    return list(db.session().scalars(select(Message).order_by(Message.id)))


def begin_and_die() -> None:
    with transaction() as session:
        (taken,) = claims.take(session, "one that dies", now())
        assert claims.begin(session, taken, "one that dies", now()) is not None


def states() -> list[str]:
    return [row.state for row in rows()]


def test_without_a_server_each_mail_is_a_file_that_only_its_owner_reads(app: Flask, outbox: Path) -> None:
    write(subject="Größe")
    done = deliver_waiting(app.extensions["settings"])

    files = list(outbox.iterdir())
    assert str(done) == "1 sent"
    assert [file.suffix for file in files] == [".eml"]
    assert files[0].stat().st_mode & 0o777 == 0o600
    assert outbox.stat().st_mode & 0o777 == 0o700
    read = email.message_from_bytes(files[0].read_bytes(), policy=policy.default)
    assert (read["To"], read["Subject"]) == ("ana@example.org", "Größe")
    assert states() == ["sent"]


def test_a_server_gets_each_mail_once(app: Flask, smtp: Settings, mailbox: Mailbox) -> None:
    for number in range(5):
        write(to=f"a{number}@example.org", key=str(number))
    deliver_waiting(smtp)
    deliver_waiting(smtp)

    read = [email.message_from_bytes(content, policy=policy.default) for content in mailbox.taken]
    assert [mail["To"] for mail in read] == [f"a{number}@example.org" for number in range(5)]
    assert all(mail["From"] == "Zanshin <z@example.org>" for mail in read)
    assert states() == ["sent"] * 5


def test_a_line_that_is_a_dot_ends_nothing(app: Flask, smtp: Settings, mailbox: Mailbox) -> None:
    write(text="one\n.\n..two\nthree\n")
    deliver_waiting(smtp)

    read = email.message_from_bytes(mailbox.taken[0], policy=policy.default)
    part = read.get_body(("plain",))
    assert part is not None
    assert part.get_content().replace("\r\n", "\n") == "one\n.\n..two\nthree\n"


def test_what_was_sent_keeps_no_links(app: Flask) -> None:
    write(text="secret")
    deliver_waiting(app.extensions["settings"])

    assert (rows()[0].text, rows()[0].html) == ("", "")


def test_not_now_means_later_and_later(app: Flask, smtp: Settings, mailbox: Mailbox, time: Hand) -> None:
    mailbox.answers = ["451 busy", "451 busy", "250 OK"]
    write()
    for wait in (2, 4):
        assert str(deliver_waiting(smtp)) == "1 queued"
        time.at += timedelta(minutes=wait, seconds=-1)
        assert str(deliver_waiting(smtp)) == "nothing waits"
        time.at += timedelta(seconds=1)
    assert str(deliver_waiting(smtp)) == "1 sent"
    assert len(mailbox.taken) == 1


def test_a_mail_that_is_never_taken_is_given_up_and_named(
    app: Flask, smtp: Settings, mailbox: Mailbox, time: Hand
) -> None:
    mailbox.answers = ["451 busy"] * 20
    write()
    for _ in range(12):
        deliver_waiting(smtp)
        time.at += timedelta(hours=6)

    assert (rows()[0].state, rows()[0].tries) == ("failed", 10)
    assert "451 busy" in rows()[0].problem


def test_a_refusal_fails_that_mail_alone(app: Flask, smtp: Settings, mailbox: Mailbox) -> None:
    mailbox.refuse = {"gone@example.org": "550 no such person"}
    for to in ("a@example.org", "gone@example.org", "b@example.org"):
        write(to=to, key=to)
    deliver_waiting(smtp)

    assert states() == ["sent", "failed", "sent"]
    assert "550 no such person" in rows()[1].problem
    assert len(mailbox.taken) == 2


def test_a_line_cut_after_the_message_is_uncertain_and_never_sent_again(
    app: Flask, smtp: Settings, mailbox: Mailbox
) -> None:
    mailbox.hang_up = True
    write(to="a@example.org", key="a")
    write(to="b@example.org", key="b")
    deliver_waiting(smtp)
    deliver_waiting(smtp)

    assert states()[0] == "uncertain"
    assert "no answer after the message" in rows()[0].problem
    assert sum(b"To: a@example.org" in content for content in mailbox.taken) == 1


def test_a_sender_that_died_leaves_an_uncertain_mail(app: Flask, outbox: Path, time: Hand) -> None:
    write()
    begin_and_die()
    deliver_waiting(app.extensions["settings"])
    assert states() == ["sending"]
    time.at += timedelta(minutes=4)
    deliver_waiting(app.extensions["settings"])

    assert states() == ["uncertain"]
    assert not outbox.exists()


def test_while_the_server_is_away_nothing_is_tried_and_nothing_lost(app: Flask) -> None:
    settings: Settings = app.extensions["settings"]
    write()
    away = replace(settings, smtp_url=f"smtp://127.0.0.1:{free_port()}")
    done = deliver_waiting(away)

    assert "cannot be used" in done.problem
    assert (rows()[0].state, rows()[0].tries) == ("queued", 0)


def test_an_address_that_is_no_mail_server_is_named(app: Flask) -> None:
    write()
    done = deliver_waiting(replace(app.extensions["settings"], smtp_url="mail.example.org:587"))

    assert "should look like smtp://" in done.problem
    assert states() == ["queued"]


def test_a_refused_sender_fails_no_mail(app: Flask, smtp: Settings, mailbox: Mailbox) -> None:
    mailbox.refuse_sender = "530 sign in first"
    write()
    deliver_waiting(smtp)

    assert (rows()[0].state, rows()[0].problem) == ("queued", "530 sign in first")


def test_a_password_is_not_sent_over_a_bare_line(app: Flask, smtp: Settings, mailbox: Mailbox) -> None:
    write()
    asked = replace(smtp, smtp_url=smtp.smtp_url.replace("smtp://", "smtp://user:secret@"))

    assert "no encryption" in deliver_waiting(asked).problem
    assert states() == ["queued"]
    assert mailbox.taken == []


def test_two_senders_at_once_send_each_mail_once(app: Flask, smtp: Settings, mailbox: Mailbox) -> None:
    for number in range(30):
        write(to=f"a{number}@example.org", key=str(number))

    def work() -> None:
        with app.app_context():
            deliver_waiting(smtp)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(mailbox.taken) == 30
    assert len({email.message_from_bytes(content)["Message-ID"] for content in mailbox.taken}) == 30
    assert states() == ["sent"] * 30


def test_no_address_is_kept_past_thirty_days(app: Flask, time: Hand) -> None:
    write()
    deliver_waiting(app.extensions["settings"])
    time.at += timedelta(days=31)
    with transaction() as session:
        assert forget_the_old(session, time.at) == 1

    assert (rows()[0].to_address, rows()[0].subject) == (None, "")


def test_the_command_sends_what_waits_and_lists_what_is_stuck(app: Flask, outbox: Path) -> None:
    write()
    run = app.test_cli_runner()

    assert run.invoke(args=["mail", "list"]).output == "queued     1\n"
    assert run.invoke(args=["mail", "send"]).output == "1 sent\n"
    assert run.invoke(args=["mail", "send"]).output == "nothing waits\n"
    assert run.invoke(args=["mail", "list"]).output == "sent       1\n"
    assert len(list(outbox.iterdir())) == 1


def test_a_server_that_takes_a_mail_and_says_nothing_leaves_it_uncertain(
    app: Flask, smtp: Settings, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "ANSWER_SECONDS", 0.2)
    mailbox.pause = 60
    write()
    deliver_waiting(smtp)
    mailbox.pause = 0
    deliver_waiting(smtp)

    assert states() == ["uncertain"]
    assert len(mailbox.taken) == 1


def test_a_clock_set_back_keeps_no_mail_waiting_and_sends_none_twice(app: Flask, time: Hand) -> None:
    settings = app.extensions["settings"]
    time.at += timedelta(days=2)
    write(key="sent before")
    assert str(deliver_waiting(settings)) == "1 sent"
    write(key="written before")
    write(key="taken before")
    with transaction() as session:
        claims.take(session, "one that died", now(), 1)

    time.at -= timedelta(days=2)
    assert str(deliver_waiting(settings)) == "nothing waits"
    with transaction() as session:
        forget_the_old(session, now())
    assert str(deliver_waiting(settings)) == "2 sent"
    assert states() == ["sent"] * 3


def test_an_address_has_254_signs_at_most() -> None:
    domain = f"{'a' * 63}.{'b' * 63}.{'c' * 57}.org"
    longest = f"{'k' * 64}@{domain}"
    assert len(longest) == 254
    assert clean_address(longest) == longest
    for wrong in (f"{'k' * 64}@{domain[:-3]}corp", f"{'k' * 65}@{domain}"):
        with pytest.raises(AddressError):
            clean_address(wrong)

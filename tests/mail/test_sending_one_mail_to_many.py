"""A mailing: composed once, frozen for its recipients, each with their own values, each once."""

from __future__ import annotations

import email
from collections.abc import Iterator
from datetime import timedelta
from email import policy
from email.message import EmailMessage

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from tests.mail.conftest import Hand, Mailbox, write
from tests.statements import counted_statements
from training.clock import now
from training.database import db, transaction
from training.mail.composition import Composed
from training.mail.delivery import deliver_waiting
from training.mail.mailing import Recipient, queue_mailing, withhold
from training.mail.mime import MailingMime
from training.mail.models import Mailing, Message
from training.mail.slots import slot
from training.mail.stopping import ANY_PURPOSE, allow_again, is_suppressed, suppress
from training.settings import Settings

TOKEN = "t" * 43
TIP = Composed(
    subject="Größer fragen",
    text=f"Hello {slot('name')},\n\nhttps://example.org/t/tip/{slot('token')}\n",
    html=f'<p>Hello {slot("name")}, <a href="https://example.org/t/tip/{slot("token")}">read</a> ü</p>',
)
UNSUBSCRIBE = f"https://training.example.org/t/unsubscribe/{slot('token')}"


def recipients(*names: str) -> Iterator[Recipient]:
    for name in names:
        yield Recipient(key=name, to=f"{name}@example.org", values={"name": name.title(), "token": TOKEN})


def queue(*names: str, key: str = "tip:2026-W47") -> int:
    with transaction() as session:
        return queue_mailing(
            session,
            key=key,
            purpose="tip",
            composed=TIP,
            recipients=recipients(*names),
            unsubscribe_url=UNSUBSCRIBE,
        )


def messages() -> dict[str, Message]:
    db.session.remove()
    return {row.dedupe_key: row for row in db.session().scalars(select(Message))}


def state_of(name: str) -> str:
    return messages()[f"tip:2026-W47:{name}"].state


def read(content: bytes) -> EmailMessage:
    return email.message_from_bytes(content, policy=policy.default)


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert isinstance(part, EmailMessage)
    return str(part.get_content()).replace("\r\n", "\n")


def test_each_gets_their_own_values(app: Flask, smtp: Settings, mailbox: Mailbox) -> None:
    assert queue("ana", "ben") == 2
    assert str(deliver_waiting(smtp)) == "2 sent"

    mails = [read(content) for content in mailbox.taken]
    assert [mail["To"] for mail in mails] == ["ana@example.org", "ben@example.org"]
    assert body(mails[0], "plain") == f"Hello Ana,\n\nhttps://example.org/t/tip/{TOKEN}\n"
    assert f'<p>Hello Ben, <a href="https://example.org/t/tip/{TOKEN}">read</a> ü</p>' in body(
        mails[1], "html"
    )
    assert all(mail["Subject"] == "Größer fragen" for mail in mails)


def test_the_raw_bytes_are_what_mailbox_providers_ask_for(
    app: Flask, smtp: Settings, mailbox: Mailbox
) -> None:
    queue("ana")
    public_id = messages()["tip:2026-W47:ana"].public_id
    deliver_waiting(smtp)
    raw = mailbox.taken[0]
    head, _, rest = raw.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")

    assert f"List-Unsubscribe: <https://training.example.org/t/unsubscribe/{TOKEN}>".encode() in lines
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines
    assert b"List-Id: <tip.127.0.0.1>" in lines
    assert f"Message-ID: <{public_id}@127.0.0.1>".encode() in lines
    assert b"Auto-Submitted: auto-generated" in lines
    assert sum(line.startswith(b"Date: ") for line in lines) == 1
    assert raw.isascii()
    assert raw.replace(b"\r\n", b"").count(b"\n") == 0
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert max(map(len, rest.split(b"\r\n"))) <= 76
    assert rest.index(b"Content-Type: text/plain") < rest.index(b"Content-Type: text/html")
    assert b"Qz7" not in raw


def test_a_long_unsubscribe_address_stays_on_one_line(app: Flask) -> None:
    mailing = Mailing(
        key="k",
        purpose="tip",
        subject="s",
        text="t",
        html="h",
        unsubscribe_url=f"https://x.org/{'u' * 400}/{slot('token')}",
    )
    raw = MailingMime(mailing, app.extensions["settings"]).render("id", "a@b.org", now(), {"token": TOKEN})

    assert f"List-Unsubscribe: <https://x.org/{'u' * 400}/{TOKEN}>\r\n".encode() in raw


def test_a_message_keeps_its_id_when_it_is_tried_again(
    app: Flask, smtp: Settings, mailbox: Mailbox, time: Hand
) -> None:
    mailbox.answers = ["451 later"]
    queue("ana")
    public_id = messages()["tip:2026-W47:ana"].public_id
    deliver_waiting(smtp)
    time.at += timedelta(minutes=2)
    deliver_waiting(smtp)

    assert read(mailbox.taken[0])["Message-ID"] == f"<{public_id}@127.0.0.1>"


@given(st.text(max_size=120).filter(str.isprintable), st.integers(0, 75))
def test_any_printable_line_arrives_as_it_was_wherever_it_stands(value: str, before: int) -> None:
    mailing = Mailing(
        key="k",
        purpose="tip",
        subject="s",
        text=f"{'x' * before}{slot('value')}!\n",
        html=f"<p>{'é' * before}{slot('value')}!</p>",
        unsubscribe_url="",
    )
    raw = MailingMime(mailing, Settings()).render("id", "a@b.org", now(), {"value": value})
    mail = read(raw)

    assert body(mail, "plain") == f"{'x' * before}{value}!\n"
    escaped = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    escaped = escaped.replace('"', "&quot;").replace("'", "&#x27;")
    assert body(mail, "html") == f"<p>{'é' * before}{escaped}!</p>\n"
    assert max(map(len, raw.split(b"\r\n\r\n", 1)[1].split(b"\r\n"))) <= 76
    assert raw.replace(b"\r\n", b"").count(b"\n") == 0


def test_the_same_mailing_again_adds_only_who_is_new(app: Flask) -> None:
    assert queue("ana") == 1
    assert queue("ana", "ben") == 1
    assert queue("ana", "ben") == 0
    assert db.session().scalar(select(func.count()).select_from(Mailing)) == 1


def test_nobody_is_frozen_when_the_transaction_fails(app: Flask) -> None:
    with pytest.raises(RuntimeError, match="cause"), transaction() as session:
        queue_mailing(session, key="k", purpose="tip", composed=TIP, recipients=recipients("ana"))
        raise RuntimeError("cause")

    assert messages() == {}


def test_an_address_that_is_none_stops_nobody_else(app: Flask, smtp: Settings, mailbox: Mailbox) -> None:
    with transaction() as session:
        both = [
            Recipient(key="bad", to="two@example.org, three@example.org"),
            Recipient("good", "a@example.org"),
        ]
        plain = Composed("s", "t\n", "<p>t</p>")
        queue_mailing(session, key="k", purpose="tip", composed=plain, recipients=both)
    deliver_waiting(smtp)

    assert {key: row.state for key, row in messages().items()} == {"k:bad": "failed", "k:good": "sent"}
    assert messages()["k:bad"].problem == "not one e-mail address"


@pytest.mark.parametrize("token", ["a b", "a\r\nBcc: x@example.org", "a>b", "", "ü"])
def test_what_could_mean_something_to_a_header_is_refused(app: Flask, token: str) -> None:
    bad = Recipient(key="ana", to="ana@example.org", values={"name": "Ana", "token": token})
    with pytest.raises(ValueError, match=r"slot|header"), transaction() as session:
        queue_mailing(
            session, key="k", purpose="tip", composed=TIP, recipients=[bad], unsubscribe_url=UNSUBSCRIBE
        )


def test_a_slot_without_a_value_is_refused(app: Flask) -> None:
    bad = Recipient(key="ana", to="ana@example.org", values={"token": TOKEN})
    with pytest.raises(ValueError, match="without a value: name"), transaction() as session:
        queue_mailing(session, key="k", purpose="tip", composed=TIP, recipients=[bad])


def test_nothing_leaves_before_its_time(app: Flask, smtp: Settings, mailbox: Mailbox, time: Hand) -> None:
    with transaction() as session:
        at = time.at + timedelta(hours=3)
        late = Recipient("ana", "ana@example.org", {"name": "Ana", "token": TOKEN}, not_before=at)
        queue_mailing(session, key="tip:2026-W47", purpose="tip", composed=TIP, recipients=[late])
    deliver_waiting(smtp)
    assert mailbox.taken == []
    time.at += timedelta(hours=3)
    deliver_waiting(smtp)
    assert len(mailbox.taken) == 1


def test_what_somebody_waits_for_goes_first(app: Flask, smtp: Settings, mailbox: Mailbox) -> None:
    queue("ana", "ben")
    write(to="carol@example.org")
    deliver_waiting(smtp)

    assert read(mailbox.taken[0])["To"] == "carol@example.org"


def test_who_unsubscribes_after_being_frozen_gets_nothing(
    app: Flask, smtp: Settings, mailbox: Mailbox
) -> None:
    queue("ana", "ben")
    with transaction() as session:
        suppress(session, "ANA@example.org", purpose="tip", reason="unsubscribed", at=now())
    deliver_waiting(smtp)

    assert [read(content)["To"] for content in mailbox.taken] == ["ben@example.org"]
    assert (state_of("ana"), messages()["tip:2026-W47:ana"].problem) == ("suppressed", "unsubscribed")
    assert messages()["tip:2026-W47:ana"].token_values is None


def test_unsubscribing_from_one_thing_stops_nothing_else(
    app: Flask, smtp: Settings, mailbox: Mailbox
) -> None:
    with transaction() as session:
        suppress(session, "ana@example.org", purpose="tip", reason="unsubscribed", at=now())
        suppress(session, "ana@example.org", purpose="tip", reason="unsubscribed", at=now())
    write(to="ana@example.org")
    deliver_waiting(smtp)

    assert len(mailbox.taken) == 1


def test_whoever_asks_again_is_written_to_again(app: Flask, smtp: Settings, mailbox: Mailbox) -> None:
    with transaction() as session:
        suppress(session, "ana@example.org", purpose="tip", reason="unsubscribed", at=now())
    with transaction() as session:
        allow_again(session, "ana@example.org", purpose="tip")
        assert not is_suppressed(session, "ana@example.org", purpose="tip")
    queue("ana")
    deliver_waiting(smtp)

    assert len(mailbox.taken) == 1


def test_a_stopped_address_is_known_by_a_hash_alone(app: Flask) -> None:
    with transaction() as session:
        suppress(session, "ana@example.org", purpose=ANY_PURPOSE, reason="asked", at=now())
        assert is_suppressed(session, "Ana@example.org", purpose="tip")
    rows = db.session().connection().exec_driver_sql("SELECT * FROM suppression").all()

    assert "ana" not in str(rows)
    assert len(rows[0][0]) == 64


def test_withheld_mails_stay_where_they_are(app: Flask, smtp: Settings, mailbox: Mailbox) -> None:
    queue("ana", "ben", "carol")
    with transaction() as session:
        assert withhold(session, reason="moved", mailing_key="tip:2026-W47", recipient_key="ana") == 1
        assert withhold(session, reason="left", purpose="tip", to="ben@example.org") == 1
    deliver_waiting(smtp)
    with transaction() as session:
        assert withhold(session, reason="skipped", mailing_key="tip:2026-W47") == 0

    assert [state_of(name) for name in ("ana", "ben", "carol")] == ["suppressed", "suppressed", "sent"]
    assert messages()["tip:2026-W47:ana"].problem == "moved"
    with pytest.raises(ValueError, match="what is to be withheld"), transaction() as session:
        withhold(session, reason="everything")


def test_what_was_sent_keeps_no_values(app: Flask, smtp: Settings) -> None:
    queue("ana")
    deliver_waiting(smtp)

    assert messages()["tip:2026-W47:ana"].token_values is None


def test_freezing_two_thousand_costs_a_few_statements(app: Flask) -> None:
    with counted_statements(db.engine) as seen:
        queue(*[f"a{number}" for number in range(2000)])

    assert len(seen) <= 30

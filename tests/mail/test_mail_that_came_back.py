"""A pass over the mailbox of what came back: a real conversation, by TLS, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import update

from tests.mail.bounced import HEADERS, recipient, report
from tests.mail.conftest import Hand, write
from tests.mail.imap_server import FOLDER, PASSWORD, USER, Post, imap_server
from tests.mail.secure import Certificate, make_certificate
from training import create_app
from training.clock import now
from training.database import db, transaction
from training.jobs.job import jobs_of
from training.mail import bounces
from training.mail.bounces import read_bounces
from training.mail.delivery import deliver_waiting
from training.mail.housekeeping import forget_the_old
from training.mail.models import Message
from training.mail.service import resend
from training.mail.stopping import ANY_PURPOSE, is_suppressed
from training.mail.transport import AwayError
from training.operations.doctor.inside import look_at_mail
from training.settings import Settings


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def site(
    app: Flask, post: Post, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Settings]:
    """The site's settings, with a mailbox that `post` lies in."""
    certificate.trust(monkeypatch)
    with imap_server(post, certificate) as port:
        yield replace(app.extensions["settings"], bounces_url=address(port))


def address(port: int, password: str = PASSWORD, folder: str = FOLDER) -> str:
    return f"imaps://{quote(USER)}:{quote(password, safe='')}@127.0.0.1:{port}/{quote(folder)}"


def sent(app: Flask, key: str = "k", to: str = "kim@example.org") -> str:
    """A mail that was handed over; returns its public id."""
    write(to=to, key=key)
    deliver_waiting(app.extensions["settings"])
    return row(key).public_id


def row(key: str = "k") -> Message:
    db.session.remove()
    return db.session().query(Message).filter_by(dedupe_key=key).one()


def is_stopped(to: str = "kim@example.org") -> bool:
    with transaction() as session:
        return is_suppressed(session, to, purpose=ANY_PURPOSE)


def test_a_mail_that_came_back_is_known_to_have(app: Flask, site: Settings, post: Post) -> None:
    post.messages.append(report(sent(app)))

    assert str(read_bounces(site)) == "1 read: 1 came back"
    assert (row().state, row().problem) == ("returned", "5.1.1 550 5.1.1 user unknown")
    assert post.seen == {1}


def test_read_twice_it_counts_once(app: Flask, site: Settings, post: Post) -> None:
    name = sent(app)
    for _ in range(5):
        post.messages.append(report(name))
    assert str(read_bounces(site)) == "5 read: 1 came back, 4 said nothing new"
    post.seen.clear()
    assert str(read_bounces(site)) == "5 read: 5 said nothing new"

    assert not is_stopped()


def test_three_mails_that_found_nobody_stop_the_address(app: Flask, site: Settings, post: Post) -> None:
    for key in ("a", "b", "c"):
        assert not is_stopped()
        post.messages.append(report(sent(app, key)))
        read_bounces(site)
    write(to="kim@example.org", key="d")
    deliver_waiting(app.extensions["settings"])

    assert is_stopped()
    assert row("d").state == "suppressed"


@pytest.mark.parametrize(
    ("status", "said"),
    [("5.2.2", "552 5.2.2 full"), ("5.7.1", "550 5.7.1 spam"), ("5.0.0", "554 no"), ("4.4.7", "")],
)
def test_a_reason_that_is_not_the_address_s_stops_nobody(
    app: Flask, site: Settings, post: Post, status: str, said: str
) -> None:
    for key in ("a", "b", "c"):
        post.messages.append(report(sent(app, key), recipient(status=status, said=said)))
    assert str(read_bounces(site)) == "3 read: 3 came back"

    assert not is_stopped()


def test_the_server_s_words_count_where_the_status_says_nothing(
    app: Flask, site: Settings, post: Post
) -> None:
    for key in ("a", "b", "c"):
        post.messages.append(report(sent(app, key), recipient(status="5.0.0", said="550 no such user")))
    read_bounces(site)

    assert is_stopped()


def test_an_invented_report_switches_nobody_s_mail_off(app: Flask, site: Settings, post: Post) -> None:
    """Whoever knows an address and not our mail's own name can say what they like."""
    sent(app)
    invented = ("abcdefgh23456789", "k" * 16, row().dedupe_key, str(row().id), "")
    post.messages += [report(name, returned=part) for name in invented for part in (HEADERS,)]
    said = str(read_bounces(site))

    assert "came back" not in said
    assert row().state == "sent"
    assert not is_stopped()


def test_a_report_on_one_s_own_mail_switches_off_no_other_address(
    app: Flask, site: Settings, post: Post
) -> None:
    """Who got a mail knows its name: enough to say that it came back, not to blame another address."""
    for key in ("a", "b", "c"):
        post.messages.append(report(sent(app, key, "mallory@example.org"), recipient("kim@example.org")))
    assert str(read_bounces(site)) == "3 read: 3 came back"

    assert not is_stopped("kim@example.org")
    assert not is_stopped("mallory@example.org"), "passed on from there: that address itself took it"


def test_what_is_late_is_noted_and_nothing_else(app: Flask, site: Settings, post: Post) -> None:
    name = sent(app)
    post.messages.append(report(name, recipient(action="delayed", status="4.4.1", said="451 busy")))
    assert str(read_bounces(site)) == "1 read: 1 delayed"
    assert (row().state, row().problem) == ("sent", "4.4.1 451 busy")

    post.messages.append(report(name))
    assert str(read_bounces(site)) == "1 read: 1 came back"


def test_what_arrived_is_no_news(app: Flask, site: Settings, post: Post) -> None:
    post.messages.append(report(sent(app), recipient(action="delivered", status="2.0.0", said="250 ok")))

    assert str(read_bounces(site)) == "1 read: 1 said nothing new"
    assert row().state == "sent"


def test_an_uncertain_mail_that_comes_back_is_certain(app: Flask, site: Settings, post: Post) -> None:
    post.messages.append(report(sent(app)))
    with transaction() as session:
        session.execute(update(Message).values(state="uncertain"))
    read_bounces(site)

    returned = row()
    assert returned.state == "returned"
    with transaction() as session:
        assert resend(session, returned.public_id, returned.created_at) is False


@pytest.mark.parametrize("state", ["queued", "sending"])
def test_a_report_that_is_faster_than_our_own_note_waits(
    app: Flask, site: Settings, post: Post, state: str
) -> None:
    post.messages.append(report(sent(app)))
    with transaction() as session:
        session.execute(update(Message).values(state=state))
    assert str(read_bounces(site)) == "1 read: 1 on mail that is still under way"
    assert post.seen == set()

    with transaction() as session:
        session.execute(update(Message).values(state="sent"))
    assert str(read_bounces(site)) == "1 read: 1 came back"


def test_other_mail_is_left_for_a_person(app: Flask, site: Settings, post: Post) -> None:
    post.messages += [b"Subject: Please stop\r\n\r\nI do not want this.\r\n", b"", b"\0\xff" * 1000]

    assert str(read_bounces(site)) == "3 read: 3 no delivery report, left there for a person"
    assert post.seen == {1, 2, 3}
    assert len(post.messages) == 3
    assert str(read_bounces(site)) == "nothing new in the mailbox"


def test_no_address_is_written_where_it_was_forgotten(
    app: Flask, site: Settings, post: Post, time: Hand
) -> None:
    post.messages.append(report(sent(app), recipient(said="550 5.1.1 <kim@example.org> unknown")))
    time.at += timedelta(days=31)
    with transaction() as session:
        forget_the_old(session, time.at)
    read_bounces(site)

    assert (row().state, row().problem) == ("returned", "5.1.1")


def test_what_came_back_is_forgotten_with_the_rest(
    app: Flask, site: Settings, post: Post, time: Hand
) -> None:
    post.messages.append(report(sent(app)))
    read_bounces(site)
    time.at += timedelta(days=31)
    with transaction() as session:
        forget_the_old(session, time.at)

    assert (row().to_address, row().address_hash, row().problem) == (None, None, "")


def test_a_flooded_mailbox_is_read_in_passes(
    app: Flask, site: Settings, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounces, "MOST_AT_ONCE", 4)
    post.messages += [b"x"] * 7

    assert str(read_bounces(site)).endswith("3 wait for the next pass")
    assert read_bounces(site).counts.total() == 3


def test_whoever_is_told_to_stop_leaves_the_rest(app: Flask, site: Settings, post: Post) -> None:
    post.messages += [b"x", b"x"]

    assert read_bounces(site, stop=lambda: bool(post.seen)).counts.total() == 1


@pytest.mark.parametrize("capabilities", ["IMAP4rev1", "IMAP4rev1 AUTH=PLAIN SASL-IR"])
def test_it_signs_in_either_way(site: Settings, post: Post, capabilities: str) -> None:
    post.capabilities = capabilities

    assert str(read_bounces(site)) == "nothing new in the mailbox"
    assert any(said.startswith("AUTHENTICATE") for said in post.said) is ("PLAIN" in capabilities)


@pytest.mark.parametrize(
    ("hangs_up_at", "refuses"),
    [
        ("LOGIN", ""),
        ("SELECT", ""),
        ("UID SEARCH", ""),
        ("UID FETCH", ""),
        ("UID STORE", ""),
        ("", "SELECT"),
        ("", "UID FETCH"),
    ],
)
def test_a_line_that_breaks_loses_nothing(
    app: Flask, site: Settings, post: Post, hangs_up_at: str, refuses: str
) -> None:
    post.messages.append(report(sent(app)))
    post.hangs_up_at, post.refuses = hangs_up_at, refuses
    with pytest.raises(AwayError, match="cannot be read"):
        read_bounces(site)

    post.hangs_up_at = post.refuses = ""
    read_bounces(site)
    assert (row().state, post.seen) == ("returned", {1})


def test_a_server_that_nobody_vouches_for_gets_no_password(
    app: Flask, post: Post, certificate: Certificate
) -> None:
    with imap_server(post, certificate) as port:
        settings = replace(app.extensions["settings"], bounces_url=address(port))
        with pytest.raises(AwayError, match="certificate"):
            read_bounces(settings)

    assert post.said == []


@pytest.mark.parametrize(
    ("password", "folder"), [("wrong", FOLDER), (PASSWORD, "No such"), ("gänsefuß", FOLDER)]
)
def test_what_is_wrong_is_said_without_the_password(
    app: Flask, site: Settings, password: str, folder: str
) -> None:
    port = int(site.bounces_url.rpartition(":")[2].partition("/")[0])
    with pytest.raises(AwayError, match="cannot be read") as refusal:
        read_bounces(replace(site, bounces_url=address(port, password, folder)))

    assert password not in str(refusal.value)
    assert site.bounces_url not in repr(site)


def test_without_a_mailbox_nothing_is_said_of_one(app: Flask, site: Settings) -> None:
    assert "bounces" not in [job.name for job in jobs_of(app)]
    with db.session() as session:
        said = [str(one) for one in look_at_mail(session, app.extensions["settings"], now())]
        assert not any("came back" in one for one in said)
        assert any("came back answers" in str(one) for one in look_at_mail(session, site, now()))


def test_with_one_it_is_a_job_and_a_command(app: Flask, site: Settings, tmp_path: Path, post: Post) -> None:
    other = create_app(site)
    with other.app_context():
        post.messages.append(b"x")
        (job,) = [job for job in jobs_of(other) if job.name == "bounces"]
        assert "left there for a person" in str(job.run(now()))
        said = other.test_cli_runner().invoke(args=["mail", "bounces"])
        assert (said.exit_code, said.output) == (0, "nothing new in the mailbox\n")
        post.refuses = "SELECT"
        said = other.test_cli_runner().invoke(args=["mail", "bounces"])
        assert said.exit_code == 1
        assert "cannot be read" in said.output
        db.session.remove()
        db.engine.dispose()
    said = app.test_cli_runner().invoke(args=["mail", "bounces"])
    assert (said.exit_code, "TRAINING_BOUNCES_URL" in said.output) == (1, True)

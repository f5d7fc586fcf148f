"""The reader of delivery reports: what it takes from them, and that no bytes at all trouble it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.mail.bounced import HEADERS, WHOLE, recipient, report
from training.mail.reports import MOST_BYTES, MOST_RECIPIENTS, Fate, read_report

NAME = "abcdefgh23456789"


@pytest.mark.parametrize("returned", [WHOLE, HEADERS])
def test_it_takes_who_why_and_which_mail(returned: str) -> None:
    found = read_report(report(NAME, returned=returned))

    assert found is not None
    assert found.names == (NAME,)
    kim = frozenset({"kim@example.org"})
    assert found.fates == (Fate(kim, "failed", "5.1.1", "550 5.1.1 user unknown"),)


def test_each_recipient_has_a_fate() -> None:
    found = read_report(
        report(
            NAME,
            recipient("Lee@Example.org", "delayed", "4.4.1", "451 busy", original="Kim@example.org"),
            recipient(action="Failed", status="5.2.2 (mailbox full)", said="552 5.2.2\n full"),
        )
    )

    assert found is not None
    assert [(one.action, one.status, one.said) for one in found.fates] == [
        ("delayed", "4.4.1", "451 busy"),
        ("failed", "5.2.2", "552 5.2.2 full"),
    ]
    assert found.fates[0].recipients == {"lee@example.org", "kim@example.org"}


def test_headers_that_were_encoded_on_the_way_are_read() -> None:
    encoded = HEADERS.replace("headers\n", "headers\nContent-Transfer-Encoding: quoted-printable\n", 1)
    found = read_report(report(NAME, returned=encoded.replace("From", "=46rom")))

    assert found is not None
    assert found.names == (NAME,)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 100,
        b"Subject: Out of office\r\n\r\nBack on Monday.\r\n",
        report(NAME).replace(b"delivery-status;", b"disposition-notification;"),
        report(NAME).replace(b"multipart/report", b"multipart/mixed"),
        report("no-name-of-ours"),
        report(NAME).replace(b"Action", b"Acton"),
        report(NAME, returned="Content-Type: text/plain\n\nMessage-ID: {name}\n"),
    ],
)
def test_any_other_mail_is_none(content: bytes) -> None:
    assert read_report(content) is None


def test_a_mail_that_is_returned_in_all_its_length_is_read_to_a_point() -> None:
    found = read_report(report(NAME) + b"x" * (50 * MOST_BYTES))

    assert found is not None
    assert found.names == (NAME,)


def test_a_nest_of_parts_is_not_followed() -> None:
    for kind in (b"multipart/mixed; boundary=b", b"message/rfc822", b"multipart/digest; boundary=b"):
        nest = (b"Content-Type: %s\r\n\r\n--b\r\n" % kind) * 3000
        assert read_report(nest + b"\r\n" * MOST_BYTES) is None
        assert read_report(report(NAME).replace(b"I'm sorry", nest)) is None


def test_ten_thousand_recipients_are_some() -> None:
    found = read_report(report(NAME, *([recipient(said="")] * 10_000), returned=HEADERS))
    assert found is None, "the part with our name was cut off"
    found = read_report(report(NAME, *([recipient(said="")] * 300), returned=HEADERS))
    assert found is not None
    assert len(found.fates) == MOST_RECIPIENTS


PIECES = st.sampled_from(
    [
        b"\r\n",
        b"\n\n",
        b"--B.1/mx\r\n",
        b"--B.1/mx--\r\n",
        b"--inner\r\n",
        b"Content-Type: ",
        b'multipart/report; report-type=delivery-status; boundary="B.1/mx"',
        b"message/delivery-status\r\n\r\n",
        b"message/rfc822\r\n\r\n",
        b'text/rfc822-headers; charset="a\0b"\r\n',
        b"Content-Transfer-Encoding: x-uuencode\r\n\r\n",
        b"Content-Transfer-Encoding: base64\r\n\r\n",
        b"begin 644 x\r\nM\xff\xfe\r\nend\r\n",
        b"report-type*0*=utf-8''delivery; report-type*1=-status",
        b"Action: failed\r\n",
        b"Status: 5.1.1\r\n",
        b"Final-Recipient: rfc822; kim@example.org\r\n",
        b"Message-ID: <abcdefgh23456789@x>\r\n",
        b"Subject: =?utf-8?b?\xff\xff?=\r\n",
        b"\xff\xfe\x80\0",
        b": no name\r\n",
        b"From x\r\n",
        b"A" * 5000,
        b" \t folded\r\n",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES | st.binary(max_size=8), max_size=40), st.integers(0, 2000) | st.none())
def test_nothing_that_is_in_it_makes_it_stumble(pieces: list[bytes], place: int | None) -> None:
    written, inserted = report(NAME), b"".join(pieces)
    found = read_report(inserted if place is None else written[:place] + inserted + written[place:])

    for fate in found.fates if found else ():
        text = "".join((fate.action, fate.status, fate.said, *fate.recipients))
        assert "\0" not in text
        assert text.encode()

"""Delivery reports as mail servers write them."""

from __future__ import annotations

REPORT = """\
From: Mail Delivery System <MAILER-DAEMON@mx.example.org>
To: z@example.org
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
	boundary="B.1/mx"

This is a MIME-encapsulated message.

--B.1/mx
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--B.1/mx
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: Mon, 23 Nov 2026 08:00:01 +0000

{recipients}
--B.1/mx
{returned}
--B.1/mx--
"""
RECIPIENT = """\
Final-Recipient: rfc822; {to}
Original-Recipient: rfc822;{original}
Action: {action}
Status: {status}
Remote-MTA: dns; mail.example.org
Diagnostic-Code: smtp; {said}
"""
WHOLE = """\
Content-Type: message/rfc822

Message-ID: {name}
From: Zanshin <z@example.org>
Subject: Ask before you offer
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="inner"

--inner
Content-Type: text/plain

The tip.

--inner--
"""
HEADERS = """\
Content-Type: text/rfc822-headers

From: Zanshin <z@example.org>
Message-ID:
 {name}
Subject: Ask before you offer
"""


def recipient(
    to: str = "kim@example.org",
    action: str = "failed",
    status: str = "5.1.1",
    said: str = "550 5.1.1 user unknown",
    original: str = "",
) -> str:
    return RECIPIENT.format(to=to, original=original or to, action=action, status=status, said=said)


def report(name: str, *recipients: str, returned: str = WHOLE) -> bytes:
    """A report on the mail of that public id, lines ended as mail ends them."""
    written = REPORT.format(
        recipients="\n".join(recipients or (recipient(),)),
        returned=returned.format(name=f"<{name}@training.example.org>"),
    )
    return written.replace("\n", "\r\n").encode()

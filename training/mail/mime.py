"""From outbox rows to the bytes that are handed over: lines of 76 at most, only ASCII, CRLF."""

from __future__ import annotations

import secrets
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from training.mail.models import Mailing, Message
from training.mail.slots import EncodedPart, fill_header, slots_in
from training.settings import Settings

# The default policy folds a long List-Unsubscribe into encoded words, which mailbox providers then ignore.
POLICY = policy.SMTP.clone(max_line_length=998, cte_type="7bit")
_BODIES = policy.SMTP.clone(max_line_length=76, cte_type="7bit")


def sender_of(settings: Settings) -> str:
    """The bare address that mail comes from."""
    return parseaddr(settings.mail_from)[1]


def message_id(public_id: str, settings: Settings) -> str:
    """A row's own Message-ID: a mail that went twice would show as one."""
    return f"<{public_id}@{settings.host}>"


def build(message: Message, settings: Settings) -> bytes:
    """The mail of a row that has its own texts."""
    mail = _composed(settings, message.subject, message.text, message.html)
    mail["To"] = message.to_address or ""
    mail["Date"] = format_datetime(message.created_at)
    mail["Message-ID"] = message_id(message.public_id, settings)
    return mail.as_bytes(policy=POLICY)


def _composed(settings: Settings, subject: str, text: str, html: str) -> EmailMessage:
    mail = EmailMessage(policy=_BODIES)
    mail.set_content(text, cte="quoted-printable")
    mail.add_alternative(html, subtype="html", cte="quoted-printable")
    mail.set_boundary(f"=_{secrets.token_hex(16)}")
    mail.policy = POLICY
    mail["From"] = settings.mail_from
    mail["Subject"] = subject
    mail["Auto-Submitted"] = "auto-generated"
    return mail


class MailingMime:
    """A mailing's MIME, built once; each recipient's mail is their values put into it."""

    def __init__(self, mailing: Mailing, settings: Settings) -> None:
        self.settings = settings
        self.unsubscribe_url = mailing.unsubscribe_url
        mail = _composed(settings, mailing.subject, mailing.text, mailing.html)
        mail["List-Id"] = f"<{mailing.purpose}.{settings.host}>"
        mail["Precedence"] = "bulk"
        boundary = b"--" + (mail.get_boundary() or "").encode()
        self.head, text, html, self.tail = mail.as_bytes(policy=POLICY).split(boundary)
        self.boundary = boundary
        self.text = EncodedPart(text, slots_in(mailing.text), is_html=False)
        self.html = EncodedPart(html, slots_in(mailing.html), is_html=True)

    def render(self, public_id: str, to: str, at: datetime, values: dict[str, str]) -> bytes:
        """One recipient's mail. `to` was checked when it was queued; so were the values."""
        text = self.text.filled(self.text.encoded_values(values))
        html = self.html.filled(self.html.encoded_values(values))
        own = self._own_headers(public_id, to, at, values)
        return self.boundary.join((own + self.head, text, html, self.tail))

    def _own_headers(self, public_id: str, to: str, at: datetime, values: dict[str, str]) -> bytes:
        lines = [
            f"To: {to}",
            f"Date: {format_datetime(at)}",
            f"Message-ID: {message_id(public_id, self.settings)}",
        ]
        if self.unsubscribe_url:
            lines.append(f"List-Unsubscribe: <{fill_header(self.unsubscribe_url, values)}>")
            lines.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click")
        return "".join(f"{line}\r\n" for line in lines).encode("ascii")

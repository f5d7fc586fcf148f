"""From an outbox row to the bytes that are handed over."""

from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from training.mail.models import Message
from training.settings import Settings

# The default policy folds a long List-Unsubscribe into encoded words, which mailbox providers then ignore.
POLICY = policy.SMTP.clone(max_line_length=998)


def sender_of(settings: Settings) -> str:
    """The bare address that mail comes from."""
    return parseaddr(settings.mail_from)[1]


def message_id(message: Message, settings: Settings) -> str:
    """The row's own Message-ID: a mail that went twice would show as one."""
    return f"<{message.public_id}@{settings.host}>"


def build(message: Message, settings: Settings) -> EmailMessage:
    """The mail of a row: text and HTML."""
    mail = EmailMessage(policy=POLICY)
    mail["From"] = settings.mail_from
    mail["To"] = message.to_address or ""
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(message.created_at)
    mail["Message-ID"] = message_id(message, settings)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text)
    mail.add_alternative(message.html, subtype="html")
    return mail

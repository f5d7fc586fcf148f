"""What an admin says of a file of people."""

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, Form, StringField

from training.admin.plan import Choices


class ChoicesForm(Form):
    """How a file is taken: asked in the address of the preview, so that looking again changes nothing."""

    make = BooleanField(_l("Make the teams that are not here yet"))
    move = BooleanField(_l("Move people: they leave the teams that the file does not name for them"))
    invite = BooleanField(_l("Invite new people by mail"))

    @property
    def choices(self) -> Choices:
        return Choices(bool(self.make.data), bool(self.move.data), bool(self.invite.data))

    @property
    def arguments(self) -> dict[str, str]:
        """The choices as they stand in an address."""
        return {name: "y" for name in ("make", "move", "invite") if self[name].data}


class FileForm(FlaskForm):
    """A file to look at."""

    file = FileField(_l("CSV file"), [FileRequired(_l("Choose a file."))])

    @property
    def sent(self) -> tuple[str, bytes]:
        """The file's name and what it holds."""
        return self.file.data.filename or "", self.file.data.read()


class ConfirmForm(FlaskForm):
    """The word to write what the preview showed, by its fingerprint."""

    seen = StringField()

    @property
    def fingerprint(self) -> str:
        return self.seen.data or ""


def choices_in_address() -> ChoicesForm:
    """The choices that the address of this request holds."""
    return ChoicesForm(request.args)

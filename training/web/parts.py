"""`/parts`: every part of the pages in every state, in development only."""

from flask import Blueprint, Flask, render_template
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired

from training.settings import Settings
from training.web.access import Access, allow

bp = Blueprint("parts", __name__)


class PartsForm(FlaskForm):
    """One field of each kind."""

    name = StringField(_l("Team name"), default="Morning desk")
    day = StringField(_l("Send tips on"), [InputRequired(_l("Choose a day from Monday to Sunday"))])
    password = PasswordField(_l("Password"), [InputRequired(_l("Type the password again"))])
    coaching = BooleanField(_l("Coach me as I go"))
    pace = RadioField(_l("Pace"), choices=[SelectChoice(pace, f"×{pace}") for pace in "123"], default="2")


def init(app: Flask, settings: Settings) -> None:
    if settings.development:
        app.register_blueprint(bp)


@bp.get("/parts")
@allow(Access.ANYONE)
def index() -> str:
    """All parts, good and bad: to look at, and for axe to check."""
    bad = PartsForm(prefix="bad", formdata=None, meta={"csrf": False})
    bad.validate()
    for field in (bad.name, bad.coaching, bad.pace):
        field.errors = [_l("This is how a problem is said")]
    return render_template("parts/index.html", good=PartsForm(prefix="good", formdata=None), bad=bad)

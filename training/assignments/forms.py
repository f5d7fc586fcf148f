"""What a lead fills in to ask the team for a module."""

from collections.abc import Iterable
from datetime import date

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, Optional

from training.library.queries import Published


class AssignmentForm(FlaskForm):
    """A published module, and the day it is due."""

    module = SelectField(_l("Module"), validators=[DataRequired(_l("Choose a module."))])
    due_on = DateField(_l("Due"), validators=[Optional()])

    @property
    def module_slug(self) -> str:
        return str(self.module.data)

    @property
    def day(self) -> date | None:
        return self.due_on.data

    def offer(self, modules: Iterable[Published]) -> "AssignmentForm":
        """The modules to choose from."""
        self.module.choices = [SelectChoice(module.slug, module.title) for module in modules]
        return self

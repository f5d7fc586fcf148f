"""What a lead fills in to ask for a module, to move its day, and to give one person more time."""

from collections.abc import Iterable, Sequence
from datetime import date

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from training.assignments.models import AskedOf, Coaching
from training.assignments.queries import Member
from training.assignments.service import MOST_DAYS, Terms
from training.library.queries import Published

_WHO = {
    AskedOf.LEARNER: _l("Everybody who learns here"),
    AskedOf.TEAM: _l("Everybody, leads and trainers too"),
    AskedOf.LEAD: _l("The leads"),
    AskedOf.TRAINER: _l("The trainers"),
}
_COACHING = {
    "": _l("As each call is written"),
    Coaching.NOW: _l("After each reply"),
    Coaching.END: _l("When the call is over"),
}
_PERSON = "person:"


class WhenForm(FlaskForm):
    """When something is due: some days after joining, else on a day, else whenever people come to it."""

    due_on = DateField(_l("Due on"), validators=[Optional()])
    due_after_days = IntegerField(
        _l("Or days after joining"),
        validators=[Optional(), NumberRange(1, MOST_DAYS, _l("Choose from 1 to 730 days."))],
    )

    @property
    def day(self) -> date | None:
        return self.due_on.data

    @property
    def days(self) -> int | None:
        return self.due_after_days.data


class AssignmentForm(WhenForm):
    """A published module, who is asked for it, when it is due, and how its calls coach."""

    # One is always chosen: the attribute may stand only where the first of a list means none.
    module = SelectField(
        _l("Module"), validators=[DataRequired(_l("Choose a module."))], render_kw={"required": False}
    )
    who = SelectField(_l("Who is asked"), default=AskedOf.LEARNER)
    coaching = SelectField(_l("Coaching in its calls"), default="")

    @property
    def module_slug(self) -> str:
        return str(self.module.data)

    def offer(self, modules: Iterable[Published], members: Sequence[Member]) -> "AssignmentForm":
        """The modules and the people to choose from."""
        self._ids = {one.public_id: one.person_id for one in members}
        people = sorted(members, key=lambda one: one.name.casefold())
        self.module.choices = [SelectChoice(module.slug, module.title) for module in modules]
        self.who.choices = [SelectChoice(one.value, said) for one, said in _WHO.items()]
        self.who.choices += [SelectChoice(_PERSON + one.public_id, one.name) for one in people]
        self.coaching.choices = [SelectChoice(str(value), said) for value, said in _COACHING.items()]
        return self

    @property
    def terms(self) -> Terms:
        who, coaching = str(self.who.data), self.coaching.data
        person = self._ids[who.removeprefix(_PERSON)] if who.startswith(_PERSON) else None
        return Terms(
            asked_of=AskedOf.PERSON if person is not None else AskedOf(who),
            person_id=person,
            due_after_days=self.days,
            coaching=Coaching(coaching) if coaching else None,
        )


class ExtensionForm(FlaskForm):
    """Until when one person has more time."""

    due_on = DateField(_l("They have until"), validators=[InputRequired(_l("Choose a day."))])

    @property
    def day(self) -> date:
        """The day that was chosen; only after `validate`."""
        chosen: date | None = self.due_on.data
        if chosen is None:
            raise ValueError("ask after validate()")
        return chosen

"""What the routes are asked for: a world in which everything is Ana's or the morning desk's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy.orm import Session

from tests.browsing import Browser
from tests.contracts import access_hindsight as hindsight
from tests.contracts.access_table import BENT
from tests.people import Cast
from tests.viewers import as_viewer
from training.accounts.models import Person
from training.accounts.participant import participant_for
from training.admin.kept import keep_file
from training.assignments.service import assign_module
from training.attempts.models import AttemptKind
from training.attempts.phrase_models import Phrase
from training.attempts.starting import start_attempt
from training.authoring.service import begin_draft
from training.certificates.queries import find_finished
from training.certificates.service import make_certificate
from training.clock import now
from training.database import transaction
from training.demo.playing import careful, play_call
from training.huddles.service import begin_huddle
from training.huddles.sources import from_tip
from training.library.completions import complete_lesson
from training.library.discussion.models import Comment
from training.library.models import Kind, MediaFile, Picture
from training.library.queries import find_published
from training.mail.models import Mailing, Message
from training.returns.models import ReturnCard
from training.teams.join_links import list_links, make_link
from training.viewer import Viewer

CALL = "an-ordinary-first-call"
MAILING = "mailed2222222222"
RETURN = "returned22222222"
PICTURE = f"{'0' * 32}.png"
COMMENT = "c" * 16
OF_FEATURE = {"returns": RETURN, "deliveries": MAILING, "discussion": COMMENT}

# What each route that takes arguments is asked for.
ARGUMENTS: dict[str, dict[str, str]] = {
    **hindsight.ARGUMENTS,
    "assets.show": {"version": "0", "name": "css/zanshin.css"},
    "faces.show": {"version": "0", "name": "marcus-2"},
    "media.show": {"name": PICTURE},
    "studio_media.removal": {"name": "card.png"},
    "studio_media.remove": {"name": "card.png"},
    "tips.show": {"slug": "seeing-it-coming"},
    "tips.complete": {"slug": "seeing-it-coming"},
    "discussion.show": {"slug": "seeing-it-coming"},
    "discussion.create": {"slug": "seeing-it-coming"},
    "discussion.read": {"secret": BENT},
    "weekly_tip.send_test": {"slug": "seeing-it-coming"},
    "weekly_tip.mail": {"slug": "seeing-it-coming", "scheme": "light"},
    "skills.show_skill": {"slug": "redirect"},
    "today.module": {"slug": "first-week"},
    "certificates.create": {"slug": "first-week"},
    "scenarios.show": {"slug": CALL},
    "scenarios.add_attempt": {"slug": CALL},
    "authoring.problem": {"code": "S201"},
    "hindsight.show": {"slug": CALL},
    "hindsight.export": {"slug": CALL},
    "history.show": {"kind": "scenario", "slug": CALL},
    "history.published_ideal_call": {"slug": CALL},
    "history.compare": {"kind": "scenario", "slug": CALL},
    "history.retire": {"kind": "scenario", "slug": "the-phone-rings"},
    "history.withdrawal": {"kind": "scenario", "slug": CALL},
    "history.add_withdrawal": {"kind": "scenario", "slug": "the-busy-season-parent"},
    "drafts.one_save": {"number": "1"},
    "assignments.withdraw": {"slug": "morning-desk", "module": "first-week"},
}
# A form that is bad for everybody would hide who may send it.
FORMS = {
    **hindsight.FORMS,
    "deliveries.send_again": {"message": MAILING},
    "returns.answer": {"reply": "1"},
    "tips.complete": {"how": "read"},
    "drafts.create": {"kind": "skill", "title": "Patience"},
    "drafts.create_copy": {"of": "skill/redirect", "title": "Redirect twice"},
    "drafts.create_from_ideal_call": {
        "title": "The van",
        "customer": "Rosa",
        "you": "Sam",
        "call": "Where is it?\nI will look.",
    },
    "drafts.open_published": {"kind": "skill", "slug": "redirect"},
    "drafts.save": {"version": "1", "text": "Words"},
    **{f"drafts.{card}": {"version": "1"} for card in ("change_card", "add_card", "remove_card")},
    **{f"drafts.{card}": {"version": "1"} for card in ("change_lines", "rename", "add_scene_card")},
    "drafts.go_back": {"number": "1"},
    "drafts.publish": {"live": "0"},
    "drafts.add_approval": {"version": "1"},
    "history.add_withdrawal": {"words": "The price was wrong."},
    "scenarios.add_attempt": {"kind": "practice"},
    "attempts.say_first": {"say_first": "no"},
    "assignments.update_due_date": {"due_on": "2999-12-31"},
    "reminders.create_nudge": {"words": "Shall I take your calls at four?"},
}


def add_uncertain_mail(session: Session) -> None:
    """A mailing with one mail whose hand-over was cut off."""
    texts = {"subject": "A tip", "text": "", "html": ""}
    session.add(mailing := Mailing(public_id=MAILING, key="k", purpose="weekly-tip", **texts))
    session.flush()
    address = {"to_address": "omar@example.invalid", "state": "uncertain", "mailing_id": mailing.id}
    session.add(Message(public_id=MAILING, dedupe_key="k:1", purpose="weekly-tip", **texts, **address))


def came_back(participant_id: int, item_id: int, revision_id: int, at: datetime) -> ReturnCard:
    """A decision that waits for somebody."""
    return ReturnCard(
        public_id=RETURN,
        participant_id=participant_id,
        skill="restrain",
        stability=1.0,
        difficulty=5.0,
        reviewed_at=at - timedelta(days=3),
        due_on=at.date(),
        missed_item_id=item_id,
        item_id=item_id,
        revision_id=revision_id,
        waits_since=at,
    )


def finish_first_week(session: Session, viewer: Viewer, at: datetime) -> str:
    """Answer its lessons, pass its check; returns the certificate."""
    for slug in ("light-up-the-room", "it-is-not-personal", "do-not-sell-hope"):
        complete_lesson(session, viewer.id, find_published(session, Kind.LESSON, slug), at, reply=1)
    play_call(session, viewer, CALL, AttemptKind.CHECK, careful, "a seed", at)
    return make_certificate(session, viewer.id, find_finished(session, "first-week", viewer.id), at)


@dataclass
class World:
    """The cast, with a module asked of the morning desk and a practice call of Ana's in progress."""

    app: Flask
    cast: Cast
    ana: str
    attempt: str
    phrase: str
    file: str
    assignment: str
    draft: str
    link: str
    huddle: str
    certificate: str

    @classmethod
    def make(cls, app: Flask, cast: Cast) -> World:
        with transaction() as session:
            at = now()
            tip = find_published(session, Kind.LESSON, "seeing-it-coming")
            session.add(Comment(public_id=COMMENT, item_id=tip.item_id, person_id=cast.ana, text="I count."))
            session.add(came_back(participant_for(session, cast.ana), tip.item_id, tip.revision_id, at))
            add_uncertain_mail(session)
            session.add(Picture(name=PICTURE, mimetype="image/png", body=b"", created_at=at))
            session.add(MediaFile(name="card.png", picture_name=PICTURE, width=1, height=1))
            desk, due = cast.morning_desk, (at + timedelta(days=7)).date()
            asked = assign_module(session, desk, "first-week", due, by=cast.ben, at=at, today=at.date())
            person = session.get_one(Person, cast.ana)
            viewer = Viewer(person.id, person.public_id, person.name, False, False, False, 0, False)
            call = find_published(session, Kind.SCENARIO, CALL)
            attempt = start_attempt(session, viewer, call, AttemptKind.PRACTICE, "0" * 32, at)
            phrase = Phrase(person_id=cast.ana, text="Tell me when it hums.", language="en", call="A call")
            session.add(phrase)
            session.flush()
            make_link(session, desk, as_viewer(session, cast.ben), at + timedelta(days=1), 9, at)
            link = list_links(session, desk, at)[0].public_id
            file = keep_file(session, "people.csv", b"name,e-mail", as_viewer(session, cast.ada), at)
            draft = begin_draft(session, Kind.SCENARIO, "waiting", "A call", cast.tova, at)
            weekly = from_tip(session, at.date())
            assert weekly is not None
            huddle = begin_huddle(session, desk, weekly, cast.ben, at).public_id
            made = (person.public_id, attempt, phrase.public_id, file.public_id, asked.public_id, draft, link)
            omar = as_viewer(session, cast.omar)
            night = cast.night_desk
            assign_module(session, night, "first-week", due, by=cast.lena, at=at, today=at.date())
            certificate = finish_first_week(session, omar, at)
            hindsight.add_what_was_said_back(session, cast.omar)
            return cls(app, cast, *made, huddle, certificate)

    def browser(self, person: str) -> Browser:
        browser = Browser(self.app)
        return browser if person == "visitor" else browser.sign_in(getattr(self.cast, person))

    def arguments(self, endpoint: str) -> dict[str, str]:
        """What to ask an endpoint for."""
        usual = {"slug": "morning-desk", "public_id": self.ana, "token": "bent"}
        usual |= {"assignment": self.assignment, "person": self.ana, "call": CALL}
        if endpoint.startswith("attempts."):
            usual["public_id"] = self.attempt
        if endpoint.startswith("certificates."):
            usual["public_id"] = self.certificate
        if endpoint.startswith(("huddles.", "huddle_room.")):
            usual["public_id"] = self.huddle
        if endpoint.startswith("drafts."):
            usual["public_id"] = self.draft
        if endpoint == "phrases.remove":
            usual["public_id"] = self.phrase
        if endpoint == "teams.end":
            usual["public_id"] = self.link
        if endpoint in ("admin.show_import", "admin.confirm_import"):
            usual["public_id"] = self.file
        usual["public_id"] = OF_FEATURE.get(endpoint.partition(".")[0], usual["public_id"])
        return usual | ARGUMENTS.get(endpoint, {})

"""Who gets in, for every route; and what the routes are asked for, all Ana's or the morning desk's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy.orm import Session

from tests.browsing import Browser
from tests.contracts import access_hindsight as hindsight
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
from training.library.models import Kind, Picture
from training.library.queries import find_published
from training.mail.models import Mailing, Message
from training.returns.models import ReturnCard
from training.teams.join_links import list_links, make_link
from training.viewer import Viewer

PEOPLE = ["visitor", "ana", "ben", "tova", "ada", "omar", "lena"]
MEMBERS = "ana ben tova ada omar lena"
EVERYONE = f"visitor {MEMBERS}"
# A token that is bent opens nothing, whoever holds it; what good ones open is tested in tests/accounts.
BENT = "nobody"
CALL = "an-ordinary-first-call"
MAILING = "mailed2222222222"
RETURN = "returned22222222"
PICTURE = f"{'0' * 32}.png"
COMMENT = "c" * 16
OF_FEATURE = {"returns": RETURN, "deliveries": MAILING, "discussion": COMMENT}

# METHOD endpoint → who gets in to what is Ana's or the morning desk's. Everybody else is told that it is
# not there; a visitor is sent to sign in. docs/who-may-do-what.md has the decisions behind it.
TABLE = {
    "GET assets.show": EVERYONE,
    "GET faces.show": EVERYONE,
    "GET health.healthz": EVERYONE,
    "GET health.readyz": EVERYONE,
    "GET help.show_help": EVERYONE,
    # signing in
    "GET accounts.sign_in": EVERYONE,
    "POST accounts.sign_in": EVERYONE,
    "GET accounts.sign_in_sent": EVERYONE,
    "GET accounts.sign_in_with_code": EVERYONE,
    "POST accounts.sign_in_with_code": EVERYONE,
    "GET accounts.sign_in_forgotten": EVERYONE,
    "POST accounts.sign_in_forgotten": EVERYONE,
    "POST accounts.sign_out": EVERYONE,
    "GET accounts.sign_in_link": BENT,
    "POST accounts.sign_in_link": BENT,
    "GET accounts.reset": BENT,
    "POST accounts.reset": BENT,
    "GET accounts.invitation": BENT,
    "POST accounts.invitation": BENT,
    "GET accounts.email_link": BENT,
    "POST accounts.email_link": BENT,
    # one's own account
    "GET accounts.index": MEMBERS,
    "POST accounts.save_preferences": MEMBERS,
    "GET accounts.name": MEMBERS,
    "POST accounts.name": MEMBERS,
    "GET accounts.email": MEMBERS,
    "POST accounts.email": MEMBERS,
    "GET accounts.password": MEMBERS,
    "POST accounts.password": MEMBERS,
    "POST accounts.sign_out_there": MEMBERS,
    # one's own data: taken along, or erased; an administrator erases others
    "GET privacy.index": MEMBERS,
    "GET privacy.download": MEMBERS,
    "GET privacy.erase_myself": MEMBERS,
    "POST privacy.erase_myself": MEMBERS,
    "GET privacy.erase_somebody": "ada",
    "POST privacy.erase_somebody": "ada",
    # the library
    "GET tips.index": EVERYONE,
    "GET tips.show": EVERYONE,
    "GET tips.atom": EVERYONE,
    "GET tips.rss": EVERYONE,
    "GET media.show": EVERYONE,
    "POST tips.complete": MEMBERS,
    # what is said under a tip: the comment is Ana's, whose words nobody else changes
    "GET discussion.show": MEMBERS,
    "POST discussion.create": MEMBERS,
    "GET discussion.find": MEMBERS,
    "GET discussion.edit": "ana",
    "POST discussion.update": "ana",
    "POST discussion.remove": "ana",
    "POST discussion.hide": "tova ada",
    "POST discussion.show_again": "tova ada",
    "GET discussion.latest": "tova ada",
    "GET discussion.feed": MEMBERS,
    "POST discussion.make": MEMBERS,
    "POST discussion.end": MEMBERS,
    "GET discussion.read": BENT,
    "GET skills.list_skills": MEMBERS,
    "GET skills.show_skill": MEMBERS,
    "GET today.index": MEMBERS,
    "GET today.modules": MEMBERS,
    "GET today.module": MEMBERS,
    # calls: the attempt is Ana's practice; nobody else has it, whatever they are
    "GET scenarios.index": MEMBERS,
    "GET scenarios.show": MEMBERS,
    "POST scenarios.add_attempt": MEMBERS,
    "GET attempts.show": "ana",
    "POST attempts.add_step": "ana",
    "POST attempts.say_first": "ana",
    "POST attempts.add_hint": "ana",
    "GET attempts.debrief": "ana",
    "GET attempts.other_side": "ana",
    "POST attempts.add_share": "ana",
    "POST attempts.end_share": "ana",
    "GET phrases.index": MEMBERS,
    "POST phrases.create": MEMBERS,
    "POST phrases.remove": "ana",
    # the weekly tip
    "GET subscriptions.new": EVERYONE,
    "POST subscriptions.create": EVERYONE,
    "GET subscriptions.sent": EVERYONE,
    "GET subscriptions.confirm": BENT,
    "POST subscriptions.confirm": BENT,
    "GET subscriptions.confirm_address": BENT,
    "POST subscriptions.confirm_address": BENT,
    "GET subscriptions.stop_tips": BENT,
    "POST subscriptions.stop_tips": BENT,
    "GET tip_management.show": BENT,
    "POST tip_management.choose_moment": BENT,
    "POST tip_management.pause": BENT,
    "POST tip_management.end_pause": BENT,
    "POST tip_management.change_address": BENT,
    "POST tip_management.end": BENT,
    "POST tip_management.begin": BENT,
    "GET tip_management.data": BENT,
    "GET mailed_tip.show": BENT,
    "POST mailed_tip.answer": BENT,
    "GET mailed_return.show": BENT,
    "POST mailed_return.answer": BENT,
    "GET weekly_tip.index": "tova ada",
    "POST weekly_tip.rest": "tova ada",
    "POST weekly_tip.resume": "tova ada",
    "POST weekly_tip.skip": "tova ada",
    "POST weekly_tip.unskip": "tova ada",
    "POST weekly_tip.move_up": "tova ada",
    "POST weekly_tip.send_test": "tova ada",
    "GET weekly_tip.mail": "tova ada",
    "GET own_tip.show": MEMBERS,
    "POST own_tip.choose_moment": MEMBERS,
    "POST own_tip.choose_returns": MEMBERS,
    "POST own_tip.pause": MEMBERS,
    "POST own_tip.end_pause": MEMBERS,
    "POST own_tip.end": MEMBERS,
    "POST own_tip.begin": MEMBERS,
    # a decision that came back to Ana: nobody else has it, whatever they are
    "GET returns.show": "ana",
    "POST returns.answer": "ana",
    # the team
    # what became of the mail
    "GET deliveries.index": "tova ada",
    "GET deliveries.show": "tova ada",
    "POST deliveries.send_again": "ada",
    "GET deliveries.log": "ada",
    # the studio
    "GET authoring.index": "tova ada",
    "GET authoring.problem": "tova ada",
    "GET drafts.new": "tova ada",
    "POST drafts.create": "tova ada",
    "GET drafts.new_ideal_call": "tova ada",
    "POST drafts.create_from_ideal_call": "tova ada",
    "GET drafts.ideal_call": "tova ada",
    "GET drafts.new_copy": "tova ada",
    "GET studio_media.index": "tova ada",
    "POST studio_media.create": "tova ada",
    "POST drafts.create_copy": "tova ada",
    "GET drafts.new_file": "tova ada",
    "POST drafts.create_from_file": "tova ada",
    "GET history.published_ideal_call": "tova ada",
    "POST drafts.open_published": "tova ada",
    "GET drafts.show": "tova ada",
    "POST drafts.preview": "tova ada",
    "POST drafts.save": "tova ada",
    "POST drafts.close": "tova ada",
    "GET drafts.cards": "tova ada",
    "GET drafts.removal": "tova ada",
    "POST drafts.change_card": "tova ada",
    "POST drafts.add_card": "tova ada",
    "POST drafts.remove_card": "tova ada",
    "POST drafts.change_lines": "tova ada",
    "POST drafts.rename": "tova ada",
    "POST drafts.add_scene_card": "tova ada",
    "GET drafts.saves": "tova ada",
    "GET drafts.one_save": "tova ada",
    "POST drafts.go_back": "tova ada",
    "GET drafts.play": "tova ada",
    "GET drafts.proof": "tova ada",
    "GET drafts.publication": "tova ada",
    "POST drafts.publish": "tova ada",
    "POST drafts.add_approval": "tova ada",
    "GET history.show": "tova ada",
    "GET history.compare": "tova ada",
    "POST history.retire": "tova ada",
    "GET history.withdrawal": "tova ada",
    "POST history.add_withdrawal": "tova ada",
    # what learners did in a call, and what they say back
    "GET hindsight.show": "tova ada",
    "GET hindsight.export": "tova ada",
    "GET inbox.index": "tova ada",
    "POST inbox.answer": "tova ada",
    "POST inbox.begin": "tova ada",
    "POST inbox.close": "tova ada",
    "GET stories.new": MEMBERS,
    "POST stories.create": MEMBERS,
    # about a turn of a finished call, which the certificate's is: Omar's
    "GET remarks.new": "omar",
    "POST remarks.create": "omar",
    # an earlier revision of that call had a wrong line; he finished it as it was
    "GET rechecks.show": "omar",
    "POST rechecks.answer": "omar",
    # teams
    "GET teams.index": MEMBERS,
    "GET teams.show": "ana ben tova ada",
    "GET teams.new": "ada",
    "POST teams.create": "ada",
    "GET teams.edit_name": "ben ada",
    "POST teams.update_name": "ben ada",
    "GET teams.edit_card": "ben tova ada",
    "POST teams.update_card": "ben tova ada",
    "GET teams.new_invitation": "ben ada",
    "POST teams.create_invitation": "ben ada",
    "POST teams.create_code": "ben ada",
    "GET teams.removal": "ben ada",
    "POST teams.remove": "ben ada",
    "GET teams.links": "ben ada",
    "POST teams.create_link": "ben ada",
    "POST teams.end": "ben ada",
    "GET joining.join": BENT,
    "POST joining.join": BENT,
    "GET teams.new_membership": "ada",
    "POST teams.create_membership": "ada",
    # admin
    "GET admin.index": "ada",
    "GET admin.proof": "ada",
    "POST admin.proof": "ada",
    "GET admin.people": "ada",
    "GET admin.export_people": "ada",
    "GET admin.person": "ada",
    "POST admin.invite_again": "ada",
    "POST admin.change_rights": "ada",
    "POST admin.disable": "ada",
    "POST admin.enable": "ada",
    "POST admin.sign_out_person": "ada",
    "POST admin.add_place": "ada",
    "GET admin.new_import": "ada",
    "POST admin.create_import": "ada",
    "GET admin.show_import": "ada",
    "POST admin.confirm_import": "ada",
    "GET admin.teams": "ada",
    "GET admin.archiving": "ada",
    "POST admin.archive": "ada",
    "POST admin.reopen": "ada",
    "GET admin.audit_log": "ada",
    "GET admin.settings": "ada",
    # certificates: Omar finished his first week, for Ana is still to be nudged; the address tells anybody
    "POST certificates.create": "omar",
    "GET certificates.show": EVERYONE,
    "GET certificates.sheet": "omar",
    # huddles: of the morning desk; the room's phones are anybody's who has the address
    "GET huddles.index": "ana ben tova ada",
    "POST huddles.create": "ben tova ada",
    "GET huddles.show": "ana ben tova ada",
    "GET huddles.sheet": "ben tova ada",
    "GET huddles.screen": "ben tova ada",
    "POST huddles.count_hands": "ben tova ada",
    "POST huddles.reveal": "ben tova ada",
    "POST huddles.write_note": "ben tova ada",
    "GET huddle_room.join": EVERYONE,
    "POST huddle_room.find": EVERYONE,
    "GET huddle_room.show": EVERYONE,
    "GET huddle_room.votes": EVERYONE,
    "POST huddle_room.vote": EVERYONE,
    # modules
    "GET assignments.index": "ben tova ada",
    "GET assignments.new": "ben tova ada",
    "POST assignments.create": "ben tova ada",
    "POST assignments.withdraw": "ben tova ada",
    "GET assignments.edit_due_date": "ben tova ada",
    "POST assignments.update_due_date": "ben tova ada",
    "GET assignments.new_extension": "ben ada",
    "POST assignments.create_extension": "ben ada",
    "GET assignments.new_check": "ben ada",
    "POST assignments.allow_check": "ben ada",
    "GET reports.progress": "ben ada",
    "GET reports.person": "ben ada",
    "GET reports.skills": "ben tova ada",
    "GET all_teams.every_team": "ben tova ada lena",
    "GET reminders.new_nudge": "ben ada",
    "POST reminders.create_nudge": "ben ada",
    "GET reminders.edit_clock": "ben ada",
    "POST reminders.update_clock": "ben ada",
}

# What each route that takes arguments is asked for.
ARGUMENTS: dict[str, dict[str, str]] = {
    **hindsight.ARGUMENTS,
    "assets.show": {"version": "0", "name": "css/zanshin.css"},
    "faces.show": {"version": "0", "name": "marcus-2"},
    "media.show": {"name": PICTURE},
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

"""Document → scenario: every name looked up, every scene whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scenarios.addresses import Addresses
from scenarios.declarations import declare
from scenarios.diagnostics import Problems, quoted
from scenarios.document import Document, Line, SceneText, Written
from scenarios.menus import read_choices, read_routes, read_timer
from scenarios.scenario import Ending, Outcome, Scenario, Scene, Term
from scenarios.slugs import closest, did_you_mean, fold, slug
from scenarios.speakers import Speakers

if TYPE_CHECKING:
    from scenarios.names import Catalogue, Names

ENDING = re.compile(r"\**(?P<kind>[^\W\d_]+)\**\s*(?:[—–:.,-]+\s*)?(?P<text>.*)", re.S)
OUTCOMES: tuple[Outcome, ...] = ("success", "partial", "failure")
ATTRIBUTES = ("Hint", "Note", "Ending")


def resolve(document: Document, catalogue: Catalogue | None, problems: Problems) -> Scenario:
    """The scenario that a document writes. Only to be trusted when `problems` has no error."""
    names, meters = declare(document.front, catalogue, problems)
    reader = SceneReader(document, names, problems)
    scenes = tuple(reader.scene(scene) for scene in document.scenes)
    reader.speakers.check(problems)
    unused(document, names, problems)
    check_title(document, problems)
    values: dict[str, Any] = document.front.values
    return Scenario(
        title=values["title"],
        summary=values["summary"],
        you=values["you"],
        customer=values["customer"],
        portrait=values["portrait"],
        facts=values["facts"],
        skills=tuple(names.skills.values()),
        meters=tuple(meters),
        flags=tuple(names.flags.values()),
        pass_mark=values["pass"],
        pass_ending=values["pass_ending"],
        warning=values["warning"],
        lessons=values["lessons"],
        pair=values["pair"],
        order=values["order"],
        feedback=values["feedback"],
        language=values["language"],
        author=values["author"],
        allow=tuple((code.upper(), reason) for code, reason in values["allow"].items()),
        briefing=tuple(document.briefing),
        scenes=scenes,
        glossary=read_glossary(document, problems),
    )


class SceneReader:
    """Reads scene after scene with the same names, addresses and speakers."""

    def __init__(self, document: Document, names: Names, problems: Problems) -> None:
        self.names = names
        self.problems = problems
        self.addresses = Addresses(document, problems)
        self.speakers = Speakers(document.front.values)
        for line in document.briefing:
            self.hear(line)

    def scene(self, scene: SceneText) -> Scene:
        choices = read_choices(scene, self.names, self.addresses, self.problems)
        routes = read_routes(scene, self.names, self.addresses, self.problems)
        timer = read_timer(scene, self.addresses, self.problems)
        lines = list(scene.lines)
        hint, ending = self.attributes(scene, lines)
        self.check_way_on(scene, ending is not None, bool(choices), bool(routes))
        for line in [*lines, *(line for entry in scene.entries for line in entry.lines)]:
            self.hear(line)
        return Scene(
            slug(scene.title) or fold(scene.title) or scene.title,
            scene.title,
            tuple(lines),
            tuple(choices),
            tuple(routes),
            timer,
            ending,
            hint,
            scene.where,
        )

    def hear(self, line: Line) -> None:
        self.addresses.check_prose(line.text, line.where)
        self.speakers.hear(line, self.problems)

    def attributes(self, scene: SceneText, lines: list[Line]) -> tuple[str | None, Ending | None]:
        """The scene's hint and ending; speech that lost its mark is put among the lines."""
        hint: str | None = None
        ending: Ending | None = None
        for written in scene.attributes:
            name = fold(written.name)
            if (name == "hint" and hint is not None) or (name == "ending" and ending is not None):
                mend = "Keep one of the two."
                self.problems.add("S135", written.where, f"The scene has two of **{written.name}:**.", mend)
            elif name == "hint":
                hint = written.text
            elif name == "ending":
                ending = self.ending(scene, written)
            elif name != "note":
                self.unknown_attribute(written, lines)
        return hint, ending

    def unknown_attribute(self, written: Written, lines: list[Line]) -> None:
        name = written.name
        near = closest(name, ATTRIBUTES)
        if self.speakers.knows(name) or near is None:
            mend = f"Write > **{name}:** if {name} speaks. Scene attributes are Hint, Note and Ending."
            code = "S132" if self.speakers.knows(name) else "S134"
            self.problems.add(code, written.where, f"**{name}:** stands without a >.", mend)
            lines.append(Line("speech", name, written.text, written.where))
        else:
            fault = f"{quoted(name)} is no scene attribute."
            self.problems.add("S134", written.where, fault, f'Did you mean "{near}"?')

    def ending(self, scene: SceneText, written: Written) -> Ending | None:
        found = ENDING.fullmatch(written.text)
        kind = found["kind"].lower() if found else ""
        for outcome in OUTCOMES:
            if outcome == kind and found:
                return Ending(outcome, found["text"].strip() or scene.title)
        mend = did_you_mean(kind, OUTCOMES, "Write success, partial or failure, a dash, and what happened.")
        self.problems.add("S136", written.where, f"{quoted(written.text)} is no kind of ending.", mend)
        return Ending("failure", written.text)

    def check_way_on(self, scene: SceneText, ends: bool, choices: bool, routes: bool) -> None:
        """A scene has exactly one way on: choices, routes or an ending."""
        if ends and (choices or routes or scene.entries):
            mend = "Take the choices out, or the ending."
            self.problems.add("S137", scene.where, f"{quoted(scene.title)} ends, and goes on.", mend)
        elif choices and routes:
            mend = "Put the routes into a scene of their own, or begin the last with Otherwise:."
            odd = next(one for one in scene.entries if one.kind != scene.entries[0].kind)
            self.problems.add("S138", odd.where, f"{quoted(scene.title)} mixes choices and routes.", mend)
        elif not (ends or choices or routes or scene.entries):
            mend = "Give it choices, routes or an **Ending:**."
            self.problems.add("S148", scene.where, f"{quoted(scene.title)} leads nowhere.", mend)


def unused(document: Document, names: Names, problems: Problems) -> None:
    """A meter or a flag that no condition and no effect mentions."""
    for kind, known in (("meters", names.meters), ("flags", names.flags)):
        for item in document.front.items.get(kind, []):
            name = item.key or item.text
            if fold(name) in known and fold(name) not in names.used:
                mend = "Let a reply change it, or take it out."
                problems.add("S314", (item.line, item.column), f"{quoted(name)} is never used.", mend)


def check_title(document: Document, problems: Problems) -> None:
    heading, title = document.heading, document.front.values.get("title")
    if heading and title and fold(heading.text) != fold(str(title)):
        fault = f"The heading says {quoted(heading.text)}, the front matter {quoted(str(title))}."
        problems.add("S127", heading.where, fault, "Let both say the same.")


def read_glossary(document: Document, problems: Problems) -> tuple[Term, ...]:
    terms: dict[str, Term] = {}
    for entry in document.glossary:
        if not entry.name or not entry.text:
            mend = "Write it like *[fob off]: put someone off with an excuse."
            problems.add("S116", entry.where, "This glossary entry is not whole.", mend)
        elif entry.name.casefold() in terms:
            problems.add(
                "S149", entry.where, f"{quoted(entry.name)} is explained twice.", "Keep one of the two."
            )
        else:
            terms[entry.name.casefold()] = Term(entry.name, entry.text, entry.where)
    return tuple(terms.values())

"""Source → document. Finds every problem of shape in one pass and never raises on any text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scenarios.blocks import GLOSSARY, HEADING, TIGHT_HEADING, Block, grouped
from scenarios.diagnostics import Problems, quoted
from scenarios.document import Document, Line, SceneText, Written
from scenarios.entries import Entries
from scenarios.source import split_lines
from scenarios.voices import loose_attribute, quote_lines, split_attributes

if TYPE_CHECKING:
    from scenarios.front_matter import FrontMatter

MOST_SCENES = 200
# Of a scene's name, in letters. What is stored of a scene by its name has room for as many.
LONGEST_NAME = 120


def scan(front: FrontMatter, problems: Problems) -> Document:
    """Read the text under the front matter into a document."""
    scanner = Scanner(Document(front), problems)
    for block in grouped(split_lines(front.body, front.body_line), problems):
        scanner.read(block)
    scanner.close()
    return scanner.document


class Scanner:
    """Takes the blocks one by one; `scene` is None while the briefing lasts."""

    def __init__(self, document: Document, problems: Problems) -> None:
        self.document = document
        self.problems = problems
        self.scene: SceneText | None = None
        self.entries = Entries(problems)

    def read(self, block: Block) -> None:
        if block.kind == "heading":
            self.heading(block)
        elif block.kind == "glossary":
            self.glossary(block)
        elif self.scene is None:
            self.briefing(block)
        elif block.kind == "item":
            self.entries.item(self.scene, block)
        else:
            self.prose(self.scene, block)

    def close(self) -> None:
        count = len(self.document.scenes)
        if count == 0:
            where = (self.document.front.body_line, 1)
            mend = "Begin the first one with a heading: ## and a name."
            self.problems.add("S106", where, "The scenario has no scene.", mend)
        if count > MOST_SCENES:
            where = self.document.scenes[MOST_SCENES].where
            mend = "Split the scenario in two."
            self.problems.add("S144", where, f"There are {count} scenes; {MOST_SCENES} is the most.", mend)
            del self.document.scenes[MOST_SCENES:]

    def heading(self, block: Block) -> None:
        text = block.lines[0].text
        found = HEADING.fullmatch(text)
        marks, title = (found[1], found[3].strip()) if found else self.tight(block)
        if block.indent:
            mend = "Begin it in the first column."
            self.problems.add("S111", block.where, "This heading is indented.", mend)
        if not title:
            mend = "Name the scene, or take the line out."
            self.problems.add("S109", block.where, "This heading has no words.", mend)
            return
        if marks == "#" and self.scene is None and self.document.heading is None:
            self.document.heading = Written(title, block.where)
            return
        if marks != "##":
            mend = f"Write ## {title} if it is a scene, or plain text if it is not."
            self.problems.add("S107", block.where, f"{quoted(title)} has {marks}; a scene has ##.", mend)
        if len(title) > LONGEST_NAME:
            fault = f"This name has {len(title)} letters; {LONGEST_NAME} is the most."
            mend = "Name the scene in a few words, and say the rest below."
            self.problems.add("S144", block.where, fault, mend)
        self.scene = SceneText(title, block.where)
        self.document.scenes.append(self.scene)
        self.entries.begin()

    def tight(self, block: Block) -> tuple[str, str]:
        found = TIGHT_HEADING.fullmatch(block.lines[0].text)
        marks, title = (found[1], found[2].strip()) if found else ("##", block.text)
        mend = f"Write {marks} {title}."
        self.problems.add("S108", block.where, f"{quoted(block.text)} has no space after {marks}.", mend)
        return marks, title

    def glossary(self, block: Block) -> None:
        if block.joined:
            mend = "Leave a blank line before it."
            self.problems.add("S112", block.where, "Viewers join this entry to the line above.", mend)
        found = GLOSSARY.match(block.lines[0].text)
        if found:
            meaning = " ".join([found[2], *(line.text for line in block.lines[1:])]).strip()
            self.document.glossary.append(Written(meaning, block.where, " ".join(found[1].split())))

    def briefing(self, block: Block) -> None:
        if block.kind == "quote":
            self.document.briefing.extend(quote_lines(block, self.problems))
            return
        if block.kind == "item" and "](#" in block.content:
            mend = "Write a heading with ## above it."
            self.problems.add("S147", block.where, "A choice stands before the first scene.", mend)
        text = "\n".join(" " * max(0, line.indent - block.indent) + line.text for line in block.lines)
        lines = self.document.briefing
        if not block.gap and lines and lines[-1].kind == "narration":
            lead = " " * block.indent if block.kind == "item" else ""
            lines[-1] = Line("narration", "", f"{lines[-1].text}\n{lead}{text}", lines[-1].where)
        else:
            lines.append(Line("narration", "", text, block.where))

    def prose(self, scene: SceneText, block: Block) -> None:
        """A quote or a paragraph: of the scene, or under its last entry."""
        if self.entries.takes(block):
            self.entries.prose(block)
            return
        if block.indent >= 4:
            mend = "Begin it in the first column."
            self.problems.add("S111", block.where, "Viewers show text as deep as this as code.", mend)
        if block.kind == "quote":
            self.late(scene, block)
            scene.lines.extend(quote_lines(block, self.problems))
            return
        for part in split_attributes(block, self.problems):
            if part.name:
                scene.attributes.append(part)
                continue
            if loose := loose_attribute(part.text):
                mend = f"Write **{loose.name}:** and then the words."
                fault = f"{quoted(part.text)} is nearly a scene attribute."
                self.problems.add("S134", part.where, fault, mend)
                scene.attributes.append(Written(loose.text, part.where, loose.name))
                continue
            self.late(scene, block)
            scene.lines.append(Line("narration", "", part.text, part.where))

    def late(self, scene: SceneText, block: Block) -> None:
        if scene.entries:
            mend = "Move it above them, or indent it by two to put it under the last one."
            self.problems.add("S117", block.where, f"{quoted(block.text)} stands after the choices.", mend)

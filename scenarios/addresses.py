"""Scene addresses: each heading's own, and the scene that a link means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from scenarios.diagnostics import Problems, quoted
from scenarios.slugs import closest, did_you_mean, fold, slug

if TYPE_CHECKING:
    from scenarios.document import Document, SceneText, Where

PROSE_LINK = re.compile(r"(?<!\\)\]\(#([^\s)]{0,120})\)")


class Addresses:
    """The scenes by address; `find` answers a link, tolerantly."""

    def __init__(self, document: Document, problems: Problems) -> None:
        self.problems = problems
        self.exact: dict[str, str] = {}
        self.folded: dict[str, str] = {}
        self.titles: dict[str, str] = {}
        for scene in document.scenes:
            self.enter(scene)

    def enter(self, scene: SceneText) -> None:
        address = slug(scene.title) or fold(scene.title) or scene.title
        key = fold(scene.title) or address
        if key in self.folded:
            first = self.titles[self.folded[key]]
            mend = "Rename one of them."
            fault = f"{quoted(scene.title)} has the same address as the earlier {quoted(first)}."
            self.problems.add("S202", scene.where, fault, mend)
            return
        self.exact[address] = self.folded[key] = address
        self.titles[address] = scene.title

    def find(self, target: str, where: Where) -> str | None:
        """The address meant by what stands after a link's #; None, with a diagnostic, when there is none."""
        if target in self.exact:
            return target
        meant = self.find_folded(target)
        if meant:
            if unquote(target) != meant:
                fault = f"Viewers do not find {quoted(meant)} under #{target}."
                self.problems.add("S203", where, fault, f"Write (#{meant}).")
            return meant
        mend = did_you_mean(target, self.exact, "Write a scene with this heading, or link to one there is.")
        self.problems.add("S201", where, f"No scene is called {quoted(target)}.", mend)
        return closest(target, self.exact)

    def find_folded(self, target: str) -> str | None:
        """The address meant, with nothing said about it; None where there is none."""
        return self.folded.get(fold(unquote(target)))

    def check_prose(self, text: str, where: Where) -> None:
        """A link within prose must lead to a scene there is."""
        for found in PROSE_LINK.finditer(text):
            self.find(found[1], where)

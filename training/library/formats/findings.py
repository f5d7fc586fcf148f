"""What can be wrong in a lesson, module or skill, beyond what the scenario language already names."""

from __future__ import annotations

from scenarios.diagnostics import MOST_REPORTED, Diagnostic, Problems

CODES: dict[str, tuple[str, str]] = {
    "L701": ("error", "A link to no file"),
    "L702": ("error", "A link that may lead nowhere"),
    "L703": ("warning", "A neighbour that is not there"),
    "L704": ("error", "A picture"),
    "L705": ("error", "No text"),
    "L706": ("error", "A file name that makes no address"),
    "L707": ("error", "A module without a list"),
    "L708": ("error", "A list item that cannot be read"),
    "L709": ("error", "An unknown rule"),
    "L710": ("error", "A rule that does not fit"),
    "L711": ("error", "An item listed twice"),
    "L712": ("error", "Nothing to answer"),
    "L713": ("error", "A text that cannot be rendered"),
    "L714": ("error", "A file that cannot be read"),
    "L716": ("error", "Longer than a list can show"),
    "L717": ("warning", "An earlier name that is taken"),
    "L718": ("error", "Modules in a circle"),
    "L715": ("warning", "A lesson with neither a date nor a module"),
}


class Finding(Diagnostic):
    """A diagnostic with one of the codes above."""

    __slots__ = ()

    @property
    def severity(self) -> str:
        return CODES[self.code][0]


class Findings(Problems):
    """The problems of one file, in our codes and in those of the scenario language."""

    def add(
        self,
        code: str,
        where: tuple[int, int],
        message: str,
        mend: str,
        play: tuple[int, ...] | None = None,
    ) -> None:
        if code not in CODES:
            super().add(code, where, message, mend, play)
        elif len(self.found) < MOST_REPORTED:
            self.found.append(Finding(code, message, mend, self.path, *where, play))

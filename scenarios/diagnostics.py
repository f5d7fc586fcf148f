"""What is wrong in a file, where, and how to mend it. A value, never an exception."""

from __future__ import annotations

from dataclasses import dataclass, field

from scenarios.codes import CODES

MOST_REPORTED = 300


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: lines and columns count from 1; `play` is the shortest play that shows it.

    `play` counts the replies on offer in authored order, 0 being silence; None where no play is needed.
    """

    code: str
    message: str
    mend: str
    path: str
    line: int
    column: int
    play: tuple[int, ...] | None = None

    @property
    def severity(self) -> str:
        return CODES[self.code][0]

    def __str__(self) -> str:
        shown = f" {spoken_play(self.play)}" if self.play is not None else ""
        where = f"{self.path}:{self.line}:{self.column}"
        return f"{where} {self.severity} {self.code} {self.message}{shown} {self.mend}".rstrip()

    def to_json(self) -> dict[str, object]:
        return {
            "code": self.code,
            "severity": self.severity,
            "message": self.message,
            "mend": self.mend,
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "play": None if self.play is None else list(self.play),
        }


def spoken_play(play: tuple[int, ...]) -> str:
    if not play:
        return "It shows at the very start."
    return f"The shortest play that shows it: {','.join(map(str, play))}."


@dataclass
class Problems:
    """The problems found so far in one file. The first 300 are kept: nobody mends more at once."""

    path: str
    found: list[Diagnostic] = field(default_factory=list)

    def add(
        self,
        code: str,
        where: tuple[int, int],
        message: str,
        mend: str,
        play: tuple[int, ...] | None = None,
    ) -> None:
        if not self.full:
            self.found.append(Diagnostic(code, message, mend, self.path, *where, play))

    @property
    def full(self) -> bool:
        return len(self.found) >= MOST_REPORTED

    @property
    def stop(self) -> bool:
        """Whether an error was found, so that nothing may be built on what was read."""
        return any(problem.severity == "error" for problem in self.found)


def in_reading_order(found: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    unique = dict.fromkeys(found)
    return tuple(sorted(unique, key=lambda one: (one.line, one.column, one.code)))


def quoted(text: str, most: int = 60) -> str:
    """The author's own words, in one pair of quotation marks, cut to a readable length."""
    words = " ".join(text.split()).strip('"“”')
    return f'"{words}"' if len(words) <= most else f'"{words[: most - 1]}…"'

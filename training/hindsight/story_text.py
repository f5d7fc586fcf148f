"""From what happened to a draft: a small call that proves as it is, with the story as its author's note."""

from training.authoring.blanks import blank_text
from training.library.models import Kind


def text_from(title: str, story: str) -> str:
    """The text of a new call. Notes are never shown to learners."""
    before, heading, after = blank_text(Kind.SCENARIO, title, "", "").partition("\n## Step 1\n")
    return f"{before}{heading}\n**Note:** {_one_line(story)}\n{after}"


def _one_line(story: str) -> str:
    """A note is one line, and raw HTML is refused in a call."""
    return " ".join(story.split()).replace("<", "(").replace(">", ")")

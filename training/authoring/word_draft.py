"""A call made of a Word file's blocks: headings are scenes, lists are replies, the rest is kept or named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from scenarios import slug
from scenarios.slugs import fold
from training.authoring.ideal_path import Side, read_path, said_in, sides_in
from training.authoring.skeleton import (
    TAIL,
    TAKEN,
    TEMPTING,
    WORSE,
    Cast,
    head_of,
    plain,
    quote,
    said,
    shown_skill,
    skeleton,
)
from training.authoring.word_file import Block

MOST_REPLIES = 8
YOU = "To do: who answers, and where they sit."
_MARKS = re.compile(r"[\[\]\\`<>#*_]")
GOOD = """\
- ["To do: the good reply."](#{onward})
  - {skill} +2, temper -1
"""


@dataclass
class Reply:
    text: str
    reaction: list[str] = field(default_factory=list)
    coaching: list[str] = field(default_factory=list)


@dataclass
class WordScene:
    """One heading with what stood below it. `lost`: what the language has no place for there."""

    heading: str
    lines: list[tuple[Side, str]] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def word_draft(blocks: Sequence[Block], name: str, skills: Sequence[str]) -> tuple[str, str]:
    """The title and the text of a draft; a file without headings and lists is read as a good call."""
    title = _title(blocks) or name
    rest = [block for block in blocks if block.what != "title" and not _is_title(block, blocks)]
    words = [_line(block) for block in rest if block.what in ("text", "row", "item")]
    sides = sides_in(words, "", "")
    cast = Cast(title, _customer(words, sides), YOU, skills)
    if not any(block.what in ("heading", "item") for block in rest):
        path = read_path("\n".join(words), cast.customer, "")
        if path.turns:
            return title, skeleton(cast, path)
    before, scenes = _scenes(rest, sides)
    briefing = [plain(text) for _side, text in before.lines] + [plain(one.text) for one in before.replies]
    if before.lost:
        briefing.append(f"To do: find a place for {_named(before.lost)}.")
    return title, _text(cast, briefing, scenes or [WordScene("The call")])


def _title(blocks: Sequence[Block]) -> str:
    titles = [block.text for block in blocks if block.what == "title" or _is_title(block, blocks)]
    return _MARKS.sub("", titles[0]).strip()[:120] if titles else ""


def _is_title(block: Block, blocks: Sequence[Block]) -> bool:
    """The first heading, where no other stands as high and no title does."""
    headings = [one for one in blocks if one.what == "heading"]
    if any(one.what == "title" for one in blocks) or len(headings) < 2 or block is not headings[0]:
        return False
    return all(one.level > block.level for one in headings[1:])


def _line(block: Block) -> str:
    """A block as one line; a row of two cells, the first one short, is a name and what they say."""
    cells = block.text.split("\t")
    if block.what == "row" and len(cells) == 2 and 0 < len(cells[0]) <= 40 and cells[1]:
        return f"{cells[0].rstrip(':')}: {cells[1]}"
    return " — ".join(cell for cell in cells if cell)


def _customer(words: Sequence[str], sides: dict[str, Side]) -> str:
    """The name that the customer's lines bear, where it is one; else "Customer"."""
    for line in words:
        name = _MARKS.sub("", line.partition(":")[0]).strip()
        if sides.get(fold(name)) == "they" and len(name) > 1 and fold(name) not in ("they", "them"):
            return name
    return "Customer"


def _scenes(blocks: Sequence[Block], sides: dict[str, Side]) -> tuple[WordScene, list[WordScene]]:
    before, scenes, taken = WordScene(""), list[WordScene](), set(map(fold, TAKEN))
    for block in blocks:
        if block.what == "heading":
            heading = " ".join(_MARKS.sub("", block.text).split())[:80] or "Scene"
            if fold(heading) in taken or not slug(heading):
                heading = f"{heading}, scene {len(scenes) + 1}"
            taken.add(fold(heading))
            scenes.append(WordScene(heading))
        else:
            _add(scenes[-1] if scenes else before, block, sides)
    return before, scenes


def _add(scene: WordScene, block: Block, sides: dict[str, Side]) -> None:
    line = _line(block)
    side, words = said_in(line, sides) or ("told", line)
    if block.what == "lost":
        scene.lost.append(block.text)
    elif block.what == "item" and block.level and scene.replies:
        scene.replies[-1].coaching.append(words)
    elif block.what == "item" or side == "you":
        if len(scene.replies) < MOST_REPLIES:
            scene.replies.append(Reply(words))
        else:
            scene.lost.append(words)
    elif not scene.replies:
        scene.lines.append((side, words))
    elif side == "they":
        scene.replies[-1].reaction.append(words)
    else:
        scene.lost.append(words)


def _text(cast: Cast, briefing: list[str], scenes: list[WordScene]) -> str:
    head = head_of(cast, briefing)
    onward = [slug(scene.heading) for scene in scenes[1:]] + ["how-it-ends"]
    body = (
        _scene(cast, scene, on, number) for number, (scene, on) in enumerate(zip(scenes, onward, strict=True))
    )
    return head + "".join(body) + TAIL.format(name=cast.name)


def _scene(cast: Cast, scene: WordScene, onward: str, number: int) -> str:
    skill = shown_skill(cast.skills[number % len(cast.skills)])
    told = [
        f"{plain(text)}\n\n" if side == "told" else f"{quote(cast.name, [text])}\n"
        for side, text in scene.lines
    ]
    to_do = []
    if len(scene.replies) > 1:
        to_do.append("see that the best reply is the one that earns points, now the first")
    if scene.lost:
        to_do.append(f"find a place for {_named(scene.lost)}")
    note = f"**Note:** To do: {'; '.join(to_do)}.\n\n" if to_do else ""
    words = {"onward": onward, "skill": skill, "name": cast.name}
    replies = [_reply(cast.name, one, at, words) for at, one in enumerate(scene.replies)]
    if not replies:
        replies.append(GOOD.format(**words))
    if len(replies) == 1:
        replies += [TEMPTING.format(**words), WORSE.format(**words)]
    return f"\n## {scene.heading}\n\n{note}{''.join(told)}{''.join(replies)}"


def _reply(name: str, reply: Reply, at: int, words: dict[str, str]) -> str:
    effect = (f"{words['skill']} +2, temper -1", "temper +1", f"{words['skill']} -1, temper +3")[min(at, 2)]
    text = f"- [{said(reply.text)}](#{words['onward']})\n  - {effect}\n"
    coaching = reply.coaching or (["To do: what this reply does."] if at else [])
    quotes = [quote(name, reply.reaction, "  ")] if reply.reaction else []
    quotes += [quote("Coach", coaching, "  ")] if coaching else []
    return text + "  >\n".join(quotes)


def _named(lost: Sequence[str]) -> str:
    return ", ".join(f"“{plain(one)}”" for one in lost)

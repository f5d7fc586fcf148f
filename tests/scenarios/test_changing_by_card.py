"""Any card of any shipped call, changed in any way: its own lines change, and no other byte."""

from collections.abc import Callable
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from random import Random
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.cards import (
    BANDS,
    NewReply,
    NewScene,
    RefusedError,
    ReplyCard,
    ReplyChange,
    Said,
    SceneCard,
    SceneChange,
    Sheet,
    add_reply,
    add_scene,
    change_reply,
    change_scene,
    move_reply,
    open_sheet,
    read_scene,
    remove_reply,
    rename_scene,
    scene_names,
)
from scenarios.cards.voicing import Who
from scenarios.cards.words import plain, quoted_text

CALLS = sorted((Path(__file__).resolve().parents[2] / "content" / "scenarios").glob("*.md"))
HOSTILE = (
    "## A scene",
    "##Tight",
    "# One",
    "* star",
    "- dash",
    "- [go](#sparks)",
    "---",
    "===",
    "> quoted",
    "> **Coach:** no",
    "**Coach:** no",
    "**Hint:** no",
    "Hint: no",
    "__Marcus:__ no",
    "1. [one](#x)",
    "*[tiler]: no",
    "[x]: /y",
    "```",
    "~~~",
    "<!-- no -->",
    "<b>bold</b>",
    "]( #x )",
    "[open",
    "close](#sparks)",
    "`tick",
    "back\\",
    ":-)",
    "Restrain +2",
    "If he asks",
    "Once",
    "- Otherwise: [x](#y)",
    "\u05e9\u05dc\u05d5\u05dd",
    "🙂👩‍🔧",
    "a\r\nb",
    "a\u2028b",
    "a\u00a0b",
    "x" * 5000,
    "\u202eback",
    "\x00",
    "\ufeff",
    "***",
    "{{x}}",
    "|a|b|",
    "\t- deep",
)
LETTERS = "abc déÉ,.!?’“”"
WHO: tuple[Who, ...] = get_args(Who)
SEEDS = st.integers(0, 2**32)


@cache
def sheet(at: int, ends: str = "\n", last: str = "\n") -> Sheet:
    text = CALLS[at].read_bytes().decode().rstrip("\n") + last
    return open_sheet(text.replace("\n", ends))


def any_sheet(chance: Random) -> Sheet:
    return sheet(chance.randrange(len(CALLS)), chance.choice(("\n", "\r\n")))


def harmless(chance: Random) -> str:
    return "".join(chance.choices(LETTERS, k=chance.randrange(30)))


def anything(chance: Random) -> str:
    lines = [chance.choice((*HOSTILE, harmless(chance))) for _ in range(chance.randrange(1, 5))]
    return "\n".join(lines)


def sayings(chance: Random) -> tuple[Said, ...]:
    return tuple(Said(chance.choice(WHO), anything(chance)) for _ in range(chance.randrange(3)))


def cards(read: Sheet) -> list[SceneCard]:
    found = [read_scene(read, name.address) for name in scene_names(read)]
    return [card for card in found if card is not None]


def tried(edit: Callable[[], str]) -> str | None:
    """What an edit makes; None where it is refused in words."""
    try:
        return edit()
    except RefusedError as refused:
        if not str(refused):
            raise
        return None


def as_it_stands(card: ReplyCard) -> ReplyChange:
    lines = tuple(line.words for line in card.lines if line.words is not None)
    return ReplyChange(card.words, card.band, card.skill, card.target, lines)


def changed_rows(before: str, after: str) -> tuple[int, int]:
    """The first and the last line of `before` that `after` has otherwise; lines keep their ends."""
    rows, others = before.splitlines(keepends=True), after.splitlines(keepends=True)
    same = 0
    while same < min(len(rows), len(others)) and rows[same] == others[same]:
        same += 1
    tail = 0
    while tail < min(len(rows), len(others)) - same and rows[-1 - tail] == others[-1 - tail]:
        tail += 1
    return same + 1, len(rows) - tail


@pytest.mark.parametrize("path", CALLS, ids=lambda path: path.stem)
def test_cards_that_say_what_stands_there_change_no_byte(path: Path) -> None:
    read = sheet(CALLS.index(path))
    for card in cards(read):
        lines = tuple(line.words for line in card.lines if line.words is not None)
        same = SceneChange(lines, (), card.name.outcome, card.ending)  # type: ignore[arg-type]
        assert len(lines) == len(card.lines)
        assert change_scene(read, card.name.address, same) == read.text
        assert rename_scene(read, card.name.address, card.name.title) == read.text
        for reply in card.replies:
            again = change_reply(read, card.name.address, reply.number, as_it_stands(reply))
            assert again == read.text


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_whatever_is_typed_stays_within_its_card(seed: int) -> None:
    chance = Random(seed)
    read = any_sheet(chance)
    card = chance.choice([one for one in cards(read) if one.replies])
    reply = chance.choice(card.replies)
    lines = tuple(anything(chance) if chance.random() < 0.4 else one for one in as_it_stands(reply).lines)
    sent = replace(as_it_stands(reply), words=anything(chance), lines=lines, said=sayings(chance))
    text = tried(lambda: change_reply(read, card.name.address, reply.number, sent))
    if text is None:
        return
    entry = next(one for one in read.document.scenes if read.address_of(one) == card.name.address)
    span = read.entry_span([one for one in entry.entries if one.kind == "choice"][reply.number - 1])
    first, last = changed_rows(read.text, text)
    assert first >= span.first
    assert last <= span.last
    after = open_sheet(text)
    assert after.errors == ()
    assert [one.title for one in after.document.scenes] == [one.title for one in read.document.scenes]
    others = [one for one in cards(after) if one.name.address != card.name.address]
    assert [shape(one) for one in others] == [shape(one) for one in cards(read) if one != card]
    assert sum(len(one.replies) for one in cards(after)) == sum(len(one.replies) for one in cards(read))


def shape(card: SceneCard) -> object:
    """A scene's cards without their places in the text."""
    replies = [replace(reply, line=0) for reply in card.replies]
    return card.name.title, card.lines, replies, card.others, card.ending


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_what_a_card_says_is_what_the_text_then_says(seed: int) -> None:
    chance = Random(seed)
    read = any_sheet(chance)
    card = chance.choice([one for one in cards(read) if one.replies])
    reply = chance.choice(card.replies)
    target = chance.choice(scene_names(read)).address
    said, band = f"x{harmless(chance)}y", chance.choice(BANDS)
    lines = tuple(f"{said} {at}" for at in range(len(reply.lines)))
    skill = chance.choice(read.skills)
    sent = ReplyChange(said, band, skill, target, lines, (Said("coach", said),))
    after = open_sheet(change_reply(read, card.name.address, reply.number, sent))
    found = read_scene(after, card.name.address)
    assert found is not None
    now = found.replies[reply.number - 1]
    assert now.words == " ".join(said.split())
    assert (now.band, now.target) == (band, target)
    assert now.skill == skill
    assert [line.words for line in now.lines] == [plain(one) for one in (*lines, said)]
    assert now.conditions == reply.conditions


@settings(max_examples=12, deadline=None)
@given(SEEDS)
def test_replies_come_and_go_and_leave_the_rest(seed: int) -> None:
    chance = Random(seed)
    read = any_sheet(chance)
    card = chance.choice([one for one in cards(read) if 1 < len(one.replies) < 8])
    address, skill = card.name.address, read.skills[0]
    new = NewReply(anything(chance), "good", skill, address, sayings(chance))
    text = tried(lambda: add_reply(read, address, new))
    if text is not None:
        assert remove_reply(open_sheet(text), address, len(card.replies) + 1) == read.text
    number = chance.randrange(1, len(card.replies))
    down = move_reply(read, address, number, 1)
    assert down != read.text
    assert move_reply(open_sheet(down), address, number + 1, -1) == read.text
    left = open_sheet(remove_reply(read, address, number))
    assert [shape(one) for one in cards(left) if one.name.address != address] == [
        shape(one) for one in cards(read) if one.name.address != address
    ]


@settings(max_examples=12, deadline=None)
@given(SEEDS)
def test_scenes_take_words_and_names_or_refuse_them(seed: int) -> None:
    chance = Random(seed)
    read = any_sheet(chance)
    card = chance.choice(cards(read))
    count = len(read.document.scenes)
    name, words, said = anything(chance), anything(chance), sayings(chance)
    for edit, more in (
        (lambda: add_scene(read, NewScene(name, card.name.address, "failure", words)), 1),
        (lambda: add_scene(read, NewScene(name, card.name.address, "", words)), 1),
        (lambda: rename_scene(read, card.name.address, name), 0),
        (lambda: change_scene(read, card.name.address, SceneChange((words,), said)), 0),
    ):
        text = tried(edit)
        if text is None:
            continue
        after = open_sheet(text)
        assert after.errors == ()
        assert len(after.document.scenes) == count + more
        matched = SequenceMatcher(None, read.text.splitlines(), text.splitlines(), autojunk=False)
        assert matched.ratio() > 0.5


def test_a_scene_keeps_its_links_when_it_is_renamed() -> None:
    read = sheet(2)
    for card in cards(read):
        after = open_sheet(rename_scene(read, card.name.address, "Quite another name"))
        leads = [[r.target for r in one.replies] for one in cards(read)]
        new = {card.name.address: "quite-another-name"}
        assert [[r.target for r in one.replies] for one in cards(after)] == [
            [new.get(target, target) for target in targets] for targets in leads
        ]


def test_a_file_without_a_last_line_end_stays_without() -> None:
    read = sheet(0, "\n", "")
    last = cards(read)[-1].name.address
    text = change_scene(read, last, SceneChange((), (Said("told", "The end."),), "failure", "It ends"))
    assert not text.endswith("\n")


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("## x", "\\## x"),
        ("**Coach:** x", "\\*\\*Coach:** x"),
        ("a\n\n---", "a\n\n\\---"),
        ("<b>", "&lt;b>"),
        (":-)", "\\:-)"),
    ],
)
def test_marks_that_somebody_types_become_words(typed: str, written: str) -> None:
    assert quoted_text(typed) == written


def test_a_name_that_would_be_read_as_another_is_refused() -> None:
    read = sheet(0)

    with pytest.raises(RefusedError, match="read as a mark of the language"):
        add_scene(read, NewScene("The end ##", "", "failure", "It ends"))

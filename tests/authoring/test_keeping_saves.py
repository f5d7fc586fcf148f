"""How many saves stay, and how a browser's line ends are taken."""

from datetime import UTC, datetime, timedelta

from training.authoring.rules import MOST_SAVES, SaveMark, as_posted, superfluous

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def marks(count: int, every: timedelta, *, by_hand: bool) -> list[SaveMark]:
    return [SaveMark(at + 1, NOON + at * every, by_hand) for at in range(count)]


def test_what_the_editor_saved_is_thinned_to_one_each_ten_minutes() -> None:
    saves = marks(60, timedelta(minutes=1), by_hand=False)

    gone = superfluous(saves, NOON + timedelta(days=1))

    assert sorted({one.number for one in saves} - set(gone)) == [1, 10, 20, 30, 40, 50, 60]


def test_nothing_goes_within_the_hour_or_that_was_saved_by_hand() -> None:
    assert superfluous(marks(50, timedelta(minutes=1), by_hand=False), NOON + timedelta(hours=1)) == []
    assert superfluous(marks(50, timedelta(minutes=1), by_hand=True), NOON + timedelta(days=9)) == []


def test_at_most_four_hundred_stay_the_first_among_them() -> None:
    saves = marks(MOST_SAVES + 30, timedelta(seconds=1), by_hand=True)

    gone = superfluous(saves, NOON)

    assert len(saves) - len(gone) == MOST_SAVES
    assert 1 not in gone
    assert len(saves) not in gone


def test_a_text_that_says_the_same_keeps_its_bytes() -> None:
    mixed = "a\r\nb\nc\r\n"

    assert as_posted("a\r\nb\r\nc\r\n", mixed) == mixed


def test_a_changed_text_keeps_the_line_ends_that_it_had() -> None:
    assert as_posted("a\r\nB\r\n", "a\nb\n") == "a\nB\n"
    assert as_posted("a\r\nB\r\n", "a\r\nb\r\n") == "a\r\nB\r\n"
    assert as_posted("new\r\n", "") == "new\n"

"""`flask content check`: every problem of every file, at its line, with the way to mend it."""

import json
from pathlib import Path

import pytest
from flask import Flask

from scenarios import Catalogue
from tests.library.texts import CALL, FILES, LESSON, MODULE, SKILL
from tests.library_content import CONTENT, write_content
from training.library.formats import find_shelf
from training.library.importing import survey

LESSON_FILE, MODULE_FILE = "lessons/seeing-it-coming.md", "modules/first-week.md"


def problems(folder: Path, **changed: str) -> list[tuple[str, int]]:
    """(code, line) of all that is found when the good files have these texts instead."""
    names = {"skill": "skills/restrain.md", "lesson": LESSON_FILE, "module": MODULE_FILE}
    write_content(folder, {**FILES, **{names[name]: text for name, text in changed.items()}})
    return [(one.code, one.line) for one in survey(folder).diagnostics]


def test_good_files_have_no_errors(folder: Path) -> None:
    assert survey(write_content(folder, FILES)).errors == 0


@pytest.mark.parametrize(
    ("before", "after", "code", "line"),
    [
        ("title: Seeing it coming\n", "", "S125", 1),
        ("topics: [heat]", "topic: heat", "S123", 5),
        ("date: 2026-01-05", "date: 2026-13-05", "S126", 4),
        ("date: 2026-01-05", "week: 2026-W60", "S126", 4),
        ("date: 2026-01-05", "date: 2026-01-05\ndate: 2026-01-06", "S122", 5),
        ("topics: [heat]", "topics: [heat]\ndraft: perhaps", "S126", 6),
        ("skills: [restrain]", "skills: [restrian]", "S205", 6),
        ("skills: [restrain]", "skills: [restrain]\nscenario: a-shrt-call", "L703", 7),
        ("skills: [restrain]", "skills: [restrain]\nrelated: [nowhere]", "L703", 7),
        ("The first is", "See [this](missing.md). The first is", "L701", 8),
        ("The first is", "See [this](../missing/x.md). The first is", "L701", 8),
        ("The first is", "See [this](javascript:alert). The first is", "L702", 8),
        ("The first is", "See [this](//evil.test). The first is", "L702", 8),
        ("The first is", "See <b>this</b>. The first is", "S104", 8),
        ("The first is", "![a face](face.png) The first is", "L704", 8),
        ("Restrain +2", "Restrian +2", "S301", 18),
        ("Restrain +2", "Restrain +2, temper -1", "S301", 18),
    ],
)
def test_a_slip_in_a_lesson_is_found_at_its_line(
    folder: Path, before: str, after: str, code: str, line: int
) -> None:
    assert before in LESSON

    assert (code, line) in problems(folder, lesson=LESSON.replace(before, after))


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("seeing-it-coming.md) — answer", "seeing-it-comming.md) — answer", "L701"),
        (" — answer", " — anwser", "L709"),
        (" — answer", "", "L709"),
        (" — answer", " — check", "L710"),
        ("— check", "— read", "L710"),
        ("1. [Seeing it coming](../lessons/seeing-it-coming.md) — answer", "1. Seeing it coming", "L708"),
        ("../scenarios/a-short-call.md) — check", "../lessons/seeing-it-coming.md) — read", "L711"),
        (MODULE[MODULE.index("1. [") :], "", "L707"),
    ],
)
def test_a_slip_in_a_module_is_found(folder: Path, before: str, after: str, code: str) -> None:
    assert before in MODULE

    assert code in [found for found, _line in problems(folder, module=MODULE.replace(before, after))]


def test_a_module_cannot_ask_for_an_answer_where_nothing_is_asked(folder: Path) -> None:
    silent = LESSON[: LESSON.index("## Your call")]

    assert ("L712", 8) in problems(folder, lesson=silent)


def test_a_lesson_that_nobody_would_find_is_named(folder: Path) -> None:
    undated = LESSON.replace("date: 2026-01-05\n", "")
    module = MODULE.replace("1. [Seeing it coming](../lessons/seeing-it-coming.md) — answer\n", "")

    assert ("L715", 1) in problems(folder, lesson=undated, module=module)


def test_a_text_without_words_is_found(folder: Path) -> None:
    assert "L705" in [code for code, _ in problems(folder, skill=SKILL.split("Let the")[0])]


def test_a_title_too_long_for_lists_is_found(folder: Path) -> None:
    long = SKILL.replace("title: Restrain", f"title: {'Restrain ' * 40}")

    assert "L716" in [code for code, _ in problems(folder, skill=long)]


def test_more_skills_than_an_answer_to_a_tip_can_keep_are_found(folder: Path) -> None:
    names = [f"a-skill-of-many-{number:02}" for number in range(22)]
    write_content(folder, {**FILES, **{f"skills/{name}.md": SKILL for name in names}})

    def found(count: int) -> list[tuple[str, int]]:
        return problems(
            folder, lesson=LESSON.replace("skills: [restrain]", f"skills: [{', '.join(names[:count])}]")
        )

    assert "L716" not in [code for code, _ in found(21)]
    assert "L716" in [code for code, _ in found(22)]


def test_a_file_name_that_makes_no_address_is_found(folder: Path) -> None:
    write_content(folder, {**FILES, "skills/Own It!.md": SKILL})

    assert "L706" in [one.code for one in survey(folder).diagnostics]


def test_did_you_mean_is_said_of_a_dead_link(folder: Path) -> None:
    write_content(folder, {**FILES, MODULE_FILE: MODULE.replace("a-short-call", "a-shrt-call")})

    (dead,) = [one for one in survey(folder).diagnostics if one.code == "L701"]
    assert dead.mend == 'Did you mean "a-short-call"?'
    assert str(dead).startswith(f"{folder}/{MODULE_FILE}:9:4 error L701")


def test_the_shelf_knows_the_skills_titles(folder: Path) -> None:
    shelf = find_shelf(write_content(folder, FILES))

    assert shelf.catalogue == Catalogue({"restrain": "Restrain"}, frozenset({"seeing-it-coming"}))


def test_the_command_lists_everything_and_exits_with_one(app: Flask, folder: Path) -> None:
    write_content(folder, {**FILES, "scenarios/bad.md": CALL.replace("(#gone)", "(#kicked)")})

    result = app.test_cli_runner().invoke(args=["content", "check", str(folder)])

    assert result.exit_code == 1
    assert "error S201" in result.output
    assert "scenarios/bad.md:18:" in result.output
    assert "5 files: errors 1, warnings" in result.output
    assert "restrain" in result.output


def test_the_command_speaks_json(app: Flask, folder: Path) -> None:
    result = app.test_cli_runner().invoke(
        args=["content", "check", "--json", str(write_content(folder, FILES))]
    )

    said = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (said["files"], said["errors"], said["decisions"]) == (4, 0, {"restrain": 2})


@pytest.mark.parametrize("command", ["check", "import"])
def test_an_empty_folder_is_a_slip_and_changes_nothing(app: Flask, folder: Path, command: str) -> None:
    result = app.test_cli_runner().invoke(args=["content", command, str(folder)])

    assert result.exit_code == 2
    assert "nothing was changed" in result.output


def test_the_import_command_sums_up(app: Flask, folder: Path) -> None:
    result = app.test_cli_runner().invoke(args=["content", "import", str(write_content(folder, FILES))])

    assert result.exit_code == 0
    assert "4 published, 0 unchanged, 0 retired, 0 left as they were because of errors." in result.output


@pytest.mark.usefixtures("published")
def test_the_site_is_ready_once_content_is_published(app: Flask) -> None:
    assert app.test_client().get("/readyz").status_code == 200


def test_the_site_is_not_ready_before(app: Flask) -> None:
    reply = app.test_client().get("/readyz")

    assert reply.status_code == 503
    assert "content import" in reply.text


def test_what_we_ship_has_no_errors_and_trains_every_skill_six_times() -> None:
    found = survey(CONTENT)

    assert [str(one) for one in found.diagnostics if one.severity == "error"] == []
    skills = {path.stem for path in (CONTENT / "skills").glob("*.md")}
    assert {skill: found.decisions[skill] for skill in skills if found.decisions[skill] < 6} == {}

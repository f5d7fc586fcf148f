"""The tools as a trainer runs them: what they print, and exit codes 0, 1 and 2."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from scenarios.tools.command_line import main
from tests.scenarios.writing import EXAMPLE, shipped

BROKEN = EXAMPLE.replace("](#whose-fault)", "](#whose-fualt)")


@pytest.fixture
def call(tmp_path: Path) -> Path:
    path = tmp_path / "call.md"
    path.write_text(EXAMPLE, encoding="utf-8")
    return path


def run(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """One real process, with standard input."""
    return subprocess.run(
        [sys.executable, "-m", "scenarios", *arguments],
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_check_says_nothing_is_wrong_and_that_skills_were_not_checked(
    call: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(call)]) == 0
    assert "no errors" in (shown := capsys.readouterr().out)
    assert "skills not checked" in shown


def test_check_names_file_line_column_fault_and_mend(call: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call.write_text(BROKEN, encoding="utf-8")
    assert main(["check", str(call)]) == 1
    first = capsys.readouterr().out.splitlines()[0]
    assert first == (f'{call}:25:93 error S201 No scene is called "whose-fualt". Did you mean "whose-fault"?')


def test_check_as_json(call: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call.write_text(BROKEN, encoding="utf-8")
    assert main(["check", str(call), "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    (file,) = report["files"]
    assert (report["ok"], file["ok"], file["skills_checked"]) == (False, False, False)
    assert file["diagnostics"][0]["code"] == "S201"


def test_a_content_folder_above_the_file_has_its_skills_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("skills", "lessons", "scenarios"):
        (tmp_path / "content" / name).mkdir(parents=True)
    (tmp_path / "content" / "skills" / "restrain.md").write_text(
        "---\ntitle: Restrain\n---\n", encoding="utf-8"
    )
    path = tmp_path / "content" / "scenarios" / "call.md"
    path.write_text(EXAMPLE, encoding="utf-8")
    assert main(["check", str(path)]) == 1
    shown = capsys.readouterr().out
    assert '"redirect" is no skill in the catalogue' in shown
    assert 'No lesson is called "seeing-it-coming"' in shown
    assert "skills not checked" not in shown


def test_prove_as_json_has_the_promised_figures(call: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prove", str(call), "--json"]) == 0
    proof = json.loads(capsys.readouterr().out)
    assert (proof["states"], proof["best"], proof["worst"]) == (13, 7, -4)
    assert (proof["shortest"], proof["longest"], proof["decisions"]) == (2, 4, 2)
    assert proof["robots"]["first"] == {"score": 71, "passed": False, "ending": "driving-off"}
    assert sum(proof["endings"].values()) == pytest.approx(1)


def test_play_of_given_choices_as_json(call: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["play", str(call), "--choices", "2,0,1", "--json"]) == 0
    play = json.loads(capsys.readouterr().out)
    assert (play["score"], play["passed"], play["ending"]) == (71, False, "handed-over")
    assert (play["earned"], play["best"], play["costs"]) == (5, 7, [0, 2, 0])
    assert play["transcript"][0]["kind"] == "narration"


def test_choices_count_the_replies_on_offer(call: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["play", str(call), "--choices", "3,2", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["ending"] == "handed-over"


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ("9", "reply 1 is 9, and 3 are on offer"),
        ("0", "reply 1 is silence"),
        ("2,1,1", "the call has ended before reply 3"),
        ("x", '"x" is no number'),
    ],
)
def test_a_choice_that_is_not_on_offer_is_one_clear_line(
    call: Path, capsys: pytest.CaptureFixture[str], choices: str, said: str
) -> None:
    assert main(["play", str(call), "--choices", choices]) == 2
    assert said in capsys.readouterr().err


def test_a_call_is_played_in_the_terminal(call: Path) -> None:
    done = run("play", str(call), given="nonsense\n2\n1\n")
    assert done.returncode == 0, done.stderr
    assert "Write a number from 1 to 3." in done.stdout
    assert "Success: Marcus leaves with a working sander" in done.stdout
    assert "100 %, passed: 7 of 7 points" in done.stdout


def test_every_tool_reads_standard_input() -> None:
    assert run("check", "-", given=EXAMPLE).returncode == 0
    assert json.loads(run("prove", "-", "--json", given=EXAMPLE).stdout)["states"] == 13
    assert "100 %, passed" in run("play", "-", "--choices", "2,1", given=EXAMPLE).stdout
    assert run("map", "-", "--format", "mermaid", given=EXAMPLE).stdout.startswith("flowchart TD")
    assert run("format", "-", given=EXAMPLE).stdout == EXAMPLE
    assert "## Gone" in run("rename", "-", "Walked out", "Gone", given=EXAMPLE).stdout


@pytest.mark.parametrize("command", ["check", "prove", "play", "map", "format"])
def test_what_cannot_be_read_is_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    (tmp_path / "latin.md").write_bytes(b"---\ntitle: Caf\xe9\n---\n")
    (tmp_path / "loop.md").symlink_to(tmp_path / "loop.md")
    with (tmp_path / "huge.md").open("wb") as huge:
        huge.truncate(200 * 1024 * 1024)
    os.mkfifo(tmp_path / "pipe.md")
    for name in ("latin.md", "loop.md", "huge.md", "pipe.md", "missing.md", "", "\0"):
        path = f"{tmp_path}/{name}" if name != "\0" else "a\0b"
        assert main([command, path]) == 2, name
        printed = capsys.readouterr()
        assert len(printed.err.splitlines()) == 1, name
        assert "Traceback" not in printed.err


def test_the_other_files_are_checked_when_one_cannot_be_read(
    call: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "missing.md", str(call)]) == 2
    assert f"{call}: no errors" in capsys.readouterr().out


def test_the_map_is_well_formed_and_links_to_every_scene(
    call: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["map", str(call)]) == 0
    picture = ElementTree.fromstring(capsys.readouterr().out)  # noqa: S314 - our own output
    links = [link.get("href") for link in picture.iter("{http://www.w3.org/2000/svg}a")]
    assert len(links) == 9
    assert "call.md#the-offer" in links


@pytest.mark.parametrize("text", shipped().values(), ids=shipped())
def test_no_two_scenes_of_a_map_overlap(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    path = tmp_path / "call.md"
    path.write_text(text, encoding="utf-8")
    assert main(["map", str(path)]) == 0
    picture = ElementTree.fromstring(capsys.readouterr().out)  # noqa: S314 - our own output
    boxes = [
        [float(box.get(name) or 0) for name in ("x", "y", "width", "height")]
        for box in picture.iter("{http://www.w3.org/2000/svg}rect")
    ]
    for at, (x, y, width, height) in enumerate(boxes):
        for other_x, other_y, _, _ in boxes[:at]:
            assert abs(x - other_x) >= width or abs(y - other_y) >= height


def test_format_rewrites_in_place_and_only_once(call: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call.write_text(EXAMPLE.replace("\n- [", "\n*   ["), encoding="utf-8")
    assert main(["format", "--check", str(call)]) == 1
    assert main(["format", str(call)]) == 0
    assert call.read_text(encoding="utf-8") == EXAMPLE
    assert main(["format", "--check", str(call)]) == 0
    capsys.readouterr()


def test_a_file_with_errors_is_not_formatted(call: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call.write_text(BROKEN, encoding="utf-8")
    assert main(["format", str(call)]) == 1
    assert call.read_text(encoding="utf-8") == BROKEN
    assert "not formatted" in capsys.readouterr().err


def test_rename_refuses_what_would_not_be_one_scene(call: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rename", str(call), "The ofer", "X"]) == 2
    assert 'Did you mean "The offer"?' in capsys.readouterr().err
    assert main(["rename", str(call), "The offer", "Kicked"]) == 2
    assert main(["rename", str(call), "The offer", "??"]) == 2
    assert call.read_text(encoding="utf-8") == EXAMPLE
    assert main(["rename", str(call), "the-offer", "What Sam can do"]) == 0
    assert "13 states proved" in capsys.readouterr().out


@pytest.mark.parametrize("decisions", [3, 5, 12])
def test_a_new_scenario_checks_and_proves_without_a_single_remark(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], decisions: int
) -> None:
    path = tmp_path / "new.md"
    assert main(["new", str(path), "--title", "Hard: the first #1", "--decisions", str(decisions)]) == 0
    capsys.readouterr()
    assert main(["check", str(path)]) == 0
    assert "no errors, no warnings" in capsys.readouterr().out
    assert main(["prove", "--json", str(path)]) == 0
    proof = json.loads(capsys.readouterr().out)
    assert proof["decisions"] == decisions
    assert proof["pass_by_luck"] < 0.1
    assert main(["new", str(path)]) == 2


def test_a_command_that_does_not_exist_is_misuse() -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["chekc", "call.md"])
    assert stopped.value.code == 2


def test_known_plays_beside_a_scenario_are_checked(call: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plays = call.with_suffix(".play")
    plays.write_text(
        "# the best one\n2,1 => 100 driving-off passed\n\n1,1,0,1 => 43 handed-over failed\n",
        encoding="utf-8",
    )
    assert main(["check", str(call)]) == 0
    plays.write_text("2,1 => 100 driving-off passed\n2,9 => 1 x passed\nwhat\n", encoding="utf-8")
    capsys.readouterr()
    assert main(["check", str(call)]) == 1
    shown = capsys.readouterr().out
    assert f'{plays}:2:1 error P416 The play 2,9 comes to "no reply 9 at turn 2"' in shown
    assert f"{plays}:3:1 error P416" in shown

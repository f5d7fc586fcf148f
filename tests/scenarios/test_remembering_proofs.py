"""The same text is read and proved once; anything that a reading depends on makes it another one."""

from scenarios import Catalogue
from scenarios.remembered import Readings
from tests.scenarios.writing import EXAMPLE


def test_the_same_text_is_proved_once() -> None:
    readings = Readings()

    first = readings.read(EXAMPLE)

    assert first.proof is not None
    assert readings.read(EXAMPLE) is first


def test_another_text_path_catalogue_or_budget_is_another_reading() -> None:
    readings = Readings()
    first = readings.read(EXAMPLE, path="one.md")

    assert readings.read(EXAMPLE + "\n", path="one.md") is not first
    assert readings.read(EXAMPLE, path="two.md") is not first
    assert readings.read(EXAMPLE, path="one.md", catalogue=Catalogue({"restrain": "Restrain"})) is not first
    assert readings.read(EXAMPLE, path="one.md", budget=5) is not first


def test_only_so_many_are_kept_the_oldest_going_first() -> None:
    readings = Readings(most=2)
    first = readings.read(EXAMPLE, path="1.md")
    second = readings.read(EXAMPLE, path="2.md")
    readings.read(EXAMPLE, path="1.md")
    readings.read(EXAMPLE, path="3.md")

    assert readings.read(EXAMPLE, path="1.md") is first
    assert readings.read(EXAMPLE, path="2.md") is not second

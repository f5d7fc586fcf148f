"""Scores as people see them."""

import pytest

from training.attempts.percent import whole_percent


@pytest.mark.parametrize(("percent", "whole"), [(71.42857, 71), (0.5, 1), (66.5, 67), (100.0, 100), (0, 0)])
def test_percentages_are_whole_half_up(percent: float, whole: int) -> None:
    assert whole_percent(percent) == whole

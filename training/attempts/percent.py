"""How a score is shown."""

from decimal import ROUND_HALF_UP, Decimal


def whole_percent(percent: float) -> int:
    """A percentage as people see it: whole, half up."""
    return int(Decimal(percent).quantize(Decimal(1), ROUND_HALF_UP))

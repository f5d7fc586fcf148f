"""What the tests of people's own data share."""

from tests.attempts.conftest import ana, built, kettles

__all__ = ["ana", "built", "kettles"]

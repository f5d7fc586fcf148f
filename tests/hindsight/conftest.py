"""The kettle calls of the plays' own tests, and people who play them."""

from tests.attempts.conftest import built, kettles, omar

__all__ = ["built", "kettles", "omar"]

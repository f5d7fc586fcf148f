"""Decisions that come back: what somebody found hard returns as another decision on the same skill."""

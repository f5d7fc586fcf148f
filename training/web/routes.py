"""Addresses: what makes one of a route's values is compiled when it is first made."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Flask
from werkzeug.routing import Rule


class LateRule(Rule):
    """A route that says how to make its address once somebody wants it.

    Werkzeug compiles two functions for every route when it is added. For more than two hundred routes that
    was a twelfth of the start, and a process makes addresses for a few dozen of them.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        name = "_build_unknown" if append_unknown else "_build"

        def build(rule: LateRule, /, **values: Any) -> tuple[str, str]:
            made = partial(super(LateRule, rule)._compile_builder(append_unknown), rule)
            setattr(rule, name, made)
            return made(**values)

        return build


def init(app: Flask) -> None:
    """Before the first route."""
    app.url_rule_class = LateRule

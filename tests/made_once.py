"""What every site of a test run makes alike is made once: the code of its templates and of its addresses.

Each test still has a site of its own. What is shared is code that nothing changes once it is made, filed
under the text that it was made from; it knows no database, no setting, no person.
"""

from __future__ import annotations

from collections.abc import Callable
from types import CodeType
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]
_compile_builder = Rule._compile_builder  # noqa: SLF001  # two of three seconds of starting ten sites
_builders: dict[tuple[object, ...], Builder] = {}


class CompiledTemplates(BytecodeCache):
    """The code of each template, by its name, its text, and the options it is compiled with."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        key = f"{self.get_cache_key(name, filename)} {_options(environment)}"
        bucket = Bucket(environment, key, self.get_source_checksum(source))
        self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._codes[bucket.key, bucket.checksum] = bucket.code


def _options(environment: Environment) -> str:
    """All of them that change what is compiled."""
    names = ("trim_blocks", "lstrip_blocks", "keep_trailing_newline", "newstyle_gettext", "optimized")
    options = [getattr(environment, name, None) for name in names]
    policies = [environment.policies.get(name) for name in ("compiler.ascii_str", "ext.i18n.trimmed")]
    return f"{options} {environment.autoescape!r} {sorted(environment.extensions)} {policies}"


def builder_of(rule: Rule, append_unknown: bool = True) -> Builder:
    """What writes the addresses of a rule; made anew for a rule with defaults, which converters may know."""
    if rule.defaults:
        return _compile_builder(rule, append_unknown)
    key = (rule.rule, tuple(rule._trace), append_unknown)  # noqa: SLF001  # all that the code is made from
    if key not in _builders:
        _builders[key] = _compile_builder(rule, append_unknown)
    return _builders[key]


def share() -> None:
    """For every site that is made from now on in this process."""
    shared: dict[str, Any] = {"bytecode_cache": CompiledTemplates()}
    Flask.jinja_options = {**Flask.jinja_options, **shared}
    Rule._compile_builder = builder_of  # type: ignore[assignment,method-assign]  # noqa: SLF001

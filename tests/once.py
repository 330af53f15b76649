"""What every test of a process would make anew and all may share: it depends on the code alone, never on data."""

from __future__ import annotations

from functools import cache
from typing import Any

from argon2 import PasswordHasher
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Engine, create_engine
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from quizapp import paths
from quizapp.services.accounts import passwords
from quizapp.storage.engine import sqlite_driver
from quizapp.web.frame.http import static_files

REAL_HASHER = passwords._hasher
QUICK_HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def share() -> None:
    """From now on apps and engines take from this process's stock what they would otherwise compile again."""
    _share_addresses()
    _share_static_files()
    _share_statements()
    passwords._hasher = QUICK_HASHER  # `test_passwords.py` takes the real one


class CompiledTemplates(BytecodeCache):
    """Templates compiled once for all the apps of a test run."""

    def __init__(self) -> None:
        self.compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if found := self.compiled.get(bucket.key + bucket.checksum):
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.compiled[bucket.key + bucket.checksum] = bucket.bytecode_to_string()


COMPILED = CompiledTemplates()


def _share_addresses() -> None:
    """Werkzeug compiles a function for each address; the same address makes the same function."""
    build, made = Rule._compile_builder, dict[Any, Any]()

    def builder(self: Rule, append_unknown: bool = True) -> Any:
        key = (self.rule, tuple(self._trace), repr(self.defaults), append_unknown)
        if key not in made:
            made[key] = build(self, append_unknown)
        return made[key]

    Rule._compile_builder = builder  # type: ignore[method-assign]


def _share_static_files() -> None:
    """The shipped files are packed once; other folders (a test's own) are read each time."""
    load = static_files.load
    shipped = cache(load)
    static_files.load = lambda folder: (shipped if folder == paths.STATIC else load)(folder)


def _share_statements() -> None:
    """Every engine of a driver takes the SQL that another has compiled. It is kept by dialect, so engines
    share one that has seen its database."""
    begin, seen = Engine.__init__, dict[Any, tuple[Any, Any]]()
    settled = create_engine("sqlite://", module=sqlite_driver())
    settled.connect().close()
    seen[settled.dialect.dbapi] = settled.dialect, LRUCache(5_000)

    def open_with_stock(  # create_engine looks these names up
        self: Engine,
        pool: Any,
        dialect: Any,
        url: Any,
        logging_name: Any = None,
        echo: Any = None,
        query_cache_size: int = 500,
        execution_options: Any = None,
        hide_parameters: bool = False,
    ) -> None:
        known, statements = seen.get(dialect.dbapi, (dialect, None))
        begin(
            self, pool, known, url, logging_name, echo, query_cache_size, execution_options, hide_parameters
        )
        if statements is not None:
            self._compiled_cache = statements

    Engine.__init__ = open_with_stock  # type: ignore[method-assign]

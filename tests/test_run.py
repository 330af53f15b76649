"""What `./run test` chooses by name is there."""

from __future__ import annotations

from tests import run


def test_what_the_database_decides_is_tried_on_postgresql() -> None:
    chosen = {path.rpartition("/")[2].removesuffix(".py").removeprefix("test_") for path in run.ON_POSTGRES}
    assert set(run.DECIDED_THERE) - chosen == set(), "renamed or gone: take them off the list in tests/run.py"
    assert all((run.ROOT / path).exists() for path in run.ON_POSTGRES)


def test_contracts_left_out_of_the_quick_run_are_there() -> None:
    for name in run.LONG_CONTRACTS:
        assert (run.ROOT / f"tests/contracts/test_{name}.py").is_file(), name

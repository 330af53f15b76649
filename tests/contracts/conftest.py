"""The walk through the house, taken once for all contracts that look at replies."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from quizapp.settings import Settings
from quizapp.storage.engine import open_engine
from tests.conftest import Databases, fresh, opened_app
from tests.walking import Walk, walk


@pytest.fixture(scope="session")
def walked(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    """Everyone has looked at everything and tried what is not theirs."""
    with fresh(databases, "questions") as url:
        engine = open_engine(url)
        settings = Settings(data_dir=tmp_path_factory.mktemp("walk"), database_url=url)
        with opened_app(settings) as app, Session(engine, expire_on_commit=False, autoflush=False) as session:
            yield walk(app, session, engine)
        engine.dispose()

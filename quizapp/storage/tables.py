"""All tables in one import, for migrations and the engine."""

from quizapp.storage import accounts, library, quizzes, sources, study
from quizapp.storage.base import Base

__all__ = ["Base", "accounts", "library", "quizzes", "sources", "study"]

"""All tables in one import, for migrations and the engine."""

from quizapp.storage.accounts import tables as accounts
from quizapp.storage.audit import tables as audit
from quizapp.storage.base import Base
from quizapp.storage.classes import tables as classes
from quizapp.storage.corrections import tables as corrections
from quizapp.storage.drafting import tables as drafting
from quizapp.storage.exchange import tables as exchange
from quizapp.storage.library import tables as library
from quizapp.storage.quizzes import tables as quizzes
from quizapp.storage.sources import tables as sources
from quizapp.storage.study import tables as study

__all__ = [
    "Base",
    "accounts",
    "audit",
    "classes",
    "corrections",
    "drafting",
    "exchange",
    "library",
    "quizzes",
    "sources",
    "study",
]

"""All tables in one import, for migrations and the engine."""

from quizapp.storage import (
    accounts,
    analysis,
    assignments,
    auditing,
    classrooms,
    copies,
    factors,
    library,
    mail,
    pictures,
    quizzes,
    regrading,
    reports,
    reviewing,
    sharing,
    sources,
    study,
)
from quizapp.storage.base import Base

__all__ = [
    "Base",
    "accounts",
    "analysis",
    "assignments",
    "auditing",
    "classrooms",
    "copies",
    "factors",
    "library",
    "mail",
    "pictures",
    "quizzes",
    "regrading",
    "reports",
    "reviewing",
    "sharing",
    "sources",
    "study",
]

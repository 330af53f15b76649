"""What a class's answers have taught the scheduler, and how well it predicts the class."""

from __future__ import annotations

from flask import Blueprint

from quizapp.services.study.fitting.easing import LEAST_LEARNERS
from quizapp.storage.classes import experience
from quizapp.storage.study import memory_sets
from quizapp.web.classes.memory import building
from quizapp.web.classes.memory.pages import ClassMemoryPage
from quizapp.web.frame import access
from quizapp.web.frame.database import session
from quizapp.web.frame.page import Answer

blueprint = Blueprint("memory", __name__)


@blueprint.get("/classes/<int:classroom_id>/memory")
def index(classroom_id: int) -> Answer:
    found = access.taught_classroom(classroom_id)
    fits = memory_sets.newest(session())
    return ClassMemoryPage(
        classroom_id=found.id,
        classroom_name=found.name,
        calibration=building.truth(
            experience.predictions(session(), found.id), experience.predicting(session(), found.id)
        ),
        fit=building.fit_words(fits),
        items=building.items(experience.eased(session(), found.id, building.MOST_ITEMS), fits),
        least=LEAST_LEARNERS,
    )

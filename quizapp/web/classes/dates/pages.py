"""The page of a class's dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizapp.domain.language.translation import _
from quizapp.web.frame.page import FormPage
from quizapp.web.study.goals.pages import DateLine


@dataclass(frozen=True, kw_only=True)
class ClassDatesPage(FormPage):
    """A class's dates, and the form for another one."""

    template: ClassVar[str] = "classes/dates/index.html"
    classroom_id: int
    classroom_name: str
    dates: tuple[DateLine, ...]
    zone: str

    @property
    def title(self) -> str:
        return _("Dates of {name}").format(name=self.classroom_name)

"""What a question's form answered, or what to say where it says too little."""

from __future__ import annotations

from flask import request

from quizapp.domain.errors import Invalid
from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.kinds.base import Content, Prompt, Response
from quizapp.domain.library.kinds.responses import in_words, read_response


class Unanswered(Exception):
    """Nothing to grade yet: why, and the words that stay in the form."""

    def __init__(self, problem: str, kept: str = "") -> None:
        super().__init__(problem)
        self.problem, self.kept = problem, kept


def read_form(prompt: Prompt, content: Content) -> Response:
    """The response in the form at hand. Raises Unanswered where it's empty, lacks a part or can't be read."""
    try:
        response = read_response(prompt, request.form.to_dict(flat=False))
    except Invalid as error:
        raise Unanswered(error.problems[0].message if error.problems else str(error)) from error
    if response is None:
        raise Unanswered(_("Choose or type an answer first."))
    if lacking := kind_of(content).lacking(content, response):
        raise Unanswered(lacking, " ".join(in_words(response)))
    return response

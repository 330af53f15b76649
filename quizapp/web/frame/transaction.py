"""One transaction a request, settled before the page is rendered.

What a view returns decides: below 400 the transaction is committed, else rolled back. Only then
is the template rendered, so that no write lock is held over rendering, and a page that says “saved”
is built from what has been saved.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, g, render_template, request
from flask import session as form_session

from quizapp.web.frame.access import viewer
from quizapp.web.frame.database import READING, session
from quizapp.web.frame.http import sent_twice
from quizapp.web.frame.http.uploading import BoundedRequest
from quizapp.web.frame.page import Page, Viewer
from quizapp.web.frame.sign_in import note_seen
from quizapp.web.frame.templating import PlainGlobals


class TransactionalFlask(Flask):
    """Flask whose views may return a `Page`, and whose requests end in a commit or a rollback."""

    request_class = BoundedRequest
    jinja_environment = PlainGlobals

    def dispatch_request(self) -> Any:
        # Here and not in after_request, so that a failing commit still meets the error handlers.
        if (before := sent_twice.earlier()) is not None:
            return before
        try:
            answer: Any = super().dispatch_request()
        except Exception:
            if (before := sent_twice.twin()) is not None:
                return before
            raise
        if isinstance(answer, Page):
            return (sent_twice.twin() if answer.status >= 400 else None) or self._render(answer)
        response = sent_twice.settled(self.make_response(answer))
        _settle(response.status_code)
        return response

    def make_response(self, rv: Any) -> Response:
        """Pages from error handlers come this way."""
        return self._render(rv) if isinstance(rv, Page) else super().make_response(rv)

    def _render(self, page: Page) -> Response:
        looker = (
            viewer(counting=page.status < 400) if page.status < 500 else Viewer()
        )  # the database may be what failed
        _settle(page.status)
        if page.status >= 500:
            form_session.pop("_flashes", None)  # “Saved.” was said before the commit failed
        html = render_template(page.template, page=page, viewer=looker)
        return self.response_class(html, status=page.status)


def _settle(status: int) -> None:
    if status < 400:
        note_seen()
        session().commit()
        g.stored = request.method not in READING
    else:
        session().rollback()

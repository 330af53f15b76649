"""The composition root: what an app is made of, as a table of contents."""

from __future__ import annotations

import os
from datetime import timedelta

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from quizapp import logs, paths
from quizapp.configuration import load_settings
from quizapp.domain.library.grading import lexicon
from quizapp.secret_key import secret_key
from quizapp.services.corrections.claims import note_decision
from quizapp.services.study import reminders
from quizapp.settings import Settings
from quizapp.storage.engine import engine_options, prepare
from quizapp.web import register_blueprints
from quizapp.web.accounts.postman import Postman
from quizapp.web.accounts.provider import asking
from quizapp.web.corrections.claims.building import claim_part
from quizapp.web.corrections.queue.total import queued
from quizapp.web.corrections.regrading.background import runner, wake_after_this_request
from quizapp.web.frame import access, errors, sign_in, templating
from quizapp.web.frame.database import db
from quizapp.web.frame.http import headers, language, sign_in_origin, static_files, uploading
from quizapp.web.frame.http.forwarded import Forwarded
from quizapp.web.frame.http.gateway import THREADS, Gateway
from quizapp.web.frame.http.hosts import Hosts
from quizapp.web.frame.http.turns import Turns, let_others_go
from quizapp.web.frame.parts import offers
from quizapp.web.frame.parts.whole_numbers import WholeNumberConverter
from quizapp.web.frame.transaction import TransactionalFlask
from quizapp.web.privacy.caretaker import Caretaker
from quizapp.web.site.clock_watch import ClockWatch
from quizapp.web.study.reminders.mail import write_reminder


def create_app(settings: Settings | None = None) -> Flask:
    """The WSGI application. Without settings it reads them from the environment, as the server's workers do,
    and removes what is held too long once a day."""
    served = settings is None
    settings = settings or load_settings(os.environ)
    logs.listen(settings.log_level)
    app = TransactionalFlask(
        "quizapp", template_folder=str(paths.TEMPLATES), static_folder=None, root_path=str(paths.PACKAGE)
    )
    lexicon.prepare()
    _configure(app, settings)
    db.init_app(app)
    with app.app_context():
        prepare(db.engine, wait=let_others_go)
    app.jinja_env.undefined = StrictUndefined
    static_files.install(app, paths.STATIC)
    templating.install(app)
    language.install(app, paths.TRANSLATIONS)
    app.before_request(access.guard)  # it reads no body
    app.before_request(uploading.allow)
    csrf = CSRFProtect(app)
    app.after_request(sign_in.send_cookie)
    app.after_request(sign_in_origin.send_note)
    app.after_request(headers.protect)
    app.after_request(headers.compress)
    errors.install(app)
    app.url_map.converters["int"] = WholeNumberConverter
    register_blueprints(app)
    # A mail program's own button carries no token of ours; the address is signed for its learner.
    csrf.exempt("quizapp.web.study.reminders.routes.stop")
    offers.install(app, _offers())
    asking.install(app, settings)
    if settings.smtp_host:
        app.extensions["postman"] = Postman(app)
        app.extensions["postman"].start()
    if served:
        Caretaker(app).start()
    app.wsgi_app = Turns(app.wsgi_app)  # type: ignore[method-assign]
    if settings.hosts:
        app.wsgi_app = Hosts(app.wsgi_app, settings.hosts)  # type: ignore[method-assign]
    if settings.behind_proxy:
        fixed = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1, x_prefix=1)
        app.wsgi_app = Forwarded(fixed)  # type: ignore[method-assign]
    return app


def served_app() -> Gateway:
    """What a server's worker serves. The app goes on with regrades that a stop has interrupted."""
    app = create_app()
    settings: Settings = app.config["SETTINGS"]
    logs.set_up(settings.log_level)
    ClockWatch(app).start()
    runner(app).start()
    return Gateway(app.wsgi_app, access=settings.access_log)


def _offers() -> offers.Offers:
    return offers.Offers(
        queue_count=queued,
        under_answer=claim_part,
        note_decision=note_decision,
        carry_on_regrades=wake_after_this_request,
        order_mail=reminders.order_due,
        mail_writers={reminders.PURPOSE: write_reminder},
    )


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=secret_key(settings.data_dir),
        SQLALCHEMY_DATABASE_URI=settings.sqlalchemy_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.sqlalchemy_url, most=THREADS),
        MAX_CONTENT_LENGTH=settings.max_request_bytes,
        MAX_FORM_MEMORY_SIZE=settings.max_request_bytes,
        MAX_FORM_PARTS=1_000,
        # It holds the CSRF token, notices and steps of signing in, no account.
        SESSION_COOKIE_NAME="__Host-quizapp_form" if settings.secure_cookies else "quizapp_form",
        SESSION_COOKIE_PATH="/",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(days=365),
        WTF_CSRF_TIME_LIMIT=None,  # a study page left open overnight must still take its answer
        TEMPLATES_AUTO_RELOAD=False,
    )

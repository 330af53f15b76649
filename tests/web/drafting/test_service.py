"""A teacher sets a service of their own for drafts, changes it and removes it."""

from __future__ import annotations

import dataclasses
import io
import zipfile

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.storage.drafting.tables import ModelService
from tests import factories
from tests.web.drafting.test_routes import NOW, PAGE, TEXT, attach_text
from tests.world import Visitor, client_of, person, rows_of

SERVICE = "/teach/drafts/service"
NAMED = {"address": "https://models.example/v1", "model": "small", "key": "s3cret"}


@pytest.fixture
def desk(app: Flask, session: Session) -> Visitor:
    source = factories.add_source(session)
    attach_text(session, source, TEXT, now=NOW)
    session.commit()
    teacher = person(session, "teacher", name="Ms Rivers", now=NOW)
    return Visitor(client_of(app, session, teacher, now=NOW))


def test_a_service_is_set_offered_changed_and_removed(desk: Visitor, session: Session) -> None:
    page = desk.open(desk.open("/account/").link("Set up a service"))
    assert "Remove the service" not in page.text
    page = desk.send(page, NAMED, "/drafts/service")
    assert "Saved." in page.text
    assert "A key is stored." in page.text
    assert "s3cret" not in page.html
    assert "the service you chose (small)" in desk.open(PAGE).text
    desk.send(page, {"model": "large"}, "/drafts/service")
    assert "(large)" in desk.open(PAGE).text
    page = desk.send(desk.open(SERVICE), {}, "/forget-service")
    assert "Removed, with its key." in page.text
    assert rows_of(session, ModelService) == []
    assert "language model" not in desk.open(PAGE).text


def test_a_wrong_address_comes_back_with_a_reason_and_without_the_key(
    desk: Visitor, session: Session
) -> None:
    page = desk.send(desk.open(SERVICE), NAMED | {"address": "http://models.example"}, "/service")
    assert page.status == 422
    assert "begin with https://" in page.text
    assert "s3cret" not in page.html
    assert rows_of(session, ModelService) == []


def test_where_the_site_forbids_it_there_is_no_such_page(app: Flask, desk: Visitor) -> None:
    app.config["SETTINGS"] = dataclasses.replace(app.config["SETTINGS"], own_models=False)
    assert desk.open(SERVICE).status == 404
    assert "Set up a service" not in desk.open("/account/").text


def test_the_download_of_all_data_holds_the_address_and_no_key(desk: Visitor) -> None:
    desk.send(desk.open(SERVICE), NAMED, "/drafts/service")
    packed = desk.client.get("/account/data.zip").data
    held = zipfile.ZipFile(io.BytesIO(packed))
    text = "".join(held.read(name).decode() for name in held.namelist())
    assert "https://models.example/v1" in text
    assert "sealed_key" not in text

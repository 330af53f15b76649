"""Whole numbers of any length, in every form, query and address: told in words, never a mistake of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest

from tests.house import House
from tests.web.frame.test_rights import LAST
from tests.world import Visitor, endpoints

SOURCES = sorted((Path(__file__).parents[2] / "quizapp" / "web").rglob("*.py"))
CODE = "\n".join(path.read_text("utf-8") for path in SOURCES)
NAMES = sorted(set(re.findall(r"""(?:args|form|values|arguments)\.get(?:list)?\(\s*"(\w+)\"""", CODE)))
HOSTILE = {
    "zero": "0",
    "negative": "-1",
    "of 32 bits": str(2**31),
    "of 64 bits": str(2**63),
    "beyond floats": "9" * 309,
    "beyond Python's limit": "9" * 4_301,
    "long and negative": "-" + "9" * 309,
    "of another script": "٣٤",
    "long, of another script": "٩" * 400,
    "almost one": "1e400",
}
GONE = {"accounts.sign_out", "personal.sign_out_everywhere", "personal.sign_out_one", "study.begin"}


def test_the_parameters_are_found() -> None:
    assert {"page", "base", "paragraph", "length", "restore", "item", "report", "before"} <= set(NAMES)


def test_no_number_is_read_in_another_way() -> None:
    """One door for numbers: `web/frame/parts/whole_numbers.py` knows how long they may be."""
    for path in SOURCES:
        if path.name != "whole_numbers.py":
            assert not re.search(r"type=int\b|coerce=int\b|\bIntegerField\(", path.read_text("utf-8")), path


def in_turn() -> Iterator[tuple[str, ...]]:
    """For each request the one that floats cannot hold, and another, so that all are tried somewhere."""
    return ((HOSTILE["beyond floats"], other) for other in cycle(HOSTILE.values()))


def test_every_query_takes_any_number(house: House) -> None:
    turns = in_turn()
    client, own = house.client("teacher"), house.own("teacher")
    for _, method, rule in endpoints(house.app):
        if method == "GET":
            address = house.address(rule, own).partition("?")[0]
            for number in next(turns):
                status = client.get(address, query_string=dict.fromkeys(NAMES, number)).status_code
                assert status < 500, (address, number)


@pytest.mark.parametrize("actor", ["guest", "teacher"])
def test_every_form_takes_any_number(actor: str, house: House) -> None:
    """Each form as its page gives it, every field that holds or wants a number filled with one of these; and
    every address that takes a form, with the names that the code reads."""
    turns, forms = in_turn(), {}
    visitor, own = Visitor(house.client(actor)), house.own(actor)
    rules = sorted(
        (each for each in endpoints(house.app) if each[0] not in GONE), key=lambda each: each[0] in LAST
    )
    for _, method, rule in rules:
        if method == "GET":
            page = visitor.open(house.address(rule, own))
            for form in page.soup.find_all("form", method="post"):
                action = form.get("action") or page.path
                numbers = [tag["name"] for tag in form.find_all(["input", "select"]) if _is_number(tag)]
                if numbers and not re.search("sign-out|erase|leave", action):
                    forms[action] = (page.fields(form.get("action") or ""), numbers)
    for action, (fields, numbers) in forms.items():
        for number in next(turns):
            reply = visitor.client.post(action, data={**fields, **dict.fromkeys(numbers, number)})
            assert reply.status_code < 500, (action, numbers, number)
    for endpoint, method, rule in rules:
        if method == "POST":
            for number in next(turns):
                reply = visitor.client.post(house.address(rule, own), data=dict.fromkeys(NAMES, number))
                assert reply.status_code < 500, (endpoint, number)


def _is_number(tag: object) -> bool:
    name, kind, value = (tag.get(each, "") for each in ("name", "type", "value"))  # type: ignore[attr-defined]
    return bool(name) and (kind == "number" or value.lstrip("-").isdigit())


def test_every_address_takes_any_number(house: House) -> None:
    client, turns = house.client("admin"), in_turn()
    for endpoint, method, rule in endpoints(house.app):
        for part in re.findall(r"<int:(\w+)>", rule.rule):
            for number in next(turns):
                address = re.sub("<[^>]*>", "1", rule.rule.replace(f"<int:{part}>", number))
                assert client.open(address, method=method).status_code < 500, (endpoint, number)

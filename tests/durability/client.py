"""A learner's client as a process of its own: answers questions by HTTP until told to stop, keeping a list.

    python client.py PORT STOP_FILE LIST_FILE [COOKIE]

An answer that is not acknowledged is sent again, the very same form, until it is. Each acknowledged
answer is one line of LIST_FILE: the id under which the page says it is stored, and “again” where the
page says that it had been stored before. With COOKIE (`quizapp=…`) it studies as whoever that is.
"""

from __future__ import annotations

import re
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from bs4 import BeautifulSoup, Tag

FORM = "application/x-www-form-urlencoded"


class Seen(NamedTuple):
    """A page as it came."""

    status: int
    location: str
    html: str

    @property
    def form(self) -> Tag | None:
        return BeautifulSoup(self.html, "html.parser").find("form", attrs={"data-question": True})


class Client:
    """One browser's cookies, and patience: every request is sent until it is answered."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self.port = port
        self.cookies = dict([cookie.split("=", 1)]) if cookie else {}
        self.connection: HTTPConnection | None = None
        self.retries = 0

    def request(self, method: str, path: str, body: str | bytes = "", media: str = FORM) -> Seen:
        while True:
            try:
                seen = self._once(method, path, body, media)
            except (OSError, HTTPException):
                if self.connection is not None:
                    self.connection.close()
                self.connection = None
            else:
                if seen.status not in {502, 503, 504}:
                    return seen
            self.retries += 1
            time.sleep(0.02)

    def _once(self, method: str, path: str, body: str | bytes, media: str) -> Seen:
        if self.connection is None:
            self.connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "X-Requested-With": "fetch",
        }
        if body:
            headers["Content-Type"] = media
        self.connection.request(method, path, body or None, headers)
        response = self.connection.getresponse()
        html = response.read().decode()
        for set_cookie in response.headers.get_all("Set-Cookie") or ():
            name, _, value = set_cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Seen(response.status, response.headers.get("Location", ""), html)

    def begin(self) -> None:
        """Become a guest."""
        token = hidden(self.request("GET", "/").html, "csrf_token")
        seen = self.request("POST", "/study/begin", urlencode({"csrf_token": token}))
        assert seen.status == 303, seen

    def answer(self) -> tuple[str, bool] | None:
        """Answer the next question; the id it is stored under and whether it had been stored before.

        None when nothing waits.
        """
        page = self.request("GET", "/study/")
        assert page.status == 200, page
        form = page.form
        if form is None:
            return None
        if form["action"].endswith("/reveal"):
            page = self.request("POST", form["action"], urlencode(filled(form)))
            token, serving = hidden(page.html, "csrf_token"), hidden(page.html, "serving")
            fields = [("csrf_token", token), ("serving", serving), ("rating", "1")]
        else:
            fields = filled(form)
        seen = self.request("POST", "/study/answer", urlencode(fields))
        if seen.status == 422:  # this filling does not do for this question
            seen = self.request("POST", "/study/answer", urlencode([*fields, ("give_up", "1")]))
        is_new = seen.status == 303
        if is_new:  # a rated card goes straight on: sent again, it says where it is stored
            seen = self.request("POST", "/study/answer", urlencode(fields))
        assert seen.status == 200, seen
        return hidden(seen.html, "review"), not is_new and "already answered this question" in seen.html


def hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', html)
    assert found, f"no field {name} in {html[:500]}"
    return found[1]


def filled(form: Tag) -> list[tuple[str, str]]:
    """The form as someone fills it in who knows nothing: the first option, each rank once, “x”."""
    fields: list[tuple[str, str]] = []
    chosen: set[str] = set()
    for place, control in enumerate(form.find_all(["input", "select"])):
        name, kind = str(control.get("name", "")), control.get("type")
        if control.name == "select":
            options = [option["value"] for option in control.find_all("option") if option["value"]]
            fields.append((name, options[sum(other == name for other, _ in fields) or place % len(options)]))
        elif kind in {"radio", "checkbox"}:
            if name not in chosen:
                fields.append((name, str(control["value"])))
            chosen.add(name)
        elif kind == "hidden":
            fields.append((name, str(control["value"])))
        else:
            fields.append((name, "x"))
    return fields


def main(port: str, stop: str, listed: str, cookie: str = "") -> None:
    client = Client(int(port), cookie)
    if not cookie:
        client.begin()
    with Path(listed).open("a", encoding="utf-8", buffering=1) as file:
        while not Path(stop).exists():
            stored = client.answer()
            if stored is None:
                break
            file.write(f"{stored[0]}{' again' if stored[1] else ''}\n")
    print(f"retries {client.retries}")


if __name__ == "__main__":
    main(*sys.argv[1:])

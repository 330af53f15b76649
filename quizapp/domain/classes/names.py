"""The names that pupils have in a class."""

from __future__ import annotations

from quizapp.domain.accounts.names import name_key
from quizapp.domain.errors import Invalid, Problem
from quizapp.domain.language.translation import _

LONGEST = 40


def read_name(text: str, field: str = "name") -> str:
    """The name as it will be shown; raises Invalid where it is none."""
    name = " ".join(text.split())
    if not name or not name_key(name):
        wrong = _("Enter your name as your teacher knows it.")
    elif len(name) > LONGEST:
        wrong = _("Use a name of at most {longest} characters.").format(longest=LONGEST)
    elif not name.isprintable():
        wrong = _("The name contains invisible characters. Type it again.")
    else:
        return name
    raise Invalid(_("Enter a different name."), (Problem(field, wrong),))

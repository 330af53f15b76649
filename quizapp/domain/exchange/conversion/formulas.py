"""Formulas in our HTML as other programs mark them: `\\(…\\)` in a line, `\\[…\\]` on one of its own."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"<math-formula(?P<about>[^>]*)>(?P<tex>.*?)</math-formula>", re.DOTALL)


def delimited(html: str) -> str:
    """The HTML with the signs around each formula instead of our element."""
    return _FORMULA.sub(_delimited, html)


def _delimited(found: re.Match[str]) -> str:
    return rf"\[{found['tex']}\]" if 'class="display"' in found["about"] else rf"\({found['tex']}\)"

"""Lines that were broken to fit a screen, joined again."""

from __future__ import annotations

import re

from quizapp.domain.sources.articles.blocks import folded

ENDED = (".", "!", "?", "…", "。", "！", "？", "۔", "।", "”", '"', "»", ":", ";", ")")
BULLET = re.compile(r"^(?:[-*•–]|\d{1,3}[.)])\s+")


def unwrapped(text: str) -> list[str]:
    """The lines of a text, those joined that were broken to fit a screen: among paragraphs parted by
    empty lines, lines of about one length that end within a sentence."""
    groups = re.split(r"\n[ \t]*\n", text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    lines: list[str] = []
    for group in groups:
        parts = [line for line in map(folded, group.splitlines()) if line]
        within = sum(not part.endswith(ENDED) for part in parts[:-1])
        wrapped = (
            len(parts) > 1
            and all(len(part) <= 100 for part in parts)
            and all(len(part) >= 45 for part in parts[:-1])
            and within >= 0.5 * (len(parts) - 1)
            and not any(BULLET.match(part) for part in parts)
        )
        lines.extend([" ".join(parts)] if wrapped else parts)
    return lines

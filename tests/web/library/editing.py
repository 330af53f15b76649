"""What people fill in in the editor's rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

ROWS = 8  # more than any question here has; those that are not filled in are emptied


def options(
    right: str | Sequence[str], wrong: Sequence[str], feedback: Mapping[str, str] = {}
) -> dict[str, list[str]]:
    """The fields of a question's answers: the right ones first."""
    rights = [right] if isinstance(right, str) else list(right)
    texts = [*rights, *wrong]
    fields = {"content-options-right": [str(place) for place in range(len(rights))]}
    for place in range(ROWS):
        text = texts[place] if place < len(texts) else ""
        fields[f"content-options-{place}-text"] = [text]
        fields[f"content-options-{place}-feedback"] = [feedback.get(text, "")]
    return fields

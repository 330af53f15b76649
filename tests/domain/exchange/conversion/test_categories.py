"""Moodle's paths of categories."""

from __future__ import annotations

from quizapp.domain.exchange.conversion.categories import category, path_of


def test_a_path_keeps_the_names_of_categories_only() -> None:
    assert category("$course$/top/Biology / Cells") == ("Biology", "Cells")
    assert category("A//B") == ("A/B",)
    assert category("$system$") == ()


def test_a_written_path_comes_back_as_its_title() -> None:
    assert category(path_of("Either / or  more")) == ("Either / or more",)

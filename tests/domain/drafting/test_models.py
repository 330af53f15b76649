"""What a model is asked, and how its reply is read."""

import json

import pytest

from quizapp.domain.drafting import models
from quizapp.domain.sources.passages import paragraphs

SOUND = {"kind": "short_answer", "stem": "Who built it?", "key": "Ada Brook", "quote": "Ada Brook built it."}


def reply(content):
    text = content if isinstance(content, str) else json.dumps(content)
    return json.dumps({"choices": [{"message": {"content": text}}]}).encode()


def test_only_the_passage_is_sent_and_not_too_much_of_it():
    body = models.request("small", paragraphs("One sentence.\n\n" + "x" * 20_000), "en", 5)
    assert body["model"] == "small"
    assert "Write 5 questions" in body["messages"][1]["content"]
    assert "(en)" in body["messages"][1]["content"]
    assert len(body["messages"][1]["content"]) < models.LONGEST_PASSAGE + 200
    assert "()" not in models.request("small", paragraphs("One."), "", 5)["messages"][1]["content"]


@pytest.mark.parametrize("fence", ["{}", "```json\n{}\n```", "```\n{}\n```"])
def test_sound_questions_are_read(fence):
    found = models.read_reply(reply(fence.format(json.dumps({"questions": [SOUND]}))))
    assert [draft.content.key for draft in found.drafts] == ["Ada Brook"]
    assert found.drafts[0].quote == "Ada Brook built it."
    assert found.unread == 0


@pytest.mark.parametrize(
    "question",
    [
        "Who?",
        {**SOUND, "kind": "flip_card"},
        {**SOUND, "kind": ["short_answer"]} | {"kind": "nothing"},
        {**SOUND, "quote": 7},
        {**SOUND, "key": ""},
        {**SOUND, "secret": "field"},
        {**SOUND, "kind": "cloze", "stem": "No {{gap"} | {"key": "x"},
    ],
)
def test_what_is_no_sound_question_is_counted_and_left_out(question):
    found = models.read_reply(reply({"questions": [question, SOUND]}))
    assert (len(found.drafts), found.unread) == (1, 1)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html>",
        b"{}",
        b'{"choices": []}',
        reply("no json"),
        reply([1]),
        reply({"questions": "none"}),
        reply("[" * 30_000),
        reply({"questions": [SOUND] * 5000}),
    ],
)
def test_what_is_no_reply_gives_none(data):
    assert models.read_reply(data) is None


def test_at_most_a_dozen_are_read():
    assert len(models.read_reply(reply({"questions": [SOUND] * 40})).drafts) == models.MOST_DRAFTS

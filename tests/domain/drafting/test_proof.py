"""Nothing is offered that the article does not bear out."""

import pytest

from quizapp.domain.drafting.proof import holds
from quizapp.domain.drafting.proposals import Proposal
from quizapp.domain.drafting.sentences.reading import read
from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.library.kinds.single_choice import SingleChoice
from quizapp.domain.library.kinds.true_false import TrueFalse
from quizapp.domain.sources.passages import paragraphs

ARTICLE = """Mayor Ada Brook opened the stone bridge of Leath in 1932.
The engineer Tom Hill never opened the iron bridge of Halden in 1932.
The council of Leath met in Halden. Leath Statehouse burned in 1950. The Harbour Forum met in Porto.
Tom Hill opened the stone bridge in a storm.
Prices of Leath wool fell 14 percent to 30 euros in the spring.
Mayor Ada Brook told the public in Leath on 4 May.
An American in Leath opened in 1951. The film An American in Leath won a prize.
The 1875 treaty of Leath ended the war of Varn.
The North signed the peace of Varn with the Italians in 1865."""


def proved(content, answer, form="gap", number=1):
    reading = read(paragraphs(ARTICLE))
    sentence = next(each for each in reading.sentences if each.paragraph == number)
    return holds(reading, Proposal(content=content, sentence=sentence, form=form, answer=answer))


def test_a_draft_that_the_article_bears_out_holds():
    assert proved(
        Cloze(stem="Mayor {{Ada Brook|Brook}} opened the stone bridge of Leath in 1932."), "Ada Brook"
    )
    assert proved(
        ShortAnswer(stem="Who opened the stone bridge of Leath in 1932?", key="Ada Brook"), "Ada Brook", "who"
    )


@pytest.mark.parametrize(
    ("content", "answer", "form", "number"),
    [
        (Cloze(stem="Mayor Ada Brook opened the stone bridge of {{Leath|Leath Statehouse}} in 1932."), "Leath", "gap", 1),
        (Cloze(stem="Mayor Ada Brook opened the stone bridge of {{Leath|Halden}} in 1932."), "Leath", "gap", 1),
        (Cloze(stem="Mayor Ada Brook opened the stone bridge of {{Leath|Leath Tower}} in 1932."), "Leath", "gap", 1),
        (Cloze(stem="Tom Hill opened the iron bridge of {{Halden}} in 1932."), "Halden", "gap", 2),
        (SingleChoice(stem="Who opened the stone bridge of Leath in 1932?", key="Ada Brook", distractors=("Tom Hill", "Eve Orr")), "Ada Brook", "who", 1),
        (SingleChoice(stem="Who opened the bridge of Leath?", key="Ada Brook", distractors=("Brook", "Eve Orr")), "Ada Brook", "who", 1),
        (TrueFalse(stem="Prices of Leath wool fell 20 percent to 30 euros in the spring.", key=False), "14 percent", "false", 5),
        (Cloze(stem="Mayor {{Ada Brook}} told the public in Leath on 4 May."), "Ada Brook", "gap", 6),
        (Cloze(stem="An American in {{Leath}} opened in 1951."), "Leath", "gap", 7),
        (Cloze(stem="The {{1875}} treaty of Leath ended the war of Varn."), "1875", "gap", 8),
        (Cloze(stem="The {{North}} signed the peace of Varn with the Italians in 1865."), "North", "gap", 9),
        (Cloze(stem="The North signed the peace of Varn with the {{Italians}} in 1865."), "Italians", "gap", 9),
        (Cloze(stem="The stone bridge that opened in {{Leath}} in 1932."), "Leath", "gap", 1),
        (Cloze(stem="The stone bridge of {{Leath}}, a great day."), "Leath", "gap", 1),
        (Cloze(stem="{{Ada Brook}} was a member of the council of Leath."), "Ada Brook", "gap", 1),
        (Cloze(stem="Mayor Ada {{Brook}} opened the stone bridge of Leath in 1932."), "Bridge", "gap", 1),
        (Cloze(stem="Mayor Ada Brook opened the stone {{Bridge}} of Leath in 1932."), "Bridge", "gap", 1),
    ],
)  # fmt: skip
def test_what_it_does_not_bear_out_is_refused(content, answer, form, number):
    assert not proved(content, answer, form, number)

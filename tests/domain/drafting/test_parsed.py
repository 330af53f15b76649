"""Drafts from parsed sentences: questions, gaps and cards; and what is refused."""

import pytest

from quizapp.domain.drafting import clause_questions, proof
from quizapp.domain.drafting.drafting import drafts
from quizapp.domain.drafting.sentences.clauses import clauses_of
from quizapp.domain.drafting.sentences.grammar import Parsed, Word
from quizapp.domain.drafting.sentences.phrasing import inverted, tells_of_one
from quizapp.domain.drafting.sentences.reading import place, read
from quizapp.domain.sources.passages import paragraphs
from quizapp.services.drafting.parser import parser


def drafted(prose, **options):
    return drafts(paragraphs(prose), parse=parser(), **options)


def stems(prose):
    return [draft.content.stem for draft in drafted(prose)]


def clauses(sentence, **options):
    (parsed,) = parser()([sentence])
    return clauses_of(parsed, **options)


def clause(sentence, **options):
    return next(iter(clauses(sentence, **options)), None)


def said(sentence, **options):
    found = clause(sentence, **options)
    return found.text if found else None


@pytest.mark.parametrize(
    ("sentence", "stem"),
    [
        ("Ada Brook designed the stone bridge over the Marn in 1932.", "Who designed the stone bridge over the Marn in 1932?"),
        ("In 1768, Ada Brook published a long book on algae.", "Who published a long book on algae in 1768?"),
        ("The city of Leath built a stone bridge over the Marn in 1932.", "In which year did the city of Leath build a stone bridge over the Marn?"),
        ("In 1932 the city of Leath built a stone bridge over the Marn.", "In which year did the city of Leath build a stone bridge over the Marn?"),
        ("The stone bridge of Leath was opened to all on 12 May 1932.", "On what date was the stone bridge of Leath opened to all?"),
        ("40 ships of the Norland fleet were lost in the storm of 1703.", "How many ships of the Norland fleet were lost in the storm of 1703?"),
        ("Pirates sank 40 ships of the Norland fleet in the storm of 1703.", "How many ships of the Norland fleet did pirates sink in the storm of 1703?"),
        ("The painter Ada Brook moved to Lisbon with a sister in 1902.", "To which city did the painter Ada Brook move with a sister in 1902?"),
        ("Norland lost the war of 1703 because its ships were too slow.", "Why did Norland lose the war of 1703?"),
        ("Bituminous rock is a form of sandstone that is impregnated with bitumen.", "What is bituminous rock?"),
        ("Amphibians are cold-blooded animals that live on land and in water.", "What are amphibians?"),
        ("Ada Brook was the first woman in Norland to fly across the sea.", "Who was the first woman in Norland to fly across the sea?"),
        ("Significantly, the river Marn flows into the Danube below Vienna.", "Significantly"),
    ],
)  # fmt: skip
def test_a_sentence_is_asked(sentence, stem):
    found = [
        draft.content.stem
        for draft in _all(sentence)
    ]  # fmt: skip
    assert (stem in found) is (stem != "Significantly")


def _all(prose):
    """Every candidate that proves right, also beyond the two that a sentence keeps."""
    reading = read(paragraphs(prose), parse=parser())
    for sentence in reading.sentences:
        for told in clauses_of(reading.grammar[place(sentence)], reading.people):
            yield from (
                each
                for each in clause_questions.questions(reading, sentence, told)
                if proof.holds(reading, each)
            )


BIOGRAPHY = """Ada Brook was born in Leath in 1861 and grew up in the harbour.
Ada Brook built her first bridge in 1902. She moved to Lisbon in 1910. She died in Porto on 4 March 1931. She painted 40 pictures of the harbour of Leath in 1913.
Ada Brook met Tom Hill in 1912. She left Norland in 1913. He left Norland in 1914."""


def test_he_and_she_are_asked_by_name_where_it_is_certain():
    found = stems(BIOGRAPHY)
    assert "In which year did Ada Brook move to Lisbon?" in found or (
        "To which city did Ada Brook move in 1910?" in found
    )
    assert not [stem for stem in found if "leave Norland" in stem]


@pytest.mark.parametrize(
    ("sentence", "statement"),
    [
        ("However, Leath opened a new bridge over the Marn in 1932.", "Leath opened a new bridge over the Marn in 1932"),
        ("Leath, which lies on the Marn, opened a new bridge in 1932.", "Leath opened a new bridge in 1932"),
        ("Leath opened a new bridge over the Marn on Monday.", "Leath opened a new bridge over the Marn"),
        ("Leath opened a new bridge over the Marn in 1932, and the town grew.", "Leath opened a new bridge over the Marn in 1932"),
        ("Leath opened a new bridge over the Marn in 1932, replacing the ferry.", "Leath opened a new bridge over the Marn in 1932"),
        ("Leath opened a new bridge in 1932, although it was not ready.", "Leath opened a new bridge in 1932, although it was not ready"),
        ("Leath will open a new bridge over the Marn in 2032.", None),
        ("The company was bought by the mayor in 1932.", None),
        ("Did Leath open a new bridge over the Marn in 1932?", None),
        ("It opened a new bridge over the Marn in 1932.", None),
        ("Leath opened its new bridge over the Marn in 1932.", "Leath opened its new bridge over the Marn in 1932"),
        ("The towns of Norland opened their new bridges in 1932.", "The towns of Norland opened their new bridges in 1932"),
        ("Leath opened a new bridge for them in 1932.", None),
        ("Our town of Leath opened a new bridge in 1932.", None),
        ("Leath opened this new bridge over the Marn in 1932.", None),
        ("Leath recently opened a new bridge over the Marn.", "Leath opened a new bridge over the Marn"),
        ("Leath soon opened a new bridge over the Marn.", None),
        ("There was a new bridge over the Marn in 1932.", None),
        ("A bridge.", None),
        ("In Leath the council the town the bridge.", None),
        ("Leath opened the longest bridge in the world in 1932.", "Leath opened the longest bridge in the world in 1932"),
        ("Leath opened the bridge and the tower in 1932.", "Leath opened the bridge and the tower in 1932"),
        ("“We came,” Leath said in 1932 to the people of Norland.", None),
        ("Leath opened a “new bridge” over the Marn in 1932.", "Leath opened a “new bridge” over the Marn in 1932"),
        ("Rarely seen before, owls hunted mice in Leath in 1932.", "Rarely seen before, owls hunted mice in Leath in 1932"),
    ],
)  # fmt: skip
def test_what_a_sentence_says(sentence, statement):
    assert said(sentence) == statement


def test_a_pronoun_for_a_person_needs_one_before_it():
    assert said("Ada Brook built her first bridge in Leath.", people={"Ada Brook"})
    assert said("Leath built her first bridge in 1932 over the Marn.", people={"Ada Brook"}) is None
    assert said("She built her first bridge in Leath in 1902.") is None


@pytest.mark.parametrize(
    "sentence",
    [
        "The Apollo 8 astronauts returned to the coast of Norland in 1968.",
        "Prices in Norland rose 0.1 percent to a record in the spring.",
        "The concentration is greater than 10−7 moles per liter in Norland.",
        "About 30 to 35 percent of the Norland fleet was lost in the storm.",
        "The reason for the war in Norland was not understood in 1915.",
    ],
)
def test_a_figure_that_is_part_of_something_else_is_not_asked(sentence):
    assert not [
        draft
        for draft in drafted(sentence)
        if draft.form in {"figure", "when"} and "1968" not in draft.answer
    ]


def test_an_inverted_clause():
    def turned(sentence):
        found = clause(sentence)
        return inverted(found, frozenset())

    assert turned("London is the oldest town in Norland and on the Marn.").startswith("is London the oldest")
    assert turned("London had opened a new bridge in Norland.") == "had London opened a new bridge in Norland"
    assert turned("London lies in the north of Norland on the Marn.").startswith(
        "does London lie in the north"
    )
    assert turned("In 1932 Leath opened a new bridge in Norland.").endswith("in Norland in 1932")
    assert turned("Unlike Brae, Leath opened a new bridge in Norland.") == ""
    assert turned("Leath did not open a new bridge in Norland.") == ""


def test_what_is_so_of_others_too_is_not_told_of_one():
    assert not tells_of_one(clause("London is in the west of the continent of Europe."))
    assert not tells_of_one(clause("London is a town in the west of Europe."))
    assert not tells_of_one(clause("London has built a new bridge in the west of Europe."))
    assert tells_of_one(clause("London is the largest town in the west of Europe."))


def test_rules_are_heard_where_the_grammar_bears_them_out():
    found = stems("Norland’s navy, built in 1703, had 40 ships and beat the pirates near Leath.")
    assert not [stem for stem in found if "built in" in stem and "navy" not in stem]
    assert not stems("Many of the ships, lost in Leath in 1703.")


def test_without_english_or_a_parser_rules_alone_draft():
    assert drafts(paragraphs("Leath opened a new bridge over the Marn in 1932."))
    german = "Der Fluss ist 120 Kilometer lang und der Hafen wurde 1911 gebaut."
    assert {draft.answer for draft in drafted(german)} == {"1911"}


PLAIN = [
    "Because of the storm the ships of Norland reached the coast of Leath in 1703.",
    "As a child, Ada Brook built a bridge of stones in the harbour of Leath.",
    "Ada Brook, in Leath, in 1902, built a bridge with Tom Hill and Clara Venn.",
    "Leath and Norland signed the treaty of Coimbra in 1703.",
    "The Norland Leath Company sold its ships to the king in 1703.",
    "London-based engineers built the stone bridge of Leath in 1932.",
    "The Leath bridge of Norland was built by the engineer Ada Brook.",
    "Ada Brook was a member of the council of Leath in 1902.",
    "Leath has been a town of Norland since the war of 1703.",
    "Leath is in the north of Norland beside the river Marn.",
    "Norland has 14 towns on the coast and 12 in the hills.",
    "In Norland 14 towns were built on the coast before 1703.",
    "About 40 ships of the Norland fleet were lost in the storm of 1703.",
    "Norland sold 40 ships.",
    "Norland paid $40 million for the ships of the king in 1703.",
    "Norland paid about $40 million for the ships of the king in 1703.",
    "Sales of Norland ships rose by 14 percent in the spring.",
    "The fleet of Norland, with 40 ships, had 14 of them built in Leath.",
    "On 12 May Norland opened the stone bridge of Leath to all.",
    "The treaty of Coimbra was signed in 1703 and renewed in 1803 by Norland.",
    "Norland lost because it rained.",
    "Because its ships were slow, Norland lost the war of 1703.",
    "A canal is a ditch.",
    "Albedo is the share of light that is reflected by a body.",
    "The Norland Bank of Leath is the oldest bank in the world.",
    "Leath, where the treaty was signed, and Norland kept the peace.",
    "In 1932, on 4 May, Leath opened the stone bridge to all.",
    "The council in Leath of Norland chose Ada Brook in 1902 and Tom Hill.",
    "He who built the bridge of Leath in 1932 was the engineer Ada Brook.",
    "The 14 ships that Norland lost in 1703 were built in Leath.",
    "Both the ships of Norland were lost near Leath in 1703.",
    "We built the bridge of Leath in 1932 with stones.",
    "The town me built the bridge of Leath in 1932.",
    "The Inn flows into the Danube near the town of Passau.",
    "Norland’s capital is in the north of the island of Leath.",
    "NASA launched the first ship of the Norland fleet in 1963.",
    "Ada Brook told the public in Leath in 1902.",
    "The bridge that Norland built in 1932 and which stands in Leath.",
    "The ship of Norland which sank in 1703.",
    "Leath opened in 1932 the bridge. And in 1933 Leath opened another.",
    "The 1932 treaty of Norland named Leath in the north.",
    "Ada Brook was not moved to Lisbon in 1902 by Tom Hill.",
    "Norland had 14 ships at sea in all.",
    "14 ships of Norland were at sea.",
    "Norland opened the stone bridge of Leath on 12 May.",
    "Bituminous rock is a very old black stone.",
    "Bituminous rock is a form of sandstone.",
    "France is the largest country in the west of Europe.",
    "France is in the west of the continent of Europe.",
    "Leath, which has 14 towers, opened a new stone bridge in 1932.",
    "Leath opened the new bridge over the Marn when the flood came.",
    "Norland lost because it rained hard.",
    "Because the ships of Norland were slow, Norland lost the war of 1703.",
    "Norland lost the war of 1703, although its ships were new.",
    "Because it rained hard on the hills, Norland lost the war of 1703.",
    "Spain sold 14 old ships to the king of Norland in 1790.",
    "Portugal sent the wool of the hills to Norland in 1791.",
    "Greece brought the oil of the islands to Norland in 1792.",
    "Norway took the timber of the forests to Norland in 1793.",
    "In that year 40 ships of Norland left Leath for good.",
]


def test_every_draft_of_plain_sentences_is_sound_and_proves_right():
    text = "\n".join(PLAIN)
    found = drafted(text)
    assert len(found) >= 20
    reading = read(paragraphs(text), parse=parser())
    assert all(proof.holds(reading, draft) for draft in found)
    assert not [
        draft for draft in found if draft.answer == "Leath Company" or "member of the" in draft.content.stem
    ]


def made(*words):
    """A parsed sentence of (text, tag, dep, head)."""
    text, built = "", []
    for word, tag, dep, head in words:
        text += " " if text and word[0].isalnum() else ""
        built.append(Word(word, len(text), len(text) + len(word), tag, dep, head, word))
        text += word
    return Parsed(text, tuple(built))


def first(parsed):
    return next(iter(clauses_of(parsed)), None)


LEATH = (("Leath", "NNP", "nsubj", 1), ("opened", "VBD", "ROOT", 1))


def test_a_sentence_that_was_taken_apart_wrongly_gives_none():
    rest = (("bridges", "NNS", "dobj", 1), ("cost", "VBD", "ccomp", 2), ("the", "DT", "det", 5), ("town", "NN", "dobj", 3), (".", ".", "punct", 1))  # fmt: skip
    assert first(made(*LEATH, *rest)) is None


def test_what_is_said_behind_a_statement_counts_where_it_is_known_who_says_it():
    def told_by(source, tag):
        rest = (("two", "CD", "nummod", 3), ("bridges", "NNS", "dobj", 1), (",", ",", "punct", 1), (source, tag, "nsubj", 6), ("said", "VBD", "parataxis", 1), (".", ".", "punct", 1))  # fmt: skip
        return first(made(*LEATH, *rest))

    assert told_by("Norland", "NNP").text == "According to Norland, Leath opened two bridges"
    assert told_by("it", "PRP") is None


def test_a_verb_that_is_no_finite_one_cannot_be_turned_into_a_question():
    rest = (("two", "CD", "nummod", 4), ("old", "JJ", "amod", 4), ("bridges", "NNS", "dobj", 1), (".", ".", "punct", 1))  # fmt: skip
    found = first(made(*LEATH, *rest, ("again", "RB", "dep", 1)))
    assert found is None
    told = first(made(("Leath", "NNP", "nsubj", 1), ("opened", "VBD", "ROOT", 1), ("two", "CD", "nummod", 6), ("very", "RB", "advmod", 4), ("old", "JJ", "amod", 6), ("stone", "NN", "compound", 6), ("bridges", "NNS", "dobj", 1), (".", ".", "punct", 1)))  # fmt: skip
    assert told is not None
    verb = told.parsed.words[1]._replace(tag="VBN")
    parsed = Parsed(told.parsed.text, (told.parsed.words[0], verb, *told.parsed.words[2:]))
    assert inverted(told._replace(parsed=parsed), frozenset()) == ""

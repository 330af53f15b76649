"""The clauses of a sentence, and the questions that each of them allows."""

import re
from collections import Counter

import pytest

from quizapp.domain.drafting.drafting import drafts
from quizapp.domain.drafting.sentences.clauses import clauses_of
from quizapp.domain.sources.passages import paragraphs
from quizapp.services.drafting.parser import parser


def said(sentence, **options):
    (parsed,) = parser()([sentence])
    return [clause.text for clause in clauses_of(parsed, **options)]


def stems(prose, title=""):
    return [draft.content.stem for draft in drafts(paragraphs(prose), parse=parser(), title=title)]


@pytest.mark.parametrize(
    ("sentence", "clauses"),
    [
        ("The Alder Tunnel is 14.6 kilometres long and connects Leath with Brae.", ["The Alder Tunnel is 14.6 kilometres long", "The Alder Tunnel connects Leath with Brae"]),
        ("Leath was founded in 1302, and in 1350 Norland bought the town of Brae.", ["Leath was founded in 1302", "In 1350 Norland bought the town of Brae"]),
        ("Officials said that 900 people had spent the night in Leath.", ["According to officials, 900 people had spent the night in Leath", "Officials said that 900 people had spent the night in Leath"]),
        ("A storm sank 40 ships of Norland, the council of Leath said.", ["According to the council of Leath, a storm sank 40 ships of Norland"]),
        ("A storm sank 40 ships of Norland, it said.", []),
        ("A storm had sunk 40 ships of Norland, a sailor told the council of Leath.", []),
        ("Norland gets most of its water from the Harker Reservoir, which was built in 1954.", ["Norland gets most of its water from the Harker Reservoir", "The Harker Reservoir was built in 1954"]),
        ("Norland paid Tom Hill, a builder from Leath, who left in 1954.", ["Norland paid Tom Hill"]),
        ("The way from Brae to Leath, which had taken eleven hours, took two hours.", ["The way from Brae to Leath took two hours", "The way from Brae to Leath had taken eleven hours"]),
        ("Bake the bread in the pot for 25 minutes.", ["Bake the bread in the pot for 25 minutes"]),
        ("Add the salt and knead the dough for ten minutes.", ["Add the salt and knead the dough for ten minutes", "Knead the dough for ten minutes"]),
        ("In July 1875, workers in Leath went on strike; the mayor left for Brae.", ["The mayor left for Brae", "In July 1875, workers in Leath went on strike"]),
        ("Leath has spent $14 million on ships this year, more than in the whole of 2022.", []),
        ("Norland bought the ships and the docks, which were sold to Leath.", ["Norland bought the ships and the docks"]),
        ("Norland bought the Brae Docks, which in 1954 the council of Leath sold.", ["Norland bought the Brae Docks"]),
        ("Norland bought the Brae Docks, some of which were sold to Leath.", ["Norland bought the Brae Docks"]),
        ("The ship that was sold to Leath in 1954 was built in Brae.", ["The ship that was sold to Leath in 1954 was built in Brae"]),
        ("Norland bought the Brae Docks, which fell.", ["Norland bought the Brae Docks", "The Brae Docks fell"]),
        ("Norland bought the ships from Leath, which fell.", ["Norland bought the ships from Leath"]),
        ("The council of Leath has said that 40 ships sank near Brae.", ["The council of Leath has said that 40 ships sank near Brae"]),
        ("The clerk of Leath, who told the mayor, left for Brae in 1932.", ["The clerk of Leath left for Brae in 1932"]),
        ("The clerk did not say that 900 people had spent the night in Leath.", ["The clerk did not say that 900 people had spent the night in Leath"]),
        ("The clerk of the old council of the small town of Leath said that 900 people slept in Brae.", ["The clerk of the old council of the small town of Leath said that 900 people slept in Brae"]),
        ("The town of Leath grew and slowly sold the ships of Norland.", ["The town of Leath grew", "The town of Leath slowly sold the ships of Norland"]),
        ("A wildfire driven by strong winds forced about 6,200 people from their homes in the hills east of Corvallo on Tuesday, officials said, as crews battled to keep the flames away.", ["According to officials, a wildfire driven by strong winds forced about 6,200 people from their homes in the hills east of Corvallo"]),
        ("Norbau will pay 212 shillings a share, a premium of 31 percent to Wednesday’s closing price, the two companies said in a joint statement.", []),
        ("It said that 900 people slept in Leath.", []),
        ("A clerk said that 900 people slept in Leath.", ["A clerk said that 900 people slept in Leath"]),
        ("According to the clerk, said the mayor, Leath was lost.", []),
        ("Leath was to be sold to Norland in 1932.", []),
        ("Two years later Leath opened a bridge over the Marn.", ["Leath opened a bridge over the Marn"]),
        ("The way from Brae to Leath now took 26 minutes.", ["The way from Brae to Leath took 26 minutes"]),
    ],
)  # fmt: skip
def test_what_a_sentence_says(sentence, clauses):
    assert said(sentence) == clauses


def test_what_must_be_is_told_only_of_rules():
    rule = "A landlord in Leath must return the deposit within 30 days."
    assert said(rule) == []
    assert said(rule, rules=True) == [rule[:-1]]


@pytest.mark.parametrize(
    ("prose", "stem"),
    [
        ("The Alder Tunnel is 14.6 kilometres long.", "How many kilometres long is the Alder Tunnel?"),
        ("The town of Leath lies about 90 miles south of the state capital.", "About how many miles south of the state capital does the town of Leath lie?"),
        ("Guests of the mayor of Leath waited for 26 minutes.", "For how many minutes did guests of the mayor of Leath wait?"),
        ("The town of Leath paid $8.5 million for the bridge in 2019.", "How much did the town of Leath pay for the bridge in 2019?"),
        ("Officials said that 900 people had spent the night in Leath.", "According to officials, how many people had spent the night in Leath?"),
        ("The council of Leath gave the contract for the bridge to the engineer Ada Brook.", "To whom did the council of Leath give the contract for the bridge?"),
        ("The council of Leath passed the Marn Bridges Act in May 1954.", "In which month and year did the council of Leath pass the Marn Bridges Act?"),
        ("The council of Leath passed the Marn Bridges Act in May 1954 by 40 votes.", "Which act did the council of Leath pass in May 1954 by 40 votes?"),
        ("The town of Leath has belonged to Norland since 1954.", "Since which year has the town of Leath belonged to Norland?"),
        ("Ada Brook (1871–1944) was an engineer in Leath. Ada Brook built a bridge. Ada Brook died.", "In which year was Ada Brook born?"),
        ("The finance minister, Ada Brook, resigned after the bridges of Leath had fallen into the Marn.", "Who resigned after the bridges of Leath had fallen into the Marn?"),
        ("Ada Brook says the council of Leath is not losing money.", "Who says the council of Leath is not losing money?"),
        ("Because of the flood, the council of Leath closed the bridge in 1954.", "Why did the council of Leath close the bridge in 1954?"),
        ("The small sacs in the skin of a squid are called chromatophores.", "The small sacs in the skin of a squid are called {{chromatophores}}."),
        ("Squids have three hearts in their body.", "How many hearts do squids have in their body?"),
        ("The council of Leath paid more than 26 sailors in 1932.", "Fill in the figure: The council of Leath paid more than ____ in 1932."),
    ],
)  # fmt: skip
def test_each_clause_is_asked_as_its_fact_asks(prose, stem):
    assert stem in stems(prose)


@pytest.mark.parametrize(
    "prose",
    [
        "Why did the council of Leath oppose it in 1954 because its members feared it?",
        "The Leath Association opposed it because its members feared the courts of Norland.",  # what?
        "David Marsh telephoned Lena Okoro to congratulate her on the election in Norland.",  # “Whom … her?”
        "The last two letters of the alphabet of Norland were lost in 1703.",  # no one counts to two
        "Tenants in Leath can leave with two months’ notice at any time.",  # a part of “months’”
        "The painter moved to the city of Lisbon in 1902 with a sister of Ada Brook of Leath.",
        "On 12 May 1954, feed the cows of Leath.",
        "Fairbank is the only large city in the north of Norland.",
        "Walls are called up by Leath and in use are termed big, which in Leath are old.",
        "Walls are called in Norland walls.",
        "The small sacs in the skin of a squid are called sacs.",  # the answer is in the question
        "Small sacs are called chromatophores.",  # sacs of what?
        "Feed the cows of Leath on 12 May 1954.",  # an order, and no event of that day
        "Osmosis is the movement of water through a skin.",  # a name, or a common word?
        "The two long headings were sold to the engineer Ada Brook in 1932.",  # which headings?
        "The headings were closed in 1932 because the town of Leath had grown.",
        "The headings met because the two long walls of the old tunnel were straight.",
        "Shares of Norbau rose 24 percent to 201 shillings in Leath.",  # when?
    ],
)
def test_what_would_be_asked_badly_is_not_asked(prose):
    found = stems(prose)
    assert not [
        stem for stem in found if stem.startswith(("Why did", "Which ass", "Whom", "How many letters"))
    ]
    assert not [stem for stem in found if "rose 24" in stem or "notice" in stem]
    assert not [stem for stem in found if re.search(r"sacs|cows|smosis|[Tt]o whom|headings", stem)]


def test_what_is_known_from_the_title_is_said_before_the_question():
    prose = "The bridge was opened to all on 1 June 1882. The guests came by boat. It rained on them."
    met = "The two long headings met under the pass on 29 February 1880."
    assert "The Alder Bridge: On what date was the bridge opened to all?" not in stems(
        prose, "The Bridge of Leath"
    )
    assert stems(met, "The Alder Tunnel") == [
        "The Alder Tunnel: On what date did the two long headings meet under the pass?"
    ]
    assert stems(met) == []
    assert stems(met, "The year 1880 in the hills of Leath") == []


def test_the_name_in_the_title_is_no_ones_answer():
    prose = "Halda crossed the Marn in 1932 with 40 guests of the mayor of Leath."
    assert not [stem for stem in stems(prose, "Halda") if stem.startswith("{{Halda")]


@pytest.mark.parametrize(
    "name", ["fire", "merger", "tunnel", "octopus", "fog", "tenancy", "bread", "election"]
)
def test_articles_of_several_sorts_give_drafts_all_over_the_text(text, name):
    title, *prose = (paragraph.text for paragraph in text(name))
    found = drafts(paragraphs("\n".join(prose)), parse=parser(), title=title)
    assert len(found) >= 7
    assert len({draft.sentence.paragraph for draft in found}) >= min(4, len(prose) // 2)
    assert max(Counter(draft.sentence.digest for draft in found).values()) <= 2

"""Mnemosyne: shared cards and the XML of its first version."""

from __future__ import annotations

import io
import zipfile

import pytest

from quizapp.domain.errors import Invalid
from quizapp.domain.exchange.bundle import Entry, Medium, Record
from quizapp.domain.exchange.file_format import Likelihood, Options, Peek
from quizapp.domain.exchange.formats.mnemosyne import Mnemosyne
from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.flip_card import FlipCard

CARDS = """<openSM2sync number_of_entries="9">
<log type="10" o_id="t"><name>Animals</name></log>
<log type="10" o_id="u"><name>__UNTAGGED__</name></log>
<log type="16" o_id="f1"><f>&lt;img src="cat.png"&gt; cat</f><b>Katze</b></log>
<log type="6" o_id="c1" fact="f1" fact_v="1.1" tags="t,u"></log>
<log type="6" o_id="c2" fact="f1" fact_v="2.2" tags="u"></log>
<log type="16" o_id="f2"><f>hond</f><p_1>hont</p_1><m_1>dog</m_1></log>
<log type="6" o_id="c3" fact="f2" fact_v="3.1" tags=""></log>
<log type="16" o_id="f3"><text>A [cat:pet] or a [dog]</text></log>
<log type="6" o_id="c4" fact="f3" fact_v="5.1"><extra>{'cloze': 'dog', 'index': 1}</extra></log>
<log type="6" o_id="c5" fact="f3" fact_v="5.1"><extra>{'index': 7}</extra></log>
<log type="6" o_id="c6" fact="gone" fact_v="1.1"></log>
</openSM2sync>"""


def packed(**files: bytes) -> io.BytesIO:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, body in files.items():
            archive.writestr(name.replace("_", "."), body)
    data.seek(0)
    return data


def read(file: io.BytesIO) -> list[Record]:
    return list(Mnemosyne().read(file, Options()))


def test_shared_cards_come_with_their_tags_and_pictures() -> None:
    medium, *entries = read(packed(cards_xml=CARDS.encode(), cat_png=b"PNG"))
    assert isinstance(medium, Medium)
    shown = f"![](picture:{medium.key}) cat"
    items = [entry.item for entry in entries if isinstance(entry, Entry)]
    assert [item.content for item in items if item] == [
        FlipCard(stem=shown, answer="Katze"),
        FlipCard(stem="Katze", answer=shown),
        FlipCard(stem="hond", answer="dog\n\nhont"),
        Cloze(stem="A cat or a {{dog}} "),
    ]
    assert items[0] is not None
    assert items[1] is not None
    assert (items[0].id, items[0].tags, items[0].fact) == ("c1", ("Animals",), items[1].fact)
    assert items[4:] == [None, None]


def test_a_gap_with_nothing_in_it_is_refused() -> None:
    text = CARDS.replace("[dog]", "[ ]")
    assert [entry.item for entry in read(io.BytesIO(text.encode())) if isinstance(entry, Entry)][3] is None


def test_a_picture_that_is_not_there_is_told() -> None:
    entry = read(io.BytesIO(CARDS.encode()))[0]
    assert isinstance(entry, Entry)
    assert entry.notes == ("The picture “cat.png” was left out: it is not in the file.",)


def test_the_first_version_is_read() -> None:
    text = '<mnemosyne core_version="1"><category active="1"><name>A</name></category>'
    text += (
        '<item id="_0"><cat>A</cat><Q>q</Q><A>a</A></item><item id="_1"><Q>r</Q><A></A></item></mnemosyne>'
    )
    first, second = read(io.BytesIO(text.encode()))
    assert isinstance(first, Entry)
    assert isinstance(second, Entry)
    assert first.item is not None
    assert (first.item.content, first.item.id, first.item.tags) == (
        FlipCard(stem="q", answer="a"),
        "_0",
        ("A",),
    )
    assert second.item is None


def test_a_package_without_cards_is_refused() -> None:
    with pytest.raises(Invalid, match="no cards"):
        read(packed(x_txt=b""))


def test_entities_are_refused() -> None:
    text = '<!DOCTYPE x [<!ENTITY a "aaaa">]><mnemosyne><item><Q>&a;</Q></item></mnemosyne>'
    with pytest.raises(Invalid):
        read(io.BytesIO(text.encode()))


def test_it_is_known_by_its_look() -> None:
    assert Mnemosyne().sniff(Peek(name="a.cards", inside=("cards.xml",))) is Likelihood.SURE
    assert Mnemosyne().sniff(Peek(name="a.xml", head=CARDS.encode())) is Likelihood.SURE
    assert Mnemosyne().sniff(Peek(name="a.xml", head=b"<quiz>")) is Likelihood.NO

"""English verbs as news and schoolbooks use them: enough to ask with “did” and to find a main verb.

A form that is not listed here is no verb to the drafter: it then drafts nothing rather than something
ungrammatical.
"""

from __future__ import annotations

from typing import NamedTuple

_REGULAR = (
    "accept accompany accuse achieve acquire act add address adopt advance affect agree aim allow "
    "announce appear appoint approve argue arrest arrive ask assess assume attack attempt attend attract "
    "authorise authorize award back balance ban base believe benefit block boost borrow call cancel "
    "capture carry cause celebrate change charge circulate cite claim close collapse collect combine "
    "compare compete complain complete compose concern conclude condemn conduct confirm connect conquer "
    "consider consist construct consume contain continue contribute control convert cool correct cost "
    "count cover create criticise criticize cross damage deal debut decide declare decline decrease "
    "defend define delay deliver demand demolish demonstrate deny depart depend deploy describe deserve "
    "design destroy detect determine develop devise die differ direct disappear disclose discover discuss "
    "display divide donate double earn echo elect emerge emit emphasise emphasize employ enable encourage "
    "end endorse enjoy ensure enter erupt escape establish estimate evolve examine exceed exchange exist "
    "expand expect expel experience explain explode explore export express extend face fail feature fill "
    "finance finish flow focus follow force form found function fund gain gather generate govern grant "
    "guide halve handle happen head help highlight hire honour honor host house identify ignore "
    "illustrate implement imply import impose improve include increase indicate influence inform inhabit "
    "inherit inspire install introduce invade invent invest invite involve isolate issue join judge jump "
    "justify kill land last launch lay learn license lift limit link list live locate lower maintain "
    "manage manufacture mark marry match measure melt mention merge migrate monitor move name need "
    "negotiate note obtain occupy occur offer open operate oppose order organise organize oversee own "
    "paint participate pass perform permit persuade pioneer place plan plant play pledge point possess "
    "postpone praise predict prepare present preserve pressure prevent print process produce prohibit "
    "promise promote prompt propose protect prove provide provoke publish pump purchase pursue push raise "
    "reach react realise realize reappear recall receive recognise recognize recommend record recover "
    "reduce refer reflect refuse regain reject relate release remain remember remove rename renew repair "
    "replace reply report represent require rescue reserve resign resist resolve respond restore result "
    "retain retire retreat return reveal reverse review revise rule sail sanction save scan score seal "
    "search secure select separate serve settle shape share shelter shift show sign signal solve "
    "specialise specialize sponsor stage start state stay stem stop strengthen stress stretch study "
    "submit succeed suffer suggest supply support surpass surrender survey survive suspect suspend switch "
    "symbolise symbolize tackle target taste test thank threaten time tour trace trade train transform "
    "translate transport travel treat trigger triple turn undermine underscore unite unveil urge use "
    "value vary veto view visit vote vow warn watch weigh welcome widen wipe witness work worry wound "
    "yield"
)
_DOUBLED = (
    "admit ban commit compel control expel occur permit plan refer stem stop submit transfer transmit "
    "travel equip ship drop step trap win"
)
_IRREGULAR = (
    "be was, become became, begin began, bind bound, break broke, bring brought, build built, buy "
    "bought, catch caught, choose chose, come came, cost cost, cut cut, deal dealt, do did, draw drew, "
    "drive drove, eat ate, fall fell, feed fed, feel felt, fight fought, find found, fly flew, freeze "
    "froze, get got, give gave, go went, grow grew, hang hung, have had, hear heard, hide hid, hit hit, "
    "hold held, keep kept, know knew, lay laid, lead led, leave left, lend lent, let let, lie lay, lose "
    "lost, make made, mean meant, meet met, oversee oversaw, overtake overtook, overthrow overthrew, "
    "pay paid, put put, read read, rebuild rebuilt, ride rode, ring rang, rise rose, run ran, say said, "
    "see saw, seek sought, sell sold, send sent, set set, shake shook, shine shone, shoot shot, shrink "
    "shrank, shut shut, sing sang, sink sank, sit sat, sleep slept, speak spoke, spend spent, split "
    "split, spread spread, stand stood, steal stole, strike struck, swear swore, swim swam, take took, "
    "teach taught, tell told, think thought, throw threw, undergo underwent, understand understood, "
    "wear wore, win won, withdraw withdrew, write wrote"
)
AUXILIARIES = frozenset("is are was were has have had will would can could may might must should".split())


class Verb(NamedTuple):
    """A finite form: its base and whether it is past (“built”) or present (“builds”)."""

    base: str
    past: bool


def _third(base: str) -> str:
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return f"{base}es"
    return f"{base[:-1]}ies" if base.endswith("y") and base[-2] not in "aeou" else f"{base}s"


def _past(base: str) -> str:
    if base.endswith("e"):
        return f"{base}d"
    if base.endswith("y") and base[-2] not in "aeou":
        return f"{base[:-1]}ied"
    return f"{base}{base[-1]}ed" if base in _DOUBLED.split() else f"{base}ed"


def _forms() -> dict[str, Verb]:
    pairs = [entry.split() for entry in _IRREGULAR.split(", ")]
    irregular = {base: past for base, past in pairs if base not in {"be", "have", "do"}}
    forms: dict[str, Verb] = {}
    for base in _REGULAR.split():
        if base not in irregular:
            forms[_past(base)] = Verb(base, past=True)
            forms[_third(base)] = Verb(base, past=False)
    forms["traveled"] = Verb("travel", past=True)
    for base, past in irregular.items():
        forms[_third(base)] = Verb(base, past=False)
        forms[past] = Verb(base, past=True)
    return forms


FORMS = _forms()
# Plurals more often than verbs: they count as verbs only right behind a name.
_NOUNS_TOO = frozenset(
    "acts aims attacks backs bans bases benefits calls causes changes charges claims concerns contacts "
    "controls costs covers crosses cuts deals decreases delays demands designs directs draws drives "
    "drops ends exchanges experiences exports faces falls features fights figures finds flows focuses "
    "forces forms functions funds gains guides hands heads helps highlights hits holds hosts houses "
    "imports increases influences issues joins judges jumps keeps kills lands leads leaves lets levels "
    "lies limits links lists lives looks marks matches measures means moves names needs notes offers "
    "orders passes pays places plans plants plays pledges points prints processes produces promises "
    "prompts purchases raises reaches reads records reports rescues results returns reviews rides rings "
    "rises rules runs sails sanctions scores seals searches sees sets shakes shares shelters shifts "
    "shoots shows signs signals sits spends splits spreads stages stands starts states stays stems "
    "steps stops strikes studies supplies supports surveys talks targets tastes tells tests times tours "
    "traces trades trains travels treats triggers turns uses values views visits votes watches wins "
    "works worries wounds yields".split()
)
FINITE = frozenset(FORMS) | AUXILIARIES
CLEARLY_FINITE = FINITE - _NOUNS_TOO


def question_form(verb: str) -> tuple[str, str] | None:
    """What is before the subject of a question and what behind it: “built” → (“did”, “build”), “was”
    → (“was”, ""); None for what is no verb here."""
    if verb in AUXILIARIES:
        return verb, ""
    form = FORMS.get(verb)
    return form and ("did" if form.past else "does", form.base)

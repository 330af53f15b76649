"""English words by which names are told apart: titles, offices, heads of names, months, places."""

from __future__ import annotations

from functools import cache

from babel import Locale
from babel.core import get_global

MONTHS = tuple(
    "January February March April May June July August September October November December".split()
)
WEEKDAYS = tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
DATE_WORDS = frozenset({*MONTHS, *WEEKDAYS, "Mr", "Mrs", "BC", "AD", "BCE", "CE", "GMT", "AM", "PM"})

TITLES = frozenset(
    "President Chancellor Minister Secretary Senator Governor Mayor King Queen Prince Princess Emperor "
    "Empress Pope Bishop Archbishop Cardinal General Admiral Colonel Captain Commander Major Lieutenant "
    "Sergeant Professor Prof Dr Doctor Sir Lord Lady Dame Judge Justice Ambassador Commissioner "
    "Chairman Chairwoman Chair Director Spokesman Spokeswoman Leader Coach Rabbi Imam Saint Mr Mrs Ms "
    "Miss Premier Councillor Councilwoman Congressman Congresswoman Representative Sheikh Sultan Tsar "
    "Shah Chief Sheriff Inspector Superintendent Detective Constable".split()
)
OFFICES = TITLES - frozenset("Dr Doctor Prof Sir Lord Lady Dame Mr Mrs Ms Miss Saint".split())
# Titles in lower case right before a name: “the engineer Ada Brook”.
TRADES = frozenset(
    "president chancellor minister secretary senator governor mayor king queen emperor pope bishop "
    "general admiral captain professor doctor judge ambassador director spokesman spokeswoman leader "
    "coach engineer architect painter writer author poet composer biologist geologist chemist physicist "
    "historian astronomer mathematician economist botanist zoologist archaeologist philosopher "
    "scientist researcher inventor explorer journalist photographer singer actor actress footballer "
    "analyst lawyer surgeon nurse teacher sculptor novelist merchant farmer teacher hydrologist "
    "volcanologist conservationist councillor".split()
)
PERSONAL = frozenset(  # what only people do, of verbs and of words behind a name
    "said says told added explained argued wrote praised declared thanked warned recalled insisted "
    "stressed noted replied announced married studied taught died resigned laughed believed believes "
    "thinks who whose".split()
)
SAYING = (
    "said|says|added|declared|explained|told|wrote|argued"
    "|warned|noted|insisted|recalled|stressed|stated|announced|replied|concluded|remarked"
)

ORGANISATIONS = frozenset(
    "University Polytechnic College School Academy Institute Bank Company Corporation Corp Inc Ltd "
    "Group Commission Council Committee Ministry Department Agency Authority Association Federation "
    "Foundation Union Party Parliament Congress Senate Court Organisation Organization Society Club "
    "Trust Observatory Office Service Bureau Laboratory Centre Center Hospital Board Army Navy League "
    "Network Times Post Guardian Press News".split()
)
SITES = frozenset(
    "River Mountain Mountains Mount Lake Square Street Avenue Sea Ocean Bridge Cathedral Church Temple "
    "Mosque Park Hall Palace Castle Tower Valley Bay Airport Station Museum Theatre Theater Stadium Dam "
    "Canal Harbour Harbor Port Forest Desert Volcano Glacier Strait Gulf Cape Falls Plain Plateau Basin "
    "Monument Library Garden Gardens Market".split()
)
REGIONS = frozenset(
    "Province Region County District State Territory Prefecture Canton Island Islands Peninsula".split()
)
THINGS = frozenset(
    "War Forum Expo Festival Championship Championships Cup Treaty Agreement Act Prize Award Revolution "
    "Conference Summit Declaration Constitution Olympics Games Project Programme Program Plan Pipeline "
    "Mission Day Week Age Empire Protocol Convention Accord Pact Alliance".split()
)
HEADS = {
    **dict.fromkeys(ORGANISATIONS, "organisation"),
    **dict.fromkeys(SITES, "site"),
    **dict.fromkeys(REGIONS, "region"),
    **dict.fromkeys(THINGS, "thing"),
}
PARTICLES = frozenset("of the de von van der den la le el al bin ibn du di da del dos das y".split())

_DEMONYMS = frozenset(
    "Russian Chinese American British French German Spanish Italian Dutch Swiss Greek Turkish Polish "
    "Danish Swedish Finnish Irish Scottish Welsh English Portuguese Norwegian Icelandic Japanese Korean "
    "Vietnamese Thai Indian Pakistani Iranian Iraqi Israeli Arab Egyptian African Asian European Latin "
    "Western Eastern Northern Southern Soviet Roman Christian Orthodox Catholic Protestant Muslim "
    "Islamic Jewish Buddhist Hindu Ukrainian Canadian Mexican Brazilian Argentine Chilean Peruvian "
    "Colombian Australian Austrian Belgian Czech Hungarian Romanian Bulgarian Serbian Croatian Ottoman "
    "Victorian Byzantine Arctic Antarctic Atlantic Pacific Mediterranean Nordic Baltic Balkan Bavarian "
    "Catalan Basque Cuban Kenyan Nigerian Ethiopian Moroccan Algerian Sino Celtic Germanic Slavic "
    "Persian Mongol Mongolian Nepalese Indonesian Malaysian Philippine Taiwanese Tibetan".split()
)
_OTHER_COUNTRIES = (
    "US, USA, U.S., U.S.A., United States of America, America, UK, U.K., Britain, Great Britain, "
    "England, Scotland, Wales, Northern Ireland, Soviet Union, Burma, Czech Republic, Holland, Persia, "
    "East Germany, West Germany, Yugoslavia, Czechoslovakia, Turkey, Ivory Coast, Hong Kong, Macau, "
    "Bosnia"
)
_OTHER_CITIES = (
    "Beijing, Washington, Barcelona, Milan, Munich, Hamburg, Cologne, Frankfurt, Geneva, Basel, Bern, "
    "Lyon, Marseille, Kyiv, Kiev, Kharkiv, Odesa, Saint Petersburg, St Petersburg, Venice, Florence, "
    "Naples, Glasgow, Edinburgh, Manchester, Liverpool, Birmingham, Oxford, Cambridge, Boston, San "
    "Francisco, Seattle, Houston, Philadelphia, Montreal, Rio de Janeiro, Mumbai, Delhi, New Delhi, "
    "Kyoto, Osaka, Harbin, Guangzhou, Shenzhen, Wuhan, Alexandria, Granada, Seville, Valencia, Bilbao, "
    "Porto, Rotterdam, The Hague, Antwerp, Ghent, Gothenburg, Bergen, Krakow, Gdansk, Leipzig, Dresden, "
    "Salzburg"
)
CONTINENTS = frozenset(
    "Africa, Asia, Europe, North America, South America, Oceania, Antarctica, West, East, Middle East".split(
        ", "
    )
)
WITH_ARTICLE = frozenset(
    "United States, U.S., US, USA, United Kingdom, UK, U.K., Netherlands, Philippines, Maldives, "
    "Bahamas, Soviet Union, Czech Republic, European Union, EU, United Nations, UN, United Arab "
    "Emirates".split(", ")
)
SAME = (  # the first is the name they go by
    ("United States", "United States of America", "U.S.", "US", "USA", "U.S.A.", "America"),
    ("United Kingdom", "UK", "U.K.", "Britain", "Great Britain"),
    ("European Union", "EU"),
    ("United Nations", "UN", "U.N."),
)


@cache
def countries() -> frozenset[str]:
    """English names of countries and territories."""
    named = {
        name
        for code, name in Locale("en").territories.items()
        if len(code) == 2 and code.isalpha() and code != "EU"
    }
    return frozenset({*named, *_OTHER_COUNTRIES.split(", ")})


@cache
def cities() -> frozenset[str]:
    """Cities that time zones are named after, and some more."""
    zones = get_global("zone_territories")
    named = {zone.rpartition("/")[2].replace("_", " ") for zone in zones if zone.count("/") == 1}
    return frozenset({*named, *_OTHER_CITIES.split(", ")}) - countries()


def is_adjective(word: str) -> bool:
    """“Russian”, “Sino-Japanese”: a capitalised word that names nothing by itself."""
    return all(part in _DEMONYMS for part in word.split("-"))

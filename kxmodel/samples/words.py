"""Believable values by what an attribute is called."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from random import Random

FIRST: Final = ("Ada", "Grace", "Alan", "Joan", "Carlos", "Mei", "Noor", "Ivan", "Lena", "Tomas")
LAST: Final = ("Byron", "Murray", "Clarke", "Silva", "Chen", "Haddad", "Petrov", "Novak", "Weber")
COMPANIES: Final = ("Acme", "Globex", "Northwind", "Initech", "Contoso", "Fabrikam")
_CITIES: Final = ("London", "Lisbon", "Austin", "Nairobi", "Osaka", "Tallinn", "Lima")
_SENTENCES: Final = (
    "Could you tell me more about this?",
    "Thank you, that is very helpful.",
    "I would like to change my appointment.",
    "What does it cost per month?",
    "We are open from seven to ten.",
    "Please call me back tomorrow.",
)

_THINGS: Final = ("club", "house", "set", "plan", "group", "studio", "lamp", "chair")
_PEOPLE: Final = "user|person|contact|customer|lead|member|employee|player|author|account|people"

#: Words of texts whose attribute's name says nothing.
PLAIN: Final = ("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "harbor", "iris")

#: What a name ends with -> what such values look like. The first that fits is taken.
_CALLED: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("firstname|givenname", FIRST),
    ("lastname|surname|familyname", LAST),
    ("company|companyname|organisation|organization|orgname", tuple(f"{c} Ltd" for c in COMPANIES)),
    ("city|town", _CITIES),
    ("country|countrycode", ("GB", "PT", "US", "KE", "JP", "EE")),
    ("currency", ("EUR", "GBP", "USD", "JPY")),
    ("language|locale|lang", ("en", "pt", "de", "ja")),
    (
        "^ip|ipaddress|ipaddr|(?:source|client|remote)ip",
        ("192.0.2.17", "198.51.100.4", "203.0.113.80"),
    ),
    ("street|address", ("12 St James's Square", "1 Main Street", "Rua Augusta 24")),
    ("postcode|zip|zipcode", ("SW1Y 4JH", "33062", "1100-053")),
    ("timezone", ("Europe/London", "America/New_York", "Asia/Tokyo")),
    ("useragent", ("Mozilla/5.0 (X11; Linux x86_64)",)),
    ("text|message|body|comment|note|notes|description|template|prompt", _SENTENCES),
    ("title|subject|question", ("Membership", "Opening hours", "A question", "Order")),
    ("slug|category|label|labels|tag|tags", ("fitness", "kitchen", "books", "travel")),
    ("status|state", ("new", "active", "done")),
    ("createdby|updatedby|actor|author", ("system", "agent_carlos", "ada")),
)


def by_name(chance: Random, name: str) -> str | None:
    """Text that an attribute of this name may well hold; None where the name says nothing."""
    kind, texts = _called(name)
    match kind:
        case "texts":
            return chance.choice(texts)
        case "person":
            return f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        case "thing":
            return f"{chance.choice(PLAIN)} {chance.choice(_THINGS)}".capitalize()
        case "id":
            return f"{texts[0]}-{chance.randrange(10**6):06}"
        case _:
            return None


@lru_cache(maxsize=4096)
def _called(name: str) -> tuple[str, tuple[str, ...]]:
    """What kind of text the name asks for, and what it is made of."""
    plain = re.sub(r"[^a-z]", "", name.lower())
    if re.search(rf"(full|{_PEOPLE})name$", plain):
        return "person", ()
    for endings, texts in _CALLED:
        if re.search(rf"({endings})$", plain):
            return "texts", texts
    if plain.endswith("name"):
        return "thing", ()
    if re.search(r"(id|key|number|code|sku|token)$", plain):
        return "id", (re.sub(r"(id|key|number|code|token)$", "", plain)[:12] or "n",)
    return "", ()


def email(chance: Random) -> str:
    """An address of nobody: example.com is kept free (RFC 2606)."""
    who = f"{chance.choice(FIRST)}.{chance.choice(LAST)}".lower()
    return f"{who}{chance.randrange(10000)}@example.com"


def phone(chance: Random) -> str:
    """A number of nobody: 555-01xx is kept free in North America."""
    area = chance.choice((212, 305, 415, 512, 617, 954))
    return f"+1{area}55501{chance.randrange(100):02}"


def uri(chance: Random, name: str) -> str:
    """An address of nothing."""
    return f"https://example.com/{re.sub(r'[^a-z]', '', name.lower()) or 'x'}/{chance.randrange(10**6)}"

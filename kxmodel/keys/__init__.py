"""Key templates: parse, render, take apart again. Pure; every path of the package uses this one.

What reading and writing items do without is imported on first use (PEP 562).
"""

from importlib import import_module
from typing import TYPE_CHECKING

from kxmodel.keys.condition import Condition, OneOf, Present, parse_condition
from kxmodel.keys.derive import (
    Derived,
    DerivedAttribute,
    KeyRules,
    derive,
    encode_key,
    key_rules,
    paths_overlap,
)
from kxmodel.keys.explain import matches, take_apart
from kxmodel.keys.keyset import (
    KeyPart,
    KeyRole,
    KeySet,
    KeyType,
    KeyValue,
    check_key_size,
    evaluate,
)
from kxmodel.keys.parser import parse
from kxmodel.keys.paths import MISSING, is_absent, lookup, nest
from kxmodel.keys.recognise import is_recognised
from kxmodel.keys.render import missing_sources, render, render_part, render_prefix, split
from kxmodel.keys.template import Literal, Placeholder, Template, delimiters

if TYPE_CHECKING:
    from kxmodel.keys.filters import FILTERS, Filter, FilterKind
    from kxmodel.keys.overlap import may_collide

_HOMES = {
    "FILTERS": "kxmodel.keys.filters",
    "Filter": "kxmodel.keys.filters",
    "FilterKind": "kxmodel.keys.filters",
    "may_collide": "kxmodel.keys.overlap",
}

__all__ = [
    "FILTERS",
    "MISSING",
    "Condition",
    "Derived",
    "DerivedAttribute",
    "Filter",
    "FilterKind",
    "KeyPart",
    "KeyRole",
    "KeyRules",
    "KeySet",
    "KeyType",
    "KeyValue",
    "Literal",
    "OneOf",
    "Placeholder",
    "Present",
    "Template",
    "check_key_size",
    "delimiters",
    "derive",
    "encode_key",
    "evaluate",
    "is_absent",
    "is_recognised",
    "key_rules",
    "lookup",
    "matches",
    "may_collide",
    "missing_sources",
    "nest",
    "paths_overlap",
    "parse",
    "parse_condition",
    "render",
    "render_part",
    "render_prefix",
    "split",
    "take_apart",
]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(home), name)
    globals()[name] = value
    return value

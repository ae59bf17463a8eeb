"""Key templates: parse, render, take apart again. Pure; every path of the package uses this one.

The names are imported on first use (PEP 562): whoever recognises an item needs no parser. For that, no
module here is called as a function is.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kxmodel.keys.building import missing_sources, render, render_part, render_prefix, split
    from kxmodel.keys.condition import Condition, OneOf, Present, parse_condition
    from kxmodel.keys.explain import matches, take_apart
    from kxmodel.keys.filters import FILTERS, Filter, FilterKind
    from kxmodel.keys.keyset import (
        KeyPart,
        KeyRole,
        KeySet,
        KeyType,
        KeyValue,
        check_key_size,
        evaluate,
    )
    from kxmodel.keys.overlap import may_collide
    from kxmodel.keys.parser import parse
    from kxmodel.keys.paths import MISSING, is_absent, lookup, nest
    from kxmodel.keys.recognise import is_recognised
    from kxmodel.keys.rules import (
        Derived,
        DerivedAttribute,
        KeyRules,
        derive,
        encode_key,
        key_rules,
        paths_overlap,
    )
    from kxmodel.keys.template import Literal, Placeholder, Template, delimiters

_HOMES = {
    "Condition": "kxmodel.keys.condition",
    "Derived": "kxmodel.keys.rules",
    "DerivedAttribute": "kxmodel.keys.rules",
    "FILTERS": "kxmodel.keys.filters",
    "Filter": "kxmodel.keys.filters",
    "FilterKind": "kxmodel.keys.filters",
    "KeyPart": "kxmodel.keys.keyset",
    "KeyRole": "kxmodel.keys.keyset",
    "KeyRules": "kxmodel.keys.rules",
    "KeySet": "kxmodel.keys.keyset",
    "KeyType": "kxmodel.keys.keyset",
    "KeyValue": "kxmodel.keys.keyset",
    "Literal": "kxmodel.keys.template",
    "MISSING": "kxmodel.keys.paths",
    "OneOf": "kxmodel.keys.condition",
    "Placeholder": "kxmodel.keys.template",
    "Present": "kxmodel.keys.condition",
    "Template": "kxmodel.keys.template",
    "check_key_size": "kxmodel.keys.keyset",
    "delimiters": "kxmodel.keys.template",
    "derive": "kxmodel.keys.rules",
    "encode_key": "kxmodel.keys.rules",
    "evaluate": "kxmodel.keys.keyset",
    "is_absent": "kxmodel.keys.paths",
    "is_recognised": "kxmodel.keys.recognise",
    "key_rules": "kxmodel.keys.rules",
    "lookup": "kxmodel.keys.paths",
    "matches": "kxmodel.keys.explain",
    "may_collide": "kxmodel.keys.overlap",
    "missing_sources": "kxmodel.keys.building",
    "nest": "kxmodel.keys.paths",
    "parse": "kxmodel.keys.parser",
    "parse_condition": "kxmodel.keys.condition",
    "paths_overlap": "kxmodel.keys.rules",
    "render": "kxmodel.keys.building",
    "render_part": "kxmodel.keys.building",
    "render_prefix": "kxmodel.keys.building",
    "split": "kxmodel.keys.building",
    "take_apart": "kxmodel.keys.explain",
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

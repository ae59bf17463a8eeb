"""Key templates: parse, render, take apart again. Pure; every path of the package uses this one."""

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
from kxmodel.keys.render import missing_sources, render, render_part, render_prefix, split
from kxmodel.keys.template import Literal, Placeholder, Template, delimiters

__all__ = [
    "FILTERS",
    "MISSING",
    "Condition",
    "Filter",
    "FilterKind",
    "KeyPart",
    "KeyRole",
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
    "evaluate",
    "is_absent",
    "lookup",
    "matches",
    "may_collide",
    "missing_sources",
    "nest",
    "parse",
    "parse_condition",
    "render",
    "render_part",
    "render_prefix",
    "split",
    "take_apart",
]

"""Access patterns at run time: from a call to Queries, pages, cursors and item collections."""

from kxmodel.runtime.patterns.collection import ItemCollection
from kxmodel.runtime.patterns.page import Page, Stats
from kxmodel.runtime.patterns.ranges import (
    DecimalRange,
    IntegerRange,
    NumberRange,
    TextRange,
    TimestampRange,
)
from kxmodel.runtime.patterns.reader import KeyAttributes, RawItem, Reader
from kxmodel.runtime.patterns.run import run_collection, run_one, run_page

__all__ = [
    "DecimalRange",
    "IntegerRange",
    "ItemCollection",
    "KeyAttributes",
    "NumberRange",
    "Page",
    "RawItem",
    "Reader",
    "Stats",
    "TextRange",
    "TimestampRange",
    "run_collection",
    "run_one",
    "run_page",
]

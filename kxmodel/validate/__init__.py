"""An item against its JSON Schema. Pure; the validators themselves are imported on first use."""

from kxmodel.validate.changes import brought
from kxmodel.validate.formats import FORMATS
from kxmodel.validate.portable import portable_pattern
from kxmodel.validate.projection import project_item
from kxmodel.validate.validator import Validator, compile_schema

__all__ = [
    "FORMATS",
    "Validator",
    "brought",
    "compile_schema",
    "portable_pattern",
    "project_item",
]

"""The dialect ``urn:kxmodel:dialect:1``: JSON Schema files -> `kxmodel.ir`."""

from kxmodel.dialect.metaschema import DIALECT, Keyword, keywords, metaschema
from kxmodel.dialect.names import module_name, pascal_case, snake_case
from kxmodel.dialect.paths import known_paths, shape_at
from kxmodel.dialect.read import read_folder, read_table

__all__ = [
    "DIALECT",
    "Keyword",
    "keywords",
    "known_paths",
    "metaschema",
    "module_name",
    "pascal_case",
    "read_folder",
    "read_table",
    "shape_at",
    "snake_case",
]

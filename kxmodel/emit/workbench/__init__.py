"""``workbench``: the data model of NoSQL Workbench for DynamoDB, to be imported there.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/workbench.html
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from kxmodel.emit.emitter import Emitter, Setting
from kxmodel.emit.files import Files, path
from kxmodel.emit.workbench.table import LEAVE_OUT, REFUSE, table_model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kxmodel.emit.emitter import Given
    from kxmodel.ir import Table

#: Version of the format.
VERSION: Final = "3.0"

#: What Workbench shows as the dates. It is no day of anybody's: the same schemas give the same bytes.
_DATE: Final = "Jan 01, 2024, 12:00 AM"


def emit(tables: Sequence[Table], given: Given) -> Files:
    """One file with all tables. Raises ExportError KX703 as `table_model`."""
    model = {
        "ModelName": given["name"],
        "ModelMetadata": {
            "Author": given["author"],
            "DateCreated": _DATE,
            "DateLastModified": _DATE,
            "Description": given["description"],
            "AWSService": "Amazon DynamoDB",
            "Version": VERSION,
        },
        "DataModel": [table_model(table, given["local-indexes"]) for table in tables],
    }
    return {path("workbench.json"): json.dumps(model, indent=2) + "\n"}


EMITTER: Final = Emitter(
    name="workbench",
    summary="NoSQL Workbench's data model: tables, facets, indexes, sample data",
    emit=emit,
    settings=(
        Setting("name", "the model's name", "kxmodel"),
        Setting("author", "whom Workbench names as its author"),
        Setting("description", "what Workbench says of the model"),
        Setting(
            "local-indexes",
            "what becomes of local indexes, which a model cannot have",
            REFUSE,
            (REFUSE, LEAVE_OUT),
        ),
    ),
)

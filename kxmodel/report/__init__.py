"""Stored items against the schema, wherever they are, and reports of what is wrong with them.

Nothing here prints: `validate` takes `sources`, and hands each finding to a function as it is found.
"""

from kxmodel.report.finding import ItemFinding
from kxmodel.report.judging import Judge, Judged
from kxmodel.report.reading import (
    Broken,
    Export,
    Item,
    ItemFile,
    LiveTable,
    ScanClient,
    find_export,
)
from kxmodel.report.run import Progress, validate
from kxmodel.report.source import Source, sources
from kxmodel.report.tally import Count, Kind, Problems, SourceCount, Tally
from kxmodel.report.writing import WRITERS, Writer, file_output, verdict

__all__ = [
    "WRITERS",
    "Broken",
    "Count",
    "Export",
    "Item",
    "ItemFile",
    "ItemFinding",
    "Judge",
    "Judged",
    "Kind",
    "LiveTable",
    "Problems",
    "Progress",
    "ScanClient",
    "Source",
    "SourceCount",
    "Tally",
    "Writer",
    "file_output",
    "find_export",
    "sources",
    "validate",
    "verdict",
]

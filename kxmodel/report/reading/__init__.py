"""Where items come from: files, exports to S3, live tables. Everything is read in bounded memory."""

from kxmodel.report.reading.export import Export, find_export
from kxmodel.report.reading.file import ItemFile
from kxmodel.report.reading.record import Broken, Item
from kxmodel.report.reading.scan import LiveTable, ScanClient

__all__ = ["Broken", "Export", "Item", "ItemFile", "LiveTable", "ScanClient", "find_export"]

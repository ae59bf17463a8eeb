"""A table's export to S3, as it lies in a folder.

"DynamoDB table export output format" describes it:
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html.
Beside manifest-summary.json stands manifest-files.json with a line for each data file; the data files
of a full export lie in ``data`` beside the manifests, those of an incremental one in ``data`` beside
the export's folder. Each is JSON Lines in gzip.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from kxmodel.errors import Location, ReportError
from kxmodel.errors.base import shorten
from kxmodel.report.reading.decode import NotJson, decode
from kxmodel.report.reading.file import ItemFile
from kxmodel.report.reading.lines import lines
from kxmodel.report.reading.record import Broken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel.report.reading.file import Record

SUMMARY: Final = "manifest-summary.json"
FILES: Final = "manifest-files.json"
_MAX_SUMMARY: Final = 1024 * 1024


@dataclass(frozen=True)
class DataFile:
    """A data file as the manifest tells of it; the figures are None where it does not."""

    path: Path
    items: int | None
    md5: bytes | None


class Export:
    """One export. Iterating reads its data files, one after another.

    table: the exported table's name in AWS, from its ARN; empty where the manifest has none.
    Raises ReportError KX666 where the manifests cannot be used.
    """

    def __init__(self, folder: Path, name: str, hashes: frozenset[str]) -> None:
        self.folder = folder
        self.name = name
        self._hashes = hashes
        summary = _summary(folder / SUMMARY)
        form = summary.get("outputFormat", "DYNAMODB_JSON")
        if form != "DYNAMODB_JSON":
            raise ReportError(
                f"the export is in the format {shorten(form)}, and only DYNAMODB_JSON is read",
                where=Location(f"{name}/{SUMMARY}"),
            )
        self.table = str(summary.get("tableArn", "")).rpartition("table/")[2].partition("/")[0]
        incremental = summary.get("exportType") == "INCREMENTAL_EXPORT"
        self.files = tuple(_data_files(folder, incremental=incremental))
        self.size = sum(_size(file.path) for file in self.files)
        self._before = 0
        self._current: ItemFile | None = None

    @property
    def done(self) -> int:
        """How many of the data files' bytes were read."""
        return self._before + (self._current.done if self._current else 0)

    def __iter__(self) -> Iterator[Record]:
        for file in self.files:
            name = f"{self.name}/{file.path.parent.name}/{file.path.name}"
            reader = ItemFile(file.path, name, self._hashes, as_lines=True)
            self._current = reader
            records = 0
            for place, record in reader:
                records += not (isinstance(record, Broken) and record.code == "KX665")
                yield place, record
            self._before += reader.done
            self._current = None
            if reader.md5 is not None:
                for fault in _against_manifest(file, records, reader.md5):
                    yield name, Broken(fault, "KX665")


def find_export(folder: Path) -> Path | None:
    """The folder of the one manifest-summary.json in `folder` or below; None where there is none.

    Raises ReportError KX666 where there are several.
    """
    if (folder / SUMMARY).is_file():
        return folder
    found = sorted({path.parent for depth in _DEPTHS for path in folder.glob(f"{depth}/{SUMMARY}")})
    if len(found) > 1:
        names = ", ".join(str(path.relative_to(folder)) for path in found[:5])
        more = f" and {len(found) - 5} more" if len(found) > 5 else ""
        raise ReportError(f"{folder} holds {len(found)} exports: {names}{more}")
    return found[0] if found else None


#: An export lies in ``<prefix>/AWSDynamoDB/<id>``; the copy of a bucket may begin at any of these.
_DEPTHS: Final = ("*", "AWSDynamoDB/*", "*/AWSDynamoDB/*")


def _summary(path: Path) -> dict[str, object]:
    where = Location(str(path))
    try:
        with path.open("rb") as file:
            value = decode(file.read(_MAX_SUMMARY).decode("utf-8-sig"))
    except (OSError, NotJson, UnicodeDecodeError) as error:
        raise ReportError(f"the manifest cannot be read: {error}", where=where) from None
    if not isinstance(value, dict):
        raise ReportError("the manifest is no JSON object", where=where)
    return value


def _data_files(folder: Path, *, incremental: bool) -> Iterator[DataFile]:
    """The data files. Only their base names are taken from the manifest: no path leads elsewhere."""
    path = folder / FILES
    data = (folder.parent if incremental else folder) / "data"
    try:
        with path.open("rb") as file:
            for piece in lines(file):
                entry = decode(piece.text) if not piece.fault else None
                key = entry.get("dataFileS3Key") if isinstance(entry, dict) else None
                name = PurePosixPath(key).name if isinstance(key, str) else ""
                if not isinstance(entry, dict) or not name or name == ".." or "\0" in name:
                    raise ReportError(
                        "the manifest names no data file here",
                        where=Location(str(path), piece.line, 1),
                    )
                items = entry.get("itemCount")
                yield DataFile(
                    data / name,
                    items if type(items) is int else None,
                    _md5(entry.get("md5Checksum")),
                )
    except (OSError, NotJson) as error:
        raise ReportError(
            f"the manifest cannot be read: {error}", where=Location(str(path))
        ) from None


def _md5(value: object) -> bytes | None:
    try:
        return base64.b64decode(value, validate=True) if isinstance(value, str) else None
    except binascii.Error:
        return None


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _against_manifest(file: DataFile, records: int, md5: bytes) -> Iterator[str]:
    if file.md5 is not None and file.md5 != md5:
        yield f"is not the file that was exported: its MD5 differs from that in {FILES}"
    if file.items is not None and file.items != records:
        yield f"holds {records:,} records, and {FILES} says {file.items:,}"

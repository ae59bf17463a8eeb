"""The error of judging stored items, where it cannot go on."""

from __future__ import annotations

from kxmodel.errors.base import KxError


class ReportError(KxError):
    """An export or a table cannot be read, or a report cannot be written."""

    default_code = "KX666"

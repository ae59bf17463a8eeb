"""The errors of exporting to, and importing from, other formats."""

from __future__ import annotations

from kxmodel.errors.base import KxError


class ExportError(KxError):
    """A format, one of its settings, or where the files go is wrong, or a table cannot be said in it."""

    default_code = "KX700"


class AdoptError(KxError):
    """What is to be made into a schema cannot be read or understood."""

    default_code = "KX710"


class DocsError(KxError):
    """The pages of the site cannot be made."""

    default_code = "KX720"

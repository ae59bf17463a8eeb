"""A loader of botocore's service models that looks for one service, not for all there are.

Before it loads a model, botocore lists every service that has one of that type: some 900 folders
and 2,700 files, twice for a client. Where the service that is asked for has a model, the list that
botocore wants to find it in can as well be that one name. What one client has read, the next one of
the process does not read again.
"""

from __future__ import annotations

import gzip
import os
from threading import local
from typing import Any

import orjson
from botocore.exceptions import DataNotFoundError
from botocore.loaders import JSONFileLoader, Loader


class QuickFiles(JSONFileLoader):
    """botocore's reader of JSON files, by orjson, into dicts, which keep their order as well.

    One of a client's files has over a megabyte.
    """

    def load_file(self, file_path: str) -> Any:
        """See `botocore.loaders.JSONFileLoader`."""
        for ending, opened in ((".json", open), (".json.gz", gzip.open)):
            path = f"{file_path}{ending}"
            if os.path.isfile(path):
                with opened(path, "rb") as file:
                    return orjson.loads(file.read())
        return super().load_file(file_path)


class DirectLoader(Loader):
    """botocore's loader over the same folders as `plain`, with the same results and errors."""

    def __init__(self, plain: Loader) -> None:
        own = type(plain.file_loader) is JSONFileLoader
        super().__init__(
            extra_search_paths=[*plain.search_paths],
            include_default_search_paths=False,
            file_loader=QuickFiles() if own else plain.file_loader,
        )
        self._asked = local()

    def load_service_model(
        self, service_name: str, type_name: str, api_version: str | None = None
    ) -> Any:
        """See `botocore.loaders.Loader.load_service_model`."""
        self._asked.service = service_name
        try:
            return super().load_service_model(service_name, type_name, api_version)
        finally:
            self._asked.service = None

    def list_available_services(self, type_name: str) -> list[str]:
        """See `botocore.loaders.Loader`; while a model is loaded, its service alone if it is there."""
        service = getattr(self._asked, "service", None)
        if service is not None:
            try:
                if self.list_api_versions(service, type_name):
                    return [service]
            except DataNotFoundError:
                pass
        return list(super().list_available_services(type_name))


_shared: dict[tuple[str, ...], DirectLoader] = {}


def direct_loader(plain: Loader) -> DirectLoader:
    """The process's one loader over the folders of `plain`; its own where `plain` reads files its own way.

    botocore shares a session's loader between the session's clients, and so nobody changes what it
    has given.
    """
    if type(plain.file_loader) is not JSONFileLoader:
        return DirectLoader(plain)
    # Two threads that come first both read, and the clients of one keep what it has read.
    return _shared.setdefault(tuple(plain.search_paths), DirectLoader(plain))

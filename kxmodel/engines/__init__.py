"""Local DynamoDB engines: find, install, start, and know what each does differently.

    with kxmodel.engines.start() as engine:
        kxmodel.bind(endpoint_url=engine.endpoint_url, region="us-east-1")

Every engine listens on the loopback address only and ends with the process that started it.
"""

from kxmodel.engines.cache import cache_dir
from kxmodel.engines.catalogue import ENGINES, Engine
from kxmodel.engines.finding import Found, Status, best, find, installed, status
from kxmodel.engines.installing import install
from kxmodel.engines.quirks import QUIRKS, Quirks
from kxmodel.engines.running import RunningEngine, attach
from kxmodel.engines.starting import choose, start

__all__ = [
    "ENGINES",
    "QUIRKS",
    "Engine",
    "Found",
    "Quirks",
    "RunningEngine",
    "Status",
    "attach",
    "best",
    "cache_dir",
    "choose",
    "find",
    "install",
    "installed",
    "start",
    "status",
]

"""Executors that run the work units outside this process's own threads."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from kxmodel.errors import BackfillError
from kxmodel.migrate.backfill import Processes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

#: Seconds until a scheduler that does not answer is given up.
_PATIENCE: Final = 10.0


@contextmanager
def processes(workers: int) -> Iterator[Executor]:
    """Processes of this machine, so many at most; one that dies is replaced."""
    with Processes(workers) as pool:
        yield pool


@contextmanager
def dask(address: str) -> Iterator[Executor]:
    """The Dask cluster whose scheduler is at this address, such as ``tcp://10.0.0.5:8786``.

    Its workers need kxmodel, the project's migrations (at the same path, or in the folder that they
    were started in) and an environment in which they reach DynamoDB.
    Raises BackfillError KX633 where Dask is not installed or no scheduler answers.
    """
    try:
        from distributed import Client
        from distributed.comm.addressing import parse_address, parse_host_port
    except ImportError:
        raise BackfillError(
            "Dask is not installed", code="KX633", fix="Run `pip install 'kxmodel[dask]'`."
        ) from None
    try:
        scheme, rest = parse_address(address)
        if scheme in ("tcp", "tls"):
            parse_host_port(rest)  # a Client that cannot read it hangs when it is given up
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise BackfillError(
            f"no Dask scheduler answers at {address}: {error}", code="KX633"
        ) from error
    with client:
        # Two units that read alike are two units: nothing is taken for done that was done before.
        yield client.get_executor(pure=False)

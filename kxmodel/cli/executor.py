"""The options that say what runs the work units, and the executor that they name."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor

_F = TypeVar("_F", bound="Callable[..., Any]")

_OPTIONS = (
    click.option(
        "--executor",
        type=click.Choice(["threads", "processes"]),
        help="What does the work; threads by default.",
    ),
    click.option("--dask", metavar="ADDRESS", help="Do the work on a Dask cluster: its scheduler."),
)


def executor_options(command: _F) -> _F:
    """Adds the options, as the arguments `executor` and `dask`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@contextmanager
def open_executor(
    executor: str | None, dask: str | None, workers: int
) -> Iterator[Executor | None]:
    """The executor that the options name, while the block runs; None for threads of the run's own.

    Raises UsageError where both are given, BackfillError KX633 where Dask cannot be had.
    """
    from kxmodel.errors import UsageError
    from kxmodel.migrate.run import executors

    if executor is not None and dask is not None:
        raise UsageError("--executor and --dask exclude each other", fix="Give one of them.")
    if dask is not None:
        with executors.dask(dask) as cluster:
            yield cluster
    elif executor == "processes":
        with executors.processes(workers) as pool:
            yield pool
    else:
        yield None

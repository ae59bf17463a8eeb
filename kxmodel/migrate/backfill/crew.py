"""Who works: threads of this process, or any executor, which is handed nothing but JSON."""

from __future__ import annotations

import json
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import asdict
from typing import TYPE_CHECKING

from kxmodel.errors import BackfillError
from kxmodel.migrate.backfill.processes import Processes
from kxmodel.migrate.backfill.slice import Report
from kxmodel.migrate.backfill.worker import Worker, run_remote
from kxmodel.migrate.holder import tool

if TYPE_CHECKING:
    from types import TracebackType

    from kxmodel.migrate.backfill.client import DynamoClient
    from kxmodel.migrate.backfill.slice import Slice
    from kxmodel.migrate.backfill.stop import StopSignal
    from kxmodel.migrate.client import ClientSettings
    from kxmodel.migrate.tasks.spec import TaskSpec
    from kxmodel.migrate.tasks.task import Task


class Crew:
    """Takes slices and gives futures of reports. As a context manager it ends its own threads."""

    def __init__(
        self,
        task: Task,
        spec: TaskSpec | None,
        client: DynamoClient,
        settings: ClientSettings | None,
        executor: Executor | None,
        workers: int,
        stop: StopSignal,
    ) -> None:
        """executor: None for threads of its own. spec, settings: what a worker elsewhere makes its
        task and its client from.

        Raises BackfillError KX623 where an executor is given that may be in another process, and one
        of the two is not.
        """
        self._own = ThreadPoolExecutor(workers, "kxmodel-backfill") if executor is None else None
        self._executor = executor or self._own
        self._remote: dict[str, object] | None = None
        self._worker: Worker | None = None
        if executor is None or isinstance(executor, ThreadPoolExecutor):
            self._worker = Worker(task, client, stop=stop)
        elif spec is not None and settings is not None:
            self._remote = {"tool": tool(), "task": spec.to_json(), "client": asdict(settings)}
        else:
            raise BackfillError(
                f"{type(executor).__name__} may run the work in another process, and it is not said "
                "what that makes its task and its client from",
                code="KX623",
            )

    @property
    def remote(self) -> bool:
        """Whether a worker may be lost while this process lives on."""
        return self._remote is not None

    @property
    def renews(self) -> bool:
        """Whether the executor can go on after it lost workers."""
        return isinstance(self._executor, Processes)

    def submit(self, slice_: Slice) -> Future[Report] | Future[str]:
        """Have a slice done. Raises RuntimeError where the executor takes no more."""
        assert self._executor is not None
        if self._worker is not None:
            return self._executor.submit(self._worker.run, slice_)
        text = json.dumps({**(self._remote or {}), "slice": slice_.to_json()})
        return self._executor.submit(run_remote, text)

    @staticmethod
    def report_of(result: Report | str) -> Report:
        """The report that a future holds."""
        return Report.from_json(json.loads(result)) if isinstance(result, str) else result

    def __enter__(self) -> Crew:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._own is not None:
            self._own.shutdown(wait=True, cancel_futures=True)

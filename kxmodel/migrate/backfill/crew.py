"""Who works: threads of this process, or any executor, which is handed nothing but JSON."""

from __future__ import annotations

import json
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import asdict
from typing import TYPE_CHECKING

from kxmodel.errors import BackfillError
from kxmodel.migrate.backfill.slice import Report
from kxmodel.migrate.backfill.worker import Worker, run_remote
from kxmodel.migrate.client import ClientSettings
from kxmodel.migrate.tasks.spec import TaskSpec

if TYPE_CHECKING:
    from types import TracebackType

    from kxmodel.migrate.backfill.client import DynamoClient
    from kxmodel.migrate.backfill.slice import Slice
    from kxmodel.migrate.backfill.stop import StopSignal
    from kxmodel.migrate.tasks.task import Task


class Crew:
    """Takes slices and gives futures of reports. As a context manager it ends its own threads."""

    def __init__(
        self,
        task: Task | TaskSpec,
        client: DynamoClient,
        settings: ClientSettings | None,
        executor: Executor | None,
        workers: int,
        stop: StopSignal,
    ) -> None:
        """executor: None for threads of its own. settings: what a worker elsewhere makes its client of.

        Raises BackfillError KX623 where an executor is given that may be in another process, and the
        task or the client is not plain data.
        """
        self._own = ThreadPoolExecutor(workers, "kxmodel-backfill") if executor is None else None
        self._executor = executor or self._own
        self._remote: dict[str, object] | None = None
        self._worker: Worker | None = None
        if executor is None or isinstance(executor, ThreadPoolExecutor):
            made = task.load() if isinstance(task, TaskSpec) else task
            self._worker = Worker(made, client, stop=stop)
        elif isinstance(task, TaskSpec) and isinstance(settings, ClientSettings):
            self._remote = {"task": task.to_json(), "client": asdict(settings)}
        else:
            raise BackfillError(
                f"{type(executor).__name__} may run the work in another process, and the task or the "
                "client given is an object of this one",
                code="KX623",
            )

    @property
    def remote(self) -> bool:
        """Whether a worker may be lost while this process lives on."""
        return self._remote is not None

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

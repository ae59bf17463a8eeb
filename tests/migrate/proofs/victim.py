"""A process that makes processes to be killed: ``python -m tests.migrate.proofs.victim ENDPOINT``.

Each line on standard input is a job in JSON; see `Job`. For each one a child is forked, everything
imported already, and its exit status is answered on standard output.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal, cast

from kxmodel.errors import KxError
from kxmodel.migrate.clock import Clock, SystemClock
from kxmodel.migrate.names import Names
from kxmodel.migrate.run import Database, Options, migrate
from kxmodel.testing.faults import Entry, FaultyClient, Rule, at, killed, meanwhile
from tests.migrate.backfill.bench import client_of
from tests.migrate.proofs import changes
from tests.migrate.world import FOLDER, Leaping

ROOT = Path(__file__).parents[3]
STORIES = {"keys": FOLDER, "changes": changes.FOLDER}


@dataclass(frozen=True)
class Job:
    """Migrate the environment `prefix`, appending every request to the file `log`.

    kill, after: SIGKILL before request number `kill` is sent, or after it. stall: SIGSTOP before the
    first request of this operation that names the table `stall_at`; the process id is then in the file
    `log` + ".pid". lease_seconds: None: 30, on a clock that leaps. story: which migrations.
    """

    prefix: str
    log: str
    kill: int = 0
    after: bool = False
    stall: str = ""
    stall_at: str = ""
    path: Literal["auto", "partiql", "update"] = "auto"
    workers: int = 1
    lease_seconds: float | None = None
    story: Literal["keys", "changes"] = "keys"

    def rules(self) -> list[Rule]:
        """The faults."""
        if self.kill:
            return [Rule(killed(after=self.after, really=True), when=at(self.kill))]
        if self.stall:
            names = self.stall_at
            return [
                Rule(
                    meanwhile(self._stop), self.stall, at(1), lambda request: names in str(request)
                )
            ]
        return []

    def _stop(self) -> None:
        Path(self.log + ".pid").write_text(str(os.getpid()))
        os.kill(os.getpid(), signal.SIGSTOP)


def run(client: Any, job: Job) -> int:
    """The child's work. 0: done. 1: an error of the package's own, to be resumed from."""
    log = os.open(job.log, os.O_APPEND | os.O_CREAT | os.O_WRONLY)

    def told(entry: Entry) -> None:
        # One write call, so that what is in the file outlives the process.
        os.write(log, (json.dumps(plain(entry), default=repr) + "\n").encode())

    faulty = cast("Any", FaultyClient(client, job.rules(), told=told))
    options = Options(write_path=job.path, segments=6, workers=job.workers, allow_destructive=True)
    clock: Clock = Leaping()
    if job.lease_seconds is not None:
        options, clock = replace(options, lease_seconds=job.lease_seconds), SystemClock()
    try:
        database = Database(faulty, Names(job.prefix), clock=clock)
        outcome = migrate(STORIES[job.story], database, options=options)
    except KxError as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    return 0 if outcome.finished else 1


def plain(entry: Entry) -> dict[str, Any]:
    """An entry as JSON, without its error."""
    return {
        "number": entry.number,
        "operation": entry.operation,
        "parameters": entry.parameters,
        "sent": entry.sent,
        "answers": [_answer(answer) for answer in entry.answers],
        "answer": None if entry.answer is None else _answer(entry.answer),
        "began": entry.began,
        "ended": entry.ended,
    }


def entry_of(text: str) -> Entry:
    """The opposite of `plain`."""
    body = json.loads(text)
    lists = {"sent": tuple(body["sent"]), "answers": tuple(body["answers"])}
    return Entry(**{**body, **lists})


def _answer(answer: Any) -> dict[str, Any]:
    names = ("Items", "Item", "Responses", "Attributes", "LastEvaluatedKey")
    return {name: answer[name] for name in names if name in answer}


@dataclass
class Victims:
    """The process that makes the victims, from the test's side."""

    process: subprocess.Popen[str]

    def begin(self, job: Job) -> None:
        """Have a child work. One at a time."""
        assert self.process.stdin is not None
        print(json.dumps(asdict(job)), file=self.process.stdin, flush=True)

    def end(self) -> int:
        """Wait for it; its exit status, or the signal that ended it below 0."""
        assert self.process.stdout is not None
        return int(self.process.stdout.readline())


@contextmanager
def victims(endpoint: str) -> Iterator[Victims]:
    """For the block, one process that makes victims."""
    command = [sys.executable, "-m", "tests.migrate.proofs.victim", endpoint]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin is not None
        try:
            yield Victims(process)
        finally:
            process.stdin.close()


def main(endpoint: str) -> None:
    client = client_of(endpoint)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os._exit(run(client, Job(**json.loads(line))))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

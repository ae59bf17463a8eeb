"""The tasks of a run as data, and the same tasks made again by a worker, from its own files.

What travels names a migration and its checksum; the worker runs the file that it has, and refuses
where that is another. No code and no credentials travel.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from kxmodel.config import find_config
from kxmodel.errors import BackfillError, ConfigError
from kxmodel.migrate.files import load_folder
from kxmodel.migrate.holder import host
from kxmodel.migrate.operations.judging import proof_task
from kxmodel.migrate.run.passes import move_of, task_of
from kxmodel.migrate.state import State, from_json, state_digest, to_json
from kxmodel.migrate.tasks import TaskSpec
from kxmodel.migrate.tasks.arguments import elements, members, text, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.migrate.files import Folder
    from kxmodel.migrate.run.passes import Move
    from kxmodel.migrate.run.path import Step
    from kxmodel.migrate.state import Json
    from kxmodel.migrate.tasks import Task
    from kxmodel.values import JSON

_HERE: Final = "kxmodel.migrate.run.specs"


def spec_of_move(folder: Folder, step: Step, move: Move) -> TaskSpec:
    """What a worker makes the task of a move from.

    The digest of the state before stands for all the migrations that this one follows, and for those
    beside it.
    """
    arguments: dict[str, JSON] = {
        "revision": step.revision,
        "checksum": step.migration.checksum,
        "before": state_digest(step.states[0]),
        "direction": step.direction,
        "number": move.number,
        "done": move.done,
        **({"beside": list(step.beside)} if step.beside else {}),
    }
    return TaskSpec(f"{_HERE}:make_of_move", arguments, str(folder.path.absolute()))


def make_of_move(arguments: Mapping[str, JSON], folder: str | None) -> Task:
    """The task of a move, from the migrations folder of this machine.

    Raises BackfillError KX632 where its files are others than the sender's, and MigrationFileError.
    """
    revision = text(arguments.get("revision"), "revision")
    path = _migrations(folder)
    found = load_folder(path)
    migration = found.migrations.get(revision)
    if migration is None:
        raise _others(path, f"there is no {revision}")
    wanted = text(arguments.get("checksum"), "checksum")
    if migration.checksum != wanted:
        raise _others(path, f"{revision} is {migration.checksum}, and the run is of {wanted}")
    beside = [text(name, "beside") for name in elements(arguments.get("beside", []), "beside")]
    if missing := [name for name in beside if name not in found.migrations]:
        raise _others(path, f"there is no {missing[0]}")
    states = found.states(revision, beside)
    if state_digest(states[0]) != text(arguments.get("before"), "before"):
        raise _others(path, f"the migrations before {revision} lead to another state")
    move = move_of(
        migration.operations,
        states,
        "down" if arguments.get("direction") == "down" else "up",
        whole(arguments.get("number"), "number"),
        whole(arguments.get("done"), "done"),
    )
    return task_of(move)


def spec_of_proof(state: State, table: str) -> TaskSpec:
    """What a worker makes the task from that proves all index keys of a table: the state itself.

    Its schemas go along: a value of another type than they give makes no key.
    """
    one = State({table: state.table(table)})
    return TaskSpec(f"{_HERE}:make_of_proof", {"table": table, "state": to_json(one)})


def make_of_proof(arguments: Mapping[str, JSON], folder: str | None) -> Task:
    """The opposite of `spec_of_proof`. Raises BackfillError KX628, OperationError KX605."""
    del folder  # everything came with the arguments
    task = proof_task(
        from_json(cast("Json", members(arguments.get("state"), "state"))),
        text(arguments.get("table"), "table"),
    )
    if task is None:
        raise BackfillError("the table has no index keys to prove", code="KX628")
    return task


def _migrations(folder: str | None) -> Path:
    """The folder as the sender names it, if it is here too; else the one of this worker's project.

    Whichever it is, the checksum decides.
    """
    if folder is not None and Path(folder).is_dir():
        return Path(folder)
    try:
        return find_config(Path.cwd()).migrations
    except ConfigError as error:
        raise BackfillError(
            f"the worker on {host()} has no folder {folder}, and {error.message}", code="KX632"
        ) from error


def _others(path: Path, reason: str) -> BackfillError:
    return BackfillError(f"{path} on {host()}: {reason}", code="KX632")

"""What refuses a run before it sends anything: steps that cannot be undone, loss, what is around."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.errors import MigrationError
from kxmodel.migrate.operations import VerifyKeys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kxmodel.migrate.operations import Operation
    from kxmodel.migrate.run.path import Step
    from kxmodel.migrate.schema import Surroundings


def refuse_irreversible(steps: Iterable[Step]) -> None:
    """Raise MigrationError KX648 where a step down has an operation without an inverse."""
    for step in steps:
        if step.direction == "up":
            continue
        for number, operation in enumerate(step.migration.operations[: step.done]):
            if not operation.reversible:
                raise MigrationError(
                    f"{step.revision} cannot be undone: its operation {number + 1} has no inverse: "
                    f"{operation.describe()}",
                    code="KX648",
                )


def refuse_unrunnable(steps: Iterable[Step]) -> None:
    """Raise MigrationError KX653 where an operation goes over items and has nothing to judge them by."""
    for step in steps:
        for operation in step.todo:
            if operation.kind in ("data", "verify") and not hasattr(operation, "task"):
                raise MigrationError(
                    f"{step.revision} holds an operation that this version cannot run: "
                    f"{operation.describe()}",
                    code="KX653",
                    fix="Use a version of kxmodel that can, or move the items by a RunPython.",
                )


def losses(steps: Iterable[Step]) -> Iterator[tuple[str, str]]:
    """Revision and what its operations destroy, in words."""
    for step in steps:
        for operation in step.todo:
            if operation.destroys is not None:
                yield step.revision, operation.destroys


def refuse_loss(steps: Iterable[Step]) -> None:
    """Raise MigrationError KX645 with all that would be lost."""
    lost = [f"\n  - {revision}: {what}" for revision, what in losses(steps)]
    if lost:
        raise MigrationError(f"this would be lost:{''.join(lost)}", code="KX645")


def tables_written(steps: Iterable[Step]) -> tuple[str, ...]:
    """The declared names of the tables whose items the steps change, each once.

    A proof is among them: what it finds it repairs.
    """
    operations = (operation for step in steps for operation in step.todo)
    writing = (each for each in operations if each.kind == "data" or isinstance(each, VerifyKeys))
    return tuple(dict.fromkeys(map(_table, writing)))


def refuse_consumers(
    around: Sequence[Surroundings], *, accept_stream_events: bool, single_writer_region: bool
) -> None:
    """Raise MigrationError KX644 for tables whose mass update is felt elsewhere."""
    for each in around:
        told = "; ".join(each.lines())
        if each.consumers and not accept_stream_events:
            raise MigrationError(
                told,
                code="KX644",
                fix="Make its readers ignore the migration, or stop them; then give "
                "--accept-stream-events.",
            )
        if each.replicas and not single_writer_region:
            raise MigrationError(
                told,
                code="KX644",
                fix="Let the table be written in this region only while the migration runs; then "
                "give --single-writer-region.",
            )


def _table(operation: Operation) -> str:
    return str(getattr(operation, "table", ""))

"""Taking back what a key backfill wrote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kxmodel.keys import derive
from kxmodel.migrate.tasks.equal import same
from kxmodel.migrate.tasks.keys import KeysTask, evaluate_item, plain_values
from kxmodel.migrate.tasks.task import ALREADY, SKIPPED, Verdict

if TYPE_CHECKING:
    from kxmodel.migrate.tasks.entity_keys import CompiledKeys
    from kxmodel.migrate.tasks.task import Guards, Item


@dataclass(frozen=True)
class RemoveKeyValues:
    """Remove the index keys that equal what the templates give; any other value is somebody else's.

    An attribute stays where the item is in another index that fills it as well.
    """

    keys: KeysTask

    @property
    def table(self) -> str:
        """The table's declared name."""
        return self.keys.table

    @property
    def reads(self) -> tuple[str, ...]:
        """What the backfill reads."""
        return self.keys.reads

    @property
    def writes(self) -> frozenset[str]:
        """What the backfill writes."""
        return self.keys.writes

    def judge(self, item: Item) -> Verdict:
        """See `Task`."""
        for keys in self.keys.compiled:
            if keys.entity.recognise.holds(item):
                return _judge(keys, item)
        return SKIPPED


def _judge(keys: CompiledKeys, item: Item) -> Verdict:
    derived, _ = evaluate_item(keys, item)
    others = [s for s in keys.sharers if s.name not in keys.targets]
    filled = derive(keys.rules, others, plain_values(keys, item))
    untold = {name for s, _ in filled.errors for name in s.attributes}
    own = sorted(keys.writes - filled.present.keys() - untold)
    remove = tuple(
        name
        for name in own
        if name in item and name in derived.present and same(item[name], derived.present[name])
    )
    if not remove:
        return SKIPPED if any(name in item for name in own) else ALREADY
    taken: Guards = {(name,): item[name] for name in remove}
    return Verdict("change", remove=remove, guards={**keys.guards(item), **taken})

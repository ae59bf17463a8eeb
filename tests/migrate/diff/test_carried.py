"""What is planned between two states, carried out on items: they have the keys of the state that it leads to,
and going back those of the one before. Pure: no engine, no writers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kxmodel.migrate import Migration
from kxmodel.migrate.diff import Options, detect
from kxmodel.migrate.operations.judging import keys_task, proof_task
from kxmodel.migrate.run.passes import moves, task_of
from kxmodel.migrate.run.path import Step
from kxmodel.migrate.state import EntityState, IndexKeysState, State
from kxmodel.migrate.tasks.task import applied
from tests.migrate.states import entity, index, key, property_schema, table

if TYPE_CHECKING:
    from kxmodel.migrate.run.events import Direction
    from kxmodel.migrate.tasks import Task

    Item = dict[str, Any]

PLAN = Options(allow_outage=True, writers_ready=True)

#: Two of the indexes share an attribute.
INDEXES = {
    "IndexA": index("IndexA", hash=(key("APK"),), range=(key("SHARED"),)),
    "IndexB": index("IndexB", hash=(key("BPK"),), range=()),
    "IndexC": index("IndexC", hash=(key("CPK"),), range=(key("SHARED"),)),
}
SCHEMA = property_schema(a={"type": "string"}, n={"type": "integer"})
TEMPLATES = st.sampled_from(["${lead}", "${a}#${lead}", "N${n|pad:2}", "${full}", "${a|upper}"])
WHEN = st.sampled_from([None, {"a": {"equals": "x"}}, {"lead": {"present": True}}])


@st.composite
def entities(draw: st.DrawFn, name: str) -> EntityState:
    shared = draw(TEMPLATES)
    filled = {
        each: IndexKeysState(
            {k.name: shared if k.name == "SHARED" else draw(TEMPLATES) for k in one.attributes},
            draw(WHEN),
        )
        for each, one in INDEXES.items()
        if draw(st.booleans())
    }
    derive = {"full": draw(st.sampled_from(["${a}-${lead}", "${lead|upper}"]))}
    rule = {"equals": {"kind": name}}
    return entity(name, SCHEMA, indexes=filled, derive=derive, recognise=rule)


@st.composite
def states(draw: st.DrawFn) -> State:
    made = [draw(entities("Message")), draw(entities("Note"))]
    used = {name for each in made for name in each.indexes}
    return table(*made, indexes=tuple(one for name, one in INDEXES.items() if name in used))


ITEMS = st.lists(
    st.fixed_dictionaries(
        {"kind": st.sampled_from([{"S": "Message"}, {"S": "Note"}, {"S": "Other"}])},
        optional={
            "lead": st.sampled_from([{"S": "l"}, {"S": "m"}, {"S": ""}, {"N": "1"}]),
            "a": st.sampled_from([{"S": "x"}, {"S": "y"}, {"S": "#"}]),
            "n": st.sampled_from([{"N": "7"}, {"N": "700"}, {"S": "7"}]),
        },
    ),
    min_size=1,
    max_size=4,
)


def carried(item: Item, task: Task) -> Item:
    verdict = task.judge(item)
    return applied(item, verdict) if verdict.writes else item


def along(item: Item, step: Step, *, remove_values: bool = False) -> Item:
    for move in moves(step, remove_values=remove_values):
        if move.operations and move.operations[0].kind in ("data", "verify"):
            item = carried(item, task_of(move))
    return item


def stamped(item: Item, state: State) -> Item:
    """As the writers of this state write it."""
    one = state.table("messages")
    filled = {n: (e, (*e.derive, *e.indexes)) for n, e in one.entities.items()}
    return carried(item, keys_task(state, "messages", filled))


def is_right(item: Item, state: State) -> bool:
    task = proof_task(state, "messages")
    return task is None or not task.judge(item).writes


def entries(item: Item, state: State) -> Item:
    """By index, the key under which it holds the item."""
    found = {}
    for name, one in state.table("messages").indexes.items():
        if all(each.name in item for each in one.attributes):
            found[name] = [item[each.name] for each in one.attributes]
    return found


def is_found(item: Item, state: State) -> bool:
    """Whether it is in the indexes that it is to be in; of another one's key, some may be left."""
    task = proof_task(state, "messages")
    return task is None or entries(item, state) == entries(carried(item, task), state)


@given(states(), states(), ITEMS, st.booleans())
@settings(max_examples=150, deadline=None)
def test_items_have_the_keys_of_the_state_they_are_brought_to(
    before: State, after: State, bodies: list[Item], remove_values: bool
) -> None:
    migration = Migration("0001_x", detect(before, after, PLAN).operations)
    passed = tuple(migration.states(before))
    ways: tuple[Direction, ...] = ("up", "down")
    up, down = (Step(migration, way, 0 if way == "up" else len(passed) - 1, passed) for way in ways)
    for number, body in enumerate(bodies):
        item = stamped({"pk": {"S": "t"}, "sk": {"S": str(number)}, **body}, before)
        assert is_right(item, before)
        moved = along(item, up)
        assert is_right(moved, after)
        if migration.reversible:
            back = along(moved, down, remove_values=remove_values)
            assert is_right(back, before) if remove_values else is_found(back, before)

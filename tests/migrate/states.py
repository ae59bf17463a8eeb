"""States to plan between: fixed ones by hand, and random ones."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from kxmodel.ir import KeyAttribute
from kxmodel.migrate.state import (
    EntityState,
    IndexKeysState,
    IndexState,
    SettingsState,
    State,
    TableState,
    digest,
)

TEXT = {"type": "string"}
SCHEMA = {
    "type": "object",
    "properties": {"tenant": TEXT, "id": TEXT, "lead": TEXT},
    "required": ["tenant", "id"],
}


def key(name: str, kind: str = "S") -> KeyAttribute:
    return KeyAttribute(name, kind)


def index(name: str = "GSI1", **over: object) -> IndexState:
    return replace(IndexState(name, (key(f"{name}PK"),), (key(f"{name}SK"),)), **over)


def keys(name: str = "GSI1", source: str = "lead", when: dict | None = None) -> IndexKeysState:
    return IndexKeysState({f"{name}PK": f"${{{source}}}", f"{name}SK": "${id}"}, when)


def entity(name: str = "Message", schema: dict | None = None, **over: object) -> EntityState:
    schema = schema or SCHEMA
    made = EntityState(name, {"pk": "${tenant}", "sk": "${id}"}, digest(schema), schema=schema)
    return replace(made, **over)


def table(*entities: EntityState, indexes: tuple[IndexState, ...] = (), **over: object) -> State:
    made = TableState(
        "messages",
        key("pk"),
        key("sk"),
        {each.name: each for each in indexes},
        {each.name: each for each in entities or (entity(),)},
    )
    return State({"messages": replace(made, **over)})


def property_schema(**properties: object) -> dict:
    return {**SCHEMA, "properties": {**SCHEMA["properties"], **properties}}


_names = st.sampled_from(["GSI1", "GSI2", "GSI3"])
_sources = st.sampled_from(["lead", "tenant", "id", "a.b"])
_when = st.sampled_from([None, {"lead": {"present": True}}, {"id": {"in": ["a", "b"]}}])


@st.composite
def _indexes(draw: st.DrawFn) -> dict[str, IndexState]:
    made = {}
    for name in draw(st.sets(_names)):
        made[name] = index(
            name,
            range=draw(st.sampled_from([(), (key(f"{name}SK"),)])),
            projection=draw(st.sampled_from(["ALL", "KEYS_ONLY", ("lead",)])),
        )
    return made


@st.composite
def _entities(draw: st.DrawFn, indexes: dict[str, IndexState]) -> dict[str, EntityState]:
    made = {}
    for name in draw(st.sets(st.sampled_from(["Message", "Note"]), min_size=1)):
        extra = draw(st.sets(st.sampled_from(["x", "y"])))
        schema = property_schema(**dict.fromkeys(extra, TEXT))
        filled = {
            each: IndexKeysState(
                {k.name: f"${{{draw(_sources)}}}" for k in indexes[each].attributes}, draw(_when)
            )
            for each in sorted(indexes)
            if draw(st.booleans())
        }
        made[name] = entity(
            name,
            schema,
            indexes=filled,
            recognise=draw(st.sampled_from([{}, {"equals": {"kind": name}}])),
            derive=draw(st.sampled_from([{}, {"full": "${tenant}-${id}"}])),
            version=draw(st.sampled_from([None, "v"])),
            keys={"pk": draw(st.sampled_from(["${tenant}", "T#${tenant}"])), "sk": "${id}"},
        )
    return made


@st.composite
def states(draw: st.DrawFn) -> State:
    """A state of up to two tables, whose primary keys are always the same."""
    made = {}
    for name in draw(st.sets(st.sampled_from(["messages", "leads"]))):
        indexes = draw(_indexes())
        capacity = draw(st.sampled_from([None, 5]))
        made[name] = TableState(
            name,
            key("pk"),
            key("sk"),
            indexes,
            draw(_entities(indexes)),
            SettingsState(
                read_capacity=capacity,
                write_capacity=capacity,
                stream=draw(st.sampled_from([None, "NEW_IMAGE"])),
                ttl=draw(st.sampled_from([None, "expires"])),
                deletion_protection=draw(st.booleans()),
                point_in_time_recovery=draw(st.booleans()),
                encryption=draw(st.sampled_from(["aws-owned", "aws-managed"])),
                tags=draw(st.sampled_from([{}, {"team": "a"}])),
            ),
        )
    return State(made)

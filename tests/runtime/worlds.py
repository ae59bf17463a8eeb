"""What the property tests write: for each model an object to start with, and changes to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from pynamodb.expressions.operand import Path

from kxmodel.models import Lead, Message, Persona
from kxmodel.values import new_ulid
from tests.runtime.crates import Crate
from tests.runtime.zoo import Animal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pynamodb.expressions.update import Action

    from kxmodel.runtime import Model

PHONES = ("+19545550100", "+1 954 555 0111", "+49 30 901820")
SMALL = st.integers(0, 500)


@dataclass(frozen=True)
class World:
    """One model. actions: strategies that give one update action each."""

    model: type[Model]
    start: Callable[[str], Mapping[str, Any]]
    actions: tuple[st.SearchStrategy[Action], ...]
    assignments: Mapping[str, st.SearchStrategy[Any]]

    def handle(self, name: str) -> Any:
        """An object that knows only the sources of its key."""
        given = self.start(name)
        sources = self.model.kx.entity.primary_sources
        names = {self.model._dynamo_to_python_attr(path) for path in sources}
        return self.model(**{name: given[name] for name in names})


def always(make: Callable[[], Action]) -> st.SearchStrategy[Action]:
    """An action without a value."""
    return st.builds(make)


def setting(attribute: Any, values: st.SearchStrategy[Any]) -> st.SearchStrategy[Action]:
    """SET to one of these values."""
    return values.map(lambda value: attribute.set(value))


names = st.text("abc#/ é", min_size=1, max_size=6)
keepers = st.fixed_dictionaries(
    {"email": st.sampled_from(["A@b.co", "kim@example.com"])},
    optional={"phone": st.sampled_from(PHONES), "shift": SMALL, "odd": st.text(max_size=3)},
)

ANIMAL = World(
    Animal,
    lambda name: {"tenant_id": "t1", "animal_id": name, "name": "Rex", "species": "dog", "legs": 4},
    (
        setting(Animal.name, names),
        setting(Animal.weight, SMALL | st.floats(0, 1000).map(lambda f: round(f, 2))),
        setting(Animal.alive, st.booleans() | st.none()),
        setting(Animal.keeper, keepers),
        setting(Animal.keeper.phone, st.sampled_from([*PHONES, None])),
        setting(Path("keeper")["phone"], st.just("+19545550155")),
        setting(Animal.keeper.shift, SMALL),
        always(Animal.keeper.phone.remove),
        always(Animal.keeper.remove),
        always(Animal.weight.remove),
        always(Animal.alive.remove),
        SMALL.map(lambda n: Animal.weight.add(n)),
        SMALL.map(lambda n: Animal.weight.set(Animal.weight - n)),
        SMALL.map(lambda n: Animal.weight.set(Animal.weight | n)),
        always(lambda: Animal.weight.set(Animal.legs)),
        always(lambda: Animal.name.set(Animal.species)),
        names.map(lambda n: Animal.name.set(Path("nick") | n)),
        setting(Path("nick"), names),
        SMALL.map(lambda n: Animal.legs.add(n)),
        always(lambda: Animal.tags.add({"a"})),
        setting(Animal.notes, st.lists(names, max_size=2)),
    ),
    {
        "name": names,
        "weight": SMALL | st.none(),
        "alive": st.booleans() | st.none(),
        "keeper": keepers | st.none(),
    },
)

MESSAGE = World(
    Message,
    lambda name: {
        "tenant_id": "t1",
        "email_lc": f"{name}@Example.com",
        "ts": _ULIDS.setdefault(name, new_ulid()),
        "source": "chat",
        "direction": "inbound",
        "text": "hello",
    },
    (
        setting(Message.lead_id, st.sampled_from(["lead_1", "lead_2", None])),
        always(Message.lead_id.remove),
        always(lambda: Message.lead_id.set(Message.conversation_id)),
        setting(Message.conversation_id, st.sampled_from(["c1", "c2", None])),
        always(lambda: Message.lead_id.set(Message.lead_id | "lead_9")),
        setting(Message.text, names),
        setting(Message.meta, st.just({"processingTimeMs": 12, "more": {"x": [1, "2"]}})),
        setting(Message.meta.processing_time_ms, SMALL),
        always(Message.meta.remove),
    ),
    {
        "lead_id": st.sampled_from(["lead_1", "lead_2", None]),
        "text": names,
    },
)
_ULIDS: dict[str, str] = {}

contacts = st.fixed_dictionaries(
    {}, optional={"phone": st.sampled_from(PHONES), "firstName": names, "x": SMALL}
)
statuses = st.sampled_from(["new", "qualified"])
LEAD = World(
    Lead,
    lambda name: {"tenant_id": "t1", "email_lc": f"{name}@Example.com"},
    (
        setting(Lead.contact_info, contacts),
        setting(Lead.contact_info.phone, st.sampled_from([*PHONES, None])),
        setting(Lead.contact_info.first_name, names),
        always(Lead.contact_info.phone.remove),
        always(Lead.contact_info.remove),
        setting(
            Lead.qualification,
            st.builds(lambda s, n: {"status": s, "score": n}, statuses, st.integers(0, 100)),
        ),
        setting(Lead.qualification.status, statuses),
        always(Lead.qualification.status.remove),
        always(lambda: Lead.qualification.status.set(Lead.created_by)),
        always(lambda: Lead.qualification.status.set(Lead.qualification.status | "new")),
        setting(Lead.created_by, statuses),
        setting(
            Lead.created_at, st.sampled_from(["2024-01-15T10:30:00Z", "2024-02-01T00:00:00+02:00"])
        ),
        always(Lead.qualification.remove),
    ),
    {
        "contact_info": contacts | st.none(),
        "qualification": st.none() | statuses.map(lambda s: {"status": s}),
    },
)

categories = st.sampled_from(["fitness", "retail"])
PERSONA = World(
    Persona,
    lambda name: {"tenant_id": "t1", "persona_id": name, "status": "active"},
    (
        setting(Persona.status, st.sampled_from(["active", "draft", "archived", "template"])),
        setting(Persona.is_template, st.booleans() | st.none()),
        setting(Persona.template_category, categories | st.none()),
        setting(Persona.popularity_score, SMALL | st.floats(0, 1000).map(lambda f: round(f, 3))),
        always(Persona.popularity_score.remove),
        SMALL.map(lambda n: Persona.popularity_score.add(n)),
        SMALL.map(lambda n: Persona.popularity_score.set(Persona.popularity_score - n)),
        SMALL.map(lambda n: Persona.popularity_score.set(Persona.popularity_score | n)),
        always(lambda: Persona.template_category.set(Persona.template_description)),
        setting(Persona.template_description, categories),
        always(Persona.template_category.remove),
        always(Persona.is_template.remove),
        setting(Persona.updated_at, st.just("2024-01-15T10:30:00Z")),
    ),
    {
        "status": st.sampled_from(["active", "draft"]),
        "is_template": st.booleans() | st.none(),
        "template_category": categories | st.none(),
        "popularity_score": SMALL | st.none(),
    },
)

few = st.sampled_from(["p", "q", None])
CRATE = World(
    Crate,
    lambda name: {"id": name, "tags": {"t"}},
    (
        setting(Crate.a, few),
        setting(Crate.s, few),
        setting(Crate.c, few),
        setting(Crate.d, st.integers(-5, 5) | st.none()),
        st.integers(-5, 5).map(lambda n: Crate.d.add(n)),
        setting(Crate.flag, st.booleans() | st.none()),
        always(lambda: Crate.tags.add({"a", "b"})),
        always(lambda: Crate.tags.delete({"a", "b", "t"})),
        always(Crate.tags.remove),
        setting(Crate.blob, st.sampled_from([b"\x00\xff", b"text", None])),
        setting(Crate.meta, st.sampled_from([{"kind": "wood"}, {"note": "x"}, None])),
        setting(Crate.meta.kind, st.sampled_from(["wood", "steel", None])),
        setting(Crate.meta.note, st.just("n")),
        always(lambda: Crate.a.set(Crate.c)),
    ),
    {
        "a": few,
        "s": few,
        "c": few,
        "d": st.integers(-5, 5) | st.none(),
        "flag": st.booleans() | st.none(),
        "blob": st.sampled_from([b"\x00\xff", b"text", None]),
        "meta": st.sampled_from([{"kind": "wood"}, {"note": "x"}, None]),
    },
)

WORLDS = {world.model.__name__: world for world in (ANIMAL, MESSAGE, LEAD, PERSONA, CRATE)}

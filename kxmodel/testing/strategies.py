"""Strategies for hypothesis: items and objects of generated models, valid by their schemas.

    from hypothesis import given
    from kxmodel.testing.strategies import items

    @given(items(Lead))
    def test_scoring(item): ...

hypothesis is imported here and nowhere else: `pip install kxmodel[testing]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from hypothesis import strategies as st

from kxmodel.runtime.attributes import TimestampAttribute, UlidAttribute
from kxmodel.runtime.spec import spec_of
from kxmodel.samples import Kind, make_item

if TYPE_CHECKING:
    from random import Random

    from hypothesis.strategies import SearchStrategy

    from kxmodel.runtime import Model
    from kxmodel.runtime.spec import ModelSpec
    from kxmodel.runtime.typing import JsonValue

M = TypeVar("M", bound="Model")


def items(model: type[Model], **given: JsonValue) -> SearchStrategy[dict[str, JsonValue]]:
    """Items of a model's entity in plain JSON with stored names, keys included.

    given: attributes by stored name that are the same in every item. Raises UsageError for the class
    of a table with several entities; an example raises NoSample KX705 where the schema is too narrow
    for chance.
    """
    kind = _kind(spec_of(model))

    def make(chance: Random) -> dict[str, JsonValue]:
        return cast("dict[str, JsonValue]", make_item(kind, chance, given))

    # hypothesis is the source of chance, so that it shrinks what fails.
    return st.randoms(use_true_random=False).map(make)


def models(model: type[M], **given: JsonValue) -> SearchStrategy[M]:
    """New objects of a model, as `Model.from_json` makes them of `items`; not saved anywhere."""

    def build(item: dict[str, JsonValue]) -> M:
        return model.from_json(item)

    return items(model, **given).map(build)


def _kind(spec: ModelSpec) -> Kind:
    rules = spec.rules
    made = {name for one in (rules.primary, *rules.derived) for name in one.attributes}
    generated = [attribute for _, attribute in spec.generated]
    stamps = [each for each in generated if isinstance(each, TimestampAttribute)]
    return Kind(
        name=spec.entity.name,
        schema=spec.schema,
        rules=rules,
        derived=frozenset(made - rules.natural),
        times={
            str(each.attr_name): each.time
            for each in generated
            if isinstance(each, UlidAttribute) and each.time is not None
        },
        created=tuple(str(each.attr_name) for each in stamps if each.generate == "created"),
        updated=tuple(str(each.attr_name) for each in stamps if each.generate == "updated"),
    )

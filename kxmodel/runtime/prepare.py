"""From an object to the item that a put sends: normalised, generated, derived, checked.

Everything that is wrong with the write is found before anything is sent, and told in one error.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from kxmodel.errors import (
    ImmutableError,
    ItemTooLarge,
    KeyBuildError,
    Problem,
    ValidationFailed,
    ValueRefused,
)
from kxmodel.keys import derive, encode_key, evaluate
from kxmodel.runtime.attributes import WriteContext, generic, write_members
from kxmodel.runtime.attributes.members import write_shown
from kxmodel.runtime.exceptions import RequiredMissing
from kxmodel.runtime.generate import generate_values
from kxmodel.runtime.sizes import size_problems, unfit
from kxmodel.validate import brought, project_item
from kxmodel.values import item_size, to_json
from kxmodel.values.weigh import light, weigh

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kxmodel.keys import DerivedAttribute, KeySet
    from kxmodel.runtime.spec import ModelSpec
    from kxmodel.values import JSON, AttributeValue

Item = dict[str, "AttributeValue"]


def prepare_put(model: Any, spec: ModelSpec) -> Item:
    """The whole item to put. Generated and normalised values are set on the object.

    Raises ValidationFailed with every problem that this write brings; the object then has no value
    that was generated for it, so that what is mended is judged afresh.
    """
    stored: Mapping[str, AttributeValue] | None = model._kx_stored
    context = WriteContext(null_check=True)
    open_values = [n for n, _ in spec.generated if model.attribute_values.get(n) is None]
    generate_values(model, spec, context)
    item, plain = write_shown(model, stored, (), context)
    problems = context.problems
    try:
        problems += _judge(model, spec, item, plain, problems)
    except ValueRefused:
        # Something that no item can hold: it is told, and the rest is judged without it.
        problems += unfit(item)
        problems += _judge(model, spec, item, None, problems)
    if problems:
        for python_name in open_values:
            model.attribute_values.pop(python_name, None)
        raise refusal(problems, spec, where=describe_key(spec, item))
    for name, python_name in spec.derived:
        value = spec.decode(name, item.get(name))
        model.attribute_values[python_name] = model._kx_stamped[name] = value
    return item


def _judge(
    model: Any,
    spec: ModelSpec,
    item: Item,
    shown: dict[str, JSON] | None,
    known: Sequence[Problem],
) -> list[Problem]:
    """Derive the keys; return what is wrong with the item beside what is known already.

    shown: the item's projection, where it is known.
    """
    before = Before(model._kx_stored)
    given = _take_given(spec, item, model._kx_stamped)
    version = _next_version(model, spec)
    if shown is None:
        plain, size, problems = _weighed(spec, item, given, version, before)
    else:
        plain = _without_derived(spec, shown)
        own = {name: item[name] for name in spec.rules.primary.attributes if name in item}
        problems = _derive_keys(spec, item, given, plain, before)
        # More than it is, and far from the limit.
        bound = light({**item, **version} if version else item)
        if bound is None:
            # From what the caller gave once more: a changed key would not be seen behind a kept one.
            for name in spec.computed:
                item.pop(name, None)
            item.update(own)
            plain, size, problems = _weighed(spec, item, given, version, before)
        else:
            size = bound
            _show(plain, item, spec.computed)
            _show(plain, version, version)
    problems += _schema_problems(spec, plain, before, [*known, *problems])
    return problems + size_problems(spec, item, size)


def _weighed(
    spec: ModelSpec,
    item: Item,
    given: Mapping[str, AttributeValue],
    version: Item,
    before: Before,
) -> tuple[dict[str, JSON], int, list[Problem]]:
    """(the item's projection, its size in bytes, what keeps its keys from being built).

    Raises ValueRefused for what no item can hold.
    """
    plain, size = weigh(item)
    own = {name: item[name] for name in spec.rules.primary.attributes if name in item}
    problems = _derive_keys(spec, item, given, plain, before)
    # What has been added since, or put in another's place.
    more = {n: item[n] for n in spec.computed if n in item and item[n] != own.get(n)} | version
    size -= item_size({n: item[n] if n not in own else own[n] for n in more if n in plain})
    added, weight = weigh(more)
    return plain | added, size + weight, problems


def _show(plain: dict[str, JSON], item: Item, names: Iterable[str]) -> None:
    """Put the plain JSON of some attributes into an item's projection."""
    for name in names:
        value = item.get(name)
        if value is not None:
            plain[name] = value["S"] if "S" in value else to_json(value)


def _without_derived(spec: ModelSpec, shown: dict[str, JSON]) -> dict[str, JSON]:
    """An item's projection without what the templates give, whether or not anybody gave it."""
    for name in spec.entity.derived:
        shown.pop(name, None)
    return shown


def render_item(model: Any, spec: ModelSpec) -> Item:
    """The item as it would be written now: keys derived where they can be, nothing judged."""
    item, shown = write_shown(model, model._kx_stored, (), WriteContext())
    if model._kx_stored is None:
        given = _take_given(spec, item, model._kx_stamped)
        plain = project_item(item) if shown is None else _without_derived(spec, shown)
        _derive_keys(spec, item, given, plain, Before(None))
    return item


class Before:
    """The item as it is stored. Most writes need its projection nowhere."""

    def __init__(self, stored: Mapping[str, AttributeValue] | None) -> None:
        self.stored = stored

    @cached_property
    def plain(self) -> Mapping[str, JSON]:
        """Its projection; empty for an item that was never stored."""
        return project_item(self.stored) if self.stored is not None else {}


def primary_key(model: Any, spec: ModelSpec) -> Item:
    """The object's primary key: as it was read, or as its sources give it.

    Raises KeyBuildError naming the sources that are missing.
    """
    stored: Mapping[str, AttributeValue] | None = model._kx_stored
    names = spec.rules.primary.attributes
    if stored is not None and all(name in stored for name in names):
        return {name: stored[name] for name in names}
    sources = {path.partition(".")[0] for path in spec.rules.primary.sources}
    item = write_members(model, stored, (), WriteContext(), {*sources, *names})
    try:
        keys = evaluate(spec.rules.primary, project_item(item))
    except KeyBuildError:
        # A key that the caller gives whole, as PynamoDB's own calls do, stands for itself.
        if all(name in item for name in names):
            return {name: item[name] for name in names}
        raise
    return {name: generic.encode(value) for name, value in (keys or {}).items()}


def _take_given(
    spec: ModelSpec, item: Item, stamped: Mapping[str, object]
) -> Mapping[str, AttributeValue]:
    """Take the derived attributes out of the item: those that the caller gave.

    stamped: what an earlier write of this very object derived; nobody gave that.
    """
    given = {name: item.pop(name) for name in spec.entity.derived if name in item}
    for name in [n for n in given if n in stamped and stamped[n] == spec.decode(n, given[n])]:
        del given[name]
    return given


def _derive_keys(
    spec: ModelSpec,
    item: Item,
    given: Mapping[str, AttributeValue],
    values: Mapping[str, JSON],
    before: Before,
) -> list[Problem]:
    """Put the derived attributes into the item; return what keeps them from being built.

    given: what the caller set of them. values: the item's projection without any.
    """
    stored = before.stored
    problems: list[Problem] = []
    if stored is None:
        problems += _new_primary(spec, item, values)
    else:
        problems += _kept_primary(spec, item, stored, values, before)
    derived = derive(spec.rules, spec.rules.derived, values)
    item.update(derived.present)
    for key_set, error in derived.errors:
        if stored is not None and not _brought(spec, key_set, values, before.plain):
            # An old flaw that this write does not touch: the stored keys stay as they are.
            kept = set(key_set.attributes) - set(derived.present)
            item.update({n: stored[n] for n in kept if n in stored})
        else:
            problems.append(key_problem(error))
    problems += _given_keys(item, given, stored)
    return problems


def _new_primary(spec: ModelSpec, item: Item, values: Mapping[str, JSON]) -> list[Problem]:
    try:
        keys = evaluate(spec.rules.primary, values) or {}
    except KeyBuildError as error:
        return [key_problem(error)]
    for name, value in keys.items():
        item[name] = encode_key(value)
    return []


def _kept_primary(
    spec: ModelSpec,
    item: Item,
    stored: Mapping[str, AttributeValue],
    values: Mapping[str, JSON],
    before: Before,
) -> list[Problem]:
    """A stored item keeps its key; a changed source of it would be another item."""
    touched = [path for path, top in spec.fixed if item.get(top) != stored.get(top)]
    for name in spec.rules.primary.attributes:
        if name in stored:
            item[name] = stored[name]
    return [
        Problem(
            tuple(path.split(".")),
            lookup(values, path),
            "immutable",
            f"cannot change: the stored value is {lookup(before.plain, path)!r}",
            code="KX403",
        )
        for path in touched
        if lookup(before.plain, path) not in (None, lookup(values, path))
    ]


def _given_keys(
    item: Item, given: Mapping[str, AttributeValue], stored: Mapping[str, AttributeValue] | None
) -> list[Problem]:
    """A derived attribute that the caller gives must be what the template gives anyway."""
    return [
        Problem(
            (name,),
            next(iter(value.values())),
            "derived",
            f"is derived, and its template gives {_shown(item.get(name))}: do not set it",
        )
        for name, value in given.items()
        if value != item.get(name) and (stored is None or value != stored.get(name))
    ]


def _shown(value: AttributeValue | None) -> str:
    return "no value" if value is None else repr(next(iter(value.values())))


def _brought(
    spec: ModelSpec,
    key_set: KeySet | DerivedAttribute,
    values: Mapping[str, JSON],
    before: Mapping[str, JSON],
) -> bool:
    """Whether the caller changed a source: not one that is derived, or set by every write."""
    own = spec.entity.derived | spec.stamped
    paths = [path for path in key_set.sources if path.partition(".")[0] not in own]
    return any(lookup(values, path) != lookup(before, path) for path in paths)


def key_problem(error: KeyBuildError) -> Problem:
    """A key that cannot be built, as one problem of a write."""
    path = tuple(error.attribute.split("."))
    if error.code == "KX323":
        return Problem(path, error.value, "size", error.message, code="KX402")
    return Problem(path, error.value, "key", error.message, code=error.code)


def lookup(values: object, path: str) -> object:
    """The value at a dotted path of a JSON projection, or None."""
    for part in path.split("."):
        if not isinstance(values, dict):
            return None
        values = values.get(part)
    return values


def _next_version(model: Any, spec: ModelSpec) -> Item:
    """The version that PynamoDB puts in after serialising: neither missing nor weightless."""
    if spec.version is None:
        return {}
    current = model.attribute_values.get(spec.python_name(spec.version))
    if current is not None and not isinstance(current, int):
        return {}
    return {spec.version: generic.encode((current or 0) + 1)}


def _schema_problems(
    spec: ModelSpec, after: Mapping[str, JSON], before: Before, known: Sequence[Problem]
) -> list[Problem]:
    """What the schema says of the write, without what was wrong before and without repetition."""
    found = spec.validator.problems(after, sound=True)
    if found and before.stored is not None:
        found = brought(found, spec.validator.problems(before.plain), after, before.plain)
    paths = {problem.path for problem in known}
    return [problem for problem in found if problem.path not in paths]


def describe_key(spec: ModelSpec, item: Mapping[str, AttributeValue]) -> str | None:
    """The item's primary key for messages, e.g. ``contact_pk='t#a@b.c', sk='PROFILE'``."""
    names = [name for name in spec.rules.primary.attributes if name in item]
    return ", ".join(f"{n}={next(iter(item[n].values()))!r}" for n in names) or None


def refusal(problems: Sequence[Problem], spec: ModelSpec, where: str | None) -> ValidationFailed:
    """The one error for all problems of a write."""
    rules = {problem.rule for problem in problems}
    kind: type[ValidationFailed] = ValidationFailed
    if rules == {"size"}:
        kind = ItemTooLarge
    elif rules == {"immutable"}:
        kind = ImmutableError
    elif "required" in rules:
        kind = RequiredMissing
    return kind(problems, entity=spec.entity.name, where=where)

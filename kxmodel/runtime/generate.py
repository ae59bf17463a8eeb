"""Values that kxmodel makes: ULIDs, creation and update times."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from kxmodel.errors import Problem, ValueRefused
from kxmodel.runtime.attributes import TimestampAttribute, UlidAttribute
from kxmodel.values import new_ulid, now, parse_ulid, ulid_time

if TYPE_CHECKING:
    from kxmodel.runtime.attributes import WriteContext
    from kxmodel.runtime.spec import ModelSpec


def generate_values(model: Any, spec: ModelSpec, context: WriteContext) -> None:
    """Fill what the caller left open. A time that the caller did set is kept.

    Times made for the last write of this very object count as not set by the caller.
    """
    values: dict[str, Any] = model.attribute_values
    stamped: dict[str, object] = dict(model._kx_stamped)
    model._kx_stamped = stamped
    is_new = model._kx_stored is None
    instant = now()
    for python_name, attribute in spec.generated:
        if isinstance(attribute, UlidAttribute):
            if is_new and attribute.time is not None:
                _pair(values, python_name, attribute.time, spec, context)
            elif is_new and values.get(python_name) is None:
                values[python_name] = new_ulid()
    for python_name, attribute in spec.generated:
        if not isinstance(attribute, TimestampAttribute):
            continue
        current = values.get(python_name)
        if attribute.generate == "created":
            if is_new and current is None:
                values[python_name] = instant
        elif current is None or _untouched(model, attribute, python_name, stamped):
            values[python_name] = stamped[python_name] = instant


def _untouched(
    model: Any, attribute: TimestampAttribute, name: str, stamped: dict[str, object]
) -> bool:
    """Whether the caller has not assigned this time since it was read or made."""
    current = model.attribute_values.get(name)
    if stamped.get(name) == current:
        return True
    stored = (model._kx_stored or {}).get(attribute.attr_name)
    return stored is not None and attribute.decode(stored) == current


def _pair(
    values: dict[str, Any], ulid_name: str, time_name: str, spec: ModelSpec, context: WriteContext
) -> None:
    """A ULID and the attribute that holds its time: each gives the other; two must agree."""
    python_time = spec.python_name(time_name)
    ulid, instant = values.get(ulid_name), values.get(python_time)
    attribute = spec.attributes[python_time]
    path: tuple[str | int, ...] = (spec.attributes[ulid_name].attr_name,)
    try:
        moment = attribute.normalise(instant) if instant is not None else None
    except ValueRefused:
        return  # told once, when the time itself is written
    if ulid is None:
        try:
            values[ulid_name] = new_ulid(moment) if isinstance(moment, datetime) else new_ulid()
        except ValueRefused as error:
            context.refuse((time_name,), instant, error)
            return
        if instant is None:
            values[python_time] = ulid_time(values[ulid_name])
        return
    try:
        text = parse_ulid(str(ulid))
    except ValueRefused:
        return  # told once, when the ULID itself is written
    try:
        inside = ulid_time(text)
    except ValueRefused as error:
        context.refuse(path, text, error)
        return
    if moment is None:
        values[python_time] = inside
    elif isinstance(moment, datetime) and inside != moment:
        told = (
            f"the time inside it is {inside.isoformat()}, but {time_name} is {moment.isoformat()}"
        )
        context.problems.append(Problem(path, str(ulid), "time", told))

"""The members of a container (a model's item or a nested map): from storage and back.

What was read and not changed goes back exactly as it was; what is not declared stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pynamodb.attributes import ListAttribute, MapAttribute
from pynamodb.exceptions import AttributeNullError

from kxmodel.errors import Problem, ValueRefused
from kxmodel.runtime.attributes import generic
from kxmodel.runtime.attributes.base import DocumentPath, KxAttribute, WriteContext
from kxmodel.runtime.attributes.codecs import NO_EXTRA, NOT_SO, codec_of
from kxmodel.values.item import MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from pynamodb.attributes import Attribute

    from kxmodel.runtime.attributes.codecs import Plain, Written
    from kxmodel.runtime.attributes.origin import Origin
    from kxmodel.values import JSON, AttributeValue


def member_of(container: type[Any], name: str) -> tuple[str, Attribute[Any]] | None:
    """(Python name, attribute) of a member given by its stored or its Python name."""
    python_name = container._dynamo_to_python_attrs.get(name, name)
    attribute = container.get_attributes().get(python_name)
    return None if attribute is None else (python_name, attribute)


def decode_members(container: Any, stored: Mapping[str, AttributeValue]) -> None:
    """Fill a container without extras from what is stored; undeclared members become its extras."""
    values = container.attribute_values
    declared = set()
    for python_name, attribute in container.get_attributes().items():
        declared.add(attribute.attr_name)
        value = stored.get(attribute.attr_name)
        if value is None or "NULL" in value:
            continue
        if isinstance(attribute, KxAttribute):
            values[python_name] = attribute.decode(value)
        else:
            setattr(container, python_name, attribute.deserialize(attribute.get_value(value)))
    extra = {name: value for name, value in stored.items() if name not in declared}
    if extra:
        object.__setattr__(container, "_kx_extra", extra)


def read_straight(
    container: type[Any], stored: Mapping[str, AttributeValue], origin: Origin
) -> dict[str, Any] | None:
    """The Python values of what is stored, by generated code; None where only the attributes know."""
    codec = codec_of(container)
    if codec is None:
        return None
    try:
        return codec.read(stored, origin)
    except NOT_SO:
        return None


def decode_changed(
    container: Any, stored: Mapping[str, AttributeValue], names: Container[str]
) -> None:
    """Read the members of these stored names anew, and leave the others."""
    for python_name, attribute in container.get_attributes().items():
        if attribute.attr_name in names:
            container.attribute_values.pop(python_name, None)
    kept = {name: value for name, value in container._kx_extra.items() if name not in names}
    object.__setattr__(container, "_kx_extra", NO_EXTRA)
    decode_members(container, {name: value for name, value in stored.items() if name in names})
    if kept:
        object.__setattr__(container, "_kx_extra", {**container._kx_extra, **kept})


def write_members(
    container: Any,
    stored: Mapping[str, AttributeValue] | None,
    path: DocumentPath,
    context: WriteContext,
    only: Container[str] | None = None,
) -> Written:
    """The attribute values of a container. New values are normalised in place.

    only: the stored names of the members wanted; None: all, and what is not declared.
    Raises ValueRefused for what nests deeper than DynamoDB takes.
    """
    return write_shown(container, stored, path, context, only)[0]


def write_shown(
    container: Any,
    stored: Mapping[str, AttributeValue] | None,
    path: DocumentPath,
    context: WriteContext,
    only: Container[str] | None = None,
) -> tuple[Written, Plain | None]:
    """As `write_members`, and the members as plain JSON where that came of itself."""
    if len(path) > MAX_DEPTH:
        raise ValueRefused(f"the value nests over {MAX_DEPTH} levels", code="KX317")
    straight = _write_straight(container) if only is None else None
    if straight is None:
        return _write_each(container, stored, path, context, only), None
    whole = not stored or _keep_digits(container, straight, stored, path, context)
    return straight if whole else (straight[0], None)


def _write_straight(container: Any) -> tuple[Written, Plain] | None:
    """All members by generated code, as if nothing was stored; None where only the attributes know."""
    codec = codec_of(type(container))
    if codec is None:
        return None
    extra = container._kx_extra
    written: Written = dict(extra)
    try:
        plain: Plain = shown_members(extra) if extra else {}
        codec.write(container.attribute_values, written, plain)
    except NOT_SO:
        return None
    return written, plain


def _keep_digits(
    container: Any,
    straight: tuple[Written, Plain],
    stored: Mapping[str, AttributeValue],
    path: DocumentPath,
    context: WriteContext,
) -> bool:
    """What differs from what is stored may equal it: an attribute that is told both tells.

    False where something that is kept is nothing that an item can hold.
    """
    written, plain = straight
    whole = True
    for python_name, attribute in container.get_attributes().items():
        name = attribute.attr_name
        old = stored.get(name)
        if old is not None and written.get(name) != old:
            written.pop(name, None)
            plain.pop(name, None)
            put_member(container, python_name, attribute, written, old, path, context)
            new = written.get(name)
            if new is not None and "S" in new:
                plain[name] = new["S"]
            elif new is not None:
                try:
                    plain |= shown_members({name: new})
                except ValueRefused:
                    whole = False
    return whole


def shown_members(members: Mapping[str, AttributeValue]) -> dict[str, JSON]:
    """The plain JSON of members. Raises ValueRefused for what no item can hold."""
    from kxmodel.values.weigh import weigh

    return weigh(members)[0]


def _write_each(
    container: Any,
    stored: Mapping[str, AttributeValue] | None,
    path: DocumentPath,
    context: WriteContext,
    only: Container[str] | None,
) -> Written:
    """The members one by one, each by its attribute."""
    written: Written = dict(container._kx_extra) if only is None else {}
    for python_name, attribute in container.get_attributes().items():
        name = attribute.attr_name
        if only is None or name in only:
            old = stored.get(name) if stored is not None else None
            put_member(container, python_name, attribute, written, old, path, context)
    return written


def put_member(
    container: Any,
    python_name: str,
    attribute: Any,
    written: dict[str, AttributeValue],
    old: AttributeValue | None,
    path: DocumentPath,
    context: WriteContext,
) -> None:
    """Write one member of a container into what is written of it. A new value is normalised in place.

    What is refused stays as it was given: in another form it might be taken the next time.
    """
    values = container.attribute_values
    name = attribute.attr_name
    known = len(context.problems)
    new = write_member(attribute, values.get(python_name), old, (*path, name), context)
    if new is None:
        return
    written[name] = new
    refused = len(context.problems) > known
    if new is not old and not refused and getattr(attribute, "scalar", False):
        values[python_name] = attribute.decode(new)


def write_member(
    attribute: Any,
    value: object,
    old: AttributeValue | None,
    path: DocumentPath,
    context: WriteContext,
) -> AttributeValue | None:
    """One attribute's value on its way into a request; PynamoDB's own classes go their own way."""
    if isinstance(attribute, KxAttribute):
        return attribute.write(value, old, path, context)
    if value is None:
        return old if old == {"NULL": True} else None
    try:
        new = _serialized(attribute, value, null_check=context.null_check)
    except AttributeNullError as error:
        missing = (*path, *error.attr_path.split("."))
        context.problems.append(Problem(missing, None, "required", "is required"))
        new = _serialized(attribute, value)
    if new is None or old is None or attribute.attr_type not in old:
        return new
    again = _serialized(attribute, attribute.deserialize(attribute.get_value(old)))
    return new if again is None else generic.refine(new, old, again)


def _serialized(
    attribute: Any, value: object, *, null_check: bool = False
) -> AttributeValue | None:
    """The attribute value that one of PynamoDB's own classes, or a user's, gives a value."""
    if isinstance(attribute, ListAttribute | MapAttribute):
        inner = attribute.serialize(value, null_check=null_check)
    else:
        inner = attribute.serialize(value)
    return None if inner is None else generic.typed(attribute.attr_type, inner)

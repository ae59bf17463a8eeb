"""The arguments of an access pattern: counted, normalised, and asked for a key's value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxmodel.errors import KxError, UsageError, ValueRefused
from kxmodel.errors.base import shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.runtime.entity import Entity, Pattern
    from kxmodel.runtime.patterns.reader import Layout


def read_arguments(
    layout: Layout, entity: Entity, pattern: Pattern, args: tuple[object, ...]
) -> dict[str, object]:
    """The values of all source paths that the pattern knows: its arguments and its fixed values.

    Raises UsageError (KX408) for an argument that is missing, None or empty: a key would lack that
    part, and a query for less than a key part finds what was not asked for. Raises ValueRefused
    for a value that the attribute does not take.
    """
    if len(args) != len(pattern.given):
        raise UsageError(
            f"{asked(entity, pattern)} takes {len(pattern.given)} arguments "
            f"({', '.join(pattern.given)}), not {len(args)}",
            code="KX408",
        )
    values: dict[str, object] = dict(pattern.fixed)
    for path, value in zip(pattern.given, args, strict=True):
        where = f"{asked(entity, pattern)}, argument {path}"
        if value is None or value == "":
            raise UsageError(
                f"{path} is {'None' if value is None else 'empty'}", code="KX408", where=where
            )
        values[path] = normalised(layout, path, value, where)
    return values


def normalised(layout: Layout, path: str, value: object, where: str) -> object:
    """`value` as the attribute at `path` keeps it. Raises ValueRefused that says where it stood."""
    try:
        return layout.normalise(path, value)
    except ValueRefused as error:
        raise ValueRefused(error.message, code=error.code, where=where, fix=error.fix) from None
    except KxError:
        raise
    except (TypeError, ValueError, AttributeError) as error:
        raise ValueRefused(
            f"{shorten(value)} is no value for {path}: {error}", code="KX310", where=where
        ) from None


def asked(entity: Entity, pattern: Pattern, values: Mapping[str, object] | None = None) -> str:
    """The call as a message shows it, e.g. ``Lead.by_phone(tenantId='t1', ...)``."""
    call = f"{entity.name}.{pattern.name}"
    if values is None:
        return call
    return f"{call}({', '.join(f'{path}={shorten(values[path])}' for path in pattern.given)})"

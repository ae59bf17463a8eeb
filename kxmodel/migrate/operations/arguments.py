"""How operations write keys, projections, templates and conditions, brought into one form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias, cast

from kxmodel.errors import OperationError
from kxmodel.errors.base import shorten
from kxmodel.ir import KeyAttribute, KeyType
from kxmodel.keys import parse, parse_condition
from kxmodel.migrate.state import IndexKeysState, Projection, Recognise, When, dump

#: ``"NAME"``, ``("NAME", "N")``, or a list of up to four of these.
Key: TypeAlias = str | tuple[str, KeyType] | Sequence["str | tuple[str, KeyType]"]
#: ``"ALL"``, ``"KEYS_ONLY"``, or the non-key attributes to project beside the keys.
ProjectionArgument: TypeAlias = Literal["ALL", "KEYS_ONLY"] | Sequence[str]

_TYPES = ("S", "N", "B")
_MOST = 4


def key_attributes(key: object) -> tuple[KeyAttribute, ...]:
    """The attributes that a key argument names; none for None. Raises OperationError KX605."""
    if key is None:
        return ()
    if isinstance(key, str) or _is_pair(key):
        return (_attribute(key),)
    if not isinstance(key, Sequence) or not 1 <= len(key) <= _MOST:
        raise OperationError(f"{shorten(key)} is no key: give a name, or up to four in a list")
    return tuple(map(_attribute, key))


def key_argument(attributes: Sequence[KeyAttribute]) -> Key | None:
    """The shortest argument that gives these attributes."""
    written = [each.name if each.type == "S" else (each.name, each.type) for each in attributes]
    if not written:
        return None
    return written[0] if len(written) == 1 else cast("Key", tuple(map(_pair, attributes)))


def one_key(key: Key | None) -> KeyAttribute | None:
    """The one attribute of a table's key argument. Raises OperationError KX605 for several."""
    found = key_attributes(key)
    if len(found) > 1:
        raise OperationError(f"{shorten(key)}: a table's key has one attribute of each kind")
    return found[0] if found else None


def projection(value: object) -> Projection:
    """The projection in its normal form. Raises OperationError KX605."""
    if value in ("ALL", "KEYS_ONLY"):
        return cast("Projection", value)
    names = value if isinstance(value, list | tuple | set | frozenset) else ()
    if not names or not all(isinstance(name, str) for name in names):
        raise OperationError(
            f"projection is {shorten(value)}", fix='Give "ALL", "KEYS_ONLY" or a list of names.'
        )
    return tuple(sorted(set(names)))


def templates(keys: object) -> dict[str, str]:
    """The templates, each parsed once to see that it can be. Raises TemplateError, OperationError."""
    if not isinstance(keys, Mapping) or not keys:
        raise OperationError(f"keys is {shorten(keys)}: give a template for each key attribute")
    for name, text in keys.items():
        if not isinstance(text, str) or not isinstance(name, str):
            raise OperationError(f"{shorten(text)} is no template")
        parse(text)
    return dict(keys)


def condition(when: When | None) -> When | None:
    """The condition, parsed once to see that it can be. Raises TemplateError KX305."""
    if when is None:
        return None
    parse_condition(when)
    return {path: dict(cast("Mapping[str, object]", body)) for path, body in when.items()}


def where(when: When | None) -> str:
    """The condition as the end of a sentence: `` where open is true``; nothing without one."""
    if not when:
        return ""
    return " where " + " and ".join(
        _said(path, word, operand)
        for path, body in when.items()
        for word, operand in cast("Mapping[str, object]", body).items()
    )


def _said(path: str, word: str, operand: object) -> str:
    if word == "present":
        return f"{path} is {'there' if operand else 'missing'}"
    return f"{path} is {'one of ' if word == 'in' else ''}{dump(operand)}"


def recognise_argument(recognise: Recognise) -> Recognise:
    """The rule in its normal form. Raises OperationError KX605."""
    found = {name: dict(texts) for name, texts in recognise.items() if texts}
    if unknown := set(found) - {"equals", "prefix"}:
        raise OperationError(f"recognise has {shorten(min(unknown))}; it takes equals and prefix")
    return found


def index_keys(indexes: Mapping[str, object]) -> dict[str, IndexKeysState]:
    """``{index: {"keys": {...}, "when": {...}}}``. Raises TemplateError, OperationError KX605."""
    made = {}
    for name, body in indexes.items():
        if not isinstance(body, Mapping) or set(body) - {"keys", "when"} or "keys" not in body:
            raise OperationError(f"indexes has {shorten(body)} for {name}; it takes keys and when")
        made[name] = IndexKeysState(
            templates(body["keys"]),
            condition(body.get("when")),
        )
    return made


def index_keys_argument(indexes: Mapping[str, IndexKeysState]) -> dict[str, dict[str, object]]:
    """The argument that gives these."""
    return {
        name: {"keys": dict(each.keys), **({"when": dict(each.when)} if each.when else {})}
        for name, each in indexes.items()
    }


def _is_pair(key: object) -> bool:
    """Whether it is a name with a type; several attributes stand in a list, or in a tuple of pairs."""
    return isinstance(key, tuple) and len(key) == 2 and all(isinstance(part, str) for part in key)


def _attribute(written: object) -> KeyAttribute:
    pair = written if isinstance(written, tuple | list) else (written, "S")
    name, kind = pair if len(pair) == 2 else (None, None)
    if not isinstance(name, str) or not name or kind not in _TYPES:
        raise OperationError(f"{shorten(written)} is no key attribute")
    return KeyAttribute(name, cast("KeyType", kind))


def _pair(attribute: KeyAttribute) -> tuple[str, KeyType]:
    return (attribute.name, attribute.type)

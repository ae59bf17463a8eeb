"""Key sets: the key attributes of the table or of one index, which an item has all or none of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from kxmodel.errors import KeyBuildError, TemplateError, ValueRefused
from kxmodel.errors.base import shorten
from kxmodel.keys.building import missing_sources, render
from kxmodel.keys.paths import is_absent, lookup
from kxmodel.values.item import raw_bytes
from kxmodel.values.number import shortest
from kxmodel.values.size import MAX_PARTITION_KEY_BYTES, MAX_SORT_KEY_BYTES
from kxmodel.values.text import utf8_length

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kxmodel.keys.condition import Condition
    from kxmodel.keys.template import Template

#: A character takes at most so many bytes in UTF-8 (RFC 3629).
_MOST_BYTES: Final = 4
#: A text of so many characters is within every limit.
_SHORT: Final = MAX_SORT_KEY_BYTES // _MOST_BYTES

#: DynamoDB's type of a key attribute: text, number, binary.
KeyType: TypeAlias = Literal["S", "N", "B"]
#: What a key attribute is within its key: partition key or sort key.
KeyRole: TypeAlias = Literal["hash", "range"]
#: The value of a key attribute: str for S, int or Decimal for N, bytes for B.
KeyValue: TypeAlias = str | int | Decimal | bytes


@dataclass(frozen=True)
class KeyPart:
    """One key attribute and the template that gives its value.

    Raises TemplateError (KX306) where a number or binary key has a template that is not natural.
    """

    attribute: str
    template: Template
    role: KeyRole
    key_type: KeyType = "S"

    @cached_property
    def plain(self) -> str | None:
        """The attribute whose text is this key as it is, if it is one at the item's root."""
        natural = self.key_type == "S" and self.template.is_natural
        return self.template.steps[0].name if natural else None

    def __post_init__(self) -> None:
        if self.key_type != "S" and not self.template.is_natural:
            raise TemplateError(
                f"{self.attribute} has type {self.key_type} and key template {self.template.text}, "
                "which makes text",
                template=self.template.text,
                code="KX306",
            )


@dataclass(frozen=True)
class KeySet:
    """The key of the table, or of one index.

    name: the index's name, or the table's, for messages.
    keys: the parts, partition key first; an index may have up to four of each role.
    when: the condition under which an item has this key.
    sparse: whether an item without one of the sources goes without this key. For the table's own
    key that is an error instead.
    """

    name: str
    keys: tuple[KeyPart, ...]
    when: Condition | None = None
    sparse: bool = True

    @cached_property
    def attributes(self) -> tuple[str, ...]:
        """The key attributes' stored names."""
        return tuple(part.attribute for part in self.keys)

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The dotted paths that decide about this key: of the templates, then of `when`."""
        when = self.when.sources if self.when else ()
        of_templates = [source for part in self.keys for source in part.template.sources]
        return tuple(dict.fromkeys((*of_templates, *when)))


def evaluate(keyset: KeySet, values: Mapping[str, object]) -> dict[str, KeyValue] | None:
    """All key attributes of an item, or None where it has no place in this index.

    values: the item with stored names, nested in mappings; see `render`.

    Raises KeyBuildError: KX322 naming all missing sources where the key set is not sparse, KX323
    for a key that is too long, and the errors of `render`.
    """
    if keyset.when is not None and not keyset.when.holds(values):
        return None
    result: dict[str, KeyValue] = {}
    for part in keyset.keys:
        text = values.get(part.plain) if part.plain is not None else None
        if type(text) is str and text and len(text) <= _SHORT and text.isascii():
            result[part.attribute] = text
            continue
        value = _value(part, values)
        if value is None:
            if keyset.sparse:
                return None
            raise _missing(keyset, values)
        check_key_size(part.attribute, value, part.role)
        result[part.attribute] = value
    return result


def check_key_size(attribute: str, value: KeyValue, role: KeyRole) -> None:
    """Refuse a key attribute that DynamoDB would: over 2,048 bytes (hash) or 1,024 (range).

    Raises KeyBuildError (KX323). The limits are those of "Quotas in Amazon DynamoDB":
    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
    """
    if not isinstance(value, str | bytes):
        return
    limit = MAX_PARTITION_KEY_BYTES if role == "hash" else MAX_SORT_KEY_BYTES
    if len(value) * _MOST_BYTES <= limit:
        return
    size = utf8_length(value) if isinstance(value, str) else len(value)
    if size > limit:
        kind = "partition key" if role == "hash" else "sort key"
        raise KeyBuildError(
            f"{attribute} would be {size:,} bytes; a {kind} has at most {limit:,}",
            attribute=attribute,
            value=value,
            code="KX323",
        )


def _value(part: KeyPart, values: Mapping[str, object]) -> KeyValue | None:
    if part.key_type == "S":
        return render(part.template, values)
    placeholder = part.template.placeholders[0]
    value = lookup(values, placeholder.path)
    if is_absent(value):
        return None
    if part.key_type == "N":
        return _number(placeholder.source, value)
    try:
        # An item's JSON projection has binary as base64 text.
        return raw_bytes(value) or None
    except ValueRefused:
        raise _wrong_type(placeholder.source, value, "bytes") from None


def _number(source: str, value: object) -> int | Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise _wrong_type(source, value, "a number")
    try:
        number = shortest(value)
    except ValueRefused as error:
        raise KeyBuildError(
            error.message, attribute=source, value=value, code=error.code, fix=error.fix
        ) from error
    return int(number) if number == number.to_integral_value() else number


def _wrong_type(source: str, value: object, wanted: str) -> KeyBuildError:
    return KeyBuildError(
        f"{source} is {shorten(value)}, and the key of that type takes {wanted}",
        attribute=source,
        value=value,
        code="KX324",
    )


def _missing(keyset: KeySet, values: Mapping[str, object]) -> KeyBuildError:
    names = dict.fromkeys(
        source for part in keyset.keys for source in missing_sources(part.template, values)
    )
    return KeyBuildError(
        f"the key of {keyset.name} cannot be built without {', '.join(names)}",
        attribute=next(iter(names)),
        code="KX322",
    )

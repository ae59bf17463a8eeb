"""A serialiser of requests to DynamoDB that sends attribute values as they are.

botocore walks every attribute value along the shapes of its service model, though DynamoDB's JSON
is that very value; only binary takes another form there, base64. What is not an attribute value is
left to botocore.
"""

from __future__ import annotations

import base64
from typing import Any, Final

from botocore.serialize import JSONSerializer

_VALUE: Final = "AttributeValue"
#: Types whose content JSON holds as it is.
_PLAIN: Final = frozenset({"S", "N", "BOOL", "NULL"})
_NAMES: Final = _PLAIN | {"M", "L"}


def _base64(content: Any) -> str:
    """Bytes as base64 text; text counts as its UTF-8, as for botocore."""
    raw = content.encode("utf-8") if isinstance(content, str) else content
    return base64.b64encode(raw).decode("ascii")


class ItemSerializer(JSONSerializer):
    """botocore's serialiser of the JSON protocol, with a short way for attribute values."""

    def _serialize_type_structure(self, serialized: Any, value: Any, shape: Any, key: Any) -> None:
        if shape.name == _VALUE:
            serialized[key] = self._sent(value)
        else:
            super()._serialize_type_structure(  # type: ignore[misc]  # no part of the stubs
                serialized, value, shape, key
            )

    def _serialize_type_map(self, serialized: Any, value: Any, shape: Any, key: Any) -> None:
        if shape.value.name == _VALUE:
            serialized[key] = {name: self._sent(inner) for name, inner in value.items()}
        else:
            super()._serialize_type_map(  # type: ignore[misc]  # no part of the stubs
                serialized, value, shape, key
            )

    def _sent(self, value: Any) -> Any:
        """An attribute value with binary in base64. Raises KeyError, as botocore, for no type."""
        if len(value) == 1:
            ((tag, content),) = value.items()
            if tag == "S" or tag in _PLAIN:
                return value
            if tag == "M":
                return {"M": {name: self._sent(inner) for name, inner in content.items()}}
            if tag == "L":
                return {"L": [self._sent(element) for element in content]}
        return {tag: self._part(tag, content) for tag, content in value.items()}

    def _part(self, tag: str, content: Any) -> Any:
        if tag == "B":
            return _base64(content)
        if tag in ("SS", "NS"):
            return [*content]
        if tag == "BS":
            return [_base64(element) for element in content]
        if tag in _NAMES:
            return content if tag in _PLAIN else self._sent({tag: content})[tag]
        raise KeyError(tag)

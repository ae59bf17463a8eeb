"""An item against a JSON Schema: whether it is valid, and everything that is wrong with it."""

from __future__ import annotations

from functools import cached_property, partial
from threading import Lock
from typing import TYPE_CHECKING

from kxmodel.errors import SchemaError
from kxmodel.validate.exact import MultipleOf
from kxmodel.validate.formats import FORMATS
from kxmodel.validate.narrow import narrowed
from kxmodel.validate.plain import not_json
from kxmodel.validate.problem import in_order
from kxmodel.validate.translate import Translator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from jsonschema_rs import Draft202012Validator

    from kxmodel.errors import Problem

#: Levels that a schema may nest; those of an item are `kxmodel.validate.plain.MAX_LEVELS`.
_SCHEMA_LEVELS = 512

#: Validators that `compile_schema` keeps: more entities than a process works with.
_KEPT = 1024


class Validator:
    """A compiled JSON Schema 2020-12. Safe for threads.

    It asserts the formats of `kxmodel.validate.FORMATS` and takes every other one as an annotation,
    fetches nothing, and compares numbers exactly.
    """

    def __init__(self, schema: Mapping[str, object] | bool, name: str = "") -> None:
        """Compile `schema`, which stays unchanged from here on; `name` is for error messages.

        Raises SchemaError (KX440) for what is no JSON Schema: a wrong keyword value, a `$ref` that
        leads nowhere in the schema, a `pattern` that is no regular expression.
        """
        from jsonschema_rs import ValidationError

        self.schema = schema
        self.name = name
        # A limit may be beyond DynamoDB's numbers; no item will reach it.
        faults = [p for p in not_json(schema, _SCHEMA_LEVELS) if p.rule != "number"]
        if faults:
            raise _unusable(name, faults[0].pointer, faults[0].message)
        # Another dialect's `$schema` would have to be fetched; what it adds asserts nothing.
        own = schema if isinstance(schema, bool) else {**schema}
        if isinstance(own, dict):
            own.pop("$schema", None)
        names = [name for name in _named(own, "format") if isinstance(name, str)]
        try:
            self._compiled = _compile(own, {**dict.fromkeys(names, _annotation), **FORMATS})
        except ValidationError as error:
            place = "/".join(map(str, error.instance_path))
            raise _unusable(name, place or "(root)", error.message) from None
        self._narrowed = narrowed(own)
        self._narrow = None if self._narrowed is None else _compile(self._narrowed)

    @cached_property
    def _sealed(self) -> Callable[[object], bool] | None:
        """Whether an instance surely is JSON and valid, where that can be told at once."""
        from kxmodel.validate.sealed import sealed, surely_takes

        made = None if self._narrowed is None else sealed(self._narrowed)
        return None if made is None else partial(surely_takes, _compile(made).is_valid)

    def is_valid(self, instance: object) -> bool:
        """Whether a plain JSON value (see `project_item`) matches the schema."""
        if self._sealed is not None and self._sealed(instance):
            return True
        return not not_json(instance) and self._takes(instance)

    def problems(self, instance: object, *, sound: bool = False) -> list[Problem]:
        """Every violation, in the order of paths, then rules; empty for a valid instance.

        A missing or an undeclared member is reported at its own path. Values that JSON cannot hold
        (rules ``json``, ``utf-8``, ``number``, ``depth``) are reported alone, since the schema
        cannot be asked about them. sound: it is known to hold none (`kxmodel.values.weigh`).
        """
        if not sound:
            if self._sealed is not None and self._sealed(instance):
                return []
            unfit = not_json(instance)
            if unfit:
                return unfit
        if self._takes(instance):
            return []
        found = Translator(self.schema, instance).problems(self._compiled.iter_errors(instance))
        return [*in_order(found)]

    def _takes(self, instance: object) -> bool:
        """Whether the schema takes the instance; of most that it does, without calling Python."""
        if self._narrow is not None and self._narrow.is_valid(instance):
            return True
        return self._compiled.is_valid(instance)


_compiled: dict[int, Validator] = {}
_lock = Lock()


def compile_schema(schema: Mapping[str, object] | bool, name: str = "") -> Validator:
    """The validator of `schema`, compiled once for each schema object.

    Generated schemas are constants of their modules, so the object itself is the key; changing one
    after it was compiled has no effect. Raises SchemaError (KX440) as `Validator` does.
    """
    found = _compiled.get(id(schema))
    if found is not None and found.schema is schema:
        return found
    made = Validator(schema, name)
    with _lock:
        # A validator holds its schema, so that an id in the table is not given to another one.
        while len(_compiled) >= _KEPT:
            del _compiled[next(iter(_compiled))]
        return _compiled.setdefault(id(schema), made)


def _compile(
    schema: Mapping[str, object] | bool, formats: dict[str, Callable[..., bool]] | None = None
) -> Draft202012Validator:
    """formats: what they assert; None: there are none.

    A function that could be called, even if none ever is, makes every call of the validator dearer.
    """
    from jsonschema_rs import Draft202012Validator

    return Draft202012Validator(
        schema if isinstance(schema, bool) else {**schema},
        formats=formats,
        validate_formats=formats is not None,
        keywords={"multipleOf": MultipleOf}
        if any(True for _ in _named(schema, "multipleOf"))
        else None,
        offline=True,
    )


def _unusable(name: str, place: str, reason: str) -> SchemaError:
    whose = f"the schema of {name}" if name else "the schema"
    return SchemaError(f"{whose} cannot be compiled: at {place}: {reason}", code="KX440")


def _annotation(text: object) -> bool:
    """The check of a format that asserts nothing."""
    return True


def _named(schema: object, keyword: str) -> Iterator[object]:
    """The value of everything called so, wherever it stands: too many do no harm."""
    if isinstance(schema, dict):
        if keyword in schema:
            yield schema[keyword]
        for inner in schema.values():
            yield from _named(inner, keyword)
    elif isinstance(schema, list | tuple):
        for inner in schema:
            yield from _named(inner, keyword)

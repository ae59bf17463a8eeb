"""`Model.aio`: what a model class, or an object of it, offers to asyncio.

PynamoDB looks at every member of a class when it makes it, `aio` among them, so this module imports
what it needs where it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from kxmodel.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pynamodb.expressions.condition import Condition
    from pynamodb.expressions.update import Action

    from kxmodel.runtime.aio.answers import AioQuery, AioResults
    from kxmodel.runtime.aio.batch import AioBatch

ModelT = TypeVar("ModelT")
OwnerT = TypeVar("OwnerT")

_UNBOUND: Any = object


class Aio(Generic[ModelT]):
    """The operations of one model class, or of one object of it, to be awaited.

    Each has the arguments, the result and the errors of the model's method of its name, and so has
    every access pattern. How calls run and how they are cancelled: `kxmodel.runtime.aio.call.call`.
    An object may be in one call at a time, as it may be in one thread.
    """

    # No name here may be one that an access pattern could have: see kxmodel.dialect.reserved.

    def __init__(self, model: type[ModelT] = _UNBOUND, instance: ModelT | None = None) -> None:
        self._model = cast("type[Any]", model)
        self._instance: Any = instance

    def __get__(self, instance: object, owner: type[OwnerT]) -> Aio[OwnerT]:
        return Aio(owner, cast("OwnerT | None", instance))

    if not TYPE_CHECKING:  # generated models declare their patterns to type checkers

        def __getattr__(self, name: str) -> Any:
            entity = getattr(self._model, "_kx_entity", None)
            pattern = None if entity is None else entity.pattern_table.get(name)
            if pattern is None and not (name == "find" and hasattr(self._model, "find")):
                raise AttributeError(f"{self._model.__name__}.aio has no {name!r}")
            return self._asking(name, "one" if pattern is None else pattern.result)

    def _asking(self, name: str, result: str) -> Any:
        """The method of a pattern: found on the class, so that a user's own word goes first."""
        from kxmodel.runtime.aio.answers import AioCollection, AioPage
        from kxmodel.runtime.aio.call import call

        method = getattr(self._model, name)
        if result == "one":

            async def one(*args: Any, **kwargs: Any) -> Any:
                return await call(method, *args, **kwargs)

            return one
        kind = AioPage if result == "page" else AioCollection
        return lambda *args, **kwargs: kind(method, args, kwargs)

    async def get(
        self,
        hash_key: Any,
        range_key: Any = None,
        consistent_read: bool = False,
        attributes_to_get: Sequence[str] | None = None,
    ) -> ModelT:
        """The item with this primary key. Raises DoesNotExist."""
        from kxmodel.runtime.aio.call import call

        found: ModelT = await call(
            self._model.get, hash_key, range_key, consistent_read, attributes_to_get
        )
        return found

    def batch_get(
        self,
        items: Iterable[Any],
        consistent_read: bool | None = None,
        attributes_to_get: Sequence[str] | None = None,
    ) -> AioResults[ModelT]:
        """The items with these primary keys that exist, in no order, 100 in a request."""
        from kxmodel.runtime.aio.answers import batches

        model = self._model
        return batches(
            lambda keys: model.batch_get(keys, consistent_read, attributes_to_get), items
        )

    def batch_write(self, auto_commit: bool = True) -> AioBatch[ModelT]:
        """For ``async with``: saves and deletes, up to 25 in a request."""
        from kxmodel.runtime.aio.batch import AioBatch

        return AioBatch(self._model.batch_write(auto_commit))

    def query(
        self,
        hash_key: Any,
        range_key_condition: Condition | None = None,
        filter_condition: Condition | None = None,
        **options: Any,
    ) -> AioQuery[ModelT]:
        """PynamoDB's query with its options; each page is read in a thread."""
        from kxmodel.runtime.aio.answers import AioQuery

        return AioQuery(
            self._model.query(hash_key, range_key_condition, filter_condition, **options)
        )

    def scan(self, filter_condition: Condition | None = None, **options: Any) -> AioQuery[ModelT]:
        """PynamoDB's scan with its options; each page is read in a thread."""
        from kxmodel.runtime.aio.answers import AioQuery

        return AioQuery(self._model.scan(filter_condition, **options))

    async def count(
        self,
        hash_key: Any = None,
        range_key_condition: Condition | None = None,
        filter_condition: Condition | None = None,
        **options: Any,
    ) -> int:
        """PynamoDB's count with its options."""
        from kxmodel.runtime.aio.call import call

        found: int = await call(
            self._model.count, hash_key, range_key_condition, filter_condition, **options
        )
        return found

    async def save(
        self, condition: Condition | None = None, *, add_version_condition: bool = True
    ) -> dict[str, Any]:
        """Put this object."""
        from kxmodel.runtime.aio.call import call

        save = self._object("save").save
        answer: dict[str, Any] = await call(
            save, condition, add_version_condition=add_version_condition
        )
        return answer

    async def update(
        self,
        actions: list[Action],
        condition: Condition | None = None,
        *,
        add_version_condition: bool = True,
        upsert: bool = False,
    ) -> Any:
        """Update this object's item, its keys followed through."""
        from kxmodel.runtime.aio.call import call

        return await call(
            self._object("update").update,
            actions,
            condition,
            add_version_condition=add_version_condition,
            upsert=upsert,
        )

    async def delete(
        self, condition: Condition | None = None, *, add_version_condition: bool = True
    ) -> Any:
        """Delete this object's item."""
        from kxmodel.runtime.aio.call import call

        delete = self._object("delete").delete
        return await call(delete, condition, add_version_condition=add_version_condition)

    async def refresh(self, consistent_read: bool = False) -> None:
        """Read this object anew."""
        from kxmodel.runtime.aio.call import call

        await call(self._object("refresh").refresh, consistent_read)

    def _object(self, name: str) -> Any:
        if self._instance is None:
            raise UsageError(
                f"{self._model.__name__}.aio.{name} is for an object, not for the class",
                fix=f"Call it on an object: `await item.aio.{name}()`.",
            )
        return self._instance

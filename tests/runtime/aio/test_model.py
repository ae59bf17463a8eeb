"""What a model offers under `aio` finds and writes what the model itself does."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from pynamodb.exceptions import DoesNotExist, PutError
from pynamodb.models import Model as PynamoDBModel

import kxmodel
from kxmodel.errors import NotUniqueError, UsageError, ValidationFailed
from kxmodel.models import Lead, Message
from kxmodel.runtime import Model
from kxmodel.runtime.aio import Aio
from kxmodel.runtime.aio.answers import MOST_KEYS
from kxmodel.runtime.aio.call import call
from kxmodel.runtime.binding import current
from kxmodel.runtime.connection import KxConnection
from tests.emit.golden.club import Club
from tests.runtime.aio.letters import letter, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kxmodel import engines


@pytest.fixture
def requests(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The operations that were sent, in order."""
    sent: list[str] = []
    original = KxConnection.dispatch

    def dispatch(connection: KxConnection, name: str, kwargs: dict[str, Any]) -> dict[str, Any]:
        sent.append(name)
        return original(connection, name, kwargs)

    monkeypatch.setattr(KxConnection, "dispatch", dispatch)
    return sent


def key(message: Message) -> tuple[str, str]:
    hash_key, range_key = message._get_hash_range_key_serialized_values()
    return hash_key, range_key


def test_a_page_is_what_the_pattern_returns(messages: type[Message]) -> None:
    write(12)

    async def main() -> None:
        expected = Message.recent("t1", limit=5)
        page = await Message.aio.recent("t1", limit=5)
        assert [m.to_item() for m in page] == [m.to_item() for m in expected]
        assert page.cursor == expected.cursor
        following = await Message.aio.recent("t1", limit=5, cursor=page.cursor)
        assert [m.ts for m in following] == [m.ts for m in expected.next() or ()]

    asyncio.run(main())


def test_all_pages_one_after_the_other(messages: type[Message], requests: list[str]) -> None:
    write(12)
    requests.clear()

    async def main() -> None:
        found = [message.text async for message in Message.aio.recent("t1", limit=5)]
        assert sorted(found) == sorted(f"text {number}" for number in range(12))
        assert requests == ["Query"] * 3
        sizes = [len(page) async for page in Message.aio.recent("t1", limit=5).pages()]
        assert sizes == [5, 5, 2]

    asyncio.run(main())


def test_a_page_is_read_when_it_is_wanted(messages: type[Message], requests: list[str]) -> None:
    write(12)
    requests.clear()

    async def main() -> None:
        seen = 0
        async for _ in Message.aio.recent("t1", limit=5):
            seen += 1
            if seen == 6:
                break

    asyncio.run(main())
    assert requests == ["Query"] * 2


def test_nothing_is_sent_before_it_is_awaited(messages: type[Message], requests: list[str]) -> None:
    async def main() -> None:
        Message.aio.recent("t1")
        Message.aio.query("t1")
        Message.aio.scan()

    asyncio.run(main())
    assert requests == []


def test_find_and_a_pattern_that_finds_one(messages: type[Message]) -> None:
    Lead.create_table(wait=True)
    Lead(tenant_id="t1", email_lc="a@b.co", contact_info={"phone": "+19545550123"}).save()

    async def main() -> None:
        lead = await Lead.aio.find("t1", "a@b.co")
        assert lead is not None
        assert lead.email_lc == "a@b.co"
        assert await Lead.aio.find("t1", "z@b.co") is None
        found = await Lead.aio.by_phone("t1", phone="+19545550123")
        assert found is not None
        assert found.contact_pk == lead.contact_pk
        Lead(tenant_id="t1", email_lc="b@b.co", contact_info={"phone": "+19545550123"}).save()
        with pytest.raises(NotUniqueError):
            await Lead.aio.by_phone("t1", "+19545550123")

    try:
        asyncio.run(main())
    finally:
        Lead.delete_table()


@pytest.fixture
def club(dynoxide: engines.RunningEngine) -> Iterator[None]:
    with kxmodel.bind(endpoint_url=dynoxide.endpoint_url, region="us-east-1"):
        Club.create_table(wait=True)
        yield
        Club.delete_table()


def test_an_item_collection(club: None) -> None:
    async def main() -> None:
        key = {"PK": {"S": "CLUB#c1"}, "SK": {"S": "CLUB"}}
        put = current().client().put_item  # type: ignore[attr-defined]  # botocore makes its methods
        await call(put, TableName="club", Item={**key, "club": {"S": "c1"}})
        found = await Club.aio.all_of("c1")
        assert type(found) is type(Club.all_of("c1"))
        assert [one.club async for one in Club.aio.all_of("c1")] == ["c1"]
        assert [page.unknown async for page in Club.aio.all_of("c1").pages()] == [[]]
        assert found.one(Club) is not None

    asyncio.run(main())


def test_a_users_own_word_goes_first(messages: type[Message]) -> None:
    class Mine(Message):
        @classmethod
        def recent(cls, tenant_id: str, **options: Any) -> Any:
            return super().recent(tenant_id.lower(), **options)

    write(1, "t1")

    async def main() -> None:
        page = await Mine.aio.recent("T1")
        assert [type(one) for one in page] == [Mine]

    asyncio.run(main())


def test_the_life_of_an_item(messages: type[Message]) -> None:
    async def main() -> None:
        message = letter(1)
        await message.aio.save(Message.text.does_not_exist())
        with pytest.raises(PutError):
            await message.aio.save(Message.text.does_not_exist())
        other = await Message.aio.get(*key(message), consistent_read=True)
        await other.aio.update(actions=[Message.text.set("new")])
        assert other.text == "new"
        await message.aio.refresh(consistent_read=True)
        assert message.text == "new"
        await message.aio.delete()
        with pytest.raises(DoesNotExist):
            await Message.aio.get(*key(message))

    asyncio.run(main())


def test_what_a_write_brings_is_told(messages: type[Message], requests: list[str]) -> None:
    message = letter(1)
    message.direction = "sideways"  # type: ignore[assignment]  # that is the test
    with pytest.raises(ValidationFailed):
        asyncio.run(message.aio.save())
    assert requests == []


def test_many_at_once(messages: type[Message], requests: list[str]) -> None:
    count = MOST_KEYS + 20

    async def main() -> None:
        async with Message.aio.batch_write() as batch:
            for number in range(count):
                await batch.save(letter(number))
        assert requests == ["BatchWriteItem"] * 5
        everything = await Message.aio.scan(page_size=50)
        assert len(everything) == count
        requests.clear()
        keys = [key(message) for message in everything]
        found = await Message.aio.batch_get([*keys, keys[0], ("no", "body")])
        assert sorted(m.text for m in found) == sorted(m.text for m in everything)
        assert requests == ["BatchGetItem"] * 2
        async with Message.aio.batch_write() as batch:
            for message in everything:
                await batch.delete(message)
        assert await Message.aio.scan() == []

    asyncio.run(main())


def test_a_batch_may_be_sent_early(messages: type[Message], requests: list[str]) -> None:
    async def main() -> None:
        async with Message.aio.batch_write(auto_commit=False) as batch:
            for number in range(25):
                await batch.save(letter(number))
            with pytest.raises(ValueError, match="maximum of 25"):
                await batch.save(letter(26))
            await batch.commit()
            assert requests == ["BatchWriteItem"]

    async def failing() -> None:
        async with Message.aio.batch_write() as batch:
            await batch.save(letter(1))
            raise LookupError

    asyncio.run(main())
    with pytest.raises(LookupError):
        asyncio.run(failing())
    assert requests == ["BatchWriteItem"] * 2


def test_query_scan_and_count(messages: type[Message], requests: list[str]) -> None:
    write(30)
    pk = key(Message.recent("t1", limit=1)[0])[0]
    expected = [m.text for m in Message.query(pk)]
    requests.clear()

    async def main() -> None:
        assert await Message.aio.count(pk) == len(expected)
        requests.clear()
        results = Message.aio.query(pk, page_size=4, scan_index_forward=True)
        assert [m.text async for m in results] == expected
        assert results.total_count == len(expected)
        assert results.last_evaluated_key is None
        assert requests == ["Query"] * 3
        limited = Message.aio.query(pk, None, Message.text.exists(), limit=3)
        first = await limited
        rest = await Message.aio.query(pk, last_evaluated_key=limited.last_evaluated_key)
        assert [m.text for m in (*first, *rest)] == expected
        nothing = Message.aio.scan(Message.text == "unknown", page_size=7)
        requests.clear()
        assert await nothing == []
        assert len(requests) == 5

    asyncio.run(main())


def test_many_tasks_over_few_threads(messages: type[Message]) -> None:
    async def one(number: int) -> bool:
        tenant = f"t{number % 7}"
        message = letter(number, tenant)
        await message.aio.save()
        found = await Message.aio.find(tenant, message.email_lc, message.ts)
        return found is not None and found.text == message.text

    async def main() -> None:
        with kxmodel.bind(aio_workers=3):
            assert all(await asyncio.gather(*(one(number) for number in range(100))))

    asyncio.run(main())
    assert Message.count() == 100


def test_what_is_for_objects() -> None:
    for name, arguments in {"save": (), "update": ([],), "delete": (), "refresh": ()}.items():
        with pytest.raises(UsageError, match=f"Message.aio.{name} is for an object"):
            asyncio.run(getattr(Message.aio, name)(*arguments))


def test_what_it_does_not_have() -> None:
    with pytest.raises(AttributeError, match=r"Message\.aio has no 'greeting'"):
        _ = Message.aio.greeting  # type: ignore[attr-defined]  # that is the test
    with pytest.raises(AttributeError, match=r"Model\.aio has no 'find'"):
        _ = Model.aio.find


def test_no_pattern_can_have_one_of_its_names() -> None:
    """A pattern that `Aio` itself hides would be lost; models refuse these names anyway."""
    own = {name for name in vars(Aio) if not name.startswith("_")}
    assert own <= set(dir(PynamoDBModel))

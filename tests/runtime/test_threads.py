"""One bound connection, many threads: first uses that race, and work that never mixes."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

import kxmodel
from kxmodel import engines
from kxmodel.errors import EngineError, ValidationFailed
from kxmodel.models import Message
from kxmodel.testing.ci import skip_or_fail

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

THREADS = 32
ROUNDS = 4


@pytest.fixture(scope="module")
def running() -> Iterator[engines.RunningEngine]:
    try:
        found = engines.start("dynoxide")
    except EngineError as error:
        skip_or_fail(str(error))
    with found:
        yield found


@pytest.fixture
def table(running: engines.RunningEngine) -> Iterator[None]:
    with kxmodel.bind(endpoint_url=running.endpoint_url, region="us-east-1"):
        Message.create_table(wait=True)
        yield
        Message.delete_table()


def at_once(work: Callable[[int], Any]) -> list[Any]:
    """Run `work` in all threads, which begin together."""
    start = threading.Barrier(THREADS)

    def run(number: int) -> Any:
        start.wait(30)
        return work(number)

    with ThreadPoolExecutor(THREADS) as pool:
        return [*pool.map(run, range(THREADS))]


@pytest.fixture
def busy() -> Iterator[None]:
    """Threads change places after every few instructions."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def message(tenant: str, number: int) -> Message:
    return Message(
        tenant_id=tenant,
        email_lc=f"m{number}@example.com",
        lead_id=f"lead-{number}",
        source="chat",
        direction="inbound",
        text=f"{tenant} {number}",
    )


def one_tenants_day(number: int) -> str:
    """Everything that a request handler may do, for one tenant; what is found is its own."""
    tenant = f"tenant{number}"
    for turn in range(ROUNDS):
        made = message(tenant, turn)
        made.save()
        made.update(actions=[Message.text.set(f"{tenant} changed {turn}")])
        found = Message.find(tenant, made.email_lc, made.ts, consistent_read=True)
        assert found is not None
        assert found.text == f"{tenant} changed {turn}"
        found.update(actions=[Message.lead_id.set(f"other-{turn}")])
        assert not Message.by_lead(tenant, f"lead-{turn}")
        (led,) = Message.by_lead(tenant, f"other-{turn}")
        assert led.ts == made.ts
        with pytest.raises(ValidationFailed, match="direction"):
            Message(
                tenant_id=tenant, email_lc="a@b.co", source="chat", direction="no", text=""
            ).save()
    with Message.batch_write() as batch:
        for position in range(30):
            batch.save(message(tenant, 100 + position))
    keys = [m._get_hash_range_key_serialized_values() for m in Message.recent(tenant, limit=40)]
    texts = Counter(m.text for m in Message.batch_get(keys))
    expected = [f"{tenant} changed {turn}" for turn in range(ROUNDS)]
    expected += [f"{tenant} {100 + position}" for position in range(30)]
    assert texts == Counter(expected)
    pages = [[m.tenant_id for m in page] for page in Message.recent(tenant, limit=9).pages()]
    assert [len(page) for page in pages] == [9, 9, 9, 7]
    assert {each for page in pages for each in page} == {tenant}
    return tenant


def test_every_thread_finds_what_is_its_own(table: None) -> None:
    assert at_once(one_tenants_day) == [f"tenant{number}" for number in range(THREADS)]
    assert Message.count() == THREADS * (ROUNDS + 30)


def test_threads_that_race_share_one_client(table: None, busy: None) -> None:
    for number in range(5):
        with kxmodel.bind(table_prefix=f"p{number}-"):

            def first_use(_: int) -> tuple[str, int]:
                connection = Message._get_connection()
                return connection.table_name, id(connection.connection.client)

            ((name, _),) = set(at_once(first_use))
            assert name == f"p{number}-messages"


def test_threads_that_compile_a_class_agree(busy: None) -> None:
    for number in range(20):

        class Fresh(Message):
            pass

        made = message("t1", number)

        def first_use(_: int, model: type[Message] = Fresh, made: Message = made) -> object:
            spec = model._kx_compiled()
            return (
                spec.rules,
                spec.immutable,
                [*made.kx.validate()],
                model.from_item(made.to_item()),
            )

        answers = [(*rest, item.text) for *rest, item in at_once(first_use)]
        assert all(answer == answers[0] for answer in answers)


def test_bindings_that_change_meanwhile_mix_nothing(
    running: engines.RunningEngine, table: None
) -> None:
    """A table's name and its endpoint are of one binding, whichever it is."""
    done = threading.Event()

    def rebind() -> None:
        while not done.is_set():
            with kxmodel.bind(endpoint_url="http://127.0.0.1:9", table_prefix="nowhere-"):
                pass

    def look(_: int) -> set[tuple[str, str]]:
        seen = set()
        for _ in range(200):
            connection = Message._get_connection()
            client: Any = connection.connection.client
            seen.add((connection.table_name, client.meta.endpoint_url))
        return seen

    rebinding = threading.Thread(target=rebind)
    rebinding.start()
    try:
        seen = set().union(*at_once(look))
    finally:
        done.set()
        rebinding.join()
    assert seen <= {
        ("messages", running.endpoint_url),
        ("nowhere-messages", "http://127.0.0.1:9"),
    }
    assert ("messages", running.endpoint_url) in seen


FIRST_USE = """
import os, sys, threading
import kxmodel
sys.setswitchinterval(1e-6)
start = threading.Barrier({threads})
wrong = []

def run(number):
    start.wait(30)
    try:
        from kxmodel.models import Lead, Message
        tenant = f"fresh{{number}}-{{os.getpid()}}"
        made = Message(tenant_id=tenant, email_lc="a@b.co", source="chat", direction="inbound",
                       text=str(number), channel_context={{"chat": {{"sessionId": tenant}}}})
        made.save()
        (found,) = Message.recent(tenant)
        assert found.text == str(number), found.text
        assert found.channel_context.chat.session_id == tenant
        lead = Lead(tenant_id=tenant, email_lc="a@b.co", contact_info={{"phone": "+19545550123"}})
        assert lead.to_item()["GSI1PK"] == {{"S": f"{{tenant}}#+19545550123"}}
    except BaseException as error:
        wrong.append(f"{{number}}: {{error!r}}")

kxmodel.bind(endpoint_url={endpoint!r}, region="us-east-1")
threads = [threading.Thread(target=run, args=(n,)) for n in range({threads})]
for thread in threads: thread.start()
for thread in threads: thread.join()
sys.exit("\\n".join(wrong) or None)
"""


def test_the_very_first_use_of_a_process(running: engines.RunningEngine, table: None) -> None:
    """Imports, codecs, schemas, clients: everything that is loaded lazily, by all threads at once."""
    code = FIRST_USE.format(threads=THREADS, endpoint=running.endpoint_url)
    for _ in range(3):
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode == 0, done.stderr


def test_clients_of_one_session_are_made_one_after_the_other(busy: None) -> None:
    """A botocore session makes clients for one thread at a time, whatever binding asks."""
    inside, most = 0, 0

    class Session:
        """A session that notices company."""

        def create_client(self, *_: object, **__: object) -> Any:
            nonlocal inside, most
            inside += 1
            most = max(most, inside)
            threading.Event().wait(0.002)
            inside -= 1
            raise LookupError

    session = Session()
    bindings = []
    for number in range(THREADS):
        with kxmodel.bind(session=session, region=f"r{number}") as binding:  # type: ignore[arg-type]  # it is one
            bindings.append(binding)

    def ask(number: int) -> None:
        with pytest.raises(LookupError):
            bindings[number].client()

    at_once(ask)
    assert most == 1

from __future__ import annotations

import itertools
import json
import tracemalloc

import pytest

from kxmodel.errors import UsageError
from kxmodel.report import Broken, Item, ItemFile, Source, Tally, validate
from kxmodel.report.tally import MAX_KINDS, MAX_NAMES, OTHERS
from tests.report.kxgen import example, market, printed, table, tables


class Given:
    """Records that a test makes."""

    name, size, done = "given", 0, 0

    def __init__(self, records):
        self.records = records

    def __iter__(self):
        return iter(self.records)


def run(records, *, of="messages", **options) -> tuple[Tally, list[str]]:
    found = []
    source = Source(Given(records), table(of), tables())
    tally = validate([source], on_finding=lambda f: found.append(str(f)), **options)
    return tally, found


def items(*many):
    return [(f"f:{n}", Item(i)) for n, i in enumerate(many, start=1)]


def test_counts_by_problem_entity_tenant_and_source():
    good, bad = example("messages"), printed()
    other = printed() | {"tenantId": "acme"}
    tally, found = run([*items(good, bad, bad, other), ("f:9", Broken("is broken"))])
    assert (tally.items, tally.bad, tally.unreadable) == (4, 3, 1)
    assert tally.findings == len(found)
    assert {k: (c.items, c.bad) for k, c in tally.tenants.items()} == {
        "tenant123": (3, 2),
        "acme": (1, 1),
    }
    assert {k: (c.items, c.bad) for k, c in tally.entities.items()} == {
        ("messages", "Message"): (4, 3)
    }
    kinds = {(k.code, k.shape): p.count for k, p in tally.kinds.items()}
    assert kinds == {
        ("KX660", "ts"): 3,
        ("KX662", "contact_pk"): 1,
        ("KX662", "GSI1PK"): 1,
        ("KX664", "(item)"): 1,
    }
    assert all(problems.fix for problems in tally.kinds.values())
    assert next(kind.shape for kind, _ in tally.ranked()) == "ts"
    (source,) = tally.sources
    assert (source.name, source.table, source.items, source.unreadable) == (
        "given",
        "messages",
        4,
        1,
    )


def test_a_finding_is_counted_before_it_is_handed_over():
    tally = Tally(examples=2)
    shown = []
    source = Source(Given(items(*[printed()] * 5)), table("messages"), tables())
    validate(
        [source],
        tally=tally,
        on_finding=lambda f: shown.append((tally.findings, tally.is_example(f))),
    )
    assert shown == [(1, True), (2, True), (3, False), (4, False), (5, False)]


def test_a_limit_counts_items_of_each_source():
    tally, _ = run([("f:1", Broken("x")), *items(*[example("messages")] * 10)], limit=3)
    assert (tally.items, tally.unreadable) == (3, 1)
    assert tally.sources[0].cut_short
    whole, _ = run(items(*[example("messages")] * 3), limit=3)
    assert not whole.sources[0].cut_short


def test_a_sample_is_the_same_each_time():
    records = items(*[example("messages")] * 2000)
    first, second = run(records, share=0.1)[0], run(records, share=0.1)[0]
    assert first.items == second.items
    assert 120 < first.items < 290
    assert first.sources[0].passed == 2000 - first.items
    assert run(records, share=1.0)[0].items == 2000


@pytest.mark.parametrize("name", ["messages", "leads", "personas"])
def test_the_table_is_known_by_the_items_keys(name):
    source = Source(Given(items(example(name))), None, tables())
    tally = validate([source], on_finding=print)
    assert tally.sources[0].table == name
    assert tally.findings == 0


@pytest.mark.parametrize(
    ("candidates", "item", "words"),
    [
        (tables(), {"id": 1}, "has the keys of none of the tables leads, messages, personas"),
        ((market(), market()), {"PK": "a", "SK": "b"}, "could be of the tables market, market"),
    ],
)
def test_a_table_that_cannot_be_told_is_asked_for(candidates, item, words):
    source = Source(Given(items(item)), None, candidates)
    with pytest.raises(UsageError, match=words) as caught:
        validate([source], on_finding=print)
    assert "f:1" in str(caught.value)
    assert "--table" in caught.value.fix


def test_progress_is_told_at_last_with_all_counts(tmp_path):
    path = tmp_path / "messages.jsonl"
    path.write_text("".join(json.dumps(printed()) + "\n" for _ in range(300)))
    told = []
    reader = ItemFile(path, "m", frozenset({"contact_pk"}))
    validate(
        [Source(reader, table("messages"), tables())], on_finding=bool, on_progress=told.append
    )
    last = told[-1]
    assert (
        (last.done, last.items, last.bad)
        == (last.size, 300, 300)
        == (path.stat().st_size, 300, 300)
    )
    assert [p.items for p in told] == sorted(p.items for p in told)


def test_names_from_items_do_not_grow_the_counts():
    """A hostile table: each item has a tenant and an attribute of its own, both long."""
    closed = market()
    records = (
        (
            f"f:{n}",
            Item({"PK": "SELLER#1", "SK": "PROFILE", "sellerId": "1", f"{n}" + "x" * 5000: 1}),
        )
        for n in range(MAX_KINDS + 500)
    )
    tally = validate([Source(Given(records), closed, (closed,))], on_finding=bool)
    assert len(tally.kinds) == MAX_KINDS + 1
    rest = next(p for k, p in tally.kinds.items() if k.shape == OTHERS)
    assert rest.count == 500
    assert tally.findings == MAX_KINDS + 500

    template = example("messages")
    many = ((f"f:{n}", Item(template | {"tenantId": f"{n}"})) for n in range(MAX_NAMES + 50))
    tally, _ = run(many)
    assert len(tally.tenants) == MAX_NAMES + 1
    assert tally.tenants[OTHERS].items == 50


def _peak(path, count: int) -> int:
    """Bytes at most allocated while a file of that many items, half of them bad, is validated."""
    good, bad = json.dumps(example("messages")) + "\n", json.dumps(printed()) + "\n"
    with path.open("w") as file:
        file.writelines(itertools.islice(itertools.cycle((good, bad)), count))
    source = Source(
        ItemFile(path, path.name, frozenset({"contact_pk"})), table("messages"), tables()
    )
    tracemalloc.start()
    tally = validate([source], on_finding=bool)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (tally.items, tally.bad) == (count, count // 2)
    return peak


def test_memory_does_not_grow_with_the_items(tmp_path):
    _peak(tmp_path / "warm.jsonl", 100)
    small, large = (_peak(tmp_path / f"{count}.jsonl", count) for count in (1_000, 6_000))
    assert large < small * 1.2 + 100_000


@pytest.mark.slow
def test_a_million_items_in_constant_memory(tmp_path):
    import subprocess
    import sys

    path = tmp_path / "messages.jsonl"
    code = (
        "import resource, sys; from kxmodel.cli import main; code = main(sys.argv[1:]); "
        "print(code, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    used = []
    good = json.dumps(example("messages")) + "\n"
    for count in (10_000, 1_000_000):
        with path.open("w") as file:
            file.writelines(itertools.repeat(good, count))
        ran = subprocess.run(
            [sys.executable, "-c", code, "validate", str(path), "--format", "jsonl"],
            capture_output=True,
            text=True,
            check=True,
            timeout=1800,
        )
        *_, summary, last = ran.stdout.splitlines()
        assert json.loads(summary)["items"] == count
        status, kilobytes = map(int, last.split())
        assert status == 0
        used.append(kilobytes)
    assert used[1] < used[0] * 1.1 + 5_000

from __future__ import annotations

import threading
import time

import pytest

from kxmodel.errors import ReportError
from kxmodel.report.reading import LiveTable


class Refused(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.response = {"Error": {"Code": code, "Message": f"{code} it is"}}


class FakeClient:
    """Scan as AWS documents it: pages, empty ones among them, each with a key to go on from."""

    def __init__(self, count, *, page=7, fails=None):
        self.count, self.page, self.fails = count, page, fails
        self.requests, self.lock = [], threading.Lock()
        self.in_flight = self.most_in_flight = 0

    def describe_table(self, TableName):
        if self.fails == "describe":
            raise Refused("ResourceNotFoundException")
        return {"Table": {"ItemCount": self.count}}

    def scan(self, **request):
        with self.lock:
            self.requests.append(request)
            self.in_flight += 1
            self.most_in_flight = max(self.most_in_flight, self.in_flight)
        time.sleep(0.0005)
        with self.lock:
            self.in_flight -= 1
        if self.fails == "scan" and len(self.requests) > 3:
            raise Refused("com.amazon#AccessDeniedException")
        mine = range(request["Segment"], self.count, request["TotalSegments"])
        start = request.get("ExclusiveStartKey", {"at": -1})["at"]
        # Every other page is empty and still goes on.
        at, empty = (start // 2, start % 2 == 1) if start >= 0 else (0, True)
        page = [] if empty else [{"pk": {"S": str(n)}} for n in mine[at : at + self.page]]
        after = at if empty else at + self.page
        answer = {"Items": page, "ConsumedCapacity": {"CapacityUnits": 1.0}}
        if after < len(mine):
            answer["LastEvaluatedKey"] = {"at": 2 * after + (0 if empty else 1)}
        return answer


@pytest.mark.parametrize(("count", "workers"), [(0, 1), (1, 4), (500, 1), (500, 8)])
def test_every_item_once(count, workers):
    client = FakeClient(count)
    live = LiveTable(client, "dev-messages", workers=workers)
    found = [(place, item.values["pk"]) for place, item in live]
    assert sorted(int(pk) for _, pk in found) == list(range(count))
    assert {place for place, _ in found} <= {"dev-messages"}
    assert (live.size, live.done) == (count, count)
    assert client.most_in_flight <= workers


@pytest.mark.parametrize("consistent", [False, True])
def test_reads_as_it_was_told(consistent):
    client = FakeClient(20)
    list(LiveTable(client, "t", consistent=consistent))
    assert {r["ConsistentRead"] for r in client.requests} == {consistent}


def test_a_sample_reads_only_a_share_of_the_segments():
    client = FakeClient(20_000)
    live = LiveTable(client, "t", share=0.02)
    items = {item.values["pk"] for _, item in live}
    assert {r["TotalSegments"] for r in client.requests} == {1000}
    assert len({r["Segment"] for r in client.requests}) == 20
    assert len(items) == live.size == 400
    assert items == {item.values["pk"] for _, item in LiveTable(client, "t", share=0.02)}


@pytest.mark.parametrize(
    ("fails", "code"), [("describe", "ResourceNotFound"), ("scan", "AccessDenied")]
)
def test_a_refusal_is_told_in_its_own_words(fails, code):
    with pytest.raises(ReportError, match=f"{code}Exception: .* it is") as caught:
        list(LiveTable(FakeClient(500, fails=fails), "dev-t"))
    assert caught.value.code == "KX667"
    assert "dev-t" in caught.value.message


def test_leaving_early_ends_the_threads_and_reads_no_more():
    before = threading.active_count()
    client = FakeClient(100_000)
    records = iter(LiveTable(client, "t", workers=4))
    for _ in range(10):
        next(records)
    assert len(client.requests) < 200  # no further ahead than the pages that may wait
    records.close()
    assert threading.active_count() == before


def test_the_rate_is_kept():
    client = FakeClient(200)
    began = time.monotonic()
    list(LiveTable(client, "t", workers=4, max_rcu=100))
    # The last page of each worker is paid for by nothing that follows.
    assert time.monotonic() - began >= (len(client.requests) - 4) / 100 - 0.05

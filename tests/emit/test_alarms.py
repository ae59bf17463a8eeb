from kxmodel import ir
from kxmodel.emit.alarms import Metric, alarms_of
from kxmodel.emit.capacity import Capacity, Scaled
from tests.emit.tables import small

INDEXES = (
    ir.Index("GSI1", "gsi1", (ir.KeyAttribute("a"),)),
    ir.Index("LSI1", "lsi1", (ir.KeyAttribute("pk"),), (ir.KeyAttribute("b"),), local=True),
)
TABLE = small(indexes=INDEXES)


def names(capacity):
    return [(alarm.name, alarm.index) for alarm in alarms_of(TABLE, capacity)]


def test_what_is_watched():
    assert names(Capacity()) == [
        ("ThrottledRequests", None),
        ("SystemErrors", None),
        ("ReadThrottleEvents", "GSI1"),
        ("WriteThrottleEvents", "GSI1"),
    ]
    watched = [("ReadCapacity", None), ("WriteCapacity", None), ("ReadCapacity", "GSI1")]
    for capacity in (Capacity(Scaled(1, 2), Scaled(1, 2)), Capacity(most_read=1, most_write=1)):
        assert set(watched) < set(names(capacity))


def test_a_local_index_has_no_alarms_of_its_own():
    assert "LSI1" not in {index for _, index in names(Capacity(Scaled(1, 2), Scaled(1, 2)))}


def test_an_alarm_takes_at_most_ten_metrics_or_one_without_an_expression():
    for capacity in (Capacity(), Capacity(Scaled(1, 2), Scaled(1, 2)), Capacity(most_read=9)):
        for alarm in alarms_of(TABLE, capacity):
            assert 1 <= len(alarm.metrics) <= 10
            assert bool(alarm.expression) or len(alarm.metrics) == 1


def test_nine_tenths_of_what_an_on_demand_table_is_held_to():
    alarm = {a.name: a for a in alarms_of(small(), Capacity(most_read=100))}["ReadCapacity"]
    assert alarm.threshold == 0.9 * 100 * alarm.period


def test_dimensions():
    assert Metric("x", "Sum", "GSI1").dimensions("t") == (
        ("TableName", "t"),
        ("GlobalSecondaryIndexName", "GSI1"),
    )
    assert Metric("x", "Sum", operation="Query").dimensions("t")[1] == ("Operation", "Query")

"""Billing, encryption and tags: on the local engines, and as AWS's documentation tells of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kxmodel.errors import EngineCannot, MigrationError
from kxmodel.ir import KeyAttribute
from kxmodel.migrate.schema import Control, create_table, set_capacity, set_encryption, set_tags
from kxmodel.migrate.schema.waiting import describe
from kxmodel.migrate.state import IndexState, TableState
from tests.migrate.clocks import Turned
from tests.migrate.schema.phases import refusal

if TYPE_CHECKING:
    from kxmodel.migrate.names import Names

KEY = "arn:aws:kms:eu-west-1:1:key/own"
MANAGED = "arn:aws:kms:eu-west-1:1:key/of-aws"


class Aws:
    """One table. What is changed shows `late` seconds after the request, and is UPDATING until then.

    It refuses what changes nothing, as UpdateTable does:
    https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html
    https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTagsOfResource.html
    """

    def __init__(self, clock: Turned, late: float = 30.0) -> None:
        self.clock = clock
        self.late = late
        self.sent: list[dict[str, Any]] = []
        self.capacity: dict[str, Any] = {"": None, "GSI1": None}
        self.sse: dict[str, str] | None = None
        self.tags = {"team": "a", "old": "x", "aws:cloudformation:stack-name": "s"}
        self._then = -late
        self._before: tuple[Any, ...] = ()

    @property
    def busy(self) -> bool:
        return self.clock.monotonic() - self._then < self.late

    def _changes(self) -> None:
        self._then = self.clock.monotonic()

    def describe_table(self, **_: object) -> Any:
        def units(name: str) -> dict[str, int]:
            read, write = self.capacity[name] or (0, 0)
            return {"ReadCapacityUnits": read, "WriteCapacityUnits": write}

        mode = "PROVISIONED" if self.capacity[""] else "PAY_PER_REQUEST"
        index = {
            "IndexName": "GSI1",
            "IndexStatus": "UPDATING" if self.busy else "ACTIVE",
            "ProvisionedThroughput": units("GSI1"),
        }
        sse = {} if self.sse is None else {"SSEDescription": dict(self.sse)}
        if sse and self.busy:
            sse["SSEDescription"]["Status"] = "UPDATING"
        return {
            "Table": {
                "TableName": "t",
                "TableArn": "arn:aws:dynamodb:eu-west-1:1:table/t",
                "TableStatus": "ACTIVE",
                "BillingModeSummary": {"BillingMode": mode},
                "ProvisionedThroughput": units(""),
                "GlobalSecondaryIndexes": [index],
                **sse,
            }
        }

    def update_table(self, **request: Any) -> Any:
        self.sent.append(request)
        if specification := request.get("SSESpecification"):
            arn = {None: MANAGED, "alias/own": KEY}.get(
                specification.get("KMSMasterKeyId"), specification.get("KMSMasterKeyId")
            )
            wanted = {"Status": "ENABLED", "KMSMasterKeyArn": arn}
            if not specification["Enabled"]:
                wanted = None
            if wanted == self.sse:
                raise refusal(
                    "ValidationException", "Table is already encrypted by given KMSMasterKey"
                )
            self.sse = wanted
        if request.get("BillingMode") == "PAY_PER_REQUEST":
            self.capacity = {"": None, "GSI1": None}
        throughputs = {"": request.get("ProvisionedThroughput")} | {
            each["Update"]["IndexName"]: each["Update"]["ProvisionedThroughput"]
            for each in request.get("GlobalSecondaryIndexUpdates", ())
        }
        for name, units in throughputs.items():
            if units is None:
                continue
            pair = units["ReadCapacityUnits"], units["WriteCapacityUnits"]
            if self.capacity[name] == pair:
                message = "The provisioned throughput will not change"
                raise refusal("ValidationException", message)
            self.capacity[name] = pair
        if self.capacity[""] and not self.capacity["GSI1"]:
            raise refusal("ValidationException", "ProvisionedThroughput is required for index")
        self._changes()
        return {}

    def list_tags_of_resource(self, **request: Any) -> Any:
        names = sorted(self._before[0] if self.busy else self.tags)
        tags = self._before[0] if self.busy else self.tags
        page = names[1:] if request.get("NextToken") else names[:1]
        told = {"Tags": [{"Key": name, "Value": tags[name]} for name in page]}
        return told if request.get("NextToken") or len(names) < 2 else {**told, "NextToken": "n"}

    def tag_resource(self, *, ResourceArn: str, Tags: list[dict[str, str]]) -> Any:
        self._before = (dict(self.tags),)
        self.tags |= {each["Key"]: each["Value"] for each in Tags}
        self.sent.append({"tag": Tags})
        self._changes()
        return {}

    def untag_resource(self, *, ResourceArn: str, TagKeys: list[str]) -> Any:
        self.tags = {n: v for n, v in self.tags.items() if n not in TagKeys}
        self._before = (dict(self.tags),)
        self.sent.append({"untag": TagKeys})
        self._changes()
        return {}


@pytest.fixture
def aws() -> Aws:
    return Aws(Turned())


def on(aws: Aws) -> Control:
    return Control(aws, aws.clock, patience=600)  # type: ignore[arg-type]  # what is used of it


def test_capacity_is_provisioned_for_the_indexes_too_and_waited_for(aws: Aws) -> None:
    began = aws.clock.time
    assert set_capacity(on(aws), "t", 5, 6)
    assert aws.clock.time - began >= 30
    assert aws.capacity == {"": (5, 6), "GSI1": (5, 6)}
    assert not set_capacity(on(aws), "t", 5, 6)
    assert set_capacity(on(aws), "t", 5, 9)
    assert aws.capacity == {"": (5, 9), "GSI1": (5, 9)}


def test_one_index_of_another_capacity_is_brought_to_it_alone(aws: Aws) -> None:
    aws.capacity = {"": (5, 6), "GSI1": (1, 1)}
    assert set_capacity(on(aws), "t", 5, 6)
    (sent,) = aws.sent
    assert "ProvisionedThroughput" not in sent
    assert "BillingMode" not in sent
    assert aws.capacity["GSI1"] == (5, 6)


def test_billing_on_demand(aws: Aws) -> None:
    assert not set_capacity(on(aws), "t", None, None)
    aws.capacity = {"": (5, 6), "GSI1": (5, 6)}
    assert set_capacity(on(aws), "t", None, None)
    assert aws.sent[0]["BillingMode"] == "PAY_PER_REQUEST"
    assert not set_capacity(on(aws), "t", None, None)


@pytest.mark.parametrize("key", ["aws-managed", KEY, "alias/own"])
def test_encryption_is_changed_once_and_waited_for(aws: Aws, key: str) -> None:
    began = aws.clock.time
    assert set_encryption(on(aws), "t", key)
    assert aws.clock.time - began >= 30
    assert aws.sse == {
        "Status": "ENABLED",
        "KMSMasterKeyArn": MANAGED if key == "aws-managed" else KEY,
    }
    assert not set_encryption(on(aws), "t", key)
    assert set_encryption(on(aws), "t", "aws-owned")
    assert aws.sse is None
    assert not set_encryption(on(aws), "t", "aws-owned")


def test_an_engine_that_ignores_it_cannot_do_it(aws: Aws) -> None:
    aws.update_table = lambda **_: {}  # type: ignore[method-assign]
    with pytest.raises(EngineCannot, match="does not change the encryption of table t"):
        set_encryption(on(aws), "t", KEY)


def test_another_refusal_is_told(aws: Aws) -> None:
    def refuse(**_: object) -> None:
        raise refusal("ValidationException", "KMS key is disabled")

    aws.update_table = refuse  # type: ignore[method-assign,assignment]
    with pytest.raises(MigrationError, match="KMS key is disabled"):
        set_encryption(on(aws), "t", KEY)


def test_tags_are_these_and_no_others_but_awss_own(aws: Aws) -> None:
    assert set_tags(on(aws), "t", {"team": "b", "stage": "x"})
    assert aws.sent[0] == {"untag": ["old"]}
    assert aws.sent[1]["tag"] == [{"Key": "stage", "Value": "x"}, {"Key": "team", "Value": "b"}]
    assert not aws.busy, "the tags were not waited for"
    assert not set_tags(on(aws), "t", {"team": "b", "stage": "x"})
    assert set_tags(on(aws), "t", {})
    assert list(aws.tags) == ["aws:cloudformation:stack-name"]


@pytest.mark.parametrize("change", [set_capacity, set_encryption, set_tags])
def test_a_table_that_is_not_there(change: Any) -> None:
    class Nothing:
        def describe_table(self, **_: object) -> Any:
            raise refusal("ResourceNotFoundException", "no", "DescribeTable")

    arguments = {set_capacity: (1, 1), set_encryption: (KEY,), set_tags: ({},)}[change]
    with pytest.raises(MigrationError, match="there is no table t"):
        change(Control(Nothing(), Turned()), "t", *arguments)  # type: ignore[arg-type]


@pytest.fixture
def table(control: Control, names: Names) -> str:
    index = IndexState("GSI1", (KeyAttribute("a"),))
    name = names.table("messages")
    create_table(control, name, TableState("messages", KeyAttribute("pk"), None, {"GSI1": index}))
    return name


def test_capacity_on_engines(control: Control, table: str) -> None:
    for units in ((5, 6), (7, 8), (None, None)):
        assert set_capacity(control, table, *units)
        assert not set_capacity(control, table, *units)
    assert set_capacity(control, table, 3, 3)
    found = describe(control, table) or {}
    assert found["ProvisionedThroughput"]["ReadCapacityUnits"] == 3


def test_tags_on_engines(control: Control, table: str) -> None:
    for tags in ({"a": "1", "b": "2"}, {"a": "3"}, {}):
        assert set_tags(control, table, tags)
        assert not set_tags(control, table, tags)


def test_encryption_on_engines(control: Control, table: str) -> None:
    try:
        assert set_encryption(control, table, "aws-managed")
    except EngineCannot:  # dynoxide has no such thing, and says so
        return
    assert not set_encryption(control, table, "aws-managed")
    assert set_encryption(control, table, KEY)
    assert not set_encryption(control, table, KEY)
    assert set_encryption(control, table, "aws-owned")
    assert not set_encryption(control, table, "aws-owned")

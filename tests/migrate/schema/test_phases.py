"""Waiting for what AWS does step by step, on the fake written from its documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import EndpointConnectionError, NoCredentialsError, ReadTimeoutError

from kxmodel.errors import EngineCannot, MigrationError, WaitedInVain
from kxmodel.ir import KeyAttribute
from kxmodel.migrate.schema import (
    Control,
    Phase,
    create_index,
    create_table,
    drop_index,
    drop_table,
    set_point_in_time_recovery,
    set_stream,
    set_time_to_live,
)
from kxmodel.migrate.state import IndexState, TableState
from tests.migrate.clocks import Turned
from tests.migrate.schema.phases import Aws, refusal

if TYPE_CHECKING:
    from collections.abc import Callable

TABLE = TableState("t", KeyAttribute("pk"), KeyAttribute("sk"))
GSI1 = IndexState("GSI1", (KeyAttribute("GSI1PK"),), (KeyAttribute("GSI1SK"),))
GSI2 = IndexState("GSI2", (KeyAttribute("GSI2PK"),), projection="KEYS_ONLY")


class World:
    """A table in the fake, and what was told while waiting."""

    def __init__(self) -> None:
        self.clock = Turned()
        self.aws = Aws(self.clock)
        self.phases: list[Phase] = []
        self.control = Control(
            self.aws,  # type: ignore[arg-type]  # what is used of it
            self.clock,
            patience=10_000.0,
            tell=self.phases.append,
        )

    def states(self) -> list[str]:
        return list(dict.fromkeys(phase.state for phase in self.phases))


@pytest.fixture
def world() -> World:
    made = World()
    create_table(made.control, "t", TABLE)
    made.phases.clear()
    return made


def test_an_index_is_waited_for_after_its_table_is_active(world: World) -> None:
    assert create_index(world.control, "t", GSI1)
    assert world.states() == ["CREATING", "CREATING, backfilling"]
    found = world.aws.tables["t"]
    assert found["indexes"]["GSI1"]["status"] == "ACTIVE"
    assert any(phase.subject == "index GSI1 of t" for phase in world.phases)


def test_two_indexes_are_two_requests(world: World) -> None:
    create_index(world.control, "t", GSI1)
    create_index(world.control, "t", GSI2)
    assert world.aws.sent["update_table"] == 2
    assert not create_index(world.control, "t", GSI2)
    assert world.aws.sent["update_table"] == 2


def test_an_index_of_another_hand_is_waited_out(world: World) -> None:
    """Only one index of a table can be created at a time: the refusal passes."""
    world.aws.update_table(
        TableName="t",
        AttributeDefinitions=world.aws.tables["t"]["request"]["AttributeDefinitions"],
        GlobalSecondaryIndexUpdates=[
            {"Create": {"IndexName": "X", "KeySchema": [], "Projection": {}}}
        ],
    )
    assert create_index(world.control, "t", GSI1)
    assert world.aws.sent["update_table"] > 2


@pytest.mark.parametrize(
    "code", ["LimitExceededException", "ResourceInUseException", "ThrottlingException"]
)
def test_refusals_that_pass_are_sent_again(world: World, code: str) -> None:
    world.aws.busy = [refusal(code, "later")] * 3
    assert create_index(world.control, "t", GSI1)


def test_other_refusals_are_told_in_dynamodbs_words(world: World) -> None:
    world.aws.busy = [refusal("AccessDeniedException", "User: x is not authorized\n to perform")]
    with pytest.raises(MigrationError) as raised:
        create_index(world.control, "t", GSI1)
    assert raised.value.code == "KX651"
    assert "could not create index GSI1 of t: AccessDeniedException: User: x is not" in str(
        raised.value
    )
    assert "\n to" not in raised.value.message


def test_a_lost_reply_creates_no_second_index(world: World) -> None:
    real = world.aws.update_table

    def losing(**request: Any) -> Any:
        world.aws.update_table = real  # type: ignore[method-assign]
        real(**request)
        raise ReadTimeoutError(endpoint_url="http://x")

    world.aws.update_table = losing  # type: ignore[method-assign]
    assert create_index(world.control, "t", GSI1)
    assert world.aws.sent["update_table"] == 1


def test_an_interrupted_wait_is_taken_up_again(world: World) -> None:
    class Stop(Exception):
        pass

    def check() -> None:
        if world.clock.time > 1000 + 50:
            raise Stop

    broken = Control(world.aws, world.clock, check=check)  # type: ignore[arg-type]
    with pytest.raises(Stop):
        create_index(broken, "t", GSI1)
    assert not create_index(world.control, "t", GSI1)
    assert world.aws.tables["t"]["indexes"]["GSI1"]["status"] == "ACTIVE"
    assert world.aws.sent["update_table"] == 1


def test_patience_ends(world: World) -> None:
    short = Control(world.aws, world.clock, patience=30)  # type: ignore[arg-type]
    with pytest.raises(WaitedInVain, match="index GSI1 of t is still CREATING") as raised:
        create_index(short, "t", GSI1)
    assert raised.value.code == "KX650"


def test_an_index_is_gone_before_the_drop_returns(world: World) -> None:
    create_index(world.control, "t", GSI1)
    world.phases.clear()
    assert drop_index(world.control, "t", "GSI1")
    assert world.states()[0] == "DELETING"
    assert world.aws.tables["t"]["indexes"] == {}
    assert not drop_index(world.control, "t", "GSI1")


def test_an_index_under_deletion_is_made_anew(world: World) -> None:
    create_index(world.control, "t", GSI1)
    world.aws.update_table(
        TableName="t", GlobalSecondaryIndexUpdates=[{"Delete": {"IndexName": "GSI1"}}]
    )
    assert create_index(world.control, "t", GSI1)
    assert world.aws.tables["t"]["indexes"]["GSI1"]["status"] == "ACTIVE"


def test_a_table_is_gone_before_the_drop_returns(world: World) -> None:
    assert drop_table(world.control, "t")
    assert world.aws.tables == {}
    assert not drop_table(world.control, "t")


def test_an_unreachable_endpoint_is_not_waited_for_forever() -> None:
    class Nobody:
        def describe_table(self, **_: object) -> object:
            raise EndpointConnectionError(endpoint_url="http://127.0.0.1:1")

    clock = Turned()
    control = Control(Nobody(), clock)  # type: ignore[arg-type]
    with pytest.raises(MigrationError, match="Could not connect to the endpoint"):
        create_table(control, "t", TABLE)
    assert clock.time < 1030


def test_a_machine_without_credentials_is_told_so() -> None:
    class Nobody:
        def describe_table(self, **_: object) -> object:
            raise NoCredentialsError

    control = Control(Nobody(), Turned())  # type: ignore[arg-type]
    with pytest.raises(MigrationError, match="Unable to locate credentials") as refused:
        create_table(control, "t", TABLE)
    assert refused.value.code == "KX651"


def test_time_to_live_is_not_asked_for_twice(world: World) -> None:
    assert set_time_to_live(world.control, "t", "expires")
    assert not set_time_to_live(world.control, "t", "expires")
    assert world.aws.sent["update_time_to_live"] == 1


def test_another_attribute_waits_for_the_first_to_be_disabled(world: World) -> None:
    set_time_to_live(world.control, "t", "expires")
    world.clock.turn(4000)
    assert set_time_to_live(world.control, "t", "ttl")
    assert world.aws.sent["update_time_to_live"] == 3
    assert world.states() == ["DISABLING"]
    assert world.aws.ttl["t"]["attribute"] == "ttl"


def test_a_second_change_within_the_hour_says_when_to_come_back(world: World) -> None:
    set_time_to_live(world.control, "t", "expires")
    with pytest.raises(MigrationError, match="fixed interval") as raised:
        set_time_to_live(world.control, "t", None)
    assert "in an hour" in (raised.value.fix or "")


def test_disabling_what_is_disabled_sends_nothing(world: World) -> None:
    assert not set_time_to_live(world.control, "t", None)
    assert world.aws.sent["update_time_to_live"] == 0


def test_another_stream_view_is_a_new_stream(world: World) -> None:
    assert set_stream(world.control, "t", "KEYS_ONLY")
    assert not set_stream(world.control, "t", "KEYS_ONLY")
    assert set_stream(world.control, "t", "NEW_IMAGE")
    assert world.aws.sent["update_table"] == 3
    assert world.aws.tables["t"]["stream"]["StreamViewType"] == "NEW_IMAGE"


@pytest.mark.parametrize("code", ["UnknownOperationException", "com.x#UnknownOperationException"])
def test_an_unknown_operation_is_a_plain_word(world: World, code: str) -> None:
    def unknown(**_: object) -> object:
        raise refusal(code, "The requested operation is not known")

    world.aws.describe_continuous_backups = unknown  # type: ignore[attr-defined]
    with pytest.raises(EngineCannot, match="this engine cannot describe point-in-time recovery"):
        set_point_in_time_recovery(world.control, "t", True)


def backups(*, ready_after: int) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html"""
    state = {"on": False, "asked": 0}

    def describe(**_: object) -> Any:
        status = "ENABLED" if state["on"] else "DISABLED"
        told = {"PointInTimeRecoveryDescription": {"PointInTimeRecoveryStatus": status}}
        return {"ContinuousBackupsDescription": told}

    def update(**request: Any) -> Any:
        state["asked"] += 1
        if state["asked"] <= ready_after:
            raise refusal("ContinuousBackupsUnavailableException", "Backups are being enabled")
        state["on"] = request["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"]
        return {}

    return describe, update


def test_recovery_is_asked_for_until_backups_are_there(world: World) -> None:
    describe, update = backups(ready_after=2)
    world.aws.describe_continuous_backups = describe  # type: ignore[attr-defined]
    world.aws.update_continuous_backups = update  # type: ignore[attr-defined]
    assert set_point_in_time_recovery(world.control, "t", True)
    assert not set_point_in_time_recovery(world.control, "t", True)

from __future__ import annotations

from kxmodel.migrate.tasks import (
    AddAttribute,
    FollowKeys,
    KeepPrimary,
    Recognise,
    RemoveAttribute,
    RemoveKeyValues,
    RenameAttribute,
    ValidateItems,
)
from tests.migrate.tasks.test_keys import PRIMARY, applied, lead, task


def test_an_attribute_is_added_once() -> None:
    add = AddAttribute("leads", "score", 0)
    verdict = add.judge(lead())
    assert (verdict.set, verdict.guards) == ({"score": {"N": "0"}}, {("score",): None})
    assert add.judge(lead(score={"NULL": True})).kind == "already"


def test_a_value_is_added_as_the_type_that_is_meant() -> None:
    add = AddAttribute("leads", "labels", ["b", "a"], type="SS")
    assert add.judge(lead()).set == {"labels": {"SS": ["a", "b"]}}


def test_a_value_is_moved_as_it_is() -> None:
    rename = RenameAttribute("leads", "status", "state")
    verdict = rename.judge(lead(status={"NS": ["1.0", "2"]}))
    after = applied(lead(), verdict)
    assert after["state"] == {"NS": ["1.0", "2"]}
    assert "status" not in after
    assert verdict.guards == {("status",): {"NS": ["1.0", "2"]}, ("state",): None}
    assert rename.judge(after).kind == "already"
    assert rename.judge(lead(status=None)).kind == "skipped"


def test_two_values_are_never_merged() -> None:
    rename = RenameAttribute("leads", "status", "state")
    verdict = rename.judge(lead(state={"S": "other"}))
    assert (verdict.kind, verdict.writes) == ("bad", False)
    assert rename.judge(lead(state={"S": "new"})).remove == ("status",)


def test_a_removal_is_guarded_by_the_value() -> None:
    verdict = RemoveAttribute("leads", "status").judge(lead())
    assert (verdict.remove, verdict.guards) == (("status",), {("status",): {"S": "new"}})
    assert RemoveAttribute("leads", "status").judge(lead(status=None)).kind == "already"


def test_keys_follow_a_change_of_their_source() -> None:
    full = applied(lead(), task().judge(lead()))
    follow = FollowKeys(RenameAttribute("leads", "status", "state"), task("G2"))
    verdict = follow.judge(full)
    assert set(verdict.remove) == {"status", "G2PK", "G2SK"}
    assert verdict.guards[("status",)] == {"S": "new"}
    assert verdict.guards[("G2PK",)] == {"S": "t#new"}
    assert verdict.guards[("created",)] == {"S": "2024"}
    assert "G1PK" in applied(full, verdict)


def test_what_kept_the_keys_as_they_are_is_guarded_as_well() -> None:
    """A writer may add meanwhile what the item lacked for its key."""
    follow = FollowKeys(RenameAttribute("leads", "status", "state"), task("G2", when=None))
    verdict = follow.judge(lead(created=None))
    assert (verdict.set, verdict.remove) == ({"state": {"S": "new"}}, ("status",))
    assert verdict.guards == {
        ("tenant",): {"S": "t"},
        ("created",): None,
        ("status",): {"S": "new"},
        ("state",): None,
    }


def test_what_agrees_with_the_primary_key_is_guarded() -> None:
    keep = KeepPrimary(AddAttribute("leads", "email", "a@b.co"), "Lead", PRIMARY)
    verdict = keep.judge(lead())
    assert verdict.set == {"email": {"S": "a@b.co"}}
    assert verdict.guards == {("tenant",): {"S": "t"}, ("email",): None}


def test_an_item_whose_keys_would_break_is_left_alone() -> None:
    follow = FollowKeys(AddAttribute("leads", "status", ["no", "text"]), task("G2"))
    verdict = follow.judge(lead(status=None))
    assert (verdict.kind, verdict.writes) == ("bad", False)


def test_only_what_the_template_gives_is_taken_back() -> None:
    full = applied(lead(), task().judge(lead()))
    remove = RemoveKeyValues(task("G1"))
    assert remove.judge(full).remove == ("G1PK", "G1SK")
    assert remove.judge(full).guards[("G1PK",)] == {"S": "t#+1"}
    assert remove.judge({**full, "G1PK": {"S": "by hand"}}).remove == ("G1SK",)
    assert remove.judge(lead()).kind == "already"


def test_validation_names_the_first_problem_and_changes_nothing() -> None:
    schema = {"properties": {"status": {"type": "integer"}, "tenant": {"maxLength": 0}}}
    validate = ValidateItems("leads", ((Recognise(), schema),))
    verdict = validate.judge(lead())
    assert (verdict.kind, verdict.writes, validate.writes) == ("bad", False, frozenset())
    assert verdict.problem is not None
    assert verdict.problem.path == ("status",)
    assert "1 more" in verdict.problem.message
    assert validate.judge(lead(status={"N": "1"}, tenant={"S": ""})).kind == "already"

"""The judge of the other tests, judged by what AWS's pages say."""

import pytest

from tests.emit.iam.evaluator import Evaluator, Request


def says(conditions, context, action="dynamodb:Query", *, wild=False):
    statement = {"Effect": "Allow", "Action": ["dynamodb:Query"], "Resource": ["arn:*:table/a"]}
    policy = {"Statement": [{**statement, "Condition": conditions}]}
    return Evaluator([policy], wild).allows(Request(action, "arn:aws:table/a", context))


def test_actions_and_resources():
    assert says({}, {})
    assert says({}, {}, "DynamoDB:query")
    assert not says({}, {}, "dynamodb:Scan")


def test_for_all_values_holds_without_values():
    condition = {"ForAllValues:StringLike": {"k": ["a#*"]}}
    assert says(condition, {})
    assert says(condition, {"k": ["a#1", "a#2"]})
    assert not says(condition, {"k": ["a#1", "b#2"]})
    assert not says({**condition, "Null": {"k": "false"}}, {})


@pytest.mark.parametrize(
    ("pattern", "text"), [("${*}", "*"), ("a${?}b", "a?b"), ("${$}{x}", "${x}")]
)
def test_special_characters_are_themselves(pattern, text):
    assert says({"StringLike": {"k": pattern}}, {"k": text})
    assert not says({"StringLike": {"k": pattern}}, {"k": text.replace(text[-2:], "zz")})


def test_variables():
    condition = {"StringLike": {"k": "${t}#*"}}
    assert says(condition, {"k": "x#1", "t": "x"})
    assert not says(condition, {"k": "x#1"})
    assert not says(condition, {"k": "x#1", "t": "*"})
    assert says(condition, {"k": "x#1", "t": "*"}, wild=True)


def test_not_like_is_none_of_them_and_holds_without_a_value():
    condition = {"StringNotLike": {"t": ["*#*", "b*"]}}
    assert says(condition, {"t": "a"})
    assert says(condition, {})
    assert not says(condition, {"t": "a#b"})
    assert not says(condition, {"t": "bc"})

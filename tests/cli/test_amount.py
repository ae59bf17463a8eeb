from __future__ import annotations

import pytest


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "NaN", "1e999"])
@pytest.mark.parametrize(
    "words",
    [
        ("migrate", "--max-wcu={}"),
        ("migrate", "--max-seconds={}"),
        ("plan", "--max-rcu={}"),
        ("verify", "--max-wcu={}"),
        ("validate", "--sample={}"),
        ("rate", "--reads={}"),
        ("rate", "--", "{}"),
    ],
)
def test_no_limit_is_given_by_what_is_no_number(run, words, value):
    done = run(*(word.format(value) for word in words))
    assert done.code == 2
    assert "is no finite number" in done.err or "is not in the range" in done.err

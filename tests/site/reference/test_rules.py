"""The page of lint's rules."""

from __future__ import annotations

from kxmodel.errors import CODES
from kxmodel.lint import RULES
from kxmodel.site.reference.rules import page


def test_every_rule_is_there_and_links_to_its_code():
    text = page(RULES)
    assert {rule.code for rule in RULES} == {code for code in CODES if code.startswith("KX2")}
    for rule in RULES:
        (row,) = [each for each in text.splitlines() if each.startswith(f"| [`{rule.code}`]")]
        assert f"(../errors.md#{rule.code.lower()}) | {rule.severity} |" in row
